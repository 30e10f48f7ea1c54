"""Rows of the table: an export after it was posted."""

from datetime import timedelta

from domain.actor import Actor
from domain.audit import AuditAct
from domain.exports import deletion, handover
from domain.runs import expiring
from domain.runs.model import RunId
from tests.domain.audit.acts import Deed, Stage, row


def exported(stage: Stage) -> RunId:
    """A run whose workbook is in the channel."""
    stage.employee()
    run_id = stage.start()
    stage.worker.works()
    return RunId(run_id)


@row(AuditAct.EXPORT_OPENING_PASSWORD_SHOWN, not_by="ursula")
def showing_an_opening_password(stage: Stage) -> Deed:
    run_id = exported(stage)
    return lambda actor: stage.does(
        handover.show_opening_password, run_id, keyring=stage.keyring, actor=actor
    )


@row(AuditAct.EXPORT_DELETED, "posted_file", by="schedule")
def deleting_an_export(stage: Stage) -> Deed:
    exported(stage)
    stage.clock.forward(timedelta(days=2))
    return lambda _actor: deletion.delete_due(
        stage.database, stage.drawer.channel(), clock=stage.clock
    )


@row(
    AuditAct.PASSWORD_EXPIRED,
    "login",
    by="operator",
    not_by="hanna",
)
def expiring_what_an_export_handed_out(stage: Stage) -> Deed:
    run_id = exported(stage)
    return lambda actor: stage.does(
        expiring.expire_batch, run_id, limit=10, actor=actor
    )


@row(
    AuditAct.EXPORT_EXPIRED,
    "login",
    by="operator",
    not_by="hanna",
    with_events=[AuditAct.PASSWORD_EXPIRED],
)
def expiring_an_export(stage: Stage) -> Deed:
    """The whole command: it tells how many there were when all are done."""
    run_id = exported(stage)

    def expires(actor: Actor) -> None:
        stage.does(expiring.begin, run_id, actor=actor)
        count = stage.does(expiring.expire_batch, run_id, limit=10, actor=actor)
        stage.does(expiring.end, run_id, count, actor=actor)

    return expires


@row(AuditAct.RUN_ENDED, "run", by="operator", not_by="hanna")
def expiring_a_run_under_way(stage: Stage) -> Deed:
    stage.employee()
    run_id = stage.start()
    return lambda actor: stage.does(expiring.begin, run_id, actor=actor)
