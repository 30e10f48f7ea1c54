"""What goes where a login goes: the Slack account, open notices, the user name."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor
from domain.audit import AuditAct, Concerning
from domain.logins.address_change import AddressChange, change_addresses
from domain.logins.address_notices import AddressNotice
from domain.logins.model import Login
from domain.record_cards.model import RecordCard, RecordCardId
from domain.record_cards.slack_link import SlackLink
from domain.secret import Keyring


def bring_slack_link(
    session: Session,
    from_card_id: RecordCardId,
    to_card_id: RecordCardId,
    *,
    actor: Actor,
    now: datetime,
) -> bool:
    """Link the person in Slack to the other card; whether there was one to bring.

    Should both cards have somebody, the newest proof stands, as in domain/sign_in,
    and the log says that the other one went.
    """
    brought, other = _link_of(session, from_card_id), _link_of(session, to_card_id)
    if brought is None:
        return False
    if other is not None and other.linked_at > brought.linked_at:
        _let_go(session, brought, actor, now)
        return False
    if other is not None:
        _let_go(session, other, actor, now)
    brought.record_card_id = to_card_id
    session.flush()
    return True


def linked_since(session: Session, card_id: RecordCardId, moment: datetime) -> bool:
    """Whether the person in Slack was linked to the card after this moment."""
    link = _link_of(session, card_id)
    return link is not None and link.linked_at > moment


def bring_notices(
    session: Session, from_card_id: RecordCardId, to_card_id: RecordCardId
) -> None:
    """Have notices of a changed address speak of the card that has the login now."""
    session.execute(
        update(AddressNotice)
        .where(AddressNotice.record_card_id == from_card_id)
        .values(record_card_id=to_card_id)
        .execution_options(synchronize_session=False)
    )


def follow_card(
    session: Session,
    card: RecordCard,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> None:
    """Make the card's address the user name of its login, if it is another.

    A change of address like any: links, codes and sessions die, both addresses are
    told. Raises AddressInUseError when another login has it.
    """
    session.flush()
    login = session.scalars(
        select(Login).where(Login.record_card_id == card.id)
    ).one_or_none()
    if login is None or login.user_name_key == card.email_key:
        return
    if card.email is None or card.email_key is None:
        raise ValueError("a card with a login has an address")
    change = AddressChange(RecordCardId(card.id), card.email, card.email_key)
    change_addresses(session, [change], keyring=keyring, actor=actor, now=now)
    session.expire(login)
    session.expire(card)


def _let_go(session: Session, link: SlackLink, actor: Actor, now: datetime) -> None:
    card = session.get_one(RecordCard, link.record_card_id)
    login_id = session.scalar(select(Login.id).where(Login.record_card_id == card.id))
    session.delete(link)
    session.flush()
    concerning = Concerning(
        branch_id=card.branch_id, record_card_id=card.id, login_id=login_id
    )
    audit.record(session, AuditAct.SLACK_UNLINKED, concerning, actor=actor, now=now)


def _link_of(session: Session, card_id: RecordCardId) -> SlackLink | None:
    return session.scalars(
        select(SlackLink)
        .where(SlackLink.record_card_id == card_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
