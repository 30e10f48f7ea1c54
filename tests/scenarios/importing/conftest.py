"""A company whose people import staff lists."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from domain.importing.model import StaffListUpload
from domain.outbox import OutboxMessage
from domain.record_cards.model import RecordCard
from sandbox.slack import Person
from tests.bot.in_slack import Company
from tests.domain.importing import workbooks
from tests.domain.importing.workbooks import BRANCH, LAST_NAME, NUMBER


def person(number: str, branch: str = "Utrecht", **more: Any) -> dict[str, Any]:
    """A row of a list."""
    return {NUMBER: number, LAST_NAME: f"Wit {number}", BRANCH: branch} | more


@dataclass
class Importing:
    """Somebody takes a list through the screens, and looks what is in the cards."""

    company: Company
    folder: Path

    def file(self, *people: dict[str, Any], name: str = "lijst.xlsx") -> Path:
        """A list of these people on somebody's disk."""
        return self.saved(workbooks.staff_list(*people), name)

    def saved(self, content: bytes, name: str = "lijst.xlsx") -> Path:
        """Any file on somebody's disk."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def hands_in(self, who: Person, path: Path) -> None:
        """From the command to a submitted file."""
        who.types("/personeel")
        who.presses("Importeren")
        who.attaches(path, "Personeelslijst")
        who.submits()

    def sees_preview(self, who: Person, path: Path, *words: str) -> None:
        """From the command to the preview."""
        self.hands_in(who, path)
        who.sees("Er is nog niets opgeslagen.")
        for each in words:
            who.sees(each)

    def imports(self, who: Person, path: Path) -> None:
        """From the command to the result."""
        self.sees_preview(who, path)
        who.submits()
        who.sees("De lijst is geïmporteerd.")

    def numbers(self) -> list[str]:
        """The numbers of all cards, in order."""
        with self.company.office.database.reading() as session:
            query = select(RecordCard.number).order_by(RecordCard.number)
            return list(session.scalars(query))

    def kept(self) -> list[StaffListUpload]:
        """Every list between its preview and its confirmation, and after it."""
        with self.company.office.database.reading() as session:
            return list(session.scalars(select(StaffListUpload)))

    def promises(self) -> list[OutboxMessage]:
        """Deletions that are promised and not settled."""
        with self.company.office.database.reading() as session:
            query = select(OutboxMessage).where(OutboxMessage.ended_at.is_(None))
            return list(session.scalars(query))

    def files(self) -> list[Any]:
        """Every file that ever was in Slack."""
        return list(self.company.slack.files.all.values())


@pytest.fixture
def importing(company, tmp_path) -> Importing:
    """Importing in a Slack that keeps what people gave the app, as it mostly does."""
    company.slack.tolerates("cant_delete_file", "files.delete")
    # The call may be there before the ack whose modal it replaces.
    company.slack.tolerates("not_found", "views.update")
    folder = tmp_path / "schijf"
    folder.mkdir()
    return Importing(company, folder)
