"""What is kept of codes goes when it has no more use."""

from datetime import timedelta

from domain.logins.model import SecondFactor
from domain.sign_in import app_enrolment, code_tries, mail_codes
from domain.sign_in.model import PendingApp
from tests.domain.sign_in.codes.choosing import begin
from tests.domain.sign_in.codes.second_steps import WRONG

DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


def cleaned_up(steps, forget):
    with steps.database.transaction() as session:
        forget(session, now=steps.now)


def test_mailed_codes_are_wiped_after_a_day(steps):
    steps.at_the_step(steps.employee(SecondFactor.MAIL))
    steps.clock.forward(DAY - SECOND)
    steps.at_the_step(steps.employee(SecondFactor.MAIL))
    cleaned_up(steps, mail_codes.forget_old)
    assert len(steps.sent()) == 2
    steps.clock.forward(SECOND)
    cleaned_up(steps, mail_codes.forget_old)
    assert len(steps.sent()) == 1


def test_tries_are_wiped_after_24_hours_and_not_before(steps):
    jan = steps.employee(SecondFactor.APP)
    steps.gives(steps.at_the_step(jan), WRONG)
    steps.clock.forward(DAY - SECOND)
    steps.gives(steps.at_the_step(jan), WRONG)
    cleaned_up(steps, code_tries.forget_old)
    assert steps.tries(jan) == 2
    steps.clock.forward(SECOND)
    cleaned_up(steps, code_tries.forget_old)
    assert steps.tries(jan) == 1


def test_a_seed_that_was_never_confirmed_is_wiped_after_half_an_hour(steps):
    jan = steps.employee()
    begin(steps, steps.signed_in(jan))
    for minutes, is_left in ((29, True), (1, False)):
        steps.clock.forward(timedelta(minutes=minutes))
        cleaned_up(steps, app_enrolment.forget_abandoned)
        with steps.database.reading() as session:
            assert (session.get(PendingApp, jan) is not None) is is_left
