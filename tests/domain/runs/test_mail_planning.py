from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from domain.actor import OPERATOR
from domain.errors import CountChangedError, NotFoundError, NotPermittedError
from domain.letters.model import BuiltIn
from domain.letters.refusals import (
    LetterDeferredError,
    LetterRefusedError,
    ServerAwayError,
)
from domain.logins.model import LoginState
from domain.runs import planning
from domain.runs.ledger import NobodyToResetError, RunUnderWayError
from domain.runs.planning import (
    ONLY_OF_MAILINGS,
    ResetChoice,
    ResetLeftOut,
    ResetScope,
)
from tests.domain.runs.mailing import plan, start
from tests.domain.runs.resetting import (
    EVERY_STATE,
    YESTERDAY,
    one_login_in_each_state,
    rows_of,
)


@pytest.fixture
def exports(request):
    """Starts an export; `start` is a mailing's here."""
    return request.getfixturevalue("start")


def left_out(office, reason, choice=None, now=None):
    with office.database.reading() as session:
        return planning.list_left_out(
            session,
            office.utrecht,
            choice or ResetChoice(),
            reason,
            limit=10,
            actor=office.bram,
            now=now or office.now,
        )


def test_a_mailing_meets_whom_an_export_meets(office):
    one_login_in_each_state(office)
    found = plan(office)
    assert (found.count, found.at_work) == (1, 0)
    assert found.left_out == {
        reason: 1 for reason in ResetLeftOut if reason not in ONLY_OF_MAILINGS
    }
    everybody = plan(office, ResetChoice(ResetScope.WHOLE_BRANCH, EVERY_STATE))
    assert (everybody.count, everybody.at_work, everybody.left_out) == (6, 1, {})


@pytest.mark.parametrize(
    ("reason", "address"),
    [(ResetLeftOut.NO_ADDRESS, None), (ResetLeftOut.NO_LOGIN, "jan@example.nl")],
)
def test_who_has_no_login_is_named_so_that_nobody_is_forgotten(office, reason, address):
    office.add_login()
    number = office.card(office.add_card(email=address)).number
    office.add_card(email=address, end_on=YESTERDAY)
    office.add_card(email=address, branch_id=office.amsterdam)
    found = plan(office)
    assert (found.count, found.left_out) == (1, {reason: 1})
    (line,) = left_out(office, reason).lines
    assert (line.number, line.login_id) == (number, None)


def test_without_address_and_without_login_are_two_reasons(office):
    without_address = office.card(office.add_card(email=None)).number
    without_login = [office.card(office.add_card()).number for _ in range(2)]
    found = plan(office).left_out
    assert found == {ResetLeftOut.NO_ADDRESS: 1, ResetLeftOut.NO_LOGIN: 2}
    (line,) = left_out(office, ResetLeftOut.NO_ADDRESS).lines
    assert line.number == without_address
    lines = left_out(office, ResetLeftOut.NO_LOGIN).lines
    assert [line.number for line in lines] == without_login


def test_the_list_without_address_has_pages(office):
    numbers = [office.card(office.add_card(email=None)).number for _ in range(12)]
    first = left_out(office, ResetLeftOut.NO_ADDRESS)
    with office.database.reading() as session:
        second = planning.list_left_out(
            session,
            office.utrecht,
            ResetChoice(),
            ResetLeftOut.NO_ADDRESS,
            after=first.next,
            limit=10,
            actor=office.bram,
            now=office.now,
        )
    assert [line.number for line in first.lines + second.lines] == numbers


def test_who_got_a_letter_in_the_last_day_is_left_out_unless_taken_along(
    office, mailer, clock
):
    mailed = office.add_login()
    start(office)
    mailer.works()
    fresh, now = office.add_login(), clock()
    found = plan(office, now=now)
    assert (found.count, found.lately) == (1, 1)
    assert found.left_out == {ResetLeftOut.MAILED_LATELY: 1}
    (line,) = left_out(office, ResetLeftOut.MAILED_LATELY, now=now).lines
    assert line.login_id == mailed
    taken = plan(office, again=True, now=now)
    assert (taken.count, taken.lately, taken.left_out) == (2, 1, {})
    assert rows_of(office, start(office, now=now)) == [fresh]
    tomorrow = plan(office, now=now + timedelta(days=1))
    assert (tomorrow.count, tomorrow.lately) == (2, 0)


def test_who_is_taken_along_gets_a_second_letter_that_works(
    office, mailer, postman, clock
):
    login = office.add_login()
    start(office)
    mailer.works()
    start(office, now=clock(), again=True)
    mailer.works()
    first, second = postman.letters_to(login)
    assert postman.lets_in(second, login)
    assert not postman.lets_in(first, login)


