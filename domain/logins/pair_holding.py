"""Holding two record cards and their logins until the transaction ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import branches
from domain.actor import Actor, BranchId
from domain.errors import NotFoundError
from domain.logins.model import Login
from domain.permissions import Act, require
from domain.record_cards.model import RecordCard, RecordCardId
from domain.record_cards.register import within_reach


@dataclass(frozen=True)
class HeldPair:
    """The old card and the new one, each with its login if it has one."""

    old: RecordCard
    new: RecordCard
    old_login: Login | None
    new_login: Login | None


def hold_pair(
    session: Session, old_id: RecordCardId, new_id: RecordCardId, *, actor: Actor
) -> HeldPair:
    """Both cards and their logins as they are now, which nobody else changes.

    Their branches are held too: a login that is being created for one of them is
    there, or comes after. Rows are held in one order by whoever holds several.
    Raises NotFoundError for a card out of the actor's reach.
    """
    ids = sorted({old_id, new_id})
    for branch_id in _branches_of(session, ids, actor):
        branches.lock(session, branch_id, actor=actor)
    # On their own: a statement that waited sees other rows as they were before.
    cards = select(RecordCard.id).where(RecordCard.id.in_(ids)).order_by(RecordCard.id)
    session.execute(cards.with_for_update(key_share=True))
    logins = select(Login.id).where(Login.record_card_id.in_(ids)).order_by(Login.id)
    session.execute(logins.with_for_update())
    return read_pair(session, old_id, new_id, actor=actor)


def read_pair(
    session: Session, old_id: RecordCardId, new_id: RecordCardId, *, actor: Actor
) -> HeldPair:
    """Both cards and their logins as the database has them.

    Raises NotFoundError for a card out of the actor's reach.
    """
    ids = sorted({old_id, new_id})
    _branches_of(session, ids, actor)
    cards = session.scalars(
        select(RecordCard)
        .where(RecordCard.id.in_(ids))
        .execution_options(populate_existing=True)
    )
    logins = session.scalars(
        select(Login)
        .where(Login.record_card_id.in_(ids))
        .execution_options(populate_existing=True)
    )
    by_id = {card.id: card for card in cards}
    of_card = {login.record_card_id: login for login in logins}
    return HeldPair(
        by_id[old_id], by_id[new_id], of_card.get(old_id), of_card.get(new_id)
    )


def _branches_of(
    session: Session, ids: Sequence[int], actor: Actor
) -> Sequence[BranchId]:
    found = session.scalars(
        select(RecordCard.branch_id).where(RecordCard.id.in_(ids), within_reach(actor))
    ).all()
    if len(found) < len(ids):
        raise NotFoundError(kind="record_card")
    branch_ids = sorted({BranchId(branch_id) for branch_id in found})
    for branch_id in branch_ids:
        require(actor, Act.MOVE_EMPLOYEE_DATA, branch_id)
    return branch_ids
