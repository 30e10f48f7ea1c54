"""Codes by mail: bound to one sign-in, replaced, expired, few."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.letters.queueing import LetterKind
from domain.logins.model import Login, LoginState, SecondFactor
from domain.secret import Secret
from domain.sign_in import mail_codes
from domain.sign_in.mail_codes import SendKind
from domain.sign_in.model import PortalSession, Stage
from domain.sign_in.second_step import CodeKind
from tests.domain.sign_in.codes.second_steps import WRONG

MINUTE = timedelta(minutes=1)


@pytest.fixture
def jan(steps):
    return steps.employee(SecondFactor.MAIL)


def change(steps, login_id, **values):
    with steps.database.transaction() as session:
        session.execute(update(Login).where(Login.id == login_id).values(**values))


def test_the_mailed_code_signs_in(steps, jan):
    at_step = steps.at_the_step(jan)
    outcome = steps.gives(at_step, steps.mailed()[0])
    assert outcome.kind is CodeKind.RIGHT
    assert outcome.session.stage is Stage.IN
    assert outcome.recovery_codes_left is None
    assert steps.opened(outcome.session).stage is Stage.IN
    assert not steps.is_open(at_step)


def test_the_letter_goes_to_the_card_in_the_employees_language(steps):
    login_id = steps.employee(SecondFactor.MAIL, language="en")
    steps.at_the_step(login_id)
    [letter] = steps.letters()
    assert letter.kind is LetterKind.CODE
    assert letter.to.address == steps.office.login(login_id).user_name
    assert letter.to.language == "en"
    assert letter.good_until == steps.now + timedelta(minutes=10)


def test_a_code_works_once(steps, jan):
    first, code = steps.at_the_step(jan), None
    code = steps.mailed()[0]
    steps.gives(first, code)
    assert steps.gives(first, code).kind is CodeKind.SPENT
    assert steps.gives(steps.at_the_step(jan), code).kind is CodeKind.WRONG


def test_the_code_of_one_sign_in_is_wrong_in_another(steps, jan):
    one, other = steps.at_the_step(jan), steps.at_the_step(jan)
    of_one, of_other = steps.mailed()
    assert steps.gives(other, of_one).kind is CodeKind.WRONG
    assert steps.gives(one, of_other).kind is CodeKind.WRONG
    assert steps.gives(one, of_one).kind is CodeKind.RIGHT
    assert steps.gives(other, of_other).kind is CodeKind.RIGHT


def test_the_code_of_one_employee_is_wrong_for_another(steps, jan):
    piet = steps.employee(SecondFactor.MAIL)
    steps.at_the_step(jan)
    assert (
        steps.gives(steps.at_the_step(piet), steps.mailed()[0]).kind is CodeKind.WRONG
    )


def test_a_new_code_replaces_the_old_one(steps, jan):
    at_step = steps.at_the_step(jan)
    sent = steps.asks_again(at_step)
    assert sent.kind is SendKind.SENT
    old, new = steps.mailed()
    assert steps.gives(at_step, old).kind is CodeKind.WRONG
    assert steps.gives(at_step, new).kind is CodeKind.RIGHT


@pytest.mark.parametrize(
    ("after", "kind"), [(599, CodeKind.RIGHT), (600, CodeKind.WRONG)]
)
def test_a_code_works_for_ten_minutes(steps, jan, clock, after, kind):
    at_step = steps.at_the_step(jan)
    clock.forward(timedelta(seconds=after))
    assert steps.gives(at_step, steps.mailed()[0]).kind is kind


def test_a_clock_that_jumps_back_revives_no_used_code(steps, jan, clock):
    at_step = steps.at_the_step(jan)
    steps.asks_again(at_step)
    clock.forward(-timedelta(hours=1))
    assert steps.gives(at_step, steps.mailed()[0]).kind is CodeKind.WRONG


def test_the_fourth_letter_in_15_minutes_is_not_sent(steps, jan, clock):
    at_step = steps.at_the_step(jan)
    clock.forward(MINUTE)
    assert steps.asks_again(at_step).kind is SendKind.SENT
    assert steps.asks_again(at_step).kind is SendKind.SENT
    refused = steps.asks_again(at_step)
    assert refused.kind is SendKind.TOO_MANY
    assert refused.retry_after == 14 * MINUTE
    assert len(steps.mailed()) == 3
    # What came last still works.
    assert steps.gives(at_step, steps.mailed()[2]).kind is CodeKind.RIGHT
    clock.forward(14 * MINUTE)
    later = steps.at_the_step(jan, sending=False)
    assert steps.asks_again(later).kind is SendKind.SENT
    assert steps.asks_again(later).kind is SendKind.TOO_MANY


def test_letters_are_counted_over_all_sign_ins_of_a_login(steps, jan):
    for _ in range(3):
        steps.at_the_step(jan)
    late = steps.at_the_step(jan)
    assert len(steps.mailed()) == 3
    assert steps.asks_again(late).kind is SendKind.TOO_MANY
    steps.at_the_step(steps.employee(SecondFactor.MAIL))
    assert len(steps.mailed()) == 4


def test_the_answer_names_the_address_with_dots(steps):
    login_id = steps.employee(SecondFactor.MAIL, card={"email": "jan@example.nl"})
    assert steps.asks_again(steps.at_the_step(login_id)).address == "j•••@example.nl"


@pytest.mark.parametrize(
    "values",
    [
        {"credential_version": 2},
        {"state": LoginState.LOCKED},
        {"state": LoginState.SWITCHED_OFF},
        {"state": LoginState.EMPLOYMENT_ENDED},
    ],
    ids=str,
)
def test_nothing_is_compared_or_sent_after_the_login_changed(steps, jan, values):
    """A state changed without its version, so that the gate alone says no."""
    at_step = steps.at_the_step(jan)
    change(steps, jan, **values)
    assert steps.gives(at_step, steps.mailed()[0]).kind is CodeKind.SPENT
    assert steps.asks_again(at_step) is None
    assert steps.tries(jan) == 0
    assert len(steps.mailed()) == 1


@pytest.mark.parametrize(
    "gone",
    [{"last_seen_at": timedelta(minutes=30)}, {"started_at": timedelta(hours=12)}],
)
def test_nothing_is_compared_or_sent_when_the_session_is_over(steps, jan, gone):
    at_step = steps.at_the_step(jan)
    values = {name: steps.now - ago for name, ago in gone.items()}
    with steps.database.transaction() as session:
        session.execute(update(PortalSession).values(values))
    assert steps.gives(at_step, steps.mailed()[0]).kind is CodeKind.SPENT
    assert steps.asks_again(at_step) is None
    assert steps.tries(jan) == 0


def uses(steps, at_step, code):
    """Use a code whatever became of its session."""
    with steps.database.transaction() as session:
        return mail_codes.use(
            session,
            session.get_one(Login, at_step.login_id),
            at_step.challenge_number,
            Secret(code),
            keyring=steps.keyring,
            now=steps.now,
        )


def test_a_code_is_used_up_whatever_becomes_of_its_session(steps, jan):
    at_step = steps.at_the_step(jan)
    steps.asks_again(at_step)
    old, new = steps.mailed()
    assert not uses(steps, at_step, old)
    assert uses(steps, at_step, new)
    assert not uses(steps, at_step, new)
    assert not uses(steps, at_step, old)


def test_five_wrong_codes_end_the_mailed_one(steps, jan):
    at_step = steps.at_the_step(jan)
    for _ in range(5):
        steps.gives(at_step, WRONG)
    assert not uses(steps, at_step, steps.mailed()[0])


def test_a_code_is_bound_to_the_version_at_which_it_was_sent(steps, jan):
    at_step = steps.at_the_step(jan)
    change(steps, jan, credential_version=2)
    assert not uses(steps, at_step, steps.mailed()[0])


def test_no_code_is_readable_in_the_database(steps, jan):
    at_step = steps.at_the_step(jan)
    steps.gives(at_step, "135790")
    assert steps.mailed()[0] not in steps.dump()


@pytest.mark.parametrize("stage", [Stage.CHANGE_DUE, Stage.IN])
def test_no_code_is_asked_of_who_is_past_the_second_step(steps, jan, stage):
    at_step = steps.at_the_step(jan)
    with steps.database.transaction() as session:
        session.execute(update(PortalSession).values(stage=stage))
    assert steps.gives(at_step, steps.mailed()[0]).kind is CodeKind.SPENT
    assert steps.asks_again(at_step) is None
    assert steps.is_open(at_step)
    assert steps.tries(jan) == 0