def test_a_letter_that_waits_counts_and_one_that_was_refused_does_not(
    office, mailer, postman, clock
):
    waits, refused = office.add_login(), office.add_login()
    postman.trouble[office.login(refused).user_name] = LetterRefusedError(
        "recipient_refused_550"
    )
    postman.trouble[office.login(waits).user_name] = LetterDeferredError(
        "letter_deferred_451"
    )
    start(office)
    mailer.works_for(timedelta(minutes=2), every=timedelta(seconds=10))
    found = plan(office, now=clock())
    assert (found.count, found.lately) == (1, 1)


def test_one_open_run_per_branch_whatever_its_kind(office, exports):
    office.add_login()
    start(office)
    with pytest.raises(RunUnderWayError):
        start(office)
    with pytest.raises(RunUnderWayError):
        exports()


def test_a_count_that_changed_since_the_dry_run_starts_nothing(office):
    office.add_login()
    with pytest.raises(CountChangedError):
        start(office, expected_count=2)
    office.add_login()
    start(office)


def test_a_mailing_to_nobody_is_not_started(office):
    with pytest.raises(NobodyToResetError):
        start(office)


def test_who_may_not_hand_out_passwords_starts_no_mailing(office):
    office.add_login()
    with pytest.raises(NotFoundError):
        start(office, actor=office.bram, branch_id=office.amsterdam)
    with pytest.raises(NotPermittedError):
        plan(office, actor=OPERATOR)


def test_a_locked_login_is_named_and_met_when_ticked(office):
    locked = office.add_login(LoginState.LOCKED)
    assert plan(office).left_out == {ResetLeftOut.LOCKED: 1}
    choice = ResetChoice(also=frozenset({LoginState.LOCKED}))
    assert rows_of(office, start(office, BuiltIn.PASSWORD, choice)) == [locked]


@pytest.mark.parametrize("_time", range(2))
def test_of_many_starts_at_once_one_begins(office, _time):
    logins = office.add_logins(3)
    found, all_at_once = plan(office), Barrier(4)

    def press(_number):
        all_at_once.wait()
        try:
            return start(office, expected_count=found.count)
        except RunUnderWayError:
            return None

    with ThreadPoolExecutor(4) as threads:
        begun = [run_id for run_id in threads.map(press, range(4)) if run_id]
    assert len(begun) == 1
    assert rows_of(office, begun[0]) == logins


def test_a_second_branch_is_mailed_beside_the_first(office, mailer, postman):
    here = office.add_login()
    there = office.add_login(card={"branch_id": office.amsterdam})
    postman.away = ServerAwayError("unreachable")
    start(office)
    mailer.goes_round()
    start(office, actor=office.hanna, branch_id=office.amsterdam, expected_count=1)
    mailer.goes_round()
    postman.away = None
    mailer.works()
    for login in (here, there):
        (letter,) = postman.letters_to(login)
        assert postman.lets_in(letter, login)


def test_an_export_counts_whose_letter_of_the_last_day_it_makes_useless(
    office, mailer, postman, clock
):
    office.add_login()
    start(office)
    mailer.works()
    office.add_login()
    now = clock()

    def exported(now):
        with office.database.reading() as session:
            return planning.plan_reset(
                session, office.utrecht, ResetChoice(), actor=office.bram, now=now
            )

    assert (exported(now).count, exported(now).again) == (2, 1)
    assert exported(now + timedelta(days=1)).again == 0


@pytest.mark.parametrize("hours_away", [23, 25])
def test_a_letter_counts_from_when_it_was_sent_and_as_long_as_it_waits(
    office, mailer, postman, clock, hours_away
):
    login_id = office.add_login()
    address = office.login(login_id).user_name
    postman.trouble[address] = LetterDeferredError("recipient_deferred_451")
    start(office)
    mailer.works_for(timedelta(hours=hours_away), timedelta(minutes=30))
    assert plan(office, now=clock()).left_out == {ResetLeftOut.MAILED_LATELY: 1}
    postman.trouble.clear()
    mailer.works_for(timedelta(hours=7), timedelta(minutes=30))
    assert len(postman.letters_to(login_id)) == 1
    assert plan(office, now=clock()).left_out == {ResetLeftOut.MAILED_LATELY: 1}
    a_day_later = clock() + timedelta(hours=24)
    assert plan(office, now=a_day_later).count == 1


def test_only_a_password_is_mailed_to_who_has_to_be_activated_first(office, clock):
    office.add_login()
    office.add_login(state=LoginState.NEW)
    choice = ResetChoice(also=frozenset({LoginState.NEW}))
    assert plan(office, choice).count == 2
    with pytest.raises(CountChangedError):
        start(office, BuiltIn.LINK, choice, expected_count=2)
    run_id = start(office, BuiltIn.PASSWORD, choice, expected_count=2)
    assert len(rows_of(office, run_id)) == 2
