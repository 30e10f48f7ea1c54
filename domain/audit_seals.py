"""Daily seals over the audit log, by which a changed, removed or added row shows.

Each seal holds a digest of every event of one past day (UTC) and one hash over
them and the seal before it. The newest hash is also sealed with the secret key,
so that whoever writes to the database alone can't seal a changed log again.
Seals that are removed together are made again at night: against that the heads
in the process' log are to be kept elsewhere.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import LargeBinary, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.actor import Actor
from domain.audit import AuditEvent
from domain.database import Record
from domain.permissions import Act, require
from domain.secret import Keyring, Secret, UnsealingError

# A transaction that began before midnight has committed by then.
SEALED_AFTER: Final = timedelta(hours=1)
_ID_BYTES: Final = 8
_DIGEST_BYTES: Final = 16
_ENTRY_BYTES: Final = _ID_BYTES + _DIGEST_BYTES
_ROWS_AT_A_TIME: Final = 5_000
_DAY: Final = timedelta(days=1)
_FIRST_HEAD: Final = "0" * 64
# By version, the columns of an event that a seal covers. A column that events get
# later goes into a version of its own: old days stay as they were sealed.
_COVERED: Final[Mapping[int, Sequence[str]]] = {
    1: (
        "id",
        "at",
        "act",
        "actor_kind",
        "administrator_id",
        "surface",
        "branch_id",
        "record_card_id",
        "login_id",
        "run_id",
        "details",
    )
}
_NEWEST_VERSION: Final = max(_COVERED)


class AuditSeal(Record):
    """The seal over one day; days without events have none."""

    __tablename__ = "audit_seal"

    day: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int]
    # For each event, by id: its id and the first half of its SHA-256.
    digests: Mapped[bytes] = mapped_column(LargeBinary)
    head: Mapped[str] = mapped_column(String(64))
    sealed_head: Mapped[str] = mapped_column(String(200))


class BreakKind(StrEnum):
    """What is wrong with a sealed day."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    SEAL_CHANGED = "seal_changed"
    SEAL_NOT_OURS = "seal_not_ours"


@dataclass(frozen=True)
class Break:
    """One thing that is not as it was sealed; an event, or the seal itself."""

    day: date
    kind: BreakKind
    event_id: int | None = None


@dataclass(frozen=True)
class Verification:
    """What was found; `head` noted elsewhere shows later that no seal was cut off."""

    sealed_until: date | None
    head: str
    unsealed_count: int
    breaks: Sequence[Break]


def seal_next_day(
    session: Session, keyring: Keyring, *, now: datetime
) -> AuditSeal | None:
    """Seal the oldest whole day that has events and no seal; None when there is none.

    One day at a time, so that each gets a transaction of its own.
    """
    newest = _newest(session)
    day = _first_day_with_events(session, newest.day + _DAY if newest else None)
    if day is None or _start(day + _DAY) + SEALED_AFTER > now:
        return None
    digests = b"".join(
        event_id.to_bytes(_ID_BYTES, "big") + digest
        for event_id, digest in _events(session, day, _NEWEST_VERSION)
    )
    head = _head(newest.head if newest else _FIRST_HEAD, day, digests)
    seal = AuditSeal(
        day=day,
        version=_NEWEST_VERSION,
        digests=digests,
        head=head,
        sealed_head=keyring.seal(Secret(head), purpose=_purpose(day)),
    )
    session.add(seal)
    return seal


def verify(session: Session, keyring: Keyring, *, actor: Actor) -> Verification:
    """Compare the log with its seals; names each row that is not as it was sealed."""
    require(actor, Act.SEE_AUDIT_LOG)
    breaks: list[Break] = []
    head, seen_until = _FIRST_HEAD, None
    for day in session.scalars(select(AuditSeal.day).order_by(AuditSeal.day)).all():
        seal = session.get_one(AuditSeal, day)
        is_known = seal.version in _COVERED
        if not is_known or _head(head, day, seal.digests) != seal.head:
            breaks.append(Break(day, BreakKind.SEAL_CHANGED))
        breaks += _added(session, seen_until, _start(day))
        if is_known:
            breaks += _differences(session, seal)
        head, seen_until = seal.head, _start(day + _DAY)
        session.expunge(seal)
    newest = _newest(session)
    if newest is not None and not _is_ours(newest, keyring):
        breaks.append(Break(newest.day, BreakKind.SEAL_NOT_OURS))
    return Verification(
        newest.day if newest else None, head, _count(session, seen_until), breaks
    )


def _newest(session: Session) -> AuditSeal | None:
    return session.scalars(
        select(AuditSeal).order_by(AuditSeal.day.desc()).limit(1)
    ).first()


def _first_day_with_events(session: Session, since: date | None) -> date | None:
    query = select(func.min(AuditEvent.at))
    if since is not None:
        query = query.where(AuditEvent.at >= _start(since))
    first = session.scalar(query)
    return first.date() if first else None


def _events(session: Session, day: date, version: int) -> Iterator[tuple[int, bytes]]:
    columns = AuditEvent.__table__.columns
    rows = session.execute(
        select(*(columns[name] for name in _COVERED[version]))
        .where(AuditEvent.at >= _start(day), AuditEvent.at < _start(day + _DAY))
        .order_by(AuditEvent.id)
        .execution_options(yield_per=_ROWS_AT_A_TIME)
    )
    for row in rows.mappings():
        yield row["id"], _digest(row)


def _digest(row: Any) -> bytes:
    values = dict(row) | {"at": row["at"].isoformat()}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()[:_DIGEST_BYTES]


def _differences(session: Session, seal: AuditSeal) -> list[Break]:
    sealed = _entries(seal.digests)
    breaks = []
    for event_id, digest in _events(session, seal.day, seal.version):
        known = sealed.pop(event_id, None)
        if known is None:
            breaks.append(Break(seal.day, BreakKind.ADDED, event_id))
        elif known != digest:
            breaks.append(Break(seal.day, BreakKind.CHANGED, event_id))
    breaks += [Break(seal.day, BreakKind.REMOVED, event_id) for event_id in sealed]
    return breaks


def _entries(digests: bytes) -> dict[int, bytes]:
    entries = (
        digests[at : at + _ENTRY_BYTES] for at in range(0, len(digests), _ENTRY_BYTES)
    )
    return {
        int.from_bytes(entry[:_ID_BYTES], "big"): entry[_ID_BYTES:] for entry in entries
    }


def _added(session: Session, since: datetime | None, until: datetime) -> list[Break]:
    """Events in days that had none when later days were sealed."""
    query = select(AuditEvent.id, AuditEvent.at).where(AuditEvent.at < until)
    if since is not None:
        query = query.where(AuditEvent.at >= since)
    rows = session.execute(query.order_by(AuditEvent.id))
    return [Break(at.date(), BreakKind.ADDED, event_id) for event_id, at in rows]


def _count(session: Session, since: datetime | None) -> int:
    query = select(func.count()).select_from(AuditEvent)
    if since is not None:
        query = query.where(AuditEvent.at >= since)
    return session.scalar(query) or 0


def _head(previous: str, day: date, digests: bytes) -> str:
    return hashlib.sha256(f"{previous} {day} ".encode() + digests).hexdigest()


def _is_ours(seal: AuditSeal, keyring: Keyring) -> bool:
    try:
        opened = keyring.open(seal.sealed_head, purpose=_purpose(seal.day))
    except UnsealingError:
        return False
    return opened == Secret(seal.head)


def _purpose(day: date) -> str:
    return f"audit seal {day}"


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
