"""What somebody is told who started a run, or was not the first to."""

from datetime import datetime

from slack_sdk.models.views import View

from bot import mentions
from bot.blocks import marked_paragraph, modal
from bot.locale import Translator


def started(channel_id: str, t: Translator) -> View:
    """It runs; where to look."""
    return _told(
        t.marked(
            "The task has started; you find its progress in {channel}.",
            channel=mentions.channel(channel_id),
        ),
        t,
    )


def under_way(user_id: str, started_at: datetime, t: Translator) -> View:
    """Somebody else's is running; who and since when."""
    return _told(
        t.marked(
            "A task of this branch is under way already: {who} started it on "
            "{instant}. Nothing was started now.",
            who=mentions.person(user_id),
            instant=t.instant(started_at),
        ),
        t,
    )


def _told(text: str, t: Translator) -> View:
    return modal(t("Reset and export"), [marked_paragraph(text)], close=t("Close"))
