"""The database brought up to date, one readable step per file."""

from functools import cache
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from domain.database import Database

# Alembic's own name for it.
VERSION_TABLE: Final = "alembic_version"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def bring_up_to_date(database: Database, step: str = "head") -> None:
    """Apply the steps that this database has not had, in one transaction.

    `step` is the last of them: all there are, unless told otherwise.
    """
    config = _config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)


def is_up_to_date(database: Database) -> bool:
    """Whether the database has had every step that this version knows."""
    with database.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == _newest()


@cache
def _newest() -> str | None:
    """Read from the steps' files once: health is asked for every few seconds."""
    return ScriptDirectory.from_config(_config()).get_current_head()
