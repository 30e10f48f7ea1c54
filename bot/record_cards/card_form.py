"""The form of one *stamkaart*, shown and read back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    InputBlock,
    PlainTextInputElement,
)
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import modal, paragraph, plain
from bot.branches import choosing
from bot.branches.choosing import BranchChoice
from bot.importing.wording import COLUMNS
from bot.locale import Translator
from bot.record_cards import card_head
from bot.record_cards.card_head import CardHead, OwnLogin
from domain.actor import BranchId
from domain.errors import NotFoundError
from domain.importing.headings import Column
from domain.record_cards import fields
from domain.record_cards.entries import CardField
from domain.record_cards.model import RecordCardId

CALLBACK_ID: Final = "record_cards.save"
NEW_CALLBACK_ID: Final = "record_cards.add"
TYPED: Final = "record_cards.typed"
CHOOSE_BRANCH: Final = "record_cards.choose_branch"
BRANCH_BLOCK: Final = "branch"
_REQUIRED: Final = frozenset({CardField.NUMBER, CardField.LAST_NAME})
_LENGTHS: Final[Mapping[CardField, int]] = {
    CardField.NUMBER: fields.NUMBER_LENGTH,
    CardField.EMAIL: fields.EMAIL_LENGTH,
    CardField.STREET: fields.STREET_LENGTH,
    CardField.POSTAL_CODE: fields.POSTAL_CODE_LENGTH,
}


@dataclass(frozen=True)
class CardForm:
    """What a card says; a new one has no id and nobody's login.

    `seen` is when it was changed last. `slack_name` is who is linked to it.
    """

    texts: Mapping[CardField, str] = field(default_factory=dict)
    branch: BranchChoice | None = None
    card_id: RecordCardId | None = None
    seen: datetime | None = None
    name: str = ""
    login: OwnLogin | None = None
    slack_name: str | None = None
    news: str = ""


@dataclass(frozen=True)
class Typed:
    """What stands in the form; the card is None for a new one."""

    texts: Mapping[CardField, str]
    branch_id: BranchId
    card_id: RecordCardId | None
    seen: datetime | None


def build(data: CardForm, t: Translator) -> View:
    """Every field of the card, in the order of a staff list."""
    is_new = data.card_id is None
    return modal(
        t("New record card") if is_new else t("Record card"),
        [
            *([paragraph(data.news)] if data.news else []),
            *([] if data.card_id is None else _head(data, data.card_id, t)),
            _entry(CardField.NUMBER, data, t),
            _entry(CardField.FIRST_NAME, data, t),
            _entry(CardField.PREFIX, data, t),
            _entry(CardField.LAST_NAME, data, t),
            _entry(CardField.EMAIL, data, t, hint=_address_hint(data, t)),
            _branch(data, t),
            _entry(CardField.JOB_TITLE, data, t),
            _entry(CardField.CONTRACT, data, t),
            _entry(CardField.START_ON, data, t, hint=t("For instance 1-3-2024.")),
            _entry(CardField.END_ON, data, t, hint=_end_hint(t)),
            _entry(CardField.PHONE, data, t),
            _entry(CardField.STREET, data, t),
            _entry(CardField.POSTAL_CODE, data, t),
            _entry(CardField.CITY, data, t),
            _entry(CardField.BIRTH_ON, data, t),
        ],
        submit=t("Add") if is_new else t("Save"),
        close=t("Back"),
        callback_id=NEW_CALLBACK_ID if is_new else CALLBACK_ID,
        ids=payload.to_remember(
            card=data.card_id, seen=data.seen.isoformat() if data.seen else None
        ),
    )


def day_text(day: date | None) -> str:
    """A day as one types it here."""
    return f"{day.day}-{day.month}-{day.year}" if day else ""


def parse(body: payload.Body) -> Typed:
    """What stands in the form. Raises NotFoundError for what no form sends."""
    ids = payload.remembered(body)
    card_id = ids.get("card")
    return Typed(
        texts={field: _text(body, field) for field in CardField},
        branch_id=_branch_of(body),
        card_id=None
        if card_id is None
        else RecordCardId(payload.whole_number(card_id)),
        seen=seen_in(body),
    )


def seen_in(body: payload.Body) -> datetime | None:
    """The last change of the card that the form was filled with."""
    seen = payload.remembered(body).get("seen")
    return None if seen is None else _instant(seen)


def card_of(body: payload.Body) -> RecordCardId:
    """The card whose form this is. Raises NotFoundError for none."""
    return RecordCardId(payload.whole_number(payload.remembered(body).get("card")))


def chosen_user(body: payload.Body) -> str:
    """Whom in Slack somebody chose. Raises NotFoundError for nobody."""
    chosen = payload.action(body).get("selected_user")
    if not isinstance(chosen, str) or not chosen:
        raise NotFoundError(kind="person")
    return chosen


def _head(data: CardForm, card_id: RecordCardId, t: Translator) -> list[Block]:
    head = CardHead(card_id, data.name, data.login, data.slack_name)
    return card_head.blocks(head, t)


def _entry(which: CardField, data: CardForm, t: Translator, hint: str = "") -> Block:
    return InputBlock(
        block_id=which.value,
        label=plain(t(COLUMNS[Column(which.value)])),
        hint=plain(hint) if hint else None,
        element=PlainTextInputElement(
            action_id=TYPED,
            initial_value=data.texts.get(which) or None,
            max_length=_LENGTHS.get(which, fields.NAME_LENGTH),
        ),
        optional=not _is_required(which, data),
    )


def _is_required(which: CardField, data: CardForm) -> bool:
    return which in _REQUIRED or (which is CardField.EMAIL and _has_login(data))


def _has_login(data: CardForm) -> bool:
    return data.login is not None and data.login.login_id is not None


def _branch(data: CardForm, t: Translator) -> Block:
    chosen = choosing.options([data.branch])[0] if data.branch else None
    return InputBlock(
        block_id=BRANCH_BLOCK,
        label=plain(t(COLUMNS[Column.BRANCH])),
        element=ExternalDataSelectElement(
            action_id=CHOOSE_BRANCH,
            placeholder=plain(t("Search for a branch")),
            initial_option=chosen,
            min_query_length=0,
        ),
    )


def _address_hint(data: CardForm, t: Translator) -> str:
    if not _has_login(data):
        return ""
    return t(
        "It is also the user name. Changing it ends links, codes and sessions, and "
        "both addresses get a letter."
    )


def _end_hint(t: Translator) -> str:
    return t(
        "The last day. Who leaves can sign in until then; the night after it the login "
        "is closed."
    )


def _text(body: payload.Body, which: CardField) -> str:
    entry = payload.mapping(payload.values(body).get(which.value))
    value = payload.mapping(entry.get(TYPED)).get("value")
    return value if isinstance(value, str) else ""


def _branch_of(body: payload.Body) -> BranchId:
    entry = payload.mapping(payload.values(body).get(BRANCH_BLOCK))
    option = payload.mapping(
        payload.mapping(entry.get(CHOOSE_BRANCH)).get("selected_option")
    )
    return BranchId(payload.whole_number(option.get("value")))


def _instant(text: object) -> datetime:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError as error:
        raise NotFoundError(kind="view") from error
