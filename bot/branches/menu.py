"""The menus *Beheer* and *Personeel*."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.views import View

from bot.blocks import button, marked_paragraph, modal
from bot.commands import Route
from bot.locale import Translator, msgid

CALLBACK_ID: Final = "branches.menu"
MANAGE_LOGINS: Final = "branches.manage_logins"
STAFF_LOGINS: Final = "branches.staff_logins"
IMPORT: Final = "importing.choose"


@dataclass(frozen=True)
class Entry:
    """One line of a menu: a label, a sentence, and where its button leads."""

    action_id: str
    label: str
    sentence: str


_LOGINS_SENTENCE: Final = msgid(
    "Create, activate, reset and hand out the logins of a branch."
)
ENTRIES: Final[dict[Route, tuple[Entry, ...]]] = {
    Route.MANAGEMENT: (
        Entry(MANAGE_LOGINS, msgid("Employee logins"), _LOGINS_SENTENCE),
    ),
    Route.STAFF: (
        Entry(STAFF_LOGINS, msgid("Manage employee logins"), _LOGINS_SENTENCE),
        Entry(
            IMPORT,
            msgid("Import"),
            msgid("Take a staff list from Excel over into the record cards."),
        ),
    ),
}
TITLES: Final = {
    Route.MANAGEMENT: msgid("Management"),
    Route.STAFF: msgid("Staff"),
}


def build(route: Route, t: Translator) -> View:
    """The menu of a route; every entry leads somewhere."""
    lines = [
        marked_paragraph(
            f"*{t.marked(entry.label)}*\n{t.marked(entry.sentence)}",
            accessory=button(entry.action_id, t("Open"), label=t(entry.label)),
        )
        for entry in ENTRIES[route]
    ]
    return modal(t(TITLES[route]), lines, close=t("Close"), callback_id=CALLBACK_ID)
