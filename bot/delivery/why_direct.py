"""Why something comes as a direct message and not in the admin channel."""

from typing import Final

from bot import mentions
from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.exports.channel import ChannelProblem

_WHY_DIRECT: Final = {
    ChannelProblem.UNSET: msgid(
        "You get this as a direct message because no admin channel is set for it."
    ),
    ChannelProblem.NOT_FOUND: msgid(
        "You get this as a direct message because the admin channel {channel} is not "
        "there, or Sleutelbos is not in it."
    ),
    ChannelProblem.ARCHIVED: msgid(
        "You get this as a direct message because the admin channel {channel} is "
        "archived."
    ),
    ChannelProblem.PUBLIC: msgid(
        "You get this as a direct message because the admin channel {channel} is "
        "public: everybody in the company reads along there."
    ),
    ChannelProblem.SHARED: msgid(
        "You get this as a direct message because the admin channel {channel} is "
        "shared with people outside the company."
    ),
    ChannelProblem.BOT_NOT_MEMBER: msgid(
        "You get this as a direct message because Sleutelbos is not in the admin "
        "channel {channel}."
    ),
}


def told(problem: ChannelProblem, channel_id: str | None, t: Translator) -> str:
    """In words, as markup."""
    return t.marked(_WHY_DIRECT[problem], channel=_named(channel_id))


def _named(channel_id: str | None) -> object:
    """A channel by its name; what was set by mistake and is no id, as it was set."""
    try:
        return mentions.channel(channel_id or "")
    except ValueError:
        return on_one_line(channel_id or "")
