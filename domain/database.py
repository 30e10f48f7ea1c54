"""The database: engine, transactions, column types, leases."""

import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import (
    URL,
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Row,
    Select,
    String,
    create_engine,
    event,
    func,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from domain.errors import DatabaseBusyError

_PATIENCE: Final = timedelta(seconds=5)
# In Session.info: this transaction leaves something to deliver.
QUEUED: Final = "queued"
_BEGIN_OPTION: Final = "sleutelbos_begin"
_PATIENCE_OPTION: Final = "sleutelbos_patience"
_OWNER_ONLY: Final = 0o600
# PostgreSQL's lock not had in time, serialization failure, deadlock: others were
# first, and the same may go well a moment later (postgresql.org, errcodes).
_BUSY_STATES: Final = frozenset({"55P03", "40001", "40P01"})


EnumCode = TypeVar("EnumCode", bound=StrEnum)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant on both databases; SQLite itself keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, _dialect: Dialect
    ) -> datetime | None:
        """Refuse a naive instant; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("instants are aware")
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, _dialect: Dialect
    ) -> datetime | None:
        """Give back an aware instant."""
        if value is None:
            return None
        return (
            value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        )


class Code(TypeDecorator[EnumCode]):
    """A member of a StrEnum, stored as its text."""

    impl = String
    cache_ok = True

    def __init__(self, codes: type[EnumCode], length: int) -> None:
        super().__init__(length)
        self.codes = codes

    def process_bind_param(self, value: EnumCode | None, _dialect: Dialect) -> Any:
        """The text of a member; raises ValueError for a text that is none."""
        return None if value is None else self.codes(value).value

    def process_result_value(
        self, value: str | None, __dialect: Dialect
    ) -> EnumCode | None:
        """The member again."""
        return None if value is None else self.codes(value)


class Record(DeclarativeBase):
    """What every table of ours is mapped from."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 (SQLAlchemy's form)


