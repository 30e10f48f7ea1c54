"""What an import will do: the list compared with the stored cards. Writes nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.branches import Branch
from domain.importing.addresses import find_conflicts
from domain.importing.checking import (
    DETAIL_COLUMNS,
    DISORDERED_COLUMN,
    CardDetails,
    CheckedList,
    ListedCard,
)
from domain.importing.headings import Column
from domain.importing.report import (
    ListedRow,
    Problem,
    RefusedRow,
    Warned,
)
from domain.logins.address_change import addresses_in_use
from domain.logins.model import Login
from domain.record_cards.fields import EmailAddress, Reason, find_disorder
from domain.record_cards.model import RecordCard, RecordCardId

# PostgreSQL takes 65,535 values in one statement, SQLite may take 32,766.
CHUNK: Final = 1000

Item = TypeVar("Item")


class StoredCard(NamedTuple):
    """What is known of a card before the import."""

    id: RecordCardId
    number: str
    branch_id: int
    login_id: int | None
    email: str | None
    email_key: str | None
    details: CardDetails


class CardChange(NamedTuple):
    """A stored card, and what it becomes.

    `email` is a new address or None; that of a card with a login changes with
    the login.
    """

    listed: ListedCard
    stored: StoredCard
    details: CardDetails
    email: EmailAddress | None

    @property
    def changes_login(self) -> bool:
        """Whether the address is a user name too."""
        return self.email is not None and self.stored.login_id is not None

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column that changes."""
        pairs = zip(DETAIL_COLUMNS, self.details, self.stored.details, strict=True)
        changed = [column for column, new, old in pairs if new != old]
        return (*changed, Column.EMAIL) if self.email else tuple(changed)


@dataclass
class Plan:
    """Every good row in its place."""

    new: list[ListedCard] = field(default_factory=list)
    changes: list[CardChange] = field(default_factory=list)
    unchanged: list[ListedRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    # By the key of each branch that a card goes to.
    branch_names: dict[str, str] = field(default_factory=dict)
    new_branches: tuple[str, ...] = ()


def make_plan(session: Session, checked: CheckedList) -> Plan:
    """Compare the good rows with what is stored."""
    plan = Plan(refused=list(checked.refused), warnings=list(checked.warnings))
    for part in parts(checked.cards):
        stored = _stored_cards(session, [card.number_key for card in part])
        for listed in part:
            _place(plan, listed, stored.get(listed.number_key))
    _settle_addresses(session, plan)
    _name_branches(session, plan)
    refused = {line.row for line in plan.refused}
    plan.warnings = [line for line in plan.warnings if line.row not in refused]
    plan.refused.sort()
    plan.warnings.sort()
    plan.unchanged.sort()
    return plan


def parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """As many at a time as go into one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def _stored_cards(session: Session, keys: Sequence[str]) -> dict[str, StoredCard]:
    rows = session.execute(
        select(
            RecordCard.number_key,
            RecordCard.id,
            RecordCard.number,
            RecordCard.branch_id,
            Login.id,
            RecordCard.email,
            RecordCard.email_key,
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


def _column_of(detail: str) -> Any:
    return Branch.name_key if detail == "branch_key" else getattr(RecordCard, detail)


def _place(plan: Plan, listed: ListedCard, stored: StoredCard | None) -> None:
    if stored is None:
        plan.new.append(listed)
        return
    details = _merged(listed.details, stored.details)
    email = listed.email
    if email is not None and email.key == stored.email_key:
        email = None
    if details == stored.details and email is None:
        plan.unchanged.append(ListedRow(listed.row, listed.number))
    elif disorder := find_disorder(details.start_on, details.end_on, details.birth_on):
        plan.refused.append(_disordered(listed, details, disorder))
    else:
        plan.changes.append(CardChange(listed, stored, details, email))


def _merged(listed: CardDetails, stored: CardDetails) -> CardDetails:
    """What the list says, and where it says nothing, what is stored."""
    if listed == stored:
        return stored
    pairs = zip(listed, stored, strict=True)
    return CardDetails._make(old if new is None else new for new, old in pairs)


def _disordered(
    listed: ListedCard, details: CardDetails, disorder: Reason
) -> RefusedRow:
    column = DISORDERED_COLUMN[disorder]
    value = str(getattr(details, column.value))
    return RefusedRow(listed.row, listed.number, (Problem(column, value, disorder),))


def _settle_addresses(session: Session, plan: Plan) -> None:
    """Leave out each new address that can't be a login's user name."""
    wanted = {
        change.stored.id: change.email.key
        for change in plan.changes
        if change.email and change.changes_login
    }
    conflicts = find_conflicts(wanted, addresses_in_use(session, wanted.values()))
    if not conflicts:
        return
    changes, plan.changes = plan.changes, []
    for change in changes:
        reason = conflicts.get(change.stored.id)
        if reason is None:
            plan.changes.append(change)
        else:
            _keep_address(plan, change, reason)


def _keep_address(plan: Plan, change: CardChange, reason: Reason) -> None:
    listed = change.listed
    if change.email is not None:
        problem = Problem(Column.EMAIL, change.email.text, reason)
        plan.warnings.append(Warned(listed.row, listed.number, problem))
    kept = change._replace(email=None)
    if kept.columns:
        plan.changes.append(kept)
    else:
        plan.unchanged.append(ListedRow(listed.row, listed.number))


def _name_branches(session: Session, plan: Plan) -> None:
    """Name each branch that cards go to as most rows of the list spell it."""
    spellings = Counter(
        (card.details.branch_key or "", card.branch_name) for card in _written(plan)
    )
    for (key, name), _times in reversed(spellings.most_common()):
        plan.branch_names[key] = name
    known = set[str]()
    for part in parts(list(plan.branch_names)):
        query = select(Branch.name_key).where(Branch.name_key.in_(part))
        known.update(session.scalars(query))
    new = [name for key, name in plan.branch_names.items() if key not in known]
    plan.new_branches = tuple(sorted(new))


def _written(plan: Plan) -> Iterator[ListedCard]:
    yield from plan.new
    yield from (change.listed for change in plan.changes)
