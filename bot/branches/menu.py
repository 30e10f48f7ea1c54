"""The menus *Beheer* and *Personeel*."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.views import View

from bot.blocks import button, marked_paragraph, modal
from bot.commands import Route
from bot.locale import Translator, msgid
from domain.actor import AccountType, Actor
from domain.permissions import Act, may

CALLBACK_ID: Final = "branches.menu"
MANAGE_LOGINS: Final = "branches.manage_logins"
STAFF_LOGINS: Final = "branches.staff_logins"
AUDIT_LOG: Final = "audit_log.open"
RECORD_CARDS: Final = "record_cards.open"
IMPORT: Final = "importing.choose"
MOVES: Final = "moves.open"
BRANCH_SETTINGS: Final = "branch_settings.open"
TEMPLATES: Final = "templates.open_list"
ADMINISTRATORS: Final = "administrators.open_list"


@dataclass(frozen=True)
class Entry:
    """One line of a menu: a label, a sentence, where its button leads, who sees it.

    `only_for` is the type to whom no other menu shows it.
    """

    action_id: str
    label: str
    sentence: str
    permission: Act
    only_for: AccountType | None = None


_LOGINS_SENTENCE: Final = msgid(
    "Create, activate, reset and hand out the logins of a branch."
)
ENTRIES: Final[dict[Route, tuple[Entry, ...]]] = {
    Route.MANAGEMENT: (
        Entry(
            MANAGE_LOGINS, msgid("Employee logins"), _LOGINS_SENTENCE, Act.SEE_LOGINS
        ),
        Entry(
            BRANCH_SETTINGS,
            msgid("Branch settings"),
            msgid(
                "Second factor, wrong attempts, admin channel and weekly digest of a "
                "branch."
            ),
            Act.SET_UP_BRANCHES,
        ),
        Entry(
            TEMPLATES,
            msgid("Email templates"),
            msgid(
                "What employees read in the e-mail that brings them a link or a "
                "password."
            ),
            Act.EDIT_TEMPLATES,
        ),
        Entry(
            ADMINISTRATORS,
            msgid("Administrators"),
            msgid("Who administers in Sleutelbos, as what, and of which branches."),
            Act.APPOINT_ADMINISTRATORS,
        ),
        Entry(
            AUDIT_LOG,
            msgid("Audit log"),
            msgid("Who did what, to whom, and when; to look up and to export."),
            Act.SEE_AUDIT_LOG,
        ),
    ),
    Route.STAFF: (
        Entry(
            STAFF_LOGINS,
            msgid("Manage employee logins"),
            _LOGINS_SENTENCE,
            Act.SEE_LOGINS,
        ),
        Entry(
            RECORD_CARDS,
            msgid("Record cards"),
            msgid("What is known of an employee: look it up, change it, add somebody."),
            Act.SEE_RECORD_CARDS,
        ),
        Entry(
            MOVES,
            msgid("Move employee data"),
            msgid("Bring login and data of an old record card to a new one."),
            Act.MOVE_EMPLOYEE_DATA,
        ),
        Entry(
            IMPORT,
            msgid("Import"),
            msgid("Take a staff list from Excel over into the record cards."),
            Act.IMPORT_RECORD_CARDS,
        ),
        Entry(
            ADMINISTRATORS,
            msgid("Administrators"),
            msgid("Who is a user of your branches in Sleutelbos."),
            Act.APPOINT_ADMINISTRATORS,
            only_for=AccountType.BRANCH_MANAGER,
        ),
    ),
}
TITLES: Final = {
    Route.MANAGEMENT: msgid("Management"),
    Route.STAFF: msgid("Staff"),
}


def build(route: Route, actor: Actor, t: Translator) -> View:
    """The menu of a route: what this actor may, and every entry leads somewhere."""
    lines = [
        marked_paragraph(
            f"*{t.marked(entry.label)}*\n{t.marked(entry.sentence)}",
            accessory=button(entry.action_id, t("Open"), label=t(entry.label)),
        )
        for entry in ENTRIES[route]
        if may(actor, entry.permission) and entry.only_for in (None, actor.account_type)
    ]
    return modal(t(TITLES[route]), lines, close=t("Close"), callback_id=CALLBACK_ID)
