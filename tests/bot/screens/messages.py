"""Every message of the bot, built from data that stands still."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.exports import expired, undeleted
from bot.exports.expired import Expired
from bot.exports.undeleted import Undeleted
from bot.given_files import leftover
from bot.given_files.leftover import Leftover
from bot.importing import list_to_check
from bot.importing.list_to_check import ListToCheck
from bot.locale import Translator
from bot.logins import leavers
from bot.logins.leavers import Leavers
from bot.message import Message
from bot.record_cards import disputed
from bot.record_cards.disputed import Disputed
from bot.resets import run_message
from bot.resets.run_message import RunMessage
from domain.record_cards.model import RecordCardId
from domain.runs.model import RowReason, RowState, RunFailure, RunPhase
from domain.runs.reporting import FileStatus
from tests.bot.screens import (
    administrators,
    approvals,
    digests,
    helping,
    lockouts,
    mailings,
    step_up,
    unreached_by_letters,
)
from tests.bot.screens.run_report import NOW, REPORT

OF_EXPORTS = (
    RowReason.CHANGED_MEANWHILE,
    RowReason.NOT_WRITABLE,
    RowReason.NOT_POSTED,
)
DONE = replace(
    REPORT,
    phase=RunPhase.DONE,
    by_state={RowState.APPLIED: 11990, RowState.LEFT_OUT: 6, RowState.FAILED: 4},
    by_reason={reason: 10**index for index, reason in enumerate(OF_EXPORTS)},
    password_expires_at=NOW + timedelta(days=7),
    file=FileStatus.IN_CHANNEL,
)
NO_FILE = {RowReason.NOT_POSTED: 12000}


def run(report, *, is_direct=False):
    def build(t, text):
        named = replace(report, branch_name=text)
        return run_message.build(RunMessage(named, "U1", is_direct=is_direct), t)

    return build


def failed(failure, *, makes_letters=False):
    return run(
        replace(
            REPORT,
            makes_letters=makes_letters,
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
    **administrators.MESSAGES,
    "run-preparing": run(REPORT),
    "run-posting": run(replace(REPORT, phase=RunPhase.POSTING)),
    "run-applying": run(
        replace(REPORT, phase=RunPhase.APPLYING, by_state={RowState.APPLIED: 500})
    ),
    "run-preparing-letters": run(replace(REPORT, makes_letters=True)),
    "run-posting-letters": run(
        replace(REPORT, makes_letters=True, phase=RunPhase.POSTING)
    ),
    "run-applying-letters": run(
        replace(
            REPORT,
            makes_letters=True,
            phase=RunPhase.APPLYING,
            by_state={RowState.APPLIED: 500},
        )
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
    "run-done-letters": run(
        replace(DONE, makes_letters=True, letters=FileStatus.IN_CHANNEL)
    ),
    "run-done-letters-deleted": run(
        replace(
            DONE,
            makes_letters=True,
            file=FileStatus.DELETED,
            letters=FileStatus.DELETED,
        )
    ),
    "run-done-letters-undeleted": run(
        replace(
            DONE,
            makes_letters=True,
            file=FileStatus.DELETED,
            letters=FileStatus.TO_DELETE_BY_HAND,
        )
    ),
    "run-done-undeleted": run(replace(DONE, file=FileStatus.TO_DELETE_BY_HAND)),
    "run-retried": run(replace(DONE, was_retried=True)),
    "run-not-permitted": failed(RunFailure.NOT_PERMITTED),
    "run-channel-unsuitable": failed(RunFailure.CHANNEL_UNSUITABLE),
    "run-not-posted": failed(RunFailure.NOT_POSTED),
    "run-nobody-left": failed(RunFailure.NOBODY_LEFT),
    "run-not-prepared": failed(RunFailure.NOT_PREPARED),
    "run-key-lost": failed(RunFailure.KEY_LOST),
    "run-file-gone": failed(RunFailure.FILE_GONE),
    "run-template-unusable": failed(RunFailure.TEMPLATE_UNUSABLE, makes_letters=True),
    "run-not-posted-letters": failed(RunFailure.NOT_POSTED, makes_letters=True),
    "run-file-gone-letters": failed(RunFailure.FILE_GONE, makes_letters=True),
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
    **approvals.MESSAGES,
    **helping.MESSAGES,
    "expired": lambda t, text: expired.build(Expired(text, 12, 1200), t),
    "expired-one": lambda t, text: expired.build(Expired(text, 12, 1), t),
    "leavers": lambda t, text: leavers.build(Leavers(text, 1200), t),
    "leaver": lambda t, text: leavers.build(Leavers(text, 1), t),
    "import-leftover": lambda t, text: leftover.build(Leftover(text), t),
    "given-file-leftover": lambda t, text: leftover.build(
        Leftover(text, has_people=False), t
    ),
    "import-list": lambda t, text: list_to_check.build(ListToCheck(text), t),
    **lockouts.MESSAGES,
    **step_up.MESSAGES,
    **mailings.MESSAGES,
    **unreached_by_letters.MESSAGES,
    **digests.MESSAGES,
    "address-disputed": lambda t, text: disputed.build(
        Disputed(RecordCardId(7), text, text[:40], text[:100]), t
    ),
    "undeleted": lambda t, text: undeleted.build(
        Undeleted(text[:200], "C1", "cant_delete_file"), t
    ),
}
