"""Which person in Slack is the employee of which record card.

A link is made by choosing a password through a letter that was asked for in Slack:
who asked proves to read the mail at the address that HR recorded (threats, S5). The
newest proof wins. A card has one account and an account one card; whichever of the two
was linked otherwise is linked anew, because a person gets a new Slack account, or a
second card, more often than a mailbox is taken over, and because a link gives nothing
but letters to that same mailbox. The card's address gets a letter each time.

Closing a login leaves the link: every use of it asks the gate, and who comes back to
work is still the same person. A month after the end of the employment it is forgotten,
with what Slack says of the person: erasing the card could not find that any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from domain import audit
from domain.actor import EMPLOYEE, SCHEDULE, Actor, BranchId
from domain.administrators import Administrator
from domain.audit import AuditAct, Concerning
from domain.database import insert_new
from domain.errors import DomainError, NotFoundError
from domain.letters.queueing import LetterKind, queue_letter
from domain.logins.model import Login, LoginState
from domain.logins.recipients import recipient_of
from domain.permissions import Act, require
from domain.record_cards import register
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard, RecordCardId
from domain.secret import Keyring
from domain.sign_in.model import SlackLink
from domain.slack_users import SlackIdentity, SlackUser

KEPT_AFTER_THE_END: Final = timedelta(days=30)


class SlackAccountTakenError(DomainError):
    """The account is linked to another card, where it has to be unlinked first."""

    code = "slack_account_taken"


@dataclass(frozen=True)
class LinkedCard:
    """The card of a person in Slack, and its login where it has one."""

    card: RecordCard
    login: Login | None


def find_card(session: Session, identity: SlackIdentity) -> LinkedCard | None:
    """The card that this person proved to be the employee of, or None."""
    found = session.execute(
        select(RecordCard, Login)
        .join(SlackLink, SlackLink.record_card_id == RecordCard.id)
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .where(
            SlackLink.team_id == identity.team_id,
            SlackLink.user_id == identity.user_id,
        )
    ).one_or_none()
    return None if found is None else LinkedCard(*found)


def find_identity(
    session: Session, record_card_id: RecordCardId
) -> SlackIdentity | None:
    """The person in Slack who is linked to this card, or None."""
    link = session.scalars(
        select(SlackLink).where(SlackLink.record_card_id == record_card_id)
    ).one_or_none()
    return None if link is None else SlackIdentity(link.team_id, link.user_id)


def link(
    session: Session,
    login: Login,
    identity: SlackIdentity,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Link the person who asked for the letter to the card, in place of any other.

    For use in the transaction in which the letter's link is used up. The record card
    must have been loaded with the login.
    """
    card = login.record_card
    held = find_card(session, identity)
    if not _write(session, RecordCardId(card.id), identity, now):
        return
    if held is not None:
        _record_loss(session, held.card, held.login, actor=EMPLOYEE, now=now)
    _record(session, AuditAct.SLACK_LINKED, card, login.id, actor=EMPLOYEE, now=now)
    to = recipient_of(login)
    queue_letter(session, LetterKind.SLACK_LINKED, to, keyring=keyring, now=now)


