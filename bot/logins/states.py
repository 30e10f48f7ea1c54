"""The state of a login in words, the same on every screen."""

from typing import Final

from bot.locale import Translator, msgid
from domain.logins.model import LoginState

_WORDS: Final = {
    LoginState.NEW: msgid("inactive (new)"),
    LoginState.ACTIVE: msgid("active"),
    LoginState.SWITCHED_OFF: msgid("inactive (switched off by an administrator)"),
    LoginState.EMPLOYMENT_ENDED: msgid("inactive (employment ended)"),
    LoginState.LOCKED: msgid("locked by wrong passwords"),
}


def words(state: LoginState, t: Translator) -> str:
    """Active, inactive and why, or locked."""
    return t(_WORDS[state])


def signed_in(count: int, t: Translator) -> str:
    """How often somebody got in (aantal logins)."""
    if count == 0:
        return t("never signed in")
    return t.plural("signed in once", "signed in {count} times", count)
