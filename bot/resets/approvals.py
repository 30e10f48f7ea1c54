"""A run that waits for another administrator: in words, and the answers to it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, cast

from slack_sdk.models.blocks import Block, ButtonElement

from bot import mentions, payload
from bot.blocks import button, marked_paragraph
from bot.confirming import are_you_sure
from bot.interaction import Interaction
from bot.locale import Translator, msgid
from bot.mentions import Mention
from domain import administrators, slack_users
from domain.actor import AdministratorId
from domain.letters.template_wording import HandsOver
from domain.runs import approving
from domain.runs.approving import RunDecidedError
from domain.runs.model import RunFailure, RunId, RunKind
from domain.runs.reporting import RunReport

APPROVE: Final = "resets.approve"
DECLINE: Final = "resets.decline"
WITHDRAW: Final = "resets.withdraw"

_ENDS: Final = {
    RunFailure.DECLINED: msgid("Not approved: {who} declined this on {instant}."),
    RunFailure.WITHDRAWN: msgid("Withdrawn by {who} on {instant}."),
    RunFailure.APPROVAL_EXPIRED: msgid(
        "Ended on {instant}: no other administrator approved within 24 hours."
    ),
    RunFailure.STEP_UP_MISSING: msgid(
        "Failed: {starter}, who started this, owes a code or is blocked because of "
        "wrong codes. Start it anew, with a code."
    ),
    RunFailure.APPROVER_NOT_PERMITTED: msgid(
        "Failed: {who}, who approved this, may not hand out passwords of this branch "
        "any more. Start it anew."
    ),
    RunFailure.APPROVER_STEP_UP_MISSING: msgid(
        "Failed: {who}, who approved this, owes a code or is blocked because of wrong "
        "codes. Start it anew."
    ),
}
_STOPPED: Final = msgid("Stopped on {instant} by who runs Sleutelbos (IT).")


def beforehand(
    *, is_needed: bool, has_channel: bool = True, t: Translator
) -> list[Block]:
    """What a dry run says when another one's *Akkoord* will be needed.

    Without a channel to ask in it can't be started.
    """
    if not is_needed:
        return []
    if not has_channel:
        return [marked_paragraph(f"*{_no_channel(t)}*")]
    words = t.marked(
        "For this number of people another administrator has to approve. The task "
        "waits for that in the admin channel, at most 24 hours."
    )
    return [marked_paragraph(f"*{words}*")]


def _no_channel(t: Translator) -> str:
    return t.marked(
        "For this number of people another administrator has to approve in the admin "
        "channel, and this branch has none that will do. So this can't be started. "
        "Ask a manager to choose one under Branch settings."
    )


def waiting(report: RunReport, started_by: str, t: Translator) -> str:
    """Who wants what for how many, and until when it waits."""
    state = t.marked("Waits for the approval of another administrator")
    who = mentions.person(started_by)
    words = _wants(report, who, t)
    until = t.marked(
        "This is possible until {instant}; until then nothing changes for anybody.",
        instant=t.instant(report.approval_until or report.started_at),
    )
    return f"*{state}*\n{words} {until}"


def _wants(report: RunReport, who: Mention, t: Translator) -> str:
    count = report.row_count
    if report.kind is RunKind.EXPORT:
        return t.plural(
            "{who} wants to give one person a new password in a workbook.",
            "{who} wants to give {count} people a new password in a workbook.",
            count,
            who=who,
        )
    if report.hands_over is HandsOver.PASSWORD:
        return t.plural(
            "{who} wants to send one person an e-mail with a new password.",
            "{who} wants to send {count} people an e-mail with a new password.",
            count,
            who=who,
        )
    return t.plural(
        "{who} wants to send one person an e-mail with a link to choose a password.",
        "{who} wants to send {count} people an e-mail with a link to choose a "
        "password.",
        count,
        who=who,
    )


def ending(
    report: RunReport, started_by: str, decided_by: str | None, t: Translator
) -> str | None:
    """Why it ended without handing out anything; None for other ends."""
    if report.failure not in _ENDS:
        return None
    is_nobodys = report.failure is RunFailure.WITHDRAWN and decided_by is None
    return t.marked(
        _STOPPED if is_nobodys else _ENDS[report.failure],
        starter=mentions.person(started_by),
        who=mentions.person(decided_by) if decided_by else "?",
        instant=t.instant(report.ended_at or report.started_at),
    )


def approved(report: RunReport, decided_by: str | None, t: Translator) -> str | None:
    """Who approved it and when; None where nobody did."""
    if report.approved_at is None or decided_by is None:
        return None
    return t.marked(
        "Approved by {who} on {instant}",
        who=mentions.person(decided_by),
        instant=t.instant(report.approved_at),
    )


def answers(report: RunReport, t: Translator) -> list[ButtonElement]:
    """*Akkoord*, *Niet akkoord*, and *Intrekken* for who started it."""
    value = str(report.run_id)
    sure = are_you_sure(t("Approve"), _consequence(report, t), t("Approve"), t)
    return [
        button(APPROVE, t("Approve"), value=value, style="primary", confirm=sure),
        button(DECLINE, t("Do not approve"), value=value),
        button(WITHDRAW, t("Withdraw"), value=value),
    ]


def _consequence(report: RunReport, t: Translator) -> str:
    return t.plural(
        "The task goes on at once, for one person. The old password stops working.",
        "The task goes on at once, for {count} people. Their old passwords stop "
        "working.",
        report.row_count,
    )


def approve(interaction: Interaction) -> None:
    """Let the run go on."""
    _decide(interaction, approving.approve, interaction.t("You approved this task."))


def decline(interaction: Interaction) -> None:
    """End the run of somebody else."""
    _decide(interaction, approving.decline, interaction.t("You declined this task."))


def withdraw(interaction: Interaction) -> None:
    """End one's own run."""
    _decide(interaction, approving.withdraw, interaction.t("You withdrew this task."))


def _decide(interaction: Interaction, service: Callable[..., None], done: str) -> None:
    run_id = RunId(payload.whole_number(interaction.value))
    now: datetime = interaction.now
    try:
        with interaction.transaction() as session:
            service(session, run_id, actor=interaction.actor, now=now)
    except RunDecidedError as error:
        interaction.say(_too_late(interaction, error))
        return
    interaction.office.wake_worker()
    interaction.say(done)


def _too_late(interaction: Interaction, error: RunDecidedError) -> str:
    t = interaction.t
    decided_by = cast("AdministratorId | None", error.fields["decided_by"])
    if decided_by is None:
        return t("This task does not wait for an approval any more.")
    with interaction.reading() as session:
        first = administrators.slack_identity(session, decided_by)
        names = slack_users.display_names(session, {first})
    if first == interaction.person.identity:
        return t("You decided on this task already.")
    who = names.get(first, t("Somebody"))
    return t("{who} was first and decided on this task already.", who=who)
