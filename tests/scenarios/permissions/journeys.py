"""How somebody comes to the last press or submit that would change something."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from domain.administrators import Administrator
from sandbox.slack import Person
from tests.bot.in_slack import Company
from tests.scenarios.permissions.work import Work

CHANNEL = "beheer-utrecht"


@dataclass(frozen=True)
class Scene:
    """The company in which a journey is made; `work` is its worker."""

    company: Company
    work: Work
    folder: Path

    def knows_address_of(self, person: Person) -> None:
        """Codes and test letters can be sent to this administrator."""
        address = f"{person.user.name}@beheer.example.nl"
        with self.company.office.database.transaction() as session:
            session.execute(
                update(Administrator)
                .where(Administrator.user_id == person.id)
                .values(email=address)
            )


@dataclass(frozen=True)
class Journey:
    """`opens` comes to the screen; `ends` is what is refused, and sends `listener`.

    `words` are said instead of the plain ones to who moved to another branch.
    """

    name: str
    listener: str
    opens: Callable[[Scene, Person], None]
    ends: Callable[[Person], object]
    words: str | None = None


def submits(person: Person) -> None:
    """The submit button of what is open."""
    person.submits()


def presses(label: str, *, sure: bool = False, near: str | None = None):
    """A button of what is open, with its question answered where it asks."""
    return lambda person: person.presses(label, confirming=sure, near=near)


def in_channel(label: str, *, sure: bool = False):
    """A button under a message of the admin channel."""
    return lambda person: person.presses(label, confirming=sure, in_channel=CHANNEL)
