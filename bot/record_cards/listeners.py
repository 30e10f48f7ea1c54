"""Answers everything about record cards: found, opened, changed, added, linked."""

from collections.abc import Mapping, Sequence
from functools import partial

from slack_bolt import App
from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot import notice, payload
from bot.branches import choosing, menu
from bot.branches.opening import found_branches
from bot.failures import EntriesRefusedError
from bot.importing.wording import REASONS
from bot.interaction import Interaction
from bot.listening import Submitted, on_action, on_search, on_submission
from bot.logins.showing import login_view
from bot.office import Office
from bot.record_cards import (
    card_form,
    card_head,
    closed_card,
    disputed,
    linking,
    search_screen,
    taken_address,
)
from bot.record_cards.card_form import CardForm, Typed
from bot.record_cards.opening import card_view, show_card
from bot.record_cards.taken_address import TakenAddress
from bot.step_up.asking import has_room
from domain.errors import NotFoundError
from domain.logins import card_editing, listing
from domain.logins.address_change import AddressInUseError
from domain.logins.finding import without_login
from domain.permissions import Act, require
from domain.record_cards import finding
from domain.record_cards import register as cards
from domain.record_cards.entries import CardField, CardRefusedError
from domain.record_cards.fields import Reason
from domain.record_cards.model import RecordCardId


def register(app: App, office: Office) -> None:
    """Listen for the search, the form, and what stands around it."""
    press = partial(on_action, app, office)
    press(menu.RECORD_CARDS, _open_search)
    press(search_screen.SEARCH, _open_found)
    press(disputed.OPEN, _open_found)
    press(search_screen.NEW, _open_new)
    press(closed_card.OPEN_OTHER, _open_other)
    press(card_head.OPEN_LOGIN, _open_login)
    press(card_head.LINK_SLACK, linking.link)
    press(card_head.UNLINK_SLACK, linking.unlink)
    on_search(app, office, search_screen.SEARCH, _offer_cards)
    on_search(app, office, card_form.CHOOSE_BRANCH, _offer_branches)
    on_submission(app, office, card_form.CALLBACK_ID, _save)
    on_submission(app, office, card_form.NEW_CALLBACK_ID, _add)


def _open_search(interaction: Interaction) -> None:
    require(interaction.actor, Act.SEE_RECORD_CARDS)
    interaction.show(search_screen.build(interaction.t))


def _offer_cards(interaction: Interaction) -> Sequence[Option]:
    with interaction.reading() as session:
        found = finding.find(
            session,
            str(interaction.body.get("value") or ""),
            limit=search_screen.OFFERED,
            actor=interaction.actor,
            now=interaction.now,
        )
    return search_screen.options(found, interaction.t)


def _offer_branches(interaction: Interaction) -> Sequence[Option]:
    typed = str(interaction.body.get("value") or "")
    return choosing.options(found_branches(interaction, typed, choosing.OFFERED))


def _open_found(interaction: Interaction) -> None:
    show_card(interaction, _card_in_value(interaction))


def _open_other(interaction: Interaction) -> None:
    interaction.show(card_view(interaction, _card_in_value(interaction)))


def _card_in_value(interaction: Interaction) -> RecordCardId:
    return RecordCardId(payload.whole_number(interaction.value))


def _open_new(interaction: Interaction) -> None:
    require(interaction.actor, Act.EDIT_RECORD_CARDS)
    interaction.push(card_form.build(CardForm(), interaction.t))


def _open_login(interaction: Interaction) -> None:
    """In the card's place: what a login's screen pushes still fits on top."""
    card_id = card_form.card_of(interaction.body)
    with interaction.reading() as session:
        login_id = listing.find_of_card(session, card_id, actor=interaction.actor)
    if login_id is None:
        raise NotFoundError(kind="login")
    interaction.show(login_view(interaction, login_id))


def _save(interaction: Interaction) -> Submitted:
    typed, t = card_form.parse(interaction.body), interaction.t
    card_id, seen = typed.card_id, typed.seen
    if card_id is None or seen is None:
        raise NotFoundError(kind="record_card")

    def save(session: Session) -> None:
        card_editing.edit_card(
            session,
            card_id,
            typed.texts,
            typed.branch_id,
            seen=seen,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )

    try:
        interaction.once(save)
    except CardRefusedError as error:
        raise _under_entries(interaction, error) from error
    except AddressInUseError as error:
        if not has_room(interaction.body):
            why = t("This {why}.", why=t(REASONS[Reason.ADDRESS_IN_USE]))
            raise EntriesRefusedError({CardField.EMAIL.value: why}) from error
        taken = _taken(interaction, card_id, error)
        return Submitted(view=taken, is_pushed=True)
    return Submitted(view=_after(interaction, card_id, typed, t("Saved.")))


def _after(
    interaction: Interaction, card_id: RecordCardId, typed: Typed, news: str
) -> View:
    """The card as it is now; whoever gave it away sees that and no more."""
    try:
        return card_view(interaction, card_id, news)
    except NotFoundError:
        t = interaction.t
        number = typed.texts[CardField.NUMBER]
        gone = t("Saved. Record card {number} is of another branch now.", number=number)
        return notice.build(t("Record card"), [gone], t)


def _add(interaction: Interaction) -> Submitted:
    typed, t = card_form.parse(interaction.body), interaction.t

    def add(session: Session) -> None:
        card_editing.add_card(
            session,
            typed.texts,
            typed.branch_id,
            actor=interaction.actor,
            now=interaction.now,
        )

    try:
        interaction.once(add)
    except CardRefusedError as error:
        raise _under_entries(interaction, error) from error
    number = typed.texts[CardField.NUMBER]
    with interaction.reading() as session:
        card = cards.find_by_number(session, number, actor=interaction.actor)
        card_id = RecordCardId(card.id)
        person = without_login(
            session, card_id, actor=interaction.actor, now=interaction.now
        )
    news = t("Added.")
    if person.reason is None:
        news = t("Added. A login follows with: Create employee logins, of the branch.")
    return Submitted(view=card_view(interaction, card_id, news))


def _under_entries(
    interaction: Interaction, error: CardRefusedError
) -> EntriesRefusedError:
    t = interaction.t
    texts: Mapping[str, str] = {
        field.value: t("This {why}.", why=t(REASONS[reason]))
        for field, reason in error.problems.items()
    }
    return EntriesRefusedError(texts)


def _taken(
    interaction: Interaction, card_id: RecordCardId, error: AddressInUseError
) -> View:
    """Who has the address, as far as within reach, and the two ways out."""
    ids = error.fields.get("record_card_ids")
    holders = ids if isinstance(ids, list) else []
    data = TakenAddress(card_id)
    with interaction.reading() as session:
        for holder_id in holders:
            try:
                card = cards.get(session, holder_id, actor=interaction.actor)
            except NotFoundError:
                continue
            data = TakenAddress(
                card_id, RecordCardId(card.id), card.full_name, card.number
            )
    return taken_address.build(data, interaction.t)
