"""Changing a record card and adding one: *Stamkaart*."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import audit, branches
from domain.actor import Actor, BranchId
from domain.audit import AuditAct, Concerning
from domain.errors import DomainError
from domain.logins.address_change import (
    AddressChange,
    change_addresses,
    is_same_address,
)
from domain.logins.model import Login
from domain.permissions import Act, require
from domain.record_cards import register
from domain.record_cards.employment import office_day
from domain.record_cards.entries import (
    CardField,
    CardRefusedError,
    CardValues,
    parse,
)
from domain.record_cards.fields import Reason, card_name_key, number_key
from domain.record_cards.model import RecordCard, RecordCardId
from domain.secret import Keyring


class CardChangedMeanwhileError(DomainError):
    """Somebody else changed the card since it was opened."""

    code = "card_changed_meanwhile"
    concerns = CardField.NUMBER.value


class CardClosedError(DomainError):
    """The card's data went to another card, and it changes no more."""

    code = "card_closed"
    concerns = CardField.NUMBER.value


def edit_card(
    session: Session,
    card_id: RecordCardId,
    typed: Mapping[CardField, str],
    branch_id: BranchId,
    *,
    seen: datetime,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Make the card say what was typed; gives the names of the fields that changed.

    `seen` is when the card had been changed last as it was shown. The address of a
    card with a login changes with the login: see domain/logins/address_change.py;
    other capitals alone are a matter of spelling, and end nothing.
    Raises NotFoundError for a card or branch out of reach, CardRefusedError,
    CardChangedMeanwhileError, CardClosedError, AddressInUseError.
    """
    require(actor, Act.EDIT_RECORD_CARDS)
    card = register.get(session, card_id, actor=actor)
    values = parse(typed, today=office_day(now))
    _lock_branches(session, {BranchId(card.branch_id), branch_id}, actor)
    session.refresh(card, with_for_update={"key_share": True})
    if not actor.reaches(BranchId(card.branch_id)):
        card = register.get(session, card_id, actor=actor)
    _refuse_outdated(card, seen)
    login = session.scalars(
        select(Login).where(Login.record_card_id == card.id)
    ).one_or_none()
    wanted = _columns(values, branch_id)
    if login is not None and values.email is None:
        raise CardRefusedError({CardField.EMAIL: Reason.MISSING})
    new_address = None
    if login is not None and values.email is not None:
        if is_same_address(values.email.text, login.user_name):
            login.user_name = values.email.text
        else:
            # It changes with the user name, in an act of its own.
            new_address = values.email
            wanted |= {"email": card.email, "email_key": card.email_key}
    changed = _write(session, card, wanted, actor, now)
    if new_address is not None:
        session.flush()
        change = AddressChange(card_id, new_address.text, new_address.key)
        change_addresses(session, [change], keyring=keyring, actor=actor, now=now)
        session.expire(card)
        return (*changed, CardField.EMAIL.value)
    return changed


def add_card(
    session: Session,
    typed: Mapping[CardField, str],
    branch_id: BranchId,
    *,
    actor: Actor,
    now: datetime,
) -> RecordCardId:
    """A new card of a branch; gives its id.

    Raises NotFoundError for a branch out of reach, CardRefusedError.
    """
    require(actor, Act.EDIT_RECORD_CARDS, branch_id)
    values = parse(typed, today=office_day(now))
    _lock_branches(session, {branch_id}, actor)
    card = RecordCard(**_columns(values, branch_id), created_at=now, changed_at=now)
    _refuse_taken_number(session, card.number_key, None)
    session.add(card)
    _flush(session)
    about = Concerning(branch_id, card.id)
    audit.record(session, AuditAct.CARD_ADDED, about, actor=actor, now=now)
    return RecordCardId(card.id)


def _lock_branches(session: Session, branch_ids: set[BranchId], actor: Actor) -> None:
    """Logins are created under these locks; always in one order."""
    for branch_id in sorted(branch_ids):
        branches.lock(session, branch_id, actor=actor)


def _refuse_outdated(card: RecordCard, seen: datetime) -> None:
    if card.moved_to_card_id is not None or card.erased_at is not None:
        raise CardClosedError
    if card.changed_at != seen:
        raise CardChangedMeanwhileError


def _columns(values: CardValues, branch_id: BranchId) -> dict[str, Any]:
    names = values.columns
    email = values.email
    return {
        **names,
        "number": values.number,
        "number_key": number_key(values.number),
        "name_key": card_name_key(
            names["last_name"], names["first_name"], names["prefix"], values.number
        ),
        "email": email.text if email else None,
        "email_key": email.key if email else None,
        "branch_id": branch_id,
    }


def _write(
    session: Session,
    card: RecordCard,
    wanted: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Write what is other than before, with one event; gives the names of fields."""
    other = {
        name: value for name, value in wanted.items() if getattr(card, name) != value
    }
    named = tuple(_field_name(name) for name in other if not name.endswith("_key"))
    if not other:
        return ()
    if "number_key" in other:
        _refuse_taken_number(session, other["number_key"], card.id)
    for name, value in other.items():
        setattr(card, name, value)
    card.changed_at = now
    _flush(session)
    about = Concerning(card.branch_id, card.id, details={"fields": list(named)})
    audit.record(session, AuditAct.CARD_CHANGED, about, actor=actor, now=now)
    return named


def _field_name(column: str) -> str:
    return "branch" if column == "branch_id" else column


def _refuse_taken_number(session: Session, key: str, own_id: int | None) -> None:
    holder = session.scalar(select(RecordCard.id).where(RecordCard.number_key == key))
    if holder is not None and holder != own_id:
        raise CardRefusedError({CardField.NUMBER: Reason.NUMBER_TAKEN})


def _flush(session: Session) -> None:
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as error:
        # Another process took the number after we had looked.
        raise CardRefusedError({CardField.NUMBER: Reason.NUMBER_TAKEN}) from error
