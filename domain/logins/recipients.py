"""To whom a letter about a login goes, and whom it did not reach."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.branches import Branch
from domain.letters.queueing import Recipient
from domain.logins.model import Login
from domain.permissions import Act, require
from domain.record_cards.model import RecordCard


@dataclass(frozen=True)
class Person:
    """An employee as administrators know them."""

    record_card_id: int
    name: str
    number: str
    branch_name: str


def recipient_of(login: Login) -> Recipient:
    """The employee, at the address of the record card, else of the user name.

    The record card must have been loaded with the login.
    """
    card = login.record_card
    return Recipient(
        address=card.email or login.user_name,
        first_name=card.first_name or card.full_name,
        language=login.language,
        record_card_id=card.id,
    )


def people(
    session: Session, record_card_ids: Collection[int], *, actor: Actor
) -> list[Person]:
    """Whose cards these are; those that are gone, or out of reach, are left out."""
    require(actor, Act.SEE_LOGINS)
    rows = session.execute(
        select(RecordCard, Branch)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .where(RecordCard.id.in_(record_card_ids))
        .order_by(RecordCard.name_key)
    )
    return [
        Person(card.id, card.full_name, card.number, branch.name)
        for card, branch in rows
        if actor.reaches(BranchId(branch.id))
    ]
