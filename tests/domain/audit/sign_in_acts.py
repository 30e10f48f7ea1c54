"""Rows of the table: what employees do with their own login, and what locks it."""

from datetime import timedelta

from domain.audit import AuditAct
from domain.logins.model import LoginState, SecondFactor
from domain.sign_in import factors, lockout_decisions, lockouts, signing_out
from domain.sign_in.app_enrolment import new_recovery_codes
from domain.sign_in.code_tries import TOLD_FROM
from tests.domain.audit.acts import PERSON, Deed, Stage, row
from tests.domain.sign_in.codes.choosing import begin, confirm
from tests.domain.sign_in.codes.second_steps import WRONG
from tests.domain.sign_in.people import HOME, INITIAL
from tests.domain.sign_in.recovering import (
    ask,
    token,
    token_by_number,
    use,
    work,
)
from tests.domain.sign_in.test_own_password import change, choose

NAME = str(PERSON["email"])
NUMBER = str(PERSON["number"])
APP = SecondFactor.APP


@row(AuditAct.SIGNED_IN, "login", by="employee")
def signing_in(stage: Stage) -> Deed:
    stage.employee()
    return lambda _actor: stage.desk.signs_in(NAME)


@row(AuditAct.SIGNED_IN, "login", by="employee")
def signing_in_with_a_code(stage: Stage) -> Deed:
    login_id = stage.employee(second_factor=SecondFactor.MAIL)
    here = stage.steps.at_the_step(login_id)
    (code,) = stage.steps.mailed()
    return lambda _actor: stage.steps.gives(here, code)


@row(AuditAct.SIGNED_IN, "login", "recovery_code", by="employee")
def signing_in_with_a_code_on_paper(stage: Stage) -> Deed:
    login_id = stage.steps.employee(APP, card=PERSON)
    code, *_ = stage.steps.paper_codes(login_id)
    here = stage.steps.at_the_step(login_id)
    return lambda _actor: stage.steps.gives(here, code)


@row(AuditAct.SIGN_IN_REFUSED, by="employee")
def signing_in_to_a_login_that_is_off(stage: Stage) -> Deed:
    stage.employee(state=LoginState.SWITCHED_OFF)
    return lambda _actor: stage.desk.tries("vier rode fietsen bellen", NAME)


@row(AuditAct.SIGN_IN_REFUSED, by="employee")
def giving_many_wrong_codes(stage: Stage) -> Deed:
    login_id = stage.employee(second_factor=SecondFactor.MAIL)
    for number in range(TOLD_FROM - 1):
        if number % 3 == 0:
            here = stage.steps.at_the_step(login_id)
        stage.steps.gives(here, WRONG)
    here = stage.steps.at_the_step(login_id)
    return lambda _actor: stage.steps.gives(here, WRONG)


@row(AuditAct.SIGNED_OUT_EVERYWHERE, by="employee")
def signing_out_elsewhere(stage: Stage) -> Deed:
    stage.employee()
    stage.desk.signs_in(NAME)
    here = stage.desk.open_session(stage.desk.signs_in(NAME))
    return lambda _actor: stage.does(
        signing_out.sign_out_elsewhere, here, visit=HOME, keyring=stage.keyring
    )


@row(AuditAct.LOGIN_LOCKED, "login", "lockout", by="employee")
def guessing_until_the_login_is_locked(stage: Stage) -> Deed:
    stage.desk.allows(5)
    stage.employee()
    stage.desk.fails(4, NAME)
    stage.clock.forward(timedelta(hours=1))
    return lambda _actor: stage.desk.tries("fout 5", NAME)


def locked(stage: Stage) -> int:
    """A lockout that waits for somebody's word."""
    login_id = stage.employee()
    stage.does(lockouts.lock, login_id, keyring=stage.keyring)
    return 1


@row(AuditAct.LOCKOUT_LEFT, "lockout", not_by="schedule")
def leaving_a_login_locked(stage: Stage) -> Deed:
    lockout_id = locked(stage)
    return lambda actor: stage.does(
        lockout_decisions.leave_locked, lockout_id, actor=actor
    )


@row(AuditAct.LOGIN_ACTIVATED, "login", "lockout", not_by="schedule")
def activating_after_a_lockout(stage: Stage) -> Deed:
    lockout_id = locked(stage)
    return lambda actor: stage.does(lockout_decisions.activate, lockout_id, actor=actor)


