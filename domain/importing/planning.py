"""What an import will do: the list compared with the stored cards. Writes nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy.orm import Session

from domain.actor import Actor
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
from domain.importing.stored import (
    StoredCard,
    known_branch_keys,
    own_branch_keys,
    parts,
    stored_cards,
    successor_number,
)
from domain.logins.address_change import addresses_in_use
from domain.record_cards.fields import EmailAddress, Reason, find_disorder


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


def make_plan(session: Session, checked: CheckedList, *, actor: Actor) -> Plan:
    """Compare the good rows with what is stored, as far as the actor reaches."""
    plan = Plan(refused=list(checked.refused), warnings=list(checked.warnings))
    own = own_branch_keys(session, actor)
    for part in parts(checked.cards):
        stored = stored_cards(session, [card.number_key for card in part])
        for listed in part:
            card = stored.get(listed.number_key)
            problem = _out_of_reach(listed, card, own)
            if card is not None and card.is_closed:
                problem = problem or _closed(session, listed, card, actor)
            _place(plan, listed, card, problem)
    _settle_addresses(session, plan)
    _name_branches(session, plan)
    refused = {line.row for line in plan.refused}
    plan.warnings = [line for line in plan.warnings if line.row not in refused]
    plan.refused.sort()
    plan.warnings.sort()
    plan.unchanged.sort()
    return plan


def _out_of_reach(
    listed: ListedCard, stored: StoredCard | None, own: frozenset[str] | None
) -> Problem | None:
    """Why the row is for somebody with more branches; `own` None is every branch.

    A branch that is foreign and one that there is not read the same. A card of
    another branch stays there: whoever could pull it over would get its login.
    """
    if own is None:
        return None
    if listed.details.branch_key not in own:
        reason = Reason.BRANCH_OUT_OF_REACH
        return Problem(Column.BRANCH, listed.branch_name, reason)
    if stored is not None and stored.details.branch_key not in own:
        return Problem(Column.NUMBER, listed.number, Reason.CARD_OUT_OF_REACH)
    return None


def _closed(
    session: Session, listed: ListedCard, stored: StoredCard, actor: Actor
) -> Problem:
    """That the card's data went to another card, whose number the list should say."""
    number = successor_number(session, stored.id, actor)
    if number is None:
        return Problem(Column.NUMBER, listed.number, Reason.CARD_OUT_OF_REACH)
    return Problem(Column.NUMBER, number, Reason.CARD_CLOSED)


def _place(
    plan: Plan,
    listed: ListedCard,
    stored: StoredCard | None,
    problem: Problem | None,
) -> None:
    if problem is not None:
        plan.refused.append(RefusedRow(listed.row, listed.number, (problem,)))
    elif stored is None:
        plan.new.append(listed)
    else:
        _compare(plan, listed, stored)


def _compare(plan: Plan, listed: ListedCard, stored: StoredCard) -> None:
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
    known = known_branch_keys(session, list(plan.branch_names))
    new = [name for key, name in plan.branch_names.items() if key not in known]
    plan.new_branches = tuple(sorted(new))


def _written(plan: Plan) -> Iterator[ListedCard]:
    yield from plan.new
    yield from (change.listed for change in plan.changes)
