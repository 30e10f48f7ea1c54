"""People and channels as Slack shows them: by name, with a link.

A mention is markup of ours: `Translator.marked` leaves it as it is.
"""

import re
from dataclasses import dataclass
from typing import Final

_ID: Final = re.compile(r"[A-Z0-9]+")


@dataclass(frozen=True)
class Mention:
    """`<@U123>` or `<#C123>`; raises ValueError for an id that is none."""

    sign: str
    slack_id: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.slack_id):
            raise ValueError("not an id of Slack")

    def __str__(self) -> str:
        return f"<{self.sign}{self.slack_id}>"


def person(user_id: str) -> Mention:
    """Somebody, by the name that Slack shows today."""
    return Mention("@", user_id)


def channel(channel_id: str) -> Mention:
    """A channel; who may not see it reads that it is private."""
    return Mention("#", channel_id)
