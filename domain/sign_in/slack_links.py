"""Which person in Slack is the employee of which record card.

A link is made by choosing a password through a letter that was asked for in Slack:
who asked proves to read the mail at the address that HR recorded (threats, S5). The
newest proof wins. A card has one account and an account one card; whichever of the two
was linked otherwise is linked anew, because a person gets a new Slack account, or a
second card, more often than a mailbox is taken over, and because a link gives nothing
but letters to that same mailbox. The card's address gets a letter each time.

Closing a login leaves the link: every use of it asks the gate, and who comes back to
work is still the same person. A month after the end of the employment it is forgotten.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import EMPLOYEE, Actor, BranchId
from domain.audit import AuditAct, Concerning
from domain.database import insert_new
from domain.errors import NotFoundError
from domain.letters.queueing import LetterKind, queue_letter
from domain.logins.model import Login, LoginState
from domain.logins.recipients import recipient_of
from domain.permissions import Act, require
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard, RecordCardId
from domain.secret import Keyring
from domain.sign_in.model import SlackLink
from domain.slack_users import SlackIdentity

KEPT_AFTER_THE_END: Final = timedelta(days=30)


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
    if find_identity(session, RecordCardId(card.id)) == identity:
        return
    session.execute(
        delete(SlackLink).where(
            or_(
                SlackLink.record_card_id == card.id,
                (SlackLink.team_id == identity.team_id)
                & (SlackLink.user_id == identity.user_id),
            )
        )
    )
    row = {
        "team_id": identity.team_id,
        "user_id": identity.user_id,
        "record_card_id": card.id,
        "linked_at": now,
    }
    # Should somebody else link one of the two at this moment, theirs stands.
    if not insert_new(session, SlackLink, [row], returning=[SlackLink.user_id]):
        return
    _record(session, AuditAct.SLACK_LINKED, card, login.id, actor=EMPLOYEE, now=now)
    to = recipient_of(login)
    queue_letter(session, LetterKind.SLACK_LINKED, to, keyring=keyring, now=now)


def unlink(
    session: Session, record_card_id: RecordCardId, *, actor: Actor, now: datetime
) -> bool:
    """Let go of the person who is linked to this card; whether there was one.

    Raises NotFoundError for a card out of reach.
    """
    card = session.get(RecordCard, record_card_id)
    if card is None or not actor.reaches(BranchId(card.branch_id)):
        raise NotFoundError(kind="record_card")
    require(actor, Act.IMPORT_RECORD_CARDS, BranchId(card.branch_id))
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
    """Drop the links of people whose employment ended a month ago."""
    last_day = office_day(now) - KEPT_AFTER_THE_END
    is_closed = (
        select(RecordCard.id)
        .join(Login, Login.record_card_id == RecordCard.id)
        .where(RecordCard.end_on < last_day, Login.state == LoginState.EMPLOYMENT_ENDED)
    )
    session.execute(delete(SlackLink).where(SlackLink.record_card_id.in_(is_closed)))


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
