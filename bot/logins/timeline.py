"""What happened to one login, in plain sentences: *Tijdlijn*."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, modal, paragraph, small_print
from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.actor import ActorKind
from domain.audit import AuditAct
from domain.logins.model import LoginId, LoginState
from domain.logins.timeline import TimelineEntry
from domain.slack_users import SlackIdentity

CALLBACK_ID: Final = "logins.timeline"
OLDER: Final = "logins.timeline_older"
NEWEST: Final = "logins.timeline_newest"
PAGE: Final = 15

SENTENCES: Final[dict[AuditAct, str]] = {
    AuditAct.LOGIN_CREATED: msgid("{who} created this login."),
    AuditAct.LOGIN_ACTIVATED: msgid("{who} activated this login."),
    AuditAct.LOGIN_DEACTIVATED: msgid("{who} switched this login off."),
    AuditAct.LOGIN_CLOSED: msgid(
        "{who} closed this login because the employment ended."
    ),
    AuditAct.LOGIN_ADDRESS_CHANGED: msgid(
        "{who} changed the e-mail address, and with it the user name."
    ),
    AuditAct.LOGIN_LOCKED: msgid(
        "Too many wrong passwords were tried. This login was locked."
    ),
    AuditAct.LOCKOUT_LEFT: msgid("{who} decided to leave this login locked."),
    AuditAct.SIGNED_IN: msgid("{who} signed in."),
    AuditAct.SIGN_IN_REFUSED: msgid("Somebody tried in vain to sign in."),
    AuditAct.SIGNED_OUT_EVERYWHERE: msgid("{who} signed out everywhere."),
    AuditAct.LINK_ASKED_FOR: msgid(
        "Somebody asked for a link to choose a new password."
    ),
    AuditAct.SLACK_LINKED: msgid("{who} linked a Slack account to the record card."),
    AuditAct.SLACK_UNLINKED: msgid(
        "{who} unlinked the Slack account from the record card."
    ),
    AuditAct.PASSWORD_CHOSEN: msgid("{who} chose a password."),
    AuditAct.SECOND_FACTOR_SET: msgid("{who} set a second factor."),
    AuditAct.SECOND_FACTOR_REMOVED: msgid("{who} removed the second factor."),
    AuditAct.PASSWORD_RESET: msgid(
        "{who} reset the password for a workbook with the passwords of the branch."
    ),
    AuditAct.PASSWORD_SHOWN: msgid(
        "{who} had a new password shown, to hand it over in person."
    ),
}
_LIFTED_LOCK: Final = msgid("{who} activated this login, which was locked.")
_NEW_PAPER: Final = msgid("{who} made new recovery codes.")
_WRONG_CODES: Final = msgid(
    "Somebody typed the right password, and after it wrong codes."
)
_APP_LOST: Final = msgid(
    "The key of the authenticator app was lost: signing in takes a code by e-mail now."
)
_SOMETHING_ELSE: Final = msgid("{who} did something that concerns this login.")
_WHO: Final = {
    ActorKind.ADMINISTRATOR: msgid("An administrator"),
    ActorKind.NEWCOMER: msgid("An administrator"),
    ActorKind.OPERATOR: msgid("Who set up Sleutelbos (IT)"),
    ActorKind.SCHEDULE: msgid("Sleutelbos by itself"),
    ActorKind.EMPLOYEE: msgid("The employee"),
}


@dataclass(frozen=True)
class Timeline:
    """A page of what happened; names are those that Slack shows today."""

    login_id: LoginId
    entries: Sequence[TimelineEntry]
    names: Mapping[SlackIdentity, str]
    has_older: bool
    is_newest: bool


def build(data: Timeline, t: Translator) -> View:
    """The newest first, a page at a time."""
    lines: list[Block] = []
    for entry in data.entries:
        lines += [small_print(t.instant(entry.at)), paragraph(_line(entry, data, t))]
    nothing = [paragraph(t("Nothing is known of this login yet."))]
    return modal(
        t("Timeline"),
        [*(lines or nothing), *_paging(data, t)],
        close=t("Back"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(login=data.login_id),
    )


def parse(body: payload.Body) -> int | None:
    """The event before which the page begins; None for the newest."""
    value = payload.action_value(body)
    return payload.whole_number(value) if value else None


def _line(entry: TimelineEntry, data: Timeline, t: Translator) -> str:
    return t(_sentence(entry), who=_who(entry, data.names, t))


def _sentence(entry: TimelineEntry) -> str:
    was_locked = entry.details.get("from") == LoginState.LOCKED.value
    if entry.act is AuditAct.LOGIN_ACTIVATED and was_locked:
        return _LIFTED_LOCK
    if entry.details.get("factor") == "recovery_codes":
        return _NEW_PAPER
    if entry.details.get("why") in ("codes", "many_codes"):
        return _WRONG_CODES
    if entry.details.get("why") == "key_lost":
        return _APP_LOST
    return SENTENCES.get(entry.act, _SOMETHING_ELSE)


def _who(
    entry: TimelineEntry, names: Mapping[SlackIdentity, str], t: Translator
) -> str:
    name = names.get(entry.administrator) if entry.administrator else None
    return on_one_line(name) if name else t(_WHO[entry.actor_kind])


def _paging(data: Timeline, t: Translator) -> list[Block]:
    turns = []
    if not data.is_newest:
        turns.append(button(NEWEST, t("Newest")))
    if data.has_older:
        last = str(data.entries[-1].event_id)
        turns.append(button(OLDER, t("Older"), value=last))
    return [buttons(turns, "pages")] if turns else []
