"""Databases with rows in them, of every version there was, brought up to date."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, func, insert, select

from domain import migrations
from domain.database import Database
from tests import postgresql

STEPS = ScriptDirectory(str(Path(migrations.__file__).parent))
# Of runs of the schedule; its second step made the table anew.
FORGOTTEN = {"scheduled_tick"}
EARLIER = [step.revision for step in STEPS.walk_revisions() if not step.is_head]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path) -> Iterator[Database]:
    """A database without any table."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'old.db'}")
        yield database
        database.close()
        return
    server = request.getfixturevalue("_postgresql_server")
    database = Database(postgresql.create_database(server, "old_office"))
    yield database
    database.close()
    postgresql.drop_database(server, "old_office")


def reflected(database: Database) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(database.engine)
    return [
        table
        for table in metadata.sorted_tables
        if table.name != migrations.VERSION_TABLE
    ]


def row_of(table: Table, filled: set[str]) -> dict[str, object]:
    """A value for each column that wants one, and for whatever can be pointed to."""
    row: dict[str, object] = {}
    for column in table.columns:
        pointed = {key.column.table.name for key in column.foreign_keys}
        if pointed and pointed <= filled:
            row[column.name] = 1
        elif column.primary_key or (
            not column.nullable and column.server_default is None
        ):
            row[column.name] = example(column.type.python_type)
    return row


def example(kind: type) -> object:
    values: dict[type, object] = {
        bool: False,
        int: 1,
        str: "x",
        datetime: datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        date: date(2026, 11, 20),
        object: {},  # JSON
        bytes: b"x",
    }
    return values[kind]


def fill(database: Database) -> dict[str, int]:
    """Put a row into each empty table; how many each has then."""
    present = counts(database)
    filled: set[str] = set()
    for table in reflected(database):
        if not present[table.name]:
            with database.engine.begin() as connection:
                connection.execute(insert(table).values(row_of(table, filled)))
        filled.add(table.name)
    after = counts(database)
    assert all(after.values())
    return {name: count for name, count in after.items() if name not in FORGOTTEN}


def counts(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in reflected(database)
        }


@pytest.mark.parametrize("revision", EARLIER)
def test_a_database_with_rows_is_brought_up_to_date(empty, revision):
    migrations.bring_up_to_date(empty, revision)
    before = fill(empty)
    migrations.bring_up_to_date(empty)
    assert migrations.is_up_to_date(empty)
    after = counts(empty)
    assert {name: after[name] for name in before} == before
