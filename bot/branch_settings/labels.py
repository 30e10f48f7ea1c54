"""What each setting of a branch is called."""

from collections.abc import Mapping
from typing import Final

from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.branch_settings import Settings

_LABELS: Final = {
    "name": msgid("Name of the branch"),
    "second_factor_required": msgid("Second factor"),
    "wrong_attempts_allowed": msgid("Wrong attempts allowed"),
    "initial_password_days": msgid("Days that initial passwords and links work"),
    "admin_channel_id": msgid("Admin channel"),
    "second_administrator_above": msgid("Second administrator above how many people"),
    "weekly_digest": msgid("Weekly digest"),
}
_SENTENCES: Final = {
    "second_factor_required": msgid("Two-factor authentication is required"),
    "weekly_digest": msgid(
        "Every Monday at 08:00, in the admin channel: who never signed in"
    ),
}


def of(setting: str, t: Translator) -> str:
    """The label of its entry."""
    return t(_LABELS[setting])


def with_value(setting: str, settings: Settings, t: Translator) -> str:
    """The label and what is set; of a channel the label alone."""
    values: Mapping[str, object] = settings
    value = values[setting]
    if isinstance(value, bool):
        words = t("on") if value else t("off")
    elif isinstance(value, int):
        words = t.number(value)
    elif value is None:
        words = t("none")
    elif setting == "name":
        words = on_one_line(str(value))
    else:
        return of(setting, t)
    return f"{of(setting, t)} ({words})"


def sentence(setting: str, t: Translator) -> str:
    """What a tick beside it says."""
    return t(_SENTENCES[setting])
