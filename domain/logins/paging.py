"""Paging through record cards by name, however many there are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import Session, aliased

from domain.actor import BranchId
from domain.record_cards.model import RecordCard, RecordCardId
from domain.row_ids import row_id

Line = TypeVar("Line")
# Which cards may be a place on a list.
Among = Callable[[type[RecordCard]], ColumnElement[bool]]


@dataclass(frozen=True)
class PageKey:
    """A place in a list by name: the card that it is next to.

    Its name is looked up when it is used, so that no name travels to Slack.
    """

    record_card_id: RecordCardId

    def encode(self) -> str:
        """A short text for the value of a button."""
        return str(self.record_card_id)

    @classmethod
    def decode(cls, text: str) -> "PageKey":
        """The key again; raises NotFoundError for a text that is none."""
        return cls(RecordCardId(row_id(text, kind="page")))


@dataclass(frozen=True)
class Page(Generic[Line]):
    """Some lines of a list, and where the pages beside it begin."""

    lines: tuple[Line, ...]
    previous: PageKey | None
    next: PageKey | None


def of_branch(branch_id: BranchId) -> Among:
    """The cards of a branch."""
    return lambda card: card.branch_id == branch_id


def read_page(
    session: Session,
    query: Select[*tuple[Any, ...]],
    among: Among,
    line: Callable[[Any], Line],
    *,
    at: PageKey | None,
    backwards: bool = False,
    limit: int,
) -> Page[Line]:
    """The page after `at`, or before it, of cards by name.

    A place that is gone or not `among` those of the list, and a page back that comes
    out short, give the first page. `query` selects from record cards.
    """
    if at is None:
        return _first_page(session, query, line, limit)
    rows = _rows(session, query.where(_beyond(at, among, backwards)), backwards, limit)
    is_first = backwards and len(rows) <= limit
    if is_first or not rows:
        return _first_page(session, query, line, limit)
    has_more = len(rows) > limit
    kept = rows[:limit]
    if backwards:
        kept.reverse()
    return Page(
        tuple(line(row) for row in kept),
        previous=_key(kept[0]),
        next=_key(kept[-1]) if has_more or backwards else None,
    )


def _first_page(
    session: Session,
    query: Select[*tuple[Any, ...]],
    line: Callable[[Any], Line],
    limit: int,
) -> Page[Line]:
    rows = _rows(session, query, backwards=False, limit=limit)
    lines = tuple(line(row) for row in rows[:limit])
    return Page(lines, None, _key(rows[limit - 1]) if len(rows) > limit else None)


def _rows(
    session: Session, query: Select[*tuple[Any, ...]], backwards: bool, limit: int
) -> list[Any]:
    """One row more than the page holds tells whether there is another page."""
    columns = (RecordCard.name_key, RecordCard.id)
    order = [column.desc() if backwards else column for column in columns]
    keyed = query.add_columns(RecordCard.id.label("page_key"))
    return list(session.execute(keyed.order_by(*order).limit(limit + 1)))


def _beyond(at: PageKey, among: Among, backwards: bool) -> ColumnElement[bool]:
    place = aliased(RecordCard)
    name = (
        select(place.name_key)
        .where(place.id == at.record_card_id, among(place))
        .scalar_subquery()
    )
    here = tuple_(RecordCard.name_key, RecordCard.id)
    there = tuple_(name, at.record_card_id)
    return here < there if backwards else here > there


def _key(row: Any) -> PageKey:
    return PageKey(row.page_key)
