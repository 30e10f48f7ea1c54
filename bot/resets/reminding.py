"""The reminders of a mailing: when they come, and the button that stops them."""

from typing import Final

from slack_sdk.models.blocks import ButtonElement

from bot import payload
from bot.blocks import button
from bot.confirming import are_you_sure
from bot.interaction import Interaction
from bot.locale import Translator
from domain.record_cards.employment import office_day
from domain.runs import reminders
from domain.runs.model import RunId
from domain.runs.reporting import ReminderLine, RunReport

STOP: Final = "resets.stop_reminders"


def sentence(report: RunReport, t: Translator) -> str | None:
    """On which days reminders are still to come, as markup; None when none are."""
    days = [t.day(office_day(line.due_at)) for line in _waiting(report)]
    if not days:
        return None
    return t.marked(
        "Reminders to who has not signed in by then: {days}.", days=", ".join(days)
    )


def stop_button(report: RunReport, t: Translator) -> ButtonElement | None:
    """The button that stops them, as long as any are to come."""
    if not _waiting(report):
        return None
    sure = are_you_sure(
        t("Stop reminders"),
        t("Nobody gets a reminder of this mailing any more."),
        t("Stop"),
        t,
    )
    value = str(report.run_id)
    return button(STOP, t("Stop reminders"), value=value, confirm=sure)


def stop(interaction: Interaction) -> None:
    """Stop them; the message is rewritten by the worker."""
    run_id, t = RunId(payload.whole_number(interaction.value)), interaction.t
    with interaction.transaction() as session:
        did = reminders.stop(
            session, run_id, actor=interaction.actor, now=interaction.now
        )
    interaction.office.wake_worker()
    interaction.say(
        t("The reminders are stopped.")
        if did
        else t("There was nothing to do: no reminders were to come.")
    )


def _waiting(report: RunReport) -> list[ReminderLine]:
    return [line for line in report.reminders if line.ended_at is None]
