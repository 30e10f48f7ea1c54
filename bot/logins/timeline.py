"""What happened to one person, in plain sentences: *Tijdlijn*."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, modal, paragraph, small_print
from bot.importing.wording import COLUMNS
from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.actor import ActorKind
from domain.audit import AuditAct
from domain.importing.headings import Column
from domain.logins.model import LoginId, LoginState
from domain.logins.timeline import TimelineEntry
from domain.record_cards.model import RecordCardId
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
    AuditAct.PASSWORD_EXPIRED: msgid(
        "{who} made the password or link of this login invalid, because what was "
        "handed out went astray."
    ),
    AuditAct.ACCESS_MAILED: msgid(
        "{who} had a letter sent with which the employee can choose a password."
    ),
    AuditAct.PASSWORD_SHOWN: msgid(
        "{who} had a new password shown, to hand it over in person."
    ),
    AuditAct.EMPLOYEE_DATA_MOVED: msgid(
        "{who} moved the data of this employee to another record card."
    ),
    AuditAct.MOVE_UNDONE: msgid(
        "{who} undid a move: what had gone to another record card came back to this "
        "one."
    ),
    AuditAct.CARD_ADDED: msgid("{who} added the record card."),
    AuditAct.CARD_CHANGED: msgid("{who} changed the record card."),
    AuditAct.ADDRESS_DISPUTED: msgid(
        "Somebody pressed in the letter to the old address that the new e-mail "
        "address is not right."
    ),
    AuditAct.PERSON_EXPORTED: msgid(
        "{who} made an overview of everything that is kept of this person."
    ),
    AuditAct.PERSON_ERASED: msgid("{who} erased the data of this person."),
}
# Of a branch, a template, an administrator, a run or the log itself.
OF_NO_PERSON: Final = frozenset(
    {
        AuditAct.CARDS_IMPORTED,
        AuditAct.BRANCH_ADDED,
        AuditAct.BRANCH_CHANGED,
        AuditAct.ADMINISTRATOR_APPOINTED,
        AuditAct.ADMINISTRATOR_CHANGED,
        AuditAct.ADMINISTRATOR_DISMISSED,
        AuditAct.CODES_SET_UP,
        AuditAct.CODES_TURNED_OFF,
        AuditAct.CODES_REQUIRED,
        AuditAct.STEP_UP_PASSED,
        AuditAct.STEP_UP_FAILED,
        AuditAct.STEP_UP_BLOCKED,
        AuditAct.STEP_UP_LIFTED,
        AuditAct.TEMPLATE_ADDED,
        AuditAct.TEMPLATE_CHANGED,
        AuditAct.TEMPLATE_DELETED,
        AuditAct.WORD_TEMPLATE_ADDED,
        AuditAct.WORD_TEMPLATE_REMOVED,
        AuditAct.REMINDERS_STOPPED,
        AuditAct.RUN_STARTED,
        AuditAct.RUN_APPROVED,
        AuditAct.RUN_DECLINED,
        AuditAct.RUN_ENDED,
        AuditAct.EXPORT_POSTED,
        AuditAct.EXPORT_OPENING_PASSWORD_SHOWN,
        AuditAct.EXPORT_DELETED,
        AuditAct.EXPORT_EXPIRED,
        AuditAct.AUDIT_LOG_EXPORTED,
        AuditAct.DAYS_FORGOTTEN,
        AuditAct.KEY_GIVEN_UP,
    }
)
_MOVED_HERE: Final = {
    AuditAct.EMPLOYEE_DATA_MOVED: msgid(
        "{who} moved data of another record card to this one."
    ),
    AuditAct.MOVE_UNDONE: msgid(
        "{who} undid a move: what had come to this record card went back."
    ),
}
_WITH_FIELDS: Final = {
    AuditAct.CARD_CHANGED: msgid("{who} changed on the record card: {fields}."),
}
_LIFTED_LOCK: Final = msgid("{who} activated this login, which was locked.")
_NEW_PAPER: Final = msgid("{who} made new recovery codes.")
_WRONG_CODES: Final = msgid(
    "Somebody typed the right password, and after it wrong codes."
)
_APP_LOST: Final = msgid(
    "The key of the authenticator app was lost: signing in takes a code by e-mail now."
)
_SOMETHING_ELSE: Final = msgid("{who} did something that concerns this person.")
_COLUMNS: Final = frozenset(column.value for column in Column)
_WHO: Final = {
    ActorKind.ADMINISTRATOR: msgid("An administrator"),
    ActorKind.NEWCOMER: msgid("An administrator"),
    ActorKind.OPERATOR: msgid("Who set up Sleutelbos (IT)"),
    ActorKind.SCHEDULE: msgid("Sleutelbos by itself"),
    ActorKind.EMPLOYEE: msgid("The employee"),
}


@dataclass(frozen=True)
class Timeline:
    """A page of what happened to a login or a card, whichever it was opened from.

    Names are those that Slack shows today.
    """

    login_id: LoginId | None
    entries: Sequence[TimelineEntry]
    names: Mapping[SlackIdentity, str]
    has_older: bool
    is_newest: bool
    card_id: RecordCardId | None = None


def build(data: Timeline, t: Translator) -> View:
    """The newest first, a page at a time."""
    lines: list[Block] = []
    for entry in data.entries:
        lines += [small_print(t.instant(entry.at)), paragraph(_line(entry, data, t))]
    nothing = [paragraph(t("Nothing has happened here yet."))]
    return modal(
        t("Timeline"),
        [*(lines or nothing), *_paging(data, t)],
        close=t("Back"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(login=data.login_id, card=data.card_id),
    )


def parse(body: payload.Body) -> int | None:
    """The event before which the page begins; None for the newest."""
    value = payload.action_value(body)
    return payload.whole_number(value) if value else None


def _line(entry: TimelineEntry, data: Timeline, t: Translator) -> str:
    who, fields = _who(entry, data.names, t), _fields(entry, t)
    sentence = _WITH_FIELDS.get(entry.act) if fields else None
    if sentence is not None:
        words = t(sentence, who=who, fields=fields)
    else:
        words = t(_sentence(entry), who=who)
        if entry.act in _MOVED_HERE and fields:
            words = t(
                "{sentence} It was about: {fields}.", sentence=words, fields=fields
            )
    if entry.run_id is None:
        return words
    return t("{sentence} (task {number})", sentence=words, number=str(entry.run_id))


def _fields(entry: TimelineEntry, t: Translator) -> str:
    """What changed on a card, in words: "last name and phone"."""
    known = entry.details.get("fields") or []
    names = [_field(t(COLUMNS[Column(name)])) for name in known if name in _COLUMNS]
    if len(names) < 2:
        return "".join(names)
    return t("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])


def _field(heading: str) -> str:
    return heading[:1].lower() + heading[1:]


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
    if entry.came_here and entry.act in _MOVED_HERE:
        return _MOVED_HERE[entry.act]
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
