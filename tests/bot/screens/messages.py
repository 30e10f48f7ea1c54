"""Every message of the bot, built from data that stands still."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.exports import undeleted
from bot.exports.undeleted import Undeleted
from bot.importing import leftover, list_to_check
from bot.importing.leftover import Leftover
from bot.importing.list_to_check import ListToCheck
from bot.locale import Translator
from bot.logins import leavers
from bot.logins.leavers import Leavers
from bot.message import Message
from bot.resets import run_message
from bot.resets.run_message import RunMessage
from domain.actor import AdministratorId, BranchId
from domain.runs.model import RowReason, RowState, RunFailure, RunId, RunPhase
from domain.runs.reporting import FileStatus, MessagePlace, RunReport
from tests.bot.screens import helping, lockouts, unreached_by_letters

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
REPORT = RunReport(
    run_id=RunId(3),
    branch_id=BranchId(2),
    branch_name="Utrecht",
    started_by=AdministratorId(1),
    started_at=NOW,
    channel_id="C1",
    message=MessagePlace("C1", "1.1"),
    phase=RunPhase.PREPARING,
    failure=None,
    row_count=12000,
    by_state={RowState.WAITING: 9000, RowState.PREPARED: 3000},
    by_reason={},
    password_expires_at=None,
    is_retry=False,
    was_retried=False,
    file=None,
)
DONE = replace(
    REPORT,
    phase=RunPhase.DONE,
    by_state={RowState.APPLIED: 11990, RowState.LEFT_OUT: 6, RowState.FAILED: 4},
    by_reason={reason: 10**index for index, reason in enumerate(RowReason)},
    password_expires_at=NOW + timedelta(days=7),
    file=FileStatus.IN_CHANNEL,
)
NO_FILE = {RowReason.NOT_POSTED: 12000}


def run(report, *, is_direct=False):
    def build(t, text):
        named = replace(report, branch_name=text)
        return run_message.build(RunMessage(named, "U1", is_direct=is_direct), t)

    return build


def failed(failure):
    return run(
        replace(
            REPORT,
            phase=RunPhase.FAILED,
            failure=failure,
            by_state={RowState.FAILED: 12000},
            by_reason=NO_FILE,
        )
    )


def comment(t, text):
    words = run_message.comment(RunMessage(replace(REPORT, branch_name=text), "U1"), t)
    return Message([], words)


MESSAGES: dict[str, Callable[[Translator, str], Message]] = {
    "run-preparing": run(REPORT),
    "run-posting": run(replace(REPORT, phase=RunPhase.POSTING)),
    "run-applying": run(
        replace(REPORT, phase=RunPhase.APPLYING, by_state={RowState.APPLIED: 500})
    ),
    "run-done": run(DONE),
    "run-done-well": run(
        replace(
            DONE,
            row_count=1,
            by_state={RowState.APPLIED: 1},
            by_reason={},
            is_retry=True,
        ),
        is_direct=True,
    ),
    "run-done-shut": run(replace(DONE, file=FileStatus.SHUT)),
    "run-done-deleted": run(replace(DONE, file=FileStatus.DELETED)),
    "run-done-undeleted": run(replace(DONE, file=FileStatus.TO_DELETE_BY_HAND)),
    "run-retried": run(replace(DONE, was_retried=True)),
    "run-not-permitted": failed(RunFailure.NOT_PERMITTED),
    "run-channel-unsuitable": failed(RunFailure.CHANNEL_UNSUITABLE),
    "run-not-posted": failed(RunFailure.NOT_POSTED),
    "run-nobody-left": failed(RunFailure.NOBODY_LEFT),
    "run-not-prepared": failed(RunFailure.NOT_PREPARED),
    "run-key-lost": failed(RunFailure.KEY_LOST),
    "run-file-gone": failed(RunFailure.FILE_GONE),
    "run-file-gone-halfway": run(
        replace(
            REPORT,
            phase=RunPhase.FAILED,
            failure=RunFailure.FILE_GONE,
            by_state={RowState.APPLIED: 500, RowState.FAILED: 11500},
            by_reason={RowReason.NOT_POSTED: 11500},
        )
    ),
    "comment": comment,
    **helping.MESSAGES,
    "leavers": lambda t, text: leavers.build(Leavers(text, 1200), t),
    "leaver": lambda t, text: leavers.build(Leavers(text, 1), t),
    "import-leftover": lambda t, text: leftover.build(Leftover(text), t),
    "import-list": lambda t, text: list_to_check.build(ListToCheck(text), t),
    **lockouts.MESSAGES,
    **unreached_by_letters.MESSAGES,
    "undeleted": lambda t, text: undeleted.build(
        Undeleted(text[:200], "C1", "cant_delete_file"), t
    ),
}
