"""What a seal says of the events of one day: for each its id and a digest of it."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.audit import AuditEvent

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
NEWEST_VERSION: Final = max(_COVERED)
_ID_BYTES: Final = 8
_DIGEST_BYTES: Final = 16
_ENTRY_BYTES: Final = _ID_BYTES + _DIGEST_BYTES
_ROWS_AT_A_TIME: Final = 5_000
DAY: Final = timedelta(days=1)


def is_known(version: int) -> bool:
    """Whether we know what a seal of this version covers."""
    return version in _COVERED


def start_of(day: date) -> datetime:
    """Midnight in UTC, when a day of the log begins."""
    return datetime.combine(day, time(), UTC)


def digests_of(session: Session, day: date) -> bytes:
    """The day's events by id, each with its digest of the newest version."""
    return b"".join(
        event_id.to_bytes(_ID_BYTES, "big") + digest
        for event_id, digest in read_digests(session, day, NEWEST_VERSION)
    )


def read_digests(
    session: Session, day: date, version: int
) -> Iterator[tuple[int, bytes]]:
    """The id of each event of the day, and its digest as it stands now."""
    columns = AuditEvent.__table__.columns
    rows = session.execute(
        select(*(columns[name] for name in _COVERED[version]))
        .where(AuditEvent.at >= start_of(day), AuditEvent.at < start_of(day + DAY))
        .order_by(AuditEvent.id)
        .execution_options(yield_per=_ROWS_AT_A_TIME)
    )
    for row in rows.mappings():
        yield row["id"], _digest(row)


def parse(digests: bytes) -> dict[int, bytes]:
    """What `digests_of` made, by event id."""
    entries = (
        digests[at : at + _ENTRY_BYTES] for at in range(0, len(digests), _ENTRY_BYTES)
    )
    return {
        int.from_bytes(entry[:_ID_BYTES], "big"): entry[_ID_BYTES:] for entry in entries
    }


def _digest(row: Any) -> bytes:
    values = dict(row) | {"at": row["at"].isoformat()}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()[:_DIGEST_BYTES]
