"""Everything that is kept of one person, for who asks for it (GDPR, art. 15)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor
from domain.audit import AuditAct, Concerning
from domain.permissions import Act, require
from domain.privacy import persons
from domain.privacy.belongings import KEPT, Kept, rows_of
from domain.record_cards.model import RecordCard

# In place of a hash, a seed and the like.
PRESENT: Final = "present, not given out"
Rows = Sequence[Mapping[str, Any]]


def export(
    session: Session, number: str, *, actor: Actor, now: datetime
) -> Mapping[str, Rows]:
    """The rows of the person with this number, by table; without those that are empty.

    Cards whose data was moved to another of the same person are among them. Secrets
    are named and not given out. Raises NotFoundError for a number nobody has.
    """
    require(actor, Act.EXPORT_PERSONS)
    person = persons.find(session, number)
    conditions = rows_of(session, person)
    found = {
        kept.table.name: rows
        for kept in KEPT
        if (rows := _rows(session, kept, conditions[kept.record]))
    }
    for card in found[RecordCard.__tablename__]:
        about = Concerning(branch_id=card["branch_id"], record_card_id=card["id"])
        audit.record(session, AuditAct.PERSON_EXPORTED, about, actor=actor, now=now)
    return found


def _rows(session: Session, kept: Kept, condition: Any) -> Rows:
    columns = kept.table.columns
    keys = list(kept.table.primary_key.columns)
    query = select(*columns).where(condition).order_by(*keys)
    return [
        {
            name: PRESENT if name in kept.hidden and value else _plain(value)
            for name, value in row.items()
        }
        for row in session.execute(query).mappings()
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
