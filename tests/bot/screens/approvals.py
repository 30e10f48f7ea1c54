"""Messages and answers of runs that wait, or waited, for another administrator."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.resets import answers, dry_run, run_message, stopped
from bot.resets.run_message import RunMessage
from domain.actor import AdministratorId, BranchId
from domain.letters.model import BuiltIn
from domain.letters.template_wording import HandsOver
from domain.runs.model import (
    RowReason,
    RowState,
    RunFailure,
    RunId,
    RunKind,
    RunPhase,
)
from domain.runs.reporting import MessagePlace, RunReport

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
WAITING = RunReport(
    run_id=RunId(3),
    branch_id=BranchId(2),
    branch_name="Utrecht",
    started_by=AdministratorId(1),
    started_at=NOW,
    channel_id="C1",
    message=MessagePlace("C1", "1.1"),
    phase=RunPhase.AWAITING_APPROVAL,
    failure=None,
    row_count=12000,
    by_state={RowState.WAITING: 12000},
    by_reason={},
    password_expires_at=None,
    is_retry=False,
    was_retried=False,
    file=None,
    approval_until=NOW + timedelta(hours=24),
)
BY_MAIL = replace(
    WAITING,
    kind=RunKind.MAIL,
    built_in=BuiltIn.LINK,
    hands_over=HandsOver.LINK,
)
APPROVED = replace(
    WAITING,
    phase=RunPhase.PREPARING,
    approved_at=NOW + timedelta(hours=1),
    decided_by=AdministratorId(2),
)
_WITH_DECIDER = (
    RunFailure.DECLINED,
    RunFailure.WITHDRAWN,
    RunFailure.APPROVER_NOT_PERMITTED,
    RunFailure.APPROVER_STEP_UP_MISSING,
)
_ENDS = (*_WITH_DECIDER, RunFailure.APPROVAL_EXPIRED, RunFailure.STEP_UP_MISSING)


def data(report, text, decided_by):
    return RunMessage(replace(report, branch_name=text), "U1", decided_by=decided_by)


def run(report, decided_by=None):
    return lambda t, text: run_message.build(data(report, text, decided_by), t)


def told_starter(report, decided_by):
    return lambda t, text: stopped.build(data(report, text, decided_by), t)


def ended(report, failure, decider="U2", message=run):
    is_mailing = report.kind is RunKind.MAIL
    reason = RowReason.NOT_APPLIED if is_mailing else RowReason.NOT_POSTED
    over = replace(
        report,
        phase=RunPhase.FAILED,
        failure=failure,
        ended_at=NOW + timedelta(hours=2),
        by_state={RowState.FAILED: report.row_count},
        by_reason={reason: report.row_count},
    )
    return message(over, decider if failure in _WITH_DECIDER else None)


MESSAGES = {
    "run-waiting": run(WAITING),
    "run-waiting-one": run(replace(WAITING, row_count=1)),
    "run-waiting-mail": run(BY_MAIL),
    "run-waiting-mail-password": run(replace(BY_MAIL, hands_over=HandsOver.PASSWORD)),
    "run-approved": run(APPROVED, "U2"),
    "run-stopped-by-it": ended(WAITING, RunFailure.WITHDRAWN, None),
    **{
        f"run-{failure.value.replace('_', '-')}": ended(WAITING, failure)
        for failure in _ENDS
    },
    **{
        f"stopped-{failure.value.replace('_', '-')}": ended(
            WAITING, failure, message=told_starter
        )
        for failure in (*_ENDS, RunFailure.NOT_PERMITTED)
        if failure is not RunFailure.WITHDRAWN
    },
    "stopped-not-permitted-mail": ended(
        BY_MAIL, RunFailure.NOT_PERMITTED, message=told_starter
    ),
    "run-declined-mail": ended(BY_MAIL, RunFailure.DECLINED),
    "run-approval-expired-mail": ended(BY_MAIL, RunFailure.APPROVAL_EXPIRED),
}

SCREENS = {
    "reset-awaits": lambda t, _: answers.started(
        dry_run.title(t), "C1", t, awaits=True
    ),
    "reset-under-way-awaits": lambda t, _: answers.under_way(
        dry_run.title(t), "U1", NOW, t, awaits_for=12000
    ),
}
