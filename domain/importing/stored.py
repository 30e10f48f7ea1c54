"""What is stored of the cards and branches that a list speaks of."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.branches import Branch
from domain.importing.checking import CardDetails
from domain.logins.model import Login
from domain.record_cards.model import RecordCard, RecordCardId
from domain.record_cards.register import is_open, successor

# PostgreSQL takes 65,535 values in one statement, SQLite may take 32,766.
CHUNK: Final = 1000

Item = TypeVar("Item")


class StoredCard(NamedTuple):
    """What is known of a card before the import."""

    id: RecordCardId
    number: str
    branch_id: BranchId
    login_id: int | None
    email: str | None
    email_key: str | None
    is_closed: bool
    details: CardDetails


def parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """As many at a time as go into one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def stored_cards(session: Session, keys: Sequence[str]) -> dict[str, StoredCard]:
    """The cards with these number keys, wherever they are."""
    rows = session.execute(
        select(
            RecordCard.number_key,
            RecordCard.id,
            RecordCard.number,
            RecordCard.branch_id,
            Login.id,
            RecordCard.email,
            RecordCard.email_key,
            ~is_open(),
            *(_column_of(name) for name in CardDetails._fields),
        )
        .join(Branch, Branch.id == RecordCard.branch_id)
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .where(RecordCard.number_key.in_(keys))
    )
    width = len(StoredCard._fields)
    return {
        row[0]: StoredCard._make((*row[1:width], CardDetails._make(row[width:])))
        for row in rows
    }


def successor_number(
    session: Session, card_id: RecordCardId, actor: Actor
) -> str | None:
    """The number of the card that a closed card's data went to, if within reach."""
    card = successor(session, session.get_one(RecordCard, card_id))
    if card is None or not actor.reaches(BranchId(card.branch_id)):
        return None
    return card.number


def own_branch_keys(session: Session, actor: Actor) -> frozenset[str] | None:
    """The name keys of the branches within reach; None is every branch."""
    if actor.reaches_every_branch:
        return None
    query = select(Branch.name_key).where(Branch.id.in_(actor.branch_ids))
    return frozenset(session.scalars(query))


def known_branch_keys(session: Session, keys: Sequence[str]) -> set[str]:
    """Those of these name keys that a branch has already."""
    known = set[str]()
    for part in parts(keys):
        query = select(Branch.name_key).where(Branch.name_key.in_(part))
        known.update(session.scalars(query))
    return known


def _column_of(detail: str) -> Any:
    return Branch.name_key if detail == "branch_key" else getattr(RecordCard, detail)
