"""Who is in the demo's Slack, and in which channels.

Everybody and every channel come in the same order each time, so that a database
that was kept knows them again by their ids.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.importing.headings import Column
from domain.record_cards.model import full_name
from sandbox.slack import Workspace
from sleutelbos.demo import company
from sleutelbos.demo.company import Size
from sleutelbos.wording import Language, Wording

GENERAL: Final = Wording(nl="algemeen", en="general")
ADMIN_CHANNEL: Final = Wording(nl="beheer", en="hr-admin")
ADMIN_CHANNEL_OF: Final = {
    "Utrecht": Wording(nl="beheer-utrecht", en="hr-admin-utrecht"),
    "Amsterdam": Wording(nl="beheer-amsterdam", en="hr-admin-amsterdam"),
}
HANNA: Final = "hanna"
BRAM: Final = "bram"
URSULA: Final = "ursula"

# What Slack calls English; without a choice of their own everybody gets the
# company's language.
_LOCALE: Final = "en-US"
_OFFICE: Final[Mapping[str, tuple[str, Wording]]] = {
    HANNA: ("Hanna de Vries", Wording(nl="manager", en="manager")),
    BRAM: (
        "Bram Koopmans",
        Wording(nl="vestigingsmanager Utrecht", en="branch manager, Utrecht"),
    ),
    URSULA: (
        "Ursula Dekker",
        Wording(nl="gebruiker Amsterdam", en="user account, Amsterdam"),
    ),
}
_GUEST: Final = Wording(nl="gast", en="guest")
_EMPLOYEE: Final = Wording(nl="werknemer {branch}", en="employee, {branch}")
# Rows of the staff list, by first name.
EMPLOYEES: Final[Mapping[str, tuple[str, str]]] = {
    "mo": ("Amsterdam", "Mohamed"),
    "fatima": ("Utrecht", "Fatima"),
    "jan": ("Rotterdam", "Jan"),
}


@dataclass(frozen=True)
class Channels:
    """The ids of the channels."""

    general: str
    admin: str
    admin_of: Mapping[str, str]


def take_places(slack: Workspace, size: Size, language: Language) -> Channels:
    """Give everybody an account and a place in the channels."""
    for name, (real_name, note) in _OFFICE.items():
        _join(slack, name, real_name, f"{name}@example.nl", note.say(language))
    for name, (branch, first_name) in EMPLOYEES.items():
        person = company.somebody(size, branch, first_name)
        real_name = full_name(
            first_name, _text(person, Column.PREFIX), str(person[Column.LAST_NAME])
        )
        works_in = _EMPLOYEE.say(language, branch=branch)
        address = str(person[Column.EMAIL]).strip().lower()
        _join(slack, name, real_name, address, works_in)
    slack.add_person(
        "gerda",
        "Gerda Postma",
        email="gerda@example.com",
        locale=_LOCALE,
        is_restricted=True,
        note=_GUEST.say(language),
    )
    return _open_channels(slack, language)


def _join(slack: Workspace, name: str, real_name: str, address: str, note: str) -> None:
    slack.add_person(name, real_name, email=address, locale=_LOCALE, note=note)


def _open_channels(slack: Workspace, language: Language) -> Channels:
    def opened(name: Wording, *members: str, private: bool = True) -> str:
        channel = slack.add_channel(name.say(language), members, private=private)
        return channel.id

    everybody = (*_OFFICE, *EMPLOYEES, "gerda")
    return Channels(
        general=opened(GENERAL, *everybody, private=False),
        admin=opened(ADMIN_CHANNEL, HANNA),
        admin_of={
            "Utrecht": opened(ADMIN_CHANNEL_OF["Utrecht"], HANNA, BRAM),
            "Amsterdam": opened(ADMIN_CHANNEL_OF["Amsterdam"], HANNA, URSULA),
        },
    )


def _text(person: company.Person, column: Column) -> str | None:
    cell = person[column]
    return None if cell is None else str(cell)
