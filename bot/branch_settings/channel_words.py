"""What is said of a chosen admin channel: that it will do, or what to do about it."""

from typing import Final

from bot.locale import Translator, msgid
from domain.exports.channel import ChannelProblem

_WORDING: Final = {
    ChannelProblem.UNSET: msgid("Choose a channel."),
    ChannelProblem.NOT_FOUND: msgid(
        "Sleutelbos is not in this channel. Open the channel, type /invite "
        "@Sleutelbos there, and save again."
    ),
    ChannelProblem.ARCHIVED: msgid("This channel is archived. Choose another one."),
    ChannelProblem.PUBLIC: msgid(
        "This channel is public: everybody in the company can read along. Make it "
        "private in its settings, or choose another one."
    ),
    ChannelProblem.SHARED: msgid(
        "This channel is shared with another organisation. Choose one that only your "
        "own company can see."
    ),
    ChannelProblem.BOT_NOT_MEMBER: msgid(
        "Sleutelbos is not in this channel. Open the channel, type /invite "
        "@Sleutelbos there, and save again."
    ),
    ChannelProblem.PERSON_NOT_MEMBER: msgid(
        "You are not in this channel. Ask somebody who is in it to add you, or choose "
        "another one."
    ),
}


def refusal(problem: ChannelProblem, t: Translator) -> str:
    """Why the channel can't be the admin channel, and the way out."""
    return t(_WORDING[problem])


def found(problem: ChannelProblem | None, t: Translator) -> str:
    """What was found when it was chosen."""
    if problem is None:
        return t("✓ Sleutelbos and you are in this channel, and nobody from outside.")
    return f"⚠ {refusal(problem, t)}"
