"""What somebody is told who started a run, or was not the first to."""

from datetime import datetime
from typing import Final, cast

from slack_sdk.models.views import View

from bot import mentions
from bot.blocks import marked_paragraph, modal
from bot.interaction import Interaction
from bot.locale import Translator, msgid
from domain import administrators
from domain.actor import AdministratorId
from domain.runs.ledger import RunUnderWayError


def started(
    title: str, channel_id: str | None, t: Translator, *, awaits: bool = False
) -> View:
    """It runs; where to look, without `channel_id` in the messages of Sleutelbos.

    Or it `awaits` another administrator, who is asked in the channel.
    """
    if awaits and channel_id is not None:
        words = t.marked(
            "The task waits for the approval of another administrator, at most 24 "
            "hours. You find it in {channel}.",
            channel=mentions.channel(channel_id),
        )
        return _told(title, words, t)
    if channel_id is None:
        words = t("The task has started; you get its progress as a direct message.")
        return _told(title, words, t)
    words = t.marked(
        "The task has started; you find its progress in {channel}.",
        channel=mentions.channel(channel_id),
    )
    return _told(title, words, t)


_UNDER_WAY: Final = msgid(
    "A task of this branch is under way already: {who} started it on {instant}. "
    "Nothing was started now."
)


def under_way(
    title: str,
    user_id: str,
    started_at: datetime,
    t: Translator,
    *,
    awaits_for: int | None = None,
) -> View:
    """Somebody's is running, or waits with so many people; who and since when."""
    who, instant = mentions.person(user_id), t.instant(started_at)
    if awaits_for is None:
        return _told(title, t.marked(_UNDER_WAY, who=who, instant=instant), t)
    words = t.plural(
        "A task of this branch for one person waits for the approval of another "
        "administrator: {who} started it on {instant}. Nothing was started now.",
        "A task of this branch for {count} people waits for the approval of another "
        "administrator: {who} started it on {instant}. Nothing was started now.",
        awaits_for,
        who=who,
        instant=instant,
    )
    return _told(title, words, t)


def told_under_way(
    interaction: Interaction, title: str, error: RunUnderWayError
) -> View:
    """The same of the run that was in the way."""
    started_by = cast("AdministratorId", error.fields["started_by"])
    started_at = cast("datetime", error.fields["started_at"])
    with interaction.reading() as session:
        starter = administrators.slack_identity(session, started_by)
    count = cast("int", error.fields["count"])
    return under_way(
        title,
        starter.user_id,
        started_at,
        interaction.t,
        awaits_for=count if error.fields["awaits_approval"] else None,
    )


def _told(title: str, text: str, t: Translator) -> View:
    return modal(title, [marked_paragraph(text)], close=t("Close"))
