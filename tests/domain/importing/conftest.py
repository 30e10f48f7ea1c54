"""Importing in the tests: read, preview and apply as the surfaces do."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from domain.actor import OPERATOR, Actor
from domain.branches import Branch
from domain.database import Database
from domain.importing import staff_lists
from domain.importing.report import Report
from domain.record_cards.model import RecordCard
from domain.tables import METADATA
from tests.domain.importing import workbooks
from tests.keys import KEYRING


@dataclass
class Desk:
    """Where lists are imported, and where one looks what became of them."""

    database: Database
    now: datetime

    def imports(self, file: Path | bytes, actor: Actor = OPERATOR) -> Report:
        """Import a file."""
        staff_list = staff_lists.read(file, now=self.now)
        with self.database.transaction() as session:
            return staff_lists.apply(
                session, staff_list, keyring=KEYRING, actor=actor, now=self.now
            )

    def imports_people(self, *people: dict[str, Any]) -> Report:
        """Import a list of these people."""
        return self.imports(workbooks.staff_list(*people))

    def previews(self, file: Path | bytes, actor: Actor = OPERATOR) -> Report:
        """Look what importing a file would do."""
        staff_list = staff_lists.read(file, now=self.now)
        with self.database.reading() as session:
            return staff_lists.preview(session, staff_list, actor=actor)

    def card(self, number: str) -> RecordCard:
        """The card with this number."""
        with self.database.reading() as session:
            return session.scalars(select(RecordCard).filter_by(number=number)).one()

    def numbers(self) -> list[str]:
        """The numbers of all cards, in order."""
        with self.database.reading() as session:
            query = select(RecordCard.number).order_by(RecordCard.number)
            return list(session.scalars(query))

    def branches(self) -> dict[str, int]:
        """The ids of all branches by name."""
        with self.database.reading() as session:
            rows = session.execute(select(Branch.name, Branch.id).order_by(Branch.id))
            return dict(tuple(row) for row in rows)

    def branch_of(self, number: str) -> str:
        """The name of the branch of this card."""
        ids = {branch_id: name for name, branch_id in self.branches().items()}
        return ids[self.card(number).branch_id]

    def dump(self) -> dict[str, list[tuple]]:
        """Every row of every table."""
        with self.database.engine.connect() as connection:
            return {
                table.name: sorted(map(repr, connection.execute(table.select())))
                for table in METADATA.sorted_tables
            }


@pytest.fixture
def desk(database: Database, now: datetime) -> Desk:
    """An empty company on each of the two databases."""
    return Desk(database, now)


def day(text: str) -> date:
    """A day written as 2026-11-20."""
    return date.fromisoformat(text)
