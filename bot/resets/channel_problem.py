"""Why the admin channel may not receive the workbook, and what to do about it."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.views import View

from bot import mentions
from bot.blocks import button, buttons, marked_paragraph, modal, paragraph
from bot.branches.place import Place
from bot.locale import Translator, msgid
from domain.exports.channel import ChannelProblem

CALLBACK_ID: Final = "resets.channel_problem"
LOOK_AGAIN: Final = "resets.look_again"

# What is wrong, and the way out.
_WORDING: Final = {
    ChannelProblem.UNSET: (
        msgid(
            "This branch has no admin channel yet. The workbook with the passwords "
            "goes there."
        ),
        msgid(
            "Ask a manager to choose one under Branch settings: a private channel "
            "with you and Sleutelbos in it."
        ),
    ),
    ChannelProblem.NOT_FOUND: (
        msgid(
            "Sleutelbos does not see the admin channel {channel}: it is gone, or "
            "Sleutelbos is not in it."
        ),
        msgid(
            "Open the channel and type /invite @Sleutelbos there, or ask a manager "
            "to choose another one under Branch settings."
        ),
    ),
    ChannelProblem.ARCHIVED: (
        msgid("The admin channel {channel} is archived."),
        msgid(
            "Take it out of the archive, or ask a manager to choose another one "
            "under Branch settings."
        ),
    ),
    ChannelProblem.PUBLIC: (
        msgid(
            "The admin channel {channel} is public: everybody in the company can "
            "read along."
        ),
        msgid(
            "Make it private in the settings of the channel, or ask a manager to "
            "choose a private one under Branch settings."
        ),
    ),
    ChannelProblem.SHARED: (
        msgid("The admin channel {channel} is shared with another organisation."),
        msgid(
            "Ask a manager to choose a private channel under Branch settings that "
            "only your own company can see."
        ),
    ),
    ChannelProblem.BOT_NOT_MEMBER: (
        msgid("Sleutelbos is not in the admin channel {channel}."),
        msgid("Open the channel and type /invite @Sleutelbos there."),
    ),
    ChannelProblem.PERSON_NOT_MEMBER: (
        msgid(
            "You are not in the admin channel {channel}, so you would not see the "
            "workbook."
        ),
        msgid("Ask somebody who is in it to add you."),
    ),
}


@dataclass(frozen=True)
class ChannelTrouble:
    """The problem of a channel; with `place` one may have it looked at again."""

    problem: ChannelProblem
    channel_id: str | None
    place: Place | None = None


def build(data: ChannelTrouble, t: Translator) -> View:
    """What is wrong, what to do, and that nothing happened."""
    again = button(LOOK_AGAIN, t("Look again"), style="primary")
    return modal(
        t("Reset and export"),
        [
            marked_paragraph(f"*{_what_is_wrong(data, t)}*"),
            paragraph(t(_WORDING[data.problem][1])),
            paragraph(
                t("Nothing was started; everybody keeps the password they have.")
            ),
            *([buttons([again], "again")] if data.place else []),
        ],
        close=t("Close"),
        callback_id=CALLBACK_ID,
        ids=data.place.remembered() if data.place else "",
    )


def _what_is_wrong(data: ChannelTrouble, t: Translator) -> str:
    words = _WORDING[data.problem][0]
    if data.channel_id is None:
        return t.marked(words)
    return t.marked(words, channel=mentions.channel(data.channel_id))