@row(AuditAct.SECOND_FACTOR_SET, "login", by="employee")
def turning_mailed_codes_on(stage: Stage) -> Deed:
    inside = stage.steps.signed_in(stage.employee())
    return lambda _actor: factors.turn_on_mail(
        stage.steps.tools, inside, now=stage.clock()
    )


@row(AuditAct.SECOND_FACTOR_SET, "login", "recovery_code", by="employee")
def setting_up_an_app(stage: Stage) -> Deed:
    steps = stage.steps
    inside = steps.signed_in(stage.employee())
    code = steps.app_code(begin(steps, inside).seed)
    return lambda _actor: confirm(steps, inside, code)


@row(AuditAct.SECOND_FACTOR_SET, "login", "recovery_code", by="employee")
def getting_new_codes_on_paper(stage: Stage) -> Deed:
    login_id = stage.steps.employee(APP, card=PERSON)
    stage.steps.paper_codes(login_id)
    inside = stage.steps.signed_in(login_id)
    return lambda _actor: new_recovery_codes(
        stage.steps.tools, inside, now=stage.clock()
    )


@row(AuditAct.SECOND_FACTOR_REMOVED, "login", "recovery_code", by="employee")
def turning_ones_app_off(stage: Stage) -> Deed:
    login_id = stage.steps.employee(APP, card=PERSON)
    stage.steps.paper_codes(login_id)
    inside = stage.steps.signed_in(login_id)
    return lambda _actor: factors.turn_off(stage.steps.tools, inside, now=stage.clock())


@row(AuditAct.SECOND_FACTOR_REMOVED, "login", not_by="schedule")
def taking_the_factor_from_somebody(stage: Stage) -> Deed:
    login_id = stage.steps.employee(APP, card=PERSON)
    return lambda actor: stage.does(
        factors.remove_second_factor, login_id, keyring=stage.keyring, actor=actor
    )


@row(AuditAct.LINK_ASKED_FOR, "link", by="employee")
def asking_for_a_link(stage: Stage) -> Deed:
    """Asking leaves a sealed request; who it was is found out by the worker."""
    stage.employee()
    ask(stage.desk, NAME)
    return lambda _actor: work(stage.desk)


@row(AuditAct.PASSWORD_CHOSEN, "login", "link", by="employee")
def choosing_a_password_by_a_link(stage: Stage) -> Deed:
    stage.employee()
    text = token(stage.desk, NAME)
    return lambda _actor: use(stage.desk, text)


@row(
    AuditAct.SLACK_LINKED,
    "login",
    "link",
    "slack_link",
    by="employee",
    with_events=[AuditAct.PASSWORD_CHOSEN],
)
def linking_slack_by_a_link(stage: Stage) -> Deed:
    stage.employee()
    text = token_by_number(stage.desk, NUMBER)
    return lambda _actor: use(stage.desk, text)


@row(
    AuditAct.SLACK_UNLINKED,
    "login",
    "link",
    "slack_link",
    by="employee",
    with_events=[AuditAct.PASSWORD_CHOSEN, AuditAct.SLACK_LINKED],
)
def taking_a_slack_account_from_another_card(stage: Stage) -> Deed:
    """The newest proof wins; the card that loses its account says so as well."""
    stage.desk.add_employee("zzp@example.nl", card={"number": "K70999"})
    use(stage.desk, token_by_number(stage.desk, "K70999"))
    stage.employee()
    text = token_by_number(stage.desk, NUMBER)
    return lambda _actor: use(stage.desk, text)


@row(
    AuditAct.PASSWORD_CHOSEN,
    "login",
    by="employee",
    with_events=[AuditAct.SIGNED_IN],
)
def choosing_a_first_password(stage: Stage) -> Deed:
    stage.newcomer()
    new = stage.desk.signs_in(NAME, password=INITIAL)
    return lambda _actor: choose(stage.desk, new)


@row(AuditAct.PASSWORD_CHOSEN, "login", by="employee")
def changing_ones_password(stage: Stage) -> Deed:
    stage.employee()
    new = stage.desk.signs_in(NAME)
    return lambda _actor: change(stage.desk, new)
