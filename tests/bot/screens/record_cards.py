"""Screens of record cards."""

from datetime import UTC, datetime

from bot.branches.choosing import BranchChoice
from bot.record_cards import card_form, closed_card, search_screen, taken_address
from bot.record_cards.card_form import CardForm
from bot.record_cards.card_head import OwnLogin
from bot.record_cards.closed_card import ClosedCard
from bot.record_cards.taken_address import TakenAddress
from domain.actor import BranchId
from domain.record_cards.entries import CardField
from domain.record_cards.model import RecordCardId

CHANGED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAYS = (CardField.START_ON, CardField.END_ON, CardField.BIRTH_ON)
CARD, OTHER = RecordCardId(7), RecordCardId(8)


def filled(text):
    return {each: "1-3-2024" if each in DAYS else text[:20] for each in CardField}


def card(login_id, *, linked=False, is_shared=False, news=""):
    def build(t, text):
        form = CardForm(
            texts=filled(text),
            branch=BranchChoice(BranchId(2), text),
            card_id=CARD,
            seen=CHANGED,
            name=text,
            login=OwnLogin(login_id, text[:40], is_shared),
            slack_name=text if linked else None,
            news=news and t(news),
        )
        return card_form.build(form, t)

    return build


SCREENS = {
    "cards-search": lambda t, _: search_screen.build(t),
    "cards-search-not-found": search_screen.build,
    "card": card(3),
    "card-saved": card(3, linked=True, news="Saved."),
    "card-no-login": card(None),
    "card-shared-address": card(None, is_shared=True),
    "card-new": lambda t, _: card_form.build(CardForm(), t),
    "card-closed": lambda t, text: closed_card.build(
        ClosedCard(text, text[:40], OTHER, text[:40]), t
    ),
    "card-closed-elsewhere": lambda t, text: closed_card.build(
        ClosedCard(text, text[:40], None, ""), t
    ),
    "card-address-taken": lambda t, text: taken_address.build(
        TakenAddress(CARD, OTHER, text, text[:40]), t
    ),
    "card-address-taken-elsewhere": lambda t, _: taken_address.build(
        TakenAddress(CARD), t
    ),
}
