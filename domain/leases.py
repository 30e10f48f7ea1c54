"""Leases: a row that one worker at a time may hold, with a fencing number."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.errors import LeaseLostError


class Leased:
    """Columns of a row that one worker at a time may hold.

    `lease_number` is the fencing number: it grows with every claim, so a
    worker that slept through its lease is told so when it writes.
    """

    lease_number: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]


LeasedRecord = TypeVar("LeasedRecord", bound=Leased)


def claim(
    session: Session,
    record: type[LeasedRecord],
    *conditions: ColumnElement[bool],
    order_by: Sequence[Any],
    now: datetime,
    life: timedelta,
    limit: int = 1,
) -> list[LeasedRecord]:
    """Take free rows for `life`; no two workers get the same one."""
    rows = session.scalars(
        select(record)
        .where(or_(record.leased_until.is_(None), record.leased_until <= now))
        .where(*conditions)
        .order_by(*order_by)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.lease_number += 1
        row.leased_until = now + life
    session.flush()
    return list(rows)


def hold(
    session: Session,
    record: type[Leased],
    row_id: int,
    lease_number: int,
    *,
    until: datetime | None,
    also: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Renew a lease, or with `until=None` give it back, in this transaction.

    `also` are other columns that are written with it. Raises LeaseLostError when
    another worker claimed the row meanwhile.
    """
    table: Any = record
    held = session.execute(
        update(table)
        .where(table.id == row_id, table.lease_number == lease_number)
        .values(leased_until=until, **also)
        .execution_options(synchronize_session=False)
    )
    if held.rowcount == 0:  # type: ignore[attr-defined]
        raise LeaseLostError(record=record.__name__, id=row_id)


def release_every_lease(session: Session) -> None:
    """Free what a killed process held; for databases that one process works on."""
    for record in Leased.__subclasses__():
        table: Any = record
        session.execute(
            update(table)
            .where(table.leased_until.is_not(None))
            .values(leased_until=None, lease_number=table.lease_number + 1)
            .execution_options(synchronize_session=False)
        )
