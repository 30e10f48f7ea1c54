"""Two record cards side by side: what a move of employee data would bring along."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.branches import Branch
from domain.logins import listing, moved_fields
from domain.logins.listing import LoginDetails
from domain.logins.model import Login, LoginId, LoginState
from domain.logins.moved_fields import COLUMNS, MovedField
from domain.logins.moves import MoveRefusal
from domain.logins.moving import why_not
from domain.logins.pair_holding import HeldPair, read_pair
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard, RecordCardId
from domain.record_cards.pairs import Traits, in_order


@dataclass(frozen=True)
class Side:
    """One of the two cards; `login_state` and `user_name` are None without login."""

    card_id: RecordCardId
    number: str
    name: str
    branch_name: str
    email: str | None
    start_on: date | None
    end_on: date | None
    login_state: LoginState | None
    user_name: str | None


@dataclass(frozen=True)
class FieldChoice:
    """A field that can move, and what each card says there."""

    field: MovedField
    old: str | date
    new: str | date | None


@dataclass(frozen=True)
class Comparison:
    """What there is to choose; `refusal` says why the `ticked` fields can't move."""

    old: Side
    new: Side
    choices: tuple[FieldChoice, ...]
    ticked: frozenset[MovedField]
    refusal: MoveRefusal | None


def compare(
    session: Session,
    old_id: RecordCardId,
    new_id: RecordCardId,
    ticked: Collection[MovedField] | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> Comparison:
    """The two cards, and what becomes of these fields; writes nothing.

    Without `ticked` it proposes what the new card lacks, and the address by which
    the employee signs in. Raises NotFoundError for a card out of reach.
    """
    require(actor, Act.MOVE_EMPLOYEE_DATA)
    pair = read_pair(session, old_id, new_id, actor=actor)
    choices = tuple(
        FieldChoice(field, _said(field, pair.old) or "", _said(field, pair.new))
        for field in MovedField
        if moved_fields.can_move(field, pair.old, pair.new)
    )
    offered = {choice.field for choice in choices}
    proposed = _proposed(choices, pair) if ticked is None else set(ticked)
    moving = frozenset(proposed & offered)
    return Comparison(
        old=_side(session, pair.old, pair.old_login, actor, now),
        new=_side(session, pair.new, pair.new_login, actor, now),
        choices=choices,
        ticked=moving,
        refusal=why_not(pair, moving),
    )


def put_in_order(
    session: Session,
    one_id: RecordCardId,
    other_id: RecordCardId,
    *,
    actor: Actor,
    now: datetime,
) -> tuple[RecordCardId, RecordCardId]:
    """The two cards as they would be proposed: the old one and the new one.

    Raises NotFoundError for a card out of reach.
    """
    require(actor, Act.MOVE_EMPLOYEE_DATA)
    pair = read_pair(session, one_id, other_id, actor=actor)
    sides = (_traits(pair.old, pair.old_login), _traits(pair.new, pair.new_login))
    old, new = in_order(*sides, office_day(now))
    return RecordCardId(old.card_id), RecordCardId(new.card_id)


def _proposed(choices: Collection[FieldChoice], pair: HeldPair) -> set[MovedField]:
    lacking = {choice.field for choice in choices if choice.new is None}
    signs_in = {MovedField.EMAIL} if pair.old_login else set()
    return lacking | signs_in


def _said(field: MovedField, card: RecordCard) -> str | date | None:
    """What a card says in a field, for people."""
    if field is MovedField.BIRTH_ON:
        return card.birth_on
    if field is MovedField.NAME:
        return card.full_name
    if field is MovedField.EMAIL:
        return card.email
    parts = [getattr(card, name) for name in COLUMNS[field]]
    return ", ".join(part for part in parts if part) or None


def _side(
    session: Session,
    card: RecordCard,
    login: Login | None,
    actor: Actor,
    now: datetime,
) -> Side:
    details: LoginDetails | None = None
    if login is not None:
        details = listing.get(session, LoginId(login.id), actor=actor, now=now)
    return Side(
        card_id=RecordCardId(card.id),
        number=card.number,
        name=card.full_name,
        branch_name=session.get_one(Branch, card.branch_id).name,
        email=card.email,
        start_on=card.start_on,
        end_on=card.end_on,
        login_state=details.state if details else None,
        user_name=details.user_name if details else None,
    )


def _traits(card: RecordCard, login: Login | None) -> Traits:
    return Traits(
        card_id=card.id,
        name=card.full_name,
        birth_on=card.birth_on,
        email_key=card.email_key,
        phone=card.phone,
        start_on=card.start_on,
        end_on=card.end_on,
        has_login=login is not None,
    )