def link_by_hand(
    session: Session,
    record_card_id: RecordCardId,
    identity: SlackIdentity,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> bool:
    """Link a person in Slack to this card, in place of any other; whether it is new.

    An administrator says so; letters still go to the card's address alone, and that
    one is told. Raises NotFoundError for a card out of reach, and
    SlackAccountTakenError rather than take the account from another card.
    """
    require(actor, Act.LINK_SLACK_ACCOUNTS)
    _hold_card(session, record_card_id)
    card = register.get(session, record_card_id, actor=actor)
    if card.moved_to_card_id is not None or card.erased_at is not None:
        raise NotFoundError(kind="record_card")
    held = find_card(session, identity)
    if held is not None and held.card.id != record_card_id:
        raise SlackAccountTakenError
    if not _write(session, record_card_id, identity, now):
        return False
    login = session.scalars(
        select(Login)
        .where(Login.record_card_id == record_card_id)
        .options(joinedload(Login.record_card))
    ).one_or_none()
    login_id = login.id if login else None
    _record(session, AuditAct.SLACK_LINKED, card, login_id, actor=actor, now=now)
    if login is not None:
        to = recipient_of(login)
        by = {"by": "administrator"}
        kind = LetterKind.SLACK_LINKED
        queue_letter(session, kind, to, values=by, keyring=keyring, now=now)
    return True


def _hold_card(session: Session, record_card_id: RecordCardId) -> None:
    """Nobody erases or closes the card while somebody is linked to it."""
    session.execute(
        select(RecordCard)
        .where(RecordCard.id == record_card_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def _write(
    session: Session,
    record_card_id: RecordCardId,
    identity: SlackIdentity,
    now: datetime,
) -> bool:
    """Whether this link is new; the card's and the person's other ones go."""
    if find_identity(session, record_card_id) == identity:
        return False
    session.execute(
        delete(SlackLink).where(
            or_(
                SlackLink.record_card_id == record_card_id,
                (SlackLink.team_id == identity.team_id)
                & (SlackLink.user_id == identity.user_id),
            )
        )
    )
    row = {
        "team_id": identity.team_id,
        "user_id": identity.user_id,
        "record_card_id": record_card_id,
        "linked_at": now,
    }
    # Should somebody else link one of the two at this moment, theirs stands.
    return bool(insert_new(session, SlackLink, [row], returning=[SlackLink.user_id]))


def unlink(
    session: Session, record_card_id: RecordCardId, *, actor: Actor, now: datetime
) -> bool:
    """Let go of the person who is linked to this card; whether there was one.

    Raises NotFoundError for a card out of reach.
    """
    card = session.get(RecordCard, record_card_id)
    if card is None or not actor.reaches(BranchId(card.branch_id)):
        raise NotFoundError(kind="record_card")
    require(actor, Act.LINK_SLACK_ACCOUNTS, BranchId(card.branch_id))
    let_go = session.execute(
        delete(SlackLink)
        .where(SlackLink.record_card_id == record_card_id)
        .returning(SlackLink.user_id)
    ).all()
    if not let_go:
        return False
    login_id = session.scalar(
        select(Login.id).where(Login.record_card_id == record_card_id)
    )
    _record(session, AuditAct.SLACK_UNLINKED, card, login_id, actor=actor, now=now)
    return True


def forget_leavers(session: Session, *, now: datetime) -> None:
    """Drop the links of people whose employment ended a month ago, and their names.

    The name of who administers, or did, stays: the log shows it.
    """
    last_day = office_day(now) - KEPT_AFTER_THE_END
    is_closed = or_(Login.id.is_(None), Login.state == LoginState.EMPLOYMENT_ENDED)
    left = session.execute(
        select(RecordCard, Login, SlackLink)
        .join(SlackLink, SlackLink.record_card_id == RecordCard.id)
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .where(RecordCard.end_on < last_day, is_closed)
        .order_by(RecordCard.id)
        .with_for_update(of=SlackLink)
    ).all()
    for card, login, held in left:
        _forget_name(session, held)
        session.delete(held)
        _record_loss(session, card, login, actor=SCHEDULE, now=now)


def _forget_name(session: Session, held: SlackLink) -> None:
    administers = exists().where(
        Administrator.team_id == held.team_id, Administrator.user_id == held.user_id
    )
    session.execute(
        delete(SlackUser)
        .where(SlackUser.team_id == held.team_id, SlackUser.user_id == held.user_id)
        .where(~administers)
        .execution_options(synchronize_session=False)
    )


def _record_loss(
    session: Session,
    card: RecordCard,
    login: Login | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    login_id = login.id if login else None
    _record(session, AuditAct.SLACK_UNLINKED, card, login_id, actor=actor, now=now)


def _record(
    session: Session,
    act: AuditAct,
    card: RecordCard,
    login_id: int | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    concerning = Concerning(
        branch_id=card.branch_id, record_card_id=card.id, login_id=login_id
    )
    audit.record(session, act, concerning, actor=actor, now=now)
