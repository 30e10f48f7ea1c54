"""How often somebody may guess a code: five in a sign-in, fifty in 24 hours."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from domain.audit import AuditAct
from domain.letters.queueing import LetterKind
from domain.logins.model import Login, LoginState, SecondFactor
from domain.sign_in import code_tries, second_step
from domain.sign_in.mail_codes import SendKind
from domain.sign_in.model import CodeTry
from domain.sign_in.one_time_codes import DIGITS, WINDOW
from domain.sign_in.second_step import CodeKind
from tests.domain.sign_in.codes.second_steps import WRONG

DAY = timedelta(hours=24)
COMPARED = {CodeKind.RIGHT, CodeKind.WRONG, CodeKind.SPENT}


@pytest.fixture(params=[SecondFactor.MAIL, SecondFactor.APP])
def jan(steps, request):
    return steps.employee(request.param)


def right_code(steps, login_id):
    is_app = steps.office.login(login_id).second_factor is SecondFactor.APP
    return steps.app_code() if is_app else steps.mailed()[-1]


def guesses(steps, login_id, *, sign_ins):
    """Five wrong codes in each of so many sign-ins; gives what became of each."""
    outcomes = []
    for _ in range(sign_ins):
        at_step = steps.at_the_step(login_id, sending=False)
        outcomes += [steps.gives(at_step, WRONG) for _ in range(5)]
    return outcomes


def kinds(outcomes):
    return [outcome.kind for outcome in outcomes]


def test_the_fifth_wrong_code_ends_the_sign_in(steps, jan):
    at_step = steps.at_the_step(jan)
    outcomes = [steps.gives(at_step, WRONG) for _ in range(5)]
    assert kinds(outcomes) == [CodeKind.WRONG] * 4 + [CodeKind.SPENT]
    assert [outcome.tries_left for outcome in outcomes] == [4, 3, 2, 1, 0]
    assert not steps.is_open(at_step)
    assert steps.gives(at_step, right_code(steps, jan)).kind is CodeKind.SPENT
    [event] = steps.office.events(AuditAct.SIGN_IN_REFUSED)
    assert event.login_id == jan
    assert event.details == {"why": "codes"}


def test_the_fifth_code_may_be_the_right_one(steps, jan):
    at_step = steps.at_the_step(jan)
    for _ in range(4):
        steps.gives(at_step, WRONG)
    assert steps.gives(at_step, right_code(steps, jan)).kind is CodeKind.RIGHT
    assert steps.office.events(AuditAct.SIGN_IN_REFUSED) == []


def test_a_session_with_five_tries_behind_it_compares_nothing_more(steps, jan):
    at_step = steps.at_the_step(jan)
    with steps.database.transaction() as session:
        session.add_all(
            CodeTry(
                login_id=jan, challenge_number=at_step.challenge_number, at=steps.now
            )
            for _ in range(5)
        )
    assert steps.gives(at_step, right_code(steps, jan)).kind is CodeKind.SPENT


def test_a_new_letter_gives_no_new_tries(steps):
    jan = steps.employee(SecondFactor.MAIL)
    at_step = steps.at_the_step(jan)
    for _ in range(3):
        steps.gives(at_step, WRONG)
    steps.asks_again(at_step)
    assert steps.gives(at_step, WRONG).tries_left == 1


def test_kinds_of_codes_share_the_tries(steps):
    jan = steps.employee(SecondFactor.APP)
    steps.paper_codes(jan)
    at_step = steps.at_the_step(jan)
    typed = [WRONG, "aaaaa-aaaaa", WRONG, "bbbbb-bbbbb", WRONG]
    outcomes = [steps.gives(at_step, code) for code in typed]
    assert outcomes[-1].kind is CodeKind.SPENT


@pytest.mark.parametrize("typed", ["", "12345", "wachtwoord", "١٢٣٤٥٦", "1" * 5000])
def test_what_can_be_no_code_costs_no_try(steps, jan, typed):
    at_step = steps.at_the_step(jan)
    for _ in range(6):
        outcome = steps.gives(at_step, typed)
        assert (outcome.kind, outcome.tries_left) == (CodeKind.WRONG, 5)
    assert steps.tries(jan) == 0


def test_the_51st_code_of_a_day_is_not_compared(steps, jan):
    at_step = steps.at_the_step(jan)
    outcomes = guesses(steps, jan, sign_ins=10)
    assert CodeKind.BLOCKED not in kinds(outcomes)
    refused = steps.gives(at_step, right_code(steps, jan))
    assert refused.kind is CodeKind.BLOCKED
    assert refused.retry_after == DAY
    assert steps.tries(jan) == 50
    # Nothing is used up by it: the session waits, as long as it may.
    assert steps.is_open(at_step)


def test_no_code_is_mailed_that_would_not_be_compared(steps):
    jan = steps.employee(SecondFactor.MAIL)
    guesses(steps, jan, sign_ins=10)
    at_step = steps.at_the_step(jan)
    refused = steps.asks_again(at_step)
    assert (refused.kind, refused.retry_after) == (SendKind.TOO_MANY, DAY)
    assert steps.mailed() == []


def test_a_day_later_there_are_tries_again(steps, jan):
    guesses(steps, jan, sign_ins=10)
    steps.clock.forward(DAY)
    at_step = steps.at_the_step(jan)
    assert steps.gives(at_step, right_code(steps, jan)).kind is CodeKind.RIGHT


def test_no_24_hours_hold_more_than_50_compared_codes(steps):
    jan = steps.employee(SecondFactor.APP)
    begun, compared = steps.now, []
    for hours in (0, 0.5, 23.9, 24, 24.1, 36, 47.9, 48, 48.6, 60, 72, 84, 96.1):
        steps.clock.forward(begun + timedelta(hours=hours) - steps.now)
        # As many as it takes to be blocked, but first only few.
        outcomes = guesses(steps, jan, sign_ins=1 if hours == 0 else 11)
        compared += [steps.now for kind in kinds(outcomes) if kind in COMPARED]
    assert len(compared) >= 200
    for at in compared:
        assert sum(at <= other < at + DAY for other in compared) <= 50


def test_the_retry_is_told_by_the_try_that_gets_too_old_first(steps, jan):
    guesses(steps, jan, sign_ins=4)
    steps.clock.forward(timedelta(hours=2))
    outcomes = guesses(steps, jan, sign_ins=7)
    assert kinds(outcomes)[-5:] == [CodeKind.BLOCKED] * 5
    assert outcomes[-1].retry_after == timedelta(hours=22)


def test_tries_survive_a_lock_a_reset_and_a_sign_in(steps, jan):
    guesses(steps, jan, sign_ins=9)
    for state in (LoginState.LOCKED, LoginState.ACTIVE):
        with steps.database.transaction() as session:
            login = session.get_one(Login, jan)
            login.state = state
            login.credential_version += 1
    at_step = steps.at_the_step(jan)
    assert steps.gives(at_step, right_code(steps, jan)).kind is CodeKind.RIGHT
    # 46 so far; four are left, whoever signed in.
    assert kinds(guesses(steps, jan, sign_ins=1))[-1] is CodeKind.BLOCKED
    assert steps.tries(jan) == 50


def test_the_employee_is_told_of_ten_wrong_codes_once_in_24_hours(steps, jan):
    guesses(steps, jan, sign_ins=1)
    at_step = steps.at_the_step(jan, sending=False)
    for _ in range(4):
        steps.gives(at_step, WRONG)
    assert steps.letters(LetterKind.WRONG_CODES) == []
    steps.gives(at_step, WRONG)
    [letter] = steps.letters(LetterKind.WRONG_CODES)
    assert letter.to.address == steps.office.login(jan).user_name
    guesses(steps, jan, sign_ins=4)
    steps.clock.forward(DAY - timedelta(seconds=1))
    guesses(steps, jan, sign_ins=4)
    assert len(steps.letters(LetterKind.WRONG_CODES)) == 1
    steps.clock.forward(timedelta(seconds=1))
    guesses(steps, jan, sign_ins=1)
    assert len(steps.letters(LetterKind.WRONG_CODES)) == 2


def test_right_codes_are_nothing_to_be_told_of(steps):
    jan = steps.employee(SecondFactor.APP)
    for code in steps.paper_codes(jan):
        steps.gives(steps.at_the_step(jan), code)
    assert steps.gives(steps.at_the_step(jan), steps.app_code()).session
    steps.gives(steps.at_the_step(jan), WRONG)
    assert steps.letters(LetterKind.WRONG_CODES) == []


def test_tries_of_one_employee_are_not_those_of_another(steps, jan):
    guesses(steps, jan, sign_ins=10)
    piet = steps.employee(SecondFactor.MAIL)
    at_step = steps.at_the_step(piet)
    assert steps.gives(at_step, steps.mailed()[-1]).kind is CodeKind.RIGHT


def test_the_page_is_told_what_is_left(steps):
    jan = steps.employee(SecondFactor.MAIL, card={"email": "jan@example.nl"})
    at_step = steps.at_the_step(jan)
    steps.gives(at_step, WRONG)

    def told():
        with steps.database.reading() as session:
            return second_step.code_due(session, at_step, now=steps.now)

    assert (told().factor, told().address) == (SecondFactor.MAIL, "j•••@example.nl")
    assert (told().is_sent, told().tries_left) == (True, 4)
    steps.clock.forward(timedelta(minutes=10))
    assert not told().is_sent
    for _ in range(4):
        steps.gives(at_step, WRONG)
    assert told() is None


def test_the_page_of_an_app_names_no_address(steps):
    at_step = steps.at_the_step(steps.employee(SecondFactor.APP))
    with steps.database.reading() as session:
        due = second_step.code_due(session, at_step, now=steps.now)
    assert (due.factor, due.address, due.is_sent) == (SecondFactor.APP, None, False)


def test_guessing_has_few_chances_in_a_million():
    """Threats, G7: three steps of an app show a code of their own."""
    valid_codes, all_codes = 2 * WINDOW + 1, 10**DIGITS
    assert code_tries.IN_A_CHALLENGE * valid_codes / all_codes <= 1.5e-5
    assert code_tries.IN_A_DAY * valid_codes / all_codes <= 1.5e-4


def test_no_code_comes_into_the_log(steps, jan):
    with capture_logs() as logged:
        at_step = steps.at_the_step(jan)
        steps.gives(at_step, WRONG)
        code = right_code(steps, jan)
        steps.gives(at_step, code)
    events = [event.details for event in steps.office.events()]
    assert code not in str(logged) + str(events)
    assert WRONG not in str(logged) + str(events)
