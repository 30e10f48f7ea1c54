"""Every screen of the bot, built from data that stands still.

Each is a function of the wording and of one text from people, which stands for
every name and address on it.
"""

from collections.abc import Callable

from slack_sdk.models.views import View

from bot.locale import Translator
from tests.bot.screens import branches, helping, importing, logins, others, resets

Screen = Callable[[Translator, str], View]

SCREENS: dict[str, Screen] = {
    **branches.SCREENS,
    **helping.SCREENS,
    **importing.SCREENS,
    **logins.SCREENS,
    **others.SCREENS,
    **resets.SCREENS,
}
