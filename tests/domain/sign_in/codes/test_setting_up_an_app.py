"""An authenticator app is on after a right code, and not before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from domain.letters.queueing import LetterKind
from domain.logins.model import SecondFactor
from domain.sign_in import recovery_codes, sessions
from domain.sign_in.app_enrolment import (
    NoPendingAppError,
    WrongCodeError,
)
from domain.sign_in.model import PendingApp
from domain.sign_in.second_step import CodeKind
from domain.sign_in.sessions import SessionGoneError
from tests.domain.sign_in.codes.choosing import begin, confirm, set_up

MINUTE = timedelta(minutes=1)
STEP = timedelta(seconds=30)
NONE, APP = SecondFactor.NONE, SecondFactor.APP


def test_an_app_is_on_after_a_right_code(steps):
    jan = steps.employee()
    inside = steps.signed_in(jan)
    enrolment = begin(steps, inside)
    assert steps.office.login(jan).second_factor is NONE
    assert "De%20Gouden%20Lepel" in enrolment.uri.reveal()
    assert enrolment.seed.reveal() in enrolment.uri.reveal()
    enrolled = confirm(steps, inside, steps.app_code(enrolment.seed))
    assert steps.office.login(jan).second_factor is APP
    assert len(enrolled.recovery_codes) == 10
    steps.clock.forward(STEP)
    outcome = steps.gives(steps.at_the_step(jan), steps.app_code(enrolment.seed))
    assert outcome.kind is CodeKind.RIGHT
    on_paper = enrolled.recovery_codes[0].reveal()
    assert steps.gives(steps.at_the_step(jan), on_paper).kind is CodeKind.RIGHT


def test_the_code_that_turned_the_app_on_signs_nobody_in(steps):
    jan = steps.employee()
    seed, _enrolled = set_up(steps, steps.signed_in(jan))
    outcome = steps.gives(steps.at_the_step(jan), steps.app_code(seed))
    assert outcome.kind is CodeKind.WRONG


@pytest.mark.parametrize("code", ["000000", "", "k7qmx-3wetf"])
def test_a_wrong_code_turns_nothing_on(steps, code):
    jan = steps.employee()
    inside = steps.signed_in(jan)
    seed = begin(steps, inside).seed
    before = steps.dump()
    with pytest.raises(WrongCodeError) as refused:
        confirm(steps, inside, code)
    assert refused.value.concerns == "code"
    assert steps.dump() == before
    assert confirm(steps, inside, steps.app_code(seed))


def test_a_page_that_is_loaded_twice_shows_the_same_seed(steps):
    inside = steps.signed_in(steps.employee())
    first = begin(steps, inside).seed
    steps.clock.forward(4 * MINUTE)
    assert begin(steps, inside).seed == first


def test_a_seed_is_kept_half_an_hour(steps):
    inside = steps.signed_in(steps.employee())
    first = begin(steps, inside).seed
    for _ in range(6):
        steps.clock.forward(5 * MINUTE)
        with steps.database.transaction() as session:
            new = sessions.renew(session, inside, authenticated=True, now=steps.now)
        inside = steps.opened(new)
    with pytest.raises(NoPendingAppError):
        confirm(steps, inside, steps.app_code(first))
    assert begin(steps, inside).seed != first


def test_a_pending_seed_is_of_one_session_and_sealed(steps):
    jan = steps.employee()
    mine, other = steps.signed_in(jan), steps.signed_in(jan)
    seed = begin(steps, mine).seed
    assert seed.reveal() not in steps.dump()
    with pytest.raises(NoPendingAppError):
        confirm(steps, other, steps.app_code(seed))
    assert begin(steps, other).seed != seed
    # The last that began one has it.
    with pytest.raises(NoPendingAppError):
        confirm(steps, mine, steps.app_code(seed))


def test_a_pending_seed_that_was_copied_to_another_row_does_not_open(steps):
    jan, piet = steps.employee(), steps.employee()
    of_jan, of_piet = steps.signed_in(jan), steps.signed_in(piet)
    seed = begin(steps, of_jan).seed
    begin(steps, of_piet)
    with steps.database.transaction() as session:
        stolen = session.get_one(PendingApp, jan).sealed_seed
        session.get_one(PendingApp, piet).sealed_seed = stolen
    with pytest.raises(NoPendingAppError):
        confirm(steps, of_piet, steps.app_code(seed))


def test_an_app_is_confirmed_once_also_at_once(steps):
    jan = steps.employee()
    inside = steps.signed_in(jan)
    code = steps.app_code(begin(steps, inside).seed)

    def one(_):
        try:
            return confirm(steps, inside, code)
        except SessionGoneError:
            return None

    with ThreadPoolExecutor(10) as threads:
        done = [enrolled for enrolled in threads.map(one, range(10)) if enrolled]
    assert len(done) == 1
    assert len(steps.letters(LetterKind.FACTOR_SET)) == 1
    with steps.database.reading() as session:
        assert recovery_codes.left(session, jan) == 10


def test_a_new_app_takes_the_place_of_the_old(steps):
    jan = steps.employee(APP)
    old_paper = steps.paper_codes(jan)
    seed, _enrolled = set_up(steps, steps.signed_in(jan))
    steps.clock.forward(STEP)
    at_step = steps.at_the_step(jan)
    assert steps.gives(at_step, steps.app_code()).kind is CodeKind.WRONG
    assert steps.gives(at_step, old_paper[0]).kind is CodeKind.WRONG
    assert steps.gives(at_step, steps.app_code(seed)).kind is CodeKind.RIGHT
