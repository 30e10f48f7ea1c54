"""The demo's database and its key: thrown away, or kept in a folder."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import URL, select
from sqlalchemy.orm import Session

from domain import administrators
from domain.actor import AccountType
from domain.branches import Branch
from domain.database import Database
from domain.slack_users import SlackIdentity
from sleutelbos import complaints, key_file, opening
from sleutelbos.demo import company, words
from sleutelbos.demo.company import Size
from sleutelbos.file_modes import OWNER_ONLY
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError

_NAME: Final = "sleutelbos-demo.db"
_BESIDE: Final = ("", ".key", ".lock", "-wal", "-shm")
_NEEDED: Final = frozenset({_NAME, f"{_NAME}.key"})


@dataclass(frozen=True)
class Archive:
    """Where a database is, or comes."""

    folder: Path

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / _NAME

    @property
    def is_there(self) -> bool:
        """Whether a demo left its database here."""
        return self.database.exists()

    def require_ours(self) -> None:
        """Refuse a folder with anything else in it, or that can't be made.

        Raises CommandError.
        """
        if self.folder.exists():
            found = self._names()
            ours = frozenset(f"{_NAME}{suffix}" for suffix in _BESIDE)
            if found and not _NEEDED <= found <= ours:
                raise CommandError(words.FOLDER_NOT_OURS, folder=self.folder)
        else:
            above = next(
                each for each in self.folder.absolute().parents if each.exists()
            )
            if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
                raise CommandError(words.FOLDER_UNWRITABLE, folder=self.folder)

    def _names(self) -> frozenset[str]:
        try:
            return frozenset(path.name for path in self.folder.iterdir())
        except OSError as error:
            raise CommandError(words.FOLDER_NOT_OURS, folder=self.folder) from error

    @property
    def settings(self) -> Settings:
        """The settings of an office with this database; nothing of the environment."""
        url = URL.create("sqlite", database=str(self.database.absolute()))
        return Settings.model_construct(database_url=url)

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database, up to date and for this process alone.

        Raises CommandError when another demo works on it.
        """
        try:
            with opening.opened_alone(self.settings) as database:
                yield database
        except CommandError as error:
            if error.wording is complaints.DATABASE_IN_USE:
                raise CommandError(words.FOLDER_IN_USE, folder=self.folder) from error
            raise

    def take_over(self, made: "Archive") -> None:
        """Take what was made elsewhere, whole: the key first.

        Raises CommandError when it can't be written or somebody else was first.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.require_ours()
            if self.is_there:
                raise CommandError(words.FOLDER_IN_USE, folder=self.folder)
            for path in (key_file.key_path(made.database), made.database):
                draft = self.folder / f".{path.name}.part"
                draft.touch(mode=OWNER_ONLY)
                shutil.copyfile(path, draft)
                draft.replace(self.folder / path.name)
        except OSError as error:
            raise CommandError(words.FOLDER_UNWRITABLE, folder=self.folder) from error


def size_of(session: Session) -> Size:
    """How large the company in the database is."""
    names = set(session.scalars(select(Branch.name)))
    return Size.LARGE if set(company.branch_sizes(Size.LARGE)) <= names else Size.SMALL


def require_manager(database: Database, identity: SlackIdentity, folder: Path) -> None:
    """Refuse a database in which somebody else manages.

    Raises CommandError.
    """
    with database.reading() as session:
        actor = administrators.find_actor(session, identity)
    if actor is None or actor.account_type is not AccountType.MANAGER:
        raise CommandError(words.FOLDER_NOT_OURS, folder=folder)
