"""Daily seals over the audit log, by which a changed, removed or added row shows.

Each seal holds a digest of every event of one past day (UTC) and one hash over
them and the seal before it. The newest hash is also sealed with the secret key,
so that whoever writes to the database alone can't seal a changed log again.
Seals that are removed together are made again at night: against that the heads
in the process' log are to be kept elsewhere.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import LargeBinary, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.actor import Actor
from domain.audit import AuditAct, AuditEvent
from domain.audit_digests import (
    DAY,
    NEWEST_VERSION,
    digests_of,
    is_known,
    parse,
    read_digests,
    start_of,
)
from domain.database import Record
from domain.permissions import Act, require
from domain.secret import Keyring, Secret, UnsealingError

# A transaction that began before midnight has committed by then.
SEALED_AFTER: Final = timedelta(hours=1)
_FIRST_HEAD: Final = "0" * 64


class AuditSeal(Record):
    """The seal over one day; days without events have none."""

    __tablename__ = "audit_seal"

    day: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int]
    # For each event, by id: its id and the first half of its SHA-256.
    digests: Mapped[bytes] = mapped_column(LargeBinary)
    head: Mapped[str] = mapped_column(String(64))
    sealed_head: Mapped[str] = mapped_column(String(200))
    # When the day's events were removed because they were old; the seal stays.
    forgotten_at: Mapped[datetime | None]


class BreakKind(StrEnum):
    """What is wrong with a sealed day."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    SEAL_CHANGED = "seal_changed"
    SEAL_NOT_OURS = "seal_not_ours"
    FORGOTTEN_UNSAID = "forgotten_unsaid"


@dataclass(frozen=True)
class Break:
    """One thing that is not as it was sealed; an event, or the seal itself."""

    day: date
    kind: BreakKind
    event_id: int | None = None


@dataclass(frozen=True)
class Unproven:
    """Days sealed with a key that was lost: nothing shows a change before `since`."""

    sealed_until: str
    since: date


@dataclass(frozen=True)
class Verification:
    """What was found; `head` noted elsewhere shows later that no seal was cut off.

    Events until `forgotten_until` were removed because they were old.
    """

    sealed_until: date | None
    head: str
    unsealed_count: int
    breaks: Sequence[Break]
    unproven: Sequence[Unproven] = ()
    forgotten_until: date | None = None


def seal_next_day(
    session: Session, keyring: Keyring, *, now: datetime
) -> AuditSeal | None:
    """Seal the oldest whole day that has events and no seal; None when there is none.

    One day at a time, so that each gets a transaction of its own.
    """
    newest = newest_seal(session)
    day = _first_day_with_events(session, newest.day + DAY if newest else None)
    if day is None or start_of(day + DAY) + SEALED_AFTER > now:
        return None
    digests = digests_of(session, day)
    head = _head(newest.head if newest else _FIRST_HEAD, day, digests)
    seal = AuditSeal(
        day=day,
        version=NEWEST_VERSION,
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
    forgetting = _Forgetting(_forgotten_days(session))
    for day in session.scalars(select(AuditSeal.day).order_by(AuditSeal.day)).all():
        seal = session.get_one(AuditSeal, day)
        known = is_known(seal.version)
        if not known or _head(head, day, seal.digests) != seal.head:
            breaks.append(Break(day, BreakKind.SEAL_CHANGED))
        breaks += _added(session, seen_until, start_of(day))
        if known:
            breaks += forgetting.judge(seal) + _differences(session, seal)
        head, seen_until = seal.head, start_of(day + DAY)
        session.expunge(seal)
    newest = newest_seal(session)
    if newest is not None and not _is_ours(newest, keyring):
        breaks.append(Break(newest.day, BreakKind.SEAL_NOT_OURS))
    return Verification(
        newest.day if newest else None,
        head,
        _count(session, seen_until),
        breaks,
        _unproven(session),
        forgetting.until,
    )


def sign_anew(session: Session, keyring: Keyring) -> dict[str, str]:
    """Sign the newest seal with the newest key; gives what it said before.

    The key with which it was signed is lost. Digests stay as they were made.
    """
    seal = newest_seal(session)
    if seal is None:
        return {}
    before = {"sealed_until": seal.day.isoformat(), "seal": seal.sealed_head}
    seal.sealed_head = keyring.seal(Secret(seal.head), purpose=_purpose(seal.day))
    return before


def newest_seal(session: Session) -> AuditSeal | None:
    """The seal that holds all before it, or None as long as there is none."""
    return session.scalars(
        select(AuditSeal).order_by(AuditSeal.day.desc()).limit(1)
    ).first()


class _Forgetting:
    """Whether days that are said to be forgotten are the oldest, and were said so."""

    def __init__(self, said: frozenset[str]) -> None:
        self.until: date | None = None
        self._latest = max(said, default="")
        self._has_kept = False

    def judge(self, seal: AuditSeal) -> list[Break]:
        """Days go from old to new; what is kept ends what may be forgotten."""
        if seal.forgotten_at is None:
            self._has_kept = True
            return []
        self.until = seal.day
        # Its own event may be forgotten by now; a later day's says as much.
        if self._has_kept or seal.day.isoformat() > self._latest:
            return [Break(seal.day, BreakKind.FORGOTTEN_UNSAID)]
        return []


def _forgotten_days(session: Session) -> frozenset[str]:
    said = session.scalars(
        select(AuditEvent).where(AuditEvent.act == AuditAct.DAYS_FORGOTTEN)
    )
    return frozenset(str(event.details.get("day", "")) for event in said)


def _unproven(session: Session) -> list[Unproven]:
    given_up = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.act == AuditAct.KEY_GIVEN_UP)
        .order_by(AuditEvent.id)
    )
    return [
        Unproven(str(event.details["sealed_until"]), event.at.date())
        for event in given_up
        if "sealed_until" in event.details
    ]


def _first_day_with_events(session: Session, since: date | None) -> date | None:
    query = select(func.min(AuditEvent.at))
    if since is not None:
        query = query.where(AuditEvent.at >= start_of(since))
    first = session.scalar(query)
    return first.date() if first else None


def _differences(session: Session, seal: AuditSeal) -> list[Break]:
    # Of a forgotten day nothing may be there again.
    sealed = parse(seal.digests) if seal.forgotten_at is None else {}
    breaks = []
    for event_id, digest in read_digests(session, seal.day, seal.version):
        known = sealed.pop(event_id, None)
        if known is None:
            breaks.append(Break(seal.day, BreakKind.ADDED, event_id))
        elif known != digest:
            breaks.append(Break(seal.day, BreakKind.CHANGED, event_id))
    breaks += [Break(seal.day, BreakKind.REMOVED, event_id) for event_id in sealed]
    return breaks


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
