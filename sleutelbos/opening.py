"""Opens what the settings name: the database, brought up to date, and the keys."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from alembic.util import CommandError as AlembicError
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from domain import migrations
from domain.database import Database
from domain.leases import release_every_lease
from domain.secret import Keyring
from sleutelbos import (
    complaints,
    file_modes,
    findings,
    key_file,
    sealed_values,
    sqlite_file,
)
from sleutelbos.process_lock import only_one
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError


@contextmanager
def connected(settings: Settings) -> Iterator[Database]:
    """The database as it is, whatever its age; closed at the end.

    Raises CommandError when others can read it, it can't be reached, or a SQLite
    file is not ours; while it is in use also for a full disk and the like.
    """
    path = settings.sqlite_path
    if path is None:
        with closing(_reached(settings)) as database:
            yield database
        return
    file_modes.require_private(path)
    sqlite_file.require_ours(path)
    with sqlite_file.telling_of(path), closing(_made(settings, path)) as database:
        yield database


def _made(settings: Settings, path: Path) -> Database:
    try:
        return Database(settings.database_url)
    except OSError as error:
        raise sqlite_file.unwritable(error, path) from error


def _reached(settings: Settings) -> Database:
    try:
        database = Database(settings.database_url)
        with database.reading() as session:
            session.execute(select(1))
    except DBAPIError as error:
        # What a connection says of its failing holds no values of ours.
        reason = str(error.orig).partition("\n")[0]
        raise CommandError(complaints.DATABASE_UNREACHABLE, error=reason) from error
    return database


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database, up to date; a SQLite file is brought up to date here.

    Raises CommandError also when a PostgreSQL database is not up to date.
    """
    with connected(settings) as database:
        if not migrations.is_up_to_date(database):
            if settings.sqlite_path is None:
                raise CommandError(complaints.DATABASE_OLD)
            with only_one(settings.sqlite_path):
                bring_up_to_date(database)
        yield database


@contextmanager
def opened_alone(settings: Settings) -> Iterator[Database]:
    """The database for `serve`: the only one on a SQLite file, until it ends.

    Raises CommandError when another process works on that file, and for the
    reasons of `opened`.
    """
    path = settings.sqlite_path
    if path is None:
        with opened(settings) as database:
            yield database
        return
    file_modes.require_private(path)
    with only_one(path), connected(settings) as database:
        if not migrations.is_up_to_date(database):
            bring_up_to_date(database)
        with database.transaction() as session:
            # Nobody else works here, so whoever held a lease was killed.
            release_every_lease(session)
        yield database


def require_database(settings: Settings) -> None:
    """Raises CommandError where there is no database yet; looking would make it."""
    path = settings.sqlite_path
    if path is not None and not path.exists():
        raise CommandError(findings.DATABASE_NOT_MADE, path=path)


def migrate(settings: Settings) -> None:
    """Bring either kind of database up to date.

    Raises CommandError also when a `serve` is at work on the SQLite file.
    """
    with connected(settings) as database:
        if migrations.is_up_to_date(database):
            return
        path = settings.sqlite_path
        with only_one(path) if path else nullcontext():
            bring_up_to_date(database)


def bring_up_to_date(database: Database) -> None:
    """Apply the steps that are missing.

    Raises CommandError when the database is newer than this version.
    """
    try:
        migrations.bring_up_to_date(database)
    except AlembicError as error:
        raise CommandError(complaints.DATABASE_NEWER) from error


def keyring(settings: Settings, database: Database) -> Keyring:
    """The keys that seal and open; made at the first start beside a SQLite file.

    Raises CommandError when there is no key where there must be one, or when it
    does not open all that is sealed.
    """
    keys = existing_keyring(settings, database)
    if keys is None and settings.sqlite_path is not None:
        _make_key(settings.sqlite_path)
        keys = existing_keyring(settings, database)
    if keys is None:
        raise CommandError(complaints.SECRET_KEY_MISSING)
    return keys


def _make_key(database: Path) -> None:
    try:
        key_file.make(key_file.key_path(database))
    except OSError as error:
        raise sqlite_file.unwritable(error, database) from error


def existing_keyring(settings: Settings, database: Database) -> Keyring | None:
    """The keys as they are, or None where a first key can still be made.

    Raises CommandError for the reasons of `keyring`.
    """
    path = None
    if settings.secret_key is not None:
        keys: Keyring | None = Keyring.from_setting(settings.secret_key)
    elif settings.sqlite_path is None:
        raise CommandError(complaints.SECRET_KEY_MISSING)
    else:
        path = key_file.key_path(settings.sqlite_path)
        keys = key_file.read(path)
    needed = sealed_values.key_ids(database)
    if keys is None and needed:
        raise CommandError(complaints.SECRET_KEY_LOST, path=path)
    if keys is not None and not all(keys.holds(key_id) for key_id in needed):
        raise CommandError(complaints.SECRET_KEY_OTHER)
    return keys
