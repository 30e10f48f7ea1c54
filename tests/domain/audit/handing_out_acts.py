"""Rows of the table: passwords and links that are handed out, and runs."""

from datetime import timedelta

from domain.actor import Actor
from domain.audit import AuditAct
from domain.letters.model import BuiltIn
from domain.logins import access_by_mail, resets
from domain.logins.model import LoginState
from domain.runs import approving, reminders
from domain.runs.model import RunId
from domain.runs.tools import Step
from tests.domain.audit.acts import Deed, Stage, row
from tests.domain.runs.deciding import set_number
from tests.domain.runs.mailing import start as start_mailing
from tests.domain.runs.mailing import template_of
from tests.domain.runs.resetting import fail_once
from tests.domain.runs.test_retrying import retry


@row(AuditAct.PASSWORD_SHOWN, "login", not_by="schedule")
def showing_a_new_password(stage: Stage) -> Deed:
    login_id = stage.employee()
    transaction = stage.database.transaction

    def shows(actor: Actor) -> None:
        known = {"actor": actor, "now": stage.clock()}
        made = resets.prepare_shown_password(
            transaction, login_id, keyring=stage.keyring, **known
        )
        resets.apply_shown_password(transaction, made, **known)

    return shows


def sending(
    stage: Stage, built_in: BuiltIn, state: LoginState = LoginState.ACTIVE
) -> Deed:
    """Mail one employee what lets them in."""
    login_id = stage.employee(state=state)
    template_id = template_of(stage.office, built_in)
    return lambda actor: access_by_mail.send_access(
        stage.database.transaction,
        login_id,
        template_id,
        make_active=True,
        expected_version=1,
        keyring=stage.keyring,
        actor=actor,
        now=stage.clock(),
    )


@row(AuditAct.ACCESS_MAILED, "login", "link", not_by="schedule")
def mailing_a_link(stage: Stage) -> Deed:
    return sending(stage, BuiltIn.LINK)


@row(AuditAct.ACCESS_MAILED, "login", not_by="schedule")
def mailing_a_password(stage: Stage) -> Deed:
    return sending(stage, BuiltIn.PASSWORD)


@row(
    AuditAct.ACCESS_MAILED,
    "login",
    "link",
    not_by="schedule",
    with_events=[AuditAct.LOGIN_ACTIVATED],
)
def mailing_a_link_to_a_login_that_is_off(stage: Stage) -> Deed:
    return sending(stage, BuiltIn.LINK, LoginState.SWITCHED_OFF)


@row(AuditAct.RUN_STARTED, "run", not_by="schedule")
def starting_a_reset(stage: Stage) -> Deed:
    stage.employee()
    return lambda actor: stage.start(actor=actor)


@row(AuditAct.RUN_STARTED, "run", "reminder", not_by="schedule")
def starting_a_mailing_with_reminders(stage: Stage) -> Deed:
    stage.employee()
    days = frozenset({3, 7})
    return lambda actor: start_mailing(stage.office, actor=actor, remind_after=days)


@row(
    AuditAct.RUN_ENDED,
    "run",
    "login",
    "posted_file",
    with_events=[AuditAct.EXPORT_POSTED, AuditAct.PASSWORD_RESET],
)
def carrying_out_a_reset(stage: Stage) -> Deed:
    """All steps of the worker; the rows below stop it at its acts on the way."""
    stage.employee()
    stage.start()
    return lambda _actor: stage.worker.works()


@row(AuditAct.EXPORT_POSTED, "posted_file")
def posting_an_export(stage: Stage) -> Deed:
    stage.employee()
    stage.start()
    return lambda _actor: stage.worker.is_killed_at(Step.POSTED_NOTED)


@row(
    AuditAct.PASSWORD_RESET,
    "run",
    "login",
    "posted_file",
    with_events=[AuditAct.EXPORT_POSTED, AuditAct.RUN_ENDED],
)
def handing_out_by_an_export(stage: Stage) -> Deed:
    stage.employee()
    stage.start()
    return lambda _actor: stage.worker.is_killed_at(Step.BATCH_APPLIED)


@row(
    AuditAct.RUN_ENDED,
    "run",
    "login",
    "link",
    with_events=[AuditAct.ACCESS_MAILED],
)
def carrying_out_a_mailing(stage: Stage) -> Deed:
    stage.employee()
    start_mailing(stage.office, now=stage.clock())
    return lambda _actor: stage.mailer.works()


def waiting_run(stage: Stage) -> RunId:
    """Bram's run over more people than he may meet alone."""
    set_number(stage.office, 1)
    stage.employee()
    stage.office.add_login()
    return RunId(stage.start())


@row(AuditAct.RUN_APPROVED, "run", by="ursula", not_by="bram")
def approving_a_run(stage: Stage) -> Deed:
    run_id = waiting_run(stage)
    return lambda actor: stage.does(approving.approve, run_id, actor=actor)


# That somebody decided, and that the run is over, are two facts.
@row(
    AuditAct.RUN_DECLINED,
    "run",
    by="ursula",
    not_by="bram",
    with_events=[AuditAct.RUN_ENDED],
)
def declining_a_run(stage: Stage) -> Deed:
    run_id = waiting_run(stage)
    return lambda actor: stage.does(approving.decline, run_id, actor=actor)


@row(
    AuditAct.RUN_DECLINED,
    "run",
    not_by="ursula",
    with_events=[AuditAct.RUN_ENDED],
)
def withdrawing_a_run(stage: Stage) -> Deed:
    run_id = waiting_run(stage)
    return lambda actor: stage.does(approving.withdraw, run_id, actor=actor)


@row(AuditAct.RUN_ENDED, "run", by="schedule")
def waiting_too_long_for_approval(stage: Stage) -> Deed:
    waiting_run(stage)
    stage.clock.forward(timedelta(days=2))
    return lambda _actor: approving.expire_once(stage.database, now=stage.clock())


@row(AuditAct.RUN_STARTED, "run", not_by="schedule")
def trying_a_failed_run_again(stage: Stage) -> Deed:
    _, run_id = fail_once(stage.office, stage.worker, stage.drawer, stage.start)
    return lambda actor: retry(stage.office, run_id, stage.clock(), actor, 2)


def mailed_with_reminders(stage: Stage) -> RunId:
    """A mailing that is over and is followed by reminders."""
    stage.employee()
    run_id = start_mailing(
        stage.office, now=stage.clock(), remind_after=frozenset({3, 7})
    )
    stage.mailer.works()
    return RunId(run_id)


@row(AuditAct.REMINDERS_STOPPED, "reminder", not_by="schedule")
def stopping_reminders(stage: Stage) -> Deed:
    run_id = mailed_with_reminders(stage)
    return lambda actor: stage.does(reminders.stop, run_id, actor=actor)


@row(AuditAct.RUN_STARTED, "run", "reminder", by="schedule")
def reminding_by_the_schedule(stage: Stage) -> Deed:
    mailed_with_reminders(stage)
    stage.clock.forward(timedelta(days=3, hours=3))
    return lambda _actor: stage.does(reminders.begin_next)
