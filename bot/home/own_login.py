"""The part of the App Home on one's own login, and the button for a new password."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Final

from slack_sdk.models.blocks import Block

from bot.blocks import buttons, facts, marked_paragraph, paragraph
from bot.help import reply, wording
from bot.locale import Translator
from bot.logins import states
from bot.text import on_one_line
from domain.logins.model import LoginState
from domain.masking import masked

BLOCK_ID: Final = "help"


class Nothing(Enum):
    """Why there is no login to tell of."""

    UNKNOWN = auto()
    NO_LOGIN = auto()


@dataclass(frozen=True)
class OwnLogin:
    """How somebody's own login stands; `first_until` is of a password of ours."""

    user_name: str
    state: LoginState
    last_sign_in_at: datetime | None
    first_until: datetime | None
    first_has_expired: bool


Own = OwnLogin | Nothing
UNKNOWN: Final = Nothing.UNKNOWN
NO_LOGIN: Final = Nothing.NO_LOGIN


def blocks(own: Own, t: Translator) -> list[Block]:
    """One's own login as far as it is known, and what one can press."""
    title = marked_paragraph(t.marked("*Your own login*"))
    if own is UNKNOWN:
        unknown = t(
            "Can't you sign in, or have you forgotten your password? Press the button "
            "and type your employee number."
        )
        return [title, paragraph(unknown), buttons([reply.new_password(t)], BLOCK_ID)]
    pressable = buttons([reply.new_password(t), reply.other_number(t)], BLOCK_ID)
    if isinstance(own, OwnLogin):
        return [title, facts(_known(own, t)), *_what_to_do(own, t), pressable]
    return [title, paragraph(wording.no_login(t)), pressable]


def _known(own: OwnLogin, t: Translator) -> list[tuple[str, str]]:
    last = own.last_sign_in_at
    lines = [
        # Enough to know it again; the account in Slack may be in other hands.
        (t("User name"), on_one_line(masked(own.user_name))),
        (t("State"), states.words(own.state, t)),
        (t("Last sign-in"), t.instant(last) if last else t("never")),
    ]
    if own.first_until is None:
        return lines
    if own.first_has_expired:
        return [*lines, (t("Password"), t("initial, expired"))]
    until = t("initial, valid until {instant}", instant=t.instant(own.first_until))
    return [*lines, (t("Password"), until)]


def _what_to_do(own: OwnLogin, t: Translator) -> list[Block]:
    if own.state is LoginState.NEW:
        return [paragraph(t("An administrator has yet to activate it."))]
    if own.state is not LoginState.ACTIVE:
        return [paragraph(t("Only an administrator can let you in again."))]
    if own.first_has_expired:
        return [paragraph(t("Ask for a new password with the button."))]
    return []
