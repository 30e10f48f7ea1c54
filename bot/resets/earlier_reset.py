"""The warning of a dry run that people got new passwords a short while ago."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block

from bot import mentions
from bot.blocks import marked_paragraph
from bot.locale import Translator


@dataclass(frozen=True)
class Earlier:
    """The branch's last reset of less than a day ago: by whom, when, for how many."""

    user_id: str
    at: datetime
    count: int


def soon_after(earlier: Earlier | None, again: int, t: Translator) -> list[Block]:
    """Who was first, and how many people's password of the last day stops working."""
    lines = []
    if earlier:
        before = t.plural(
            "{who} gave one person of this branch a new password on {instant}.",
            "{who} gave {count} people of this branch a new password on {instant}.",
            earlier.count,
            who=mentions.person(earlier.user_id),
            instant=t.instant(earlier.at),
        )
        lines.append(before)
    if again:
        warning = t.plural(
            "Mind: one of these people got a new password in the last 24 hours. The "
            "one that was handed out before stops working.",
            "Mind: {count} of these people got a new password in the last 24 hours. "
            "The ones that were handed out before, in a workbook too, stop working.",
            again,
        )
        lines.append(f"*{warning}*")
    return [marked_paragraph("\n".join(lines))] if lines else []
