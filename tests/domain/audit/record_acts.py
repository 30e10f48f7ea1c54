"""Rows of the table: the log itself, what is forgotten, and lost keys."""

from datetime import timedelta

from domain import audit_log, audit_retention, audit_seals, lost_key
from domain.audit import AuditAct
from domain.audit_log import LogFilter
from domain.logins.model import SecondFactor
from domain.privacy import erasing, exporting, leavers
from domain.secret import Keyring, Secret
from tests.domain.audit.acts import PERSON, Deed, Stage, row
from tests.domain.privacy import canary

NEW_KEYS = Keyring.from_setting(
    Secret("another key for tests of 32 characters or more")
)


@row(AuditAct.AUDIT_LOG_EXPORTED, by="hanna", not_by="bram")
def exporting_the_log(stage: Stage) -> Deed:
    wanted = LogFilter(branch_id=stage.office.utrecht)
    return lambda actor: stage.does(audit_log.record_export, wanted, 6, actor=actor)


def seal(stage: Stage) -> None:
    """Seal what is in the log, a day later."""
    stage.clock.forward(timedelta(days=1))
    stage.does(audit_seals.seal_next_day, stage.keyring)


@row(AuditAct.DAYS_FORGOTTEN, "audit_seal", by="schedule", not_by="operator")
def forgetting_a_day_of_the_log(stage: Stage) -> Deed:
    seal(stage)
    today = stage.clock().date()
    return lambda actor: stage.does(audit_retention.forget_day, today, actor=actor)


@row(AuditAct.PERSON_EXPORTED, by="operator", not_by="hanna")
def exporting_a_person(stage: Stage) -> Deed:
    stage.employee()
    number = PERSON["number"]
    return lambda actor: stage.does(exporting.export, number, actor=actor)


EVERYTHING_OF_A_PERSON = (
    "link",
    "lockout",
    "login",
    "move",
    "record_card",
    "recovery_code",
    "slack_link",
)


# One for each card: the data of one of them was moved to the other.
@row(
    AuditAct.PERSON_ERASED,
    *EVERYTHING_OF_A_PERSON,
    by="operator",
    not_by="hanna",
    with_events=[AuditAct.PERSON_ERASED],
)
def erasing_a_person(stage: Stage) -> Deed:
    login_id = canary.settle_in(stage.office, stage.keyring, stage.clock())
    card_id = stage.card_of(login_id)
    return lambda actor: stage.does(
        erasing.erase, card_id, even_employed=True, actor=actor
    )


@row(
    AuditAct.PERSON_ERASED,
    "record_card",
    by="schedule",
    not_by="hanna",
)
def erasing_who_left_long_ago(stage: Stage) -> Deed:
    today = stage.clock().date()
    stage.office.add_card(**PERSON, end_on=today - timedelta(days=400))
    before = today - timedelta(days=365)
    return lambda actor: stage.does(leavers.erase_leavers, before, actor=actor)


@row(AuditAct.KEY_GIVEN_UP, "audit_seal", by="operator", not_by="hanna")
def giving_up_a_key(stage: Stage) -> Deed:
    seal(stage)
    return lambda actor: stage.does(lost_key.give_up, NEW_KEYS, actor=actor)


@row(
    AuditAct.KEY_GIVEN_UP,
    "login",
    by="operator",
    not_by="hanna",
    with_events=[AuditAct.SECOND_FACTOR_REMOVED],
)
def giving_up_the_key_of_an_app(stage: Stage) -> Deed:
    stage.steps.employee(SecondFactor.APP, card=PERSON)
    return lambda actor: stage.does(lost_key.give_up, NEW_KEYS, actor=actor)


@row(
    AuditAct.KEY_GIVEN_UP,
    "step_up",
    by="operator",
    not_by="hanna",
    with_events=[AuditAct.CODES_SET_UP],
)
def giving_up_the_key_of_an_administrators_app(stage: Stage) -> Deed:
    stage.codes.has_app()
    return lambda actor: stage.does(lost_key.give_up, NEW_KEYS, actor=actor)
