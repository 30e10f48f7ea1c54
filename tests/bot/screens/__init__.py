"""Every screen of the bot, built from data that stands still.

Each is a function of the wording and of one text from people, which stands for
every name and address on it.
"""

from collections.abc import Callable

from slack_sdk.models.views import View

from bot.locale import Translator
from tests.bot.screens import (
    administrators,
    audit_log,
    branch_settings,
    branches,
    helping,
    importing,
    logins,
    mailing_dry_runs,
    moves,
    others,
    record_cards,
    resets,
    step_up,
    templates,
    word_templates,
)

Screen = Callable[[Translator, str], View]

SCREENS: dict[str, Screen] = {
    **administrators.SCREENS,
    **audit_log.SCREENS,
    **branch_settings.SCREENS,
    **branches.SCREENS,
    **helping.SCREENS,
    **importing.SCREENS,
    **logins.SCREENS,
    **mailing_dry_runs.SCREENS,
    **moves.SCREENS,
    **others.SCREENS,
    **record_cards.SCREENS,
    **resets.SCREENS,
    **step_up.SCREENS,
    **templates.SCREENS,
    **word_templates.SCREENS,
}