class Database:
    """One engine; every use is one short transaction."""

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writers = threading.Lock()
        self._told_of_queued: Callable[[], None] | None = None
        self.engine = self._engine()
        self._writing = self.engine.execution_options(
            **{_BEGIN_OPTION: "BEGIN IMMEDIATE"}
        )

    def _engine(self) -> Engine:
        if not self.is_sqlite:
            # Bound values hold names and hashes; they stay out of error texts.
            return create_engine(
                self.url,
                hide_parameters=True,
                pool_pre_ping=True,
                pool_size=10,
                pool_timeout=_PATIENCE.total_seconds(),
            )
        if self.url.database:
            # SQLite gives its -wal and -shm files the mode of the database.
            Path(self.url.database).touch(mode=_OWNER_ONLY, exist_ok=True)
        engine = create_engine(self.url, hide_parameters=True, pool_size=30)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    @contextmanager
    def transaction(self, patience: timedelta = _PATIENCE) -> Iterator[Session]:
        """One writing transaction: commits at the end, rolls back on an error.

        Raises DatabaseBusyError when a lock is not had within `patience`, or when
        this one had to make way for another.
        """
        with (
            self._turn_to_write(patience) as patience_left,
            Session(self._writing, expire_on_commit=False) as session,
        ):
            try:
                self._wait_at_most(session, patience_left)
                yield session
                session.commit()
                self._tell_if_queued(session)
            except PoolTimeoutError as error:
                raise DatabaseBusyError from error
            except OperationalError as error:
                if _is_busy(error.orig):
                    raise DatabaseBusyError from error
                raise

    def when_queued(self, tell: Callable[[], None] | None) -> None:
        """Have `tell` called after each commit that left something to deliver."""
        self._told_of_queued = tell

    def _tell_if_queued(self, session: Session) -> None:
        if session.info.get(QUEUED) and self._told_of_queued is not None:
            self._told_of_queued()

    @contextmanager
    def _turn_to_write(self, patience: timedelta) -> Iterator[timedelta]:
        """One writer of this process after the other, on SQLite; gives what is left.

        SQLite itself makes writers sleep and look again, so that of many the
        unlucky wait longest; between processes that is still so.
        """
        if not self.is_sqlite:
            yield patience
            return
        begun = time.monotonic()
        if not self._writers.acquire(timeout=patience.total_seconds()):
            raise DatabaseBusyError
        waited = timedelta(seconds=time.monotonic() - begun)
        try:
            yield max(patience - waited, timedelta())
        finally:
            self._writers.release()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One reading transaction; never waits for a writer.

        Raises DatabaseBusyError when every connection stays in use.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            try:
                yield session
            except PoolTimeoutError as error:
                raise DatabaseBusyError from error

    def _wait_at_most(self, session: Session, patience: timedelta) -> None:
        milliseconds = int(patience.total_seconds() * 1000)
        if not self.is_sqlite:
            session.execute(text(f"SET LOCAL lock_timeout = {milliseconds}"))
            return
        session.connection(execution_options={_PATIENCE_OPTION: milliseconds})

    def rewrite(self) -> bool:
        """Write a SQLite file anew, without remains of what it held; whether it was.

        Not while another process has it in use. PostgreSQL does so by itself.
        """
        if not self.is_sqlite:
            return True
        try:
            with self.engine.connect() as connection:
                raw: Any = connection.connection
                raw.execute("VACUUM")
                emptied = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            if _is_busy(error):
                return False
            raise
        return bool(emptied[0] == 0)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _prepare_sqlite(dbapi_connection: Any, _record: object) -> None:
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    # FULL: a commit that was acknowledged survives a power cut (sqlite.org).
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        # What is deleted is overwritten, and not left in the file.
        "secure_delete=ON",
        f"busy_timeout={int(_PATIENCE.total_seconds() * 1000)}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    patience = options.get(_PATIENCE_OPTION)
    # BEGIN IMMEDIATE asks for the lock, so the wait is set before it.
    if patience is not None:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
    connection.exec_driver_sql(options.get(_BEGIN_OPTION, "BEGIN"))


def _is_busy(error: BaseException | None) -> bool:
    sqlstate = getattr(error, "sqlstate", None)
    return "database is locked" in str(error) or sqlstate in _BUSY_STATES


def hold_off_writers(session: Session, record: type[Record]) -> None:
    """Let nobody else write this table until the transaction ends.

    On SQLite a writing transaction is alone as it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        name = record.__tablename__
        session.execute(text(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE"))


def wait_for_turn(session: Session, name: str) -> None:
    """Go on alone among the transactions that wait for a turn by this name.

    On SQLite a writing transaction is alone as it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        number = zlib.crc32(name.encode())
        session.execute(select(func.pg_advisory_xact_lock(number)))


def insert_new(
    session: Session,
    record: type[Record],
    rows: Sequence[dict[str, Any]],
    *,
    returning: Sequence[Any],
) -> Sequence[Row[Any]]:
    """Insert what breaks no unique rule, leave the rest; gives what was inserted."""
    statement = _inserting(session, record).values(list(rows))
    added = statement.on_conflict_do_nothing().returning(*returning)
    return session.execute(added).all()


def insert_selected(
    session: Session,
    record: type[Record],
    columns: Sequence[str],
    selected: Select[*tuple[Any, ...]],
    *,
    returning: Sequence[Any],
) -> Sequence[Row[Any]]:
    """Like `insert_new`, of rows that the database itself selects.

    `selected` ends with a WHERE or ORDER BY: after a bare FROM, SQLite would read
    the conflict clause as the condition of a join (sqlite.org, lang_UPSERT).
    """
    statement = _inserting(session, record).from_select(list(columns), selected)
    added = statement.on_conflict_do_nothing().returning(*returning)
    return session.execute(added).all()


def _inserting(session: Session, record: type[Record]) -> Any:
    table: Any = record.__table__
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
