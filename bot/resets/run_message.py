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
from bot.resets import approvals, export_status, mailing_status, reasons, reminding
from bot.text import escaped, on_one_line
from domain.runs.model import RowReason, RunKind, RunPhase
from domain.runs.reporting import FileStatus, RunReport

SHOW_OPENING_PASSWORD: Final = "exports.show_opening_password"  # noqa: S105 (an action id)
ENDED: Final = (RunPhase.DONE, RunPhase.FAILED)
RETRY: Final = "resets.retry_failed"
SHOW_REASON: Final = "resets.show_reason"
_TITLES: Final = {
    RunKind.EXPORT: msgid("Reset passwords and export data · {branch}"),
    RunKind.MAIL: msgid("Reset passwords and send email · {branch}"),
}


@dataclass(frozen=True)
class RunMessage:
    """How a run stands, who started it, and whether only they can read this."""

    report: RunReport
    started_by: str
    is_direct: bool = False
    decided_by: str | None = None


def build(data: RunMessage, t: Translator) -> Message:
    """The whole message; counts only, never who or what."""
    heading = title(data, t)
    how = status(data, t)
    blocks = [
        header(heading),
        marked_paragraph(_started(data, t)),
        marked_paragraph(how),
        *_reasons(data.report, t),
        *_what_next(data.report, t),
    ]
    return Message(blocks, f"{escaped(heading)}\n{how}")


def status(data: RunMessage, t: Translator) -> str:
    """How it stands or why it ended, as markup."""
    report = data.report
    if report.phase is RunPhase.AWAITING_APPROVAL:
        return approvals.waiting(report, data.started_by, t)
    failed = approvals.ending(report, data.started_by, data.decided_by, t)
    if report.kind is RunKind.MAIL:
        return mailing_status.words(report, data.started_by, t, failed=failed)
    return export_status.words(report, data.started_by, t, failed=failed)


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


def title(data: RunMessage, t: Translator) -> str:
    """What it does, and of which branch."""
    name = on_one_line(data.report.branch_name, limit=100)
    return t(_TITLES[data.report.kind], branch=name)


def _started(data: RunMessage, t: Translator) -> str:
    report = data.report
    lines = [
        t.marked(
            _how_it_began(report),
            who=mentions.person(data.started_by),
            instant=t.instant(report.started_at),
        )
    ]
    if report.kind is RunKind.MAIL:
        name = mailing_status.template_name(report, t)
        lines.append(mailing_status.template(name, t))
        planned = reminding.sentence(report, t)
        lines += [planned] if planned else []
    approved = approvals.approved(report, data.decided_by, t)
    lines += [approved] if approved else []
    if data.is_direct:
        lines.append(_only_you(data, t))
    return "\n".join(lines)


def _how_it_began(report: RunReport) -> str:
    if report.is_reminder:
        return msgid(
            "Reminder by schedule on {instant} to who had not signed in yet; {who} "
            "chose it"
        )
    if report.is_retry:
        return msgid("Tried again by {who}, started on {instant}")
    return msgid("Started by {who} on {instant}")


def _only_you(data: RunMessage, t: Translator) -> str:
    if data.report.channel_id == data.started_by:
        return t.marked(
            "Only you can read this: the branch has no admin channel that will do."
        )
    return t.marked(
        "Only you can read this: it could not be put into {channel}.",
        channel=mentions.channel(data.report.channel_id),
    )


def _reasons(report: RunReport, t: Translator) -> list[Block]:
    if report.was_never_approved:
        return []
    return [
        paragraph(
            reasons.of_row(reason, report.kind, report.by_reason[reason], t),
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
    if report.phase is RunPhase.AWAITING_APPROVAL:
        elements += approvals.answers(report, t)
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
    stop = reminding.stop_button(report, t)
    if stop is not None:
        elements.append(stop)
    blocks: list[Block] = [buttons(elements, "next")] if elements else []
    if report.was_retried:
        blocks.append(paragraph(t("The failed ones were tried again in another task.")))
    return blocks
