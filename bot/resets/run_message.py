"""The one message of a run in the admin channel: its progress, then its result."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, ButtonElement

from bot import mentions
from bot.blocks import (
    button,
    buttons,
    header,
    marked_paragraph,
    paragraph,
)
from bot.locale import Translator, msgid
from bot.message import Message
from bot.resets import reasons
from bot.text import escaped, on_one_line
from domain.runs.model import RowReason, RowState, RunFailure, RunPhase
from domain.runs.reporting import FileStatus, RunReport

SHOW_OPENING_PASSWORD: Final = "exports.show_opening_password"  # noqa: S105 (an action id)
ENDED: Final = (RunPhase.DONE, RunPhase.FAILED)
RETRY: Final = "resets.retry_failed"
SHOW_REASON: Final = "resets.show_reason"

_FAILURES: Final = {
    RunFailure.NOT_PERMITTED: msgid(
        "Failed: {who} may not export passwords of this branch any more."
    ),
    RunFailure.CHANNEL_UNSUITABLE: msgid(
        "Failed: {channel} may not receive passwords. It has to be a private channel "
        "of your own company, with Sleutelbos and {who} in it."
    ),
    RunFailure.NOT_POSTED: msgid("Failed: Slack did not take the file."),
    RunFailure.NOBODY_LEFT: msgid(
        "Nothing done: everybody's login was changed by somebody meanwhile."
    ),
    RunFailure.NOT_PREPARED: msgid(
        "Failed: the passwords could not be made. Tell who set up Sleutelbos for you "
        "(IT)."
    ),
    RunFailure.KEY_LOST: msgid(
        "Stopped: the secret key of Sleutelbos was lost, and with it the passwords "
        "of this task."
    ),
    RunFailure.FILE_GONE: msgid(
        "Stopped: the file is deleted, so no more of its passwords become valid."
    ),
}

_FILES: Final = {
    FileStatus.IN_CHANNEL: msgid(
        "The workbook is in {channel} and is deleted there after 24 hours."
    ),
    FileStatus.SHUT: msgid(
        "The workbook is in {channel}; its opening password can't be shown any more."
    ),
    FileStatus.DELETED: msgid("The workbook was deleted from {channel}."),
    FileStatus.TO_DELETE_BY_HAND: msgid(
        "The workbook has to be deleted from {channel} by hand."
    ),
}


@dataclass(frozen=True)
class RunMessage:
    """How a run stands, who started it, and whether only they can read this."""

    report: RunReport
    started_by: str
    is_direct: bool = False


def build(data: RunMessage, t: Translator) -> Message:
    """The whole message; counts only, never who or what."""
    title, status = _title(data, t), _status(data, t)
    blocks = [
        header(title),
        marked_paragraph(_started(data, t)),
        marked_paragraph(status),
        *_reasons(data.report, t),
        *_what_next(data.report, t),
    ]
    return Message(blocks, f"{escaped(title)}\n{status}")


def comment(data: RunMessage, t: Translator) -> str:
    """What stands under the file."""
    report = data.report
    what = t.marked(
        "Employee logins of {branch}, with new initial passwords, for a mail merge "
        "in Word.",
        branch=on_one_line(report.branch_name, limit=100),
    )
    opening = t.marked(
        "The file is encrypted. {who} gets to see the password that opens it with "
        "the button *Show opening password* of this task's message.",
        who=mentions.person(data.started_by),
    )
    end = t.marked(
        "It is deleted here after 24 hours. Word merges from it only while it is "
        "open in Excel."
    )
    return f"{what}\n{opening}\n{end}"


def _title(data: RunMessage, t: Translator) -> str:
    name = on_one_line(data.report.branch_name, limit=100)
    return t("Reset passwords and export data · {branch}", branch=name)


def _started(data: RunMessage, t: Translator) -> str:
    report = data.report
    words = (
        msgid("Tried again by {who}, started on {instant}")
        if report.is_retry
        else msgid("Started by {who} on {instant}")
    )
    started = t.marked(
        words,
        who=mentions.person(data.started_by),
        instant=t.instant(report.started_at),
    )
    if not data.is_direct:
        return started
    elsewhere = t.marked(
        "Only you can read this: it could not be put into {channel}.",
        channel=mentions.channel(report.channel_id),
    )
    return f"{started}\n{elsewhere}"


def _status(data: RunMessage, t: Translator) -> str:
    report = data.report
    channel = mentions.channel(report.channel_id)
    applied = report.by_state.get(RowState.APPLIED, 0)
    if report.failure is not None:
        return _failed(data, report.failure, applied, t)
    if report.phase is RunPhase.PREPARING:
        return t.marked(
            "Under way: {done} of {count} passwords are made. Nothing changes until "
            "the file is in {channel}.",
            done=report.prepared,
            count=report.row_count,
            channel=channel,
        )
    if report.phase is RunPhase.POSTING:
        return t.marked(
            "Under way: the passwords are made, the file goes into {channel}.",
            channel=channel,
        )
    if report.phase is RunPhase.APPLYING:
        return t.marked(
            "Under way: the file is in {channel}; {done} of {count} new passwords "
            "work.",
            channel=channel,
            done=applied,
            count=report.row_count,
        )
    return _done(data, applied, t)


def _done(data: RunMessage, applied: int, t: Translator) -> str:
    done = t.plural(
        "Done: one person has a new initial password.",
        "Done: {count} people have a new initial password.",
        applied,
    )
    file = t.marked(
        _FILES[data.report.file or FileStatus.IN_CHANNEL],
        channel=mentions.channel(data.report.channel_id),
    )
    expires_at = data.report.password_expires_at
    if expires_at is None or not applied:
        return f"{done} {file}"
    term = t.marked(
        "The passwords work until {instant}.", instant=t.instant(expires_at)
    )
    return f"{done} {term} {file}"


def _failed(data: RunMessage, failure: RunFailure, applied: int, t: Translator) -> str:
    why = t.marked(
        _FAILURES[failure],
        who=mentions.person(data.started_by),
        channel=mentions.channel(data.report.channel_id),
    )
    nobody = t.marked("Nobody got a new password.")
    before = t.plural(
        "One person got a new password before that.",
        "{count} people got a new password before that.",
        applied,
    )
    return f"{why} {before if applied else nobody}"


def _reasons(report: RunReport, t: Translator) -> list[Block]:
    return [
        paragraph(
            reasons.of_row(reason, report.by_reason[reason], t),
            accessory=button(
                SHOW_REASON,
                t("Show list"),
                value=f"{report.run_id} {reason.value}",
            ),
        )
        for reason in RowReason
        if report.by_reason.get(reason)
    ]


def _what_next(report: RunReport, t: Translator) -> list[Block]:
    elements: list[ButtonElement] = []
    if report.phase is RunPhase.DONE and report.file is FileStatus.IN_CHANNEL:
        elements.append(
            button(
                SHOW_OPENING_PASSWORD,
                t("Show opening password"),
                value=str(report.run_id),
                style="primary",
            )
        )
    if report.phase in ENDED and report.can_be_retried:
        words = t("Retry the failed ones")
        elements.append(button(RETRY, words, value=str(report.run_id)))
    blocks: list[Block] = [buttons(elements, "next")] if elements else []
    if report.was_retried:
        blocks.append(paragraph(t("The failed ones were tried again in another task.")))
    return blocks
