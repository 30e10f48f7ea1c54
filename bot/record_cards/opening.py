"""Brings a record card to somebody, from wherever it is opened."""

from datetime import datetime
from typing import Final

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot import notice
from bot.branches.choosing import BranchChoice
from bot.interaction import Interaction
from bot.locale import Translator
from bot.logins import no_login, states
from bot.logins.creating import SAME_ADDRESS
from bot.record_cards import card_form, closed_card, search_screen
from bot.record_cards.card_form import CardForm, day_text
from bot.record_cards.card_head import OwnLogin
from bot.record_cards.closed_card import ClosedCard
from bot.text import on_one_line
from domain import branches, slack_users
from domain.actor import BranchId
from domain.errors import NotFoundError
from domain.logins import finding, listing
from domain.logins.listing import LoginDetails
from domain.logins.model import Login, LoginState
from domain.permissions import Act, require
from domain.record_cards import register
from domain.record_cards.entries import CardField
from domain.record_cards.model import RecordCard, RecordCardId
from domain.sign_in import slack_links

_DAYS: Final = (CardField.START_ON, CardField.END_ON, CardField.BIRTH_ON)


def show_card(interaction: Interaction, card_id: RecordCardId) -> None:
    """Put a card on top of the view that was pressed, or open it."""
    interaction.push(notice.wait(interaction.t("Record card"), interaction.t))
    interaction.show(card_view(interaction, card_id))


def open_by_number(interaction: Interaction, number: str) -> None:
    """The card with this number in a modal of its own; else the search, saying so."""
    t = interaction.t
    interaction.open(notice.wait(t("Record card"), t))
    with interaction.reading() as session:
        try:
            card = register.find_by_number(session, number, actor=interaction.actor)
        except NotFoundError:
            near = register.nearest_number(session, number, actor=interaction.actor)
            interaction.show(search_screen.build(t, _not_there(number, near, t)))
            return
    interaction.show(card_view(interaction, RecordCardId(card.id)))


def _not_there(number: str, near: str | None, t: Translator) -> str:
    typed = on_one_line(number, 40)
    if near is None:
        return t("You have no record card with number {number}.", number=typed)
    return t(
        "You have no record card with number {number}. Did you mean {near}?",
        number=typed,
        near=on_one_line(near),
    )


def card_view(
    interaction: Interaction,
    card_id: RecordCardId,
    news: str = "",
    seen: datetime | None = None,
) -> View:
    """The form of a card within reach; a closed one says where its data went.

    `seen` is of a form that is drawn again: Slack keeps the entries as they were, and
    what somebody else saved meanwhile is not overwritten. Raises NotFoundError.
    """
    with interaction.reading() as session:
        require(interaction.actor, Act.SEE_RECORD_CARDS)
        card = register.get(session, card_id, actor=interaction.actor)
        if card.moved_to_card_id is not None:
            return closed_card.build(_closed(session, interaction, card), interaction.t)
        form = _form(session, interaction, card, news, seen)
        return card_form.build(form, interaction.t)


def _form(
    session: Session,
    interaction: Interaction,
    card: RecordCard,
    news: str,
    seen: datetime | None,
) -> CardForm:
    card_id = RecordCardId(card.id)
    branch = branches.get(session, BranchId(card.branch_id), actor=interaction.actor)
    return CardForm(
        texts={field: _text(card, field) for field in CardField},
        branch=BranchChoice(BranchId(branch.id), branch.name),
        card_id=card_id,
        seen=seen or card.changed_at,
        name=card.full_name,
        login=_login(session, interaction, card_id),
        slack_name=_slack_name(session, card_id),
        news=news,
    )


def _text(card: RecordCard, which: CardField) -> str:
    value = getattr(card, which.value)
    return day_text(value) if which in _DAYS else value or ""


def _login(
    session: Session, interaction: Interaction, card_id: RecordCardId
) -> OwnLogin:
    actor, now, t = interaction.actor, interaction.now, interaction.t
    login_id = listing.find_of_card(session, card_id, actor=actor)
    if login_id is not None:
        login = listing.get(session, login_id, actor=actor, now=now)
        return OwnLogin(login_id, _state(session, login, t))
    person = finding.without_login(session, card_id, actor=actor, now=now)
    is_shared = person.reason in SAME_ADDRESS and person.other_number is not None
    return OwnLogin(None, no_login.briefly(person.reason, t), is_shared)


def _state(session: Session, login: LoginDetails, t: Translator) -> str:
    """The state; of somebody whose last day was before today, what follows too."""
    words = states.words(login.state, t)
    kept = session.get_one(Login, login.login_id).state
    if login.state is not LoginState.EMPLOYMENT_ENDED or kept is login.state:
        return words
    return t(
        "{state}. The last day is over: nobody signs in with it any more, and it is "
        "closed in the coming night.",
        state=words,
    )


def _slack_name(session: Session, card_id: RecordCardId) -> str | None:
    identity = slack_links.find_identity(session, card_id)
    if identity is None:
        return None
    names = slack_users.display_names(session, [identity])
    return names.get(identity, identity.user_id)


def _closed(session: Session, interaction: Interaction, card: RecordCard) -> ClosedCard:
    other = register.successor(session, card)
    is_seen = (
        other is not None
        and other.erased_at is None
        and interaction.actor.reaches(BranchId(other.branch_id))
    )
    return ClosedCard(
        name=card.full_name,
        number=card.number,
        other_id=RecordCardId(other.id) if other is not None and is_seen else None,
        other_number=other.number if other is not None and is_seen else "",
    )
