"""Two record cards side by side, what moves ticked, and what becomes of the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, CheckboxesElement, Option, SectionBlock
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, modal, paragraph, plain, small_print
from bot.locale import Translator
from bot.logins import states
from bot.moves.wording import ADDRESS_LENGTH, FIELDS, REFUSALS, value
from bot.text import on_one_line
from domain.logins.model import LoginState
from domain.logins.move_comparison import Comparison, FieldChoice, Side
from domain.logins.moved_fields import MovedField
from domain.record_cards.model import RecordCardId

CALLBACK_ID: Final = "moves.move"
TICK: Final = "moves.tick"
SWAP: Final = "moves.swap"


@dataclass(frozen=True)
class PairScreen:
    """The comparison; `news` says why pressing the button did nothing.

    `below` is the list from which it was opened, to be renewed afterwards.
    """

    comparison: Comparison
    below: str | None = None
    news: str = ""


@dataclass(frozen=True)
class Wish:
    """What the screen says: which cards, what is ticked, what lies below."""

    old_id: RecordCardId
    new_id: RecordCardId
    ticked: frozenset[MovedField]
    below: str | None


def build(data: PairScreen, t: Translator) -> View:
    """The cards, the ticks, and in words what will happen."""
    seen = data.comparison
    blocks = [
        *([paragraph(data.news)] if data.news else []),
        _cards(seen, t),
        buttons([button(SWAP, t("Swap old and new"))], "swap"),
        *_choices(seen, t),
        *_two_people(seen, t),
        *[paragraph(text) for text in _what_happens(seen, t)],
        small_print(
            t(
                "Number, branch, job title, contract and dates of employment stay as "
                "they are. You can undo a move for 30 days."
            )
        ),
    ]
    return modal(
        t("Move data"),
        blocks,
        close=t("Back"),
        submit=None if seen.refusal else t("Move"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(
            old=seen.old.card_id,
            new=seen.new.card_id,
            ticked=" ".join(sorted(seen.ticked)) or None,
            below=data.below,
        ),
    )


def parse(body: payload.Body) -> Wish:
    """What the screen says. Raises NotFoundError for another view."""
    ids = payload.remembered(body)
    below = ids.get("below")
    return Wish(
        old_id=RecordCardId(payload.whole_number(ids.get("old"))),
        new_id=RecordCardId(payload.whole_number(ids.get("new"))),
        ticked=_ticked(body, ids),
        below=str(below) if below else None,
    )


def _ticked(body: payload.Body, ids: payload.Body) -> frozenset[MovedField]:
    """The fields that are ticked now, or else those the screen was built with."""
    boxes = payload.values(body).get(_fields_block(ids.get("old")), {}).get(TICK)
    values: Sequence[object] = str(ids.get("ticked") or "").split()
    if boxes is not None:
        values = [option.get("value") for option in boxes.get("selected_options") or []]
    return frozenset(field for field in MovedField if field.value in values)


def _cards(seen: Comparison, t: Translator) -> Block:
    texts = (_card(t("Old card"), seen.old, t), _card(t("New card"), seen.new, t))
    return SectionBlock(fields=[plain(text) for text in texts])


def _card(heading: str, side: Side, t: Translator) -> str:
    login = t("no login")
    if side.login_state is not None:
        login = t("login: {state}", state=states.words(side.login_state, t))
    lines = [
        heading.upper(),
        on_one_line(side.name),
        f"{on_one_line(side.number)} · {on_one_line(side.branch_name)}",
        _employment(side, t),
        login,
    ]
    return "\n".join(lines)


def _employment(side: Side, t: Translator) -> str:
    start = t.day(side.start_on) if side.start_on else None
    end = t.day(side.end_on) if side.end_on else None
    if start and end:
        return t("employed from {start} to {end}", start=start, end=end)
    if end:
        return t("employed until {end}", end=end)
    return t("employed since {start}", start=start) if start else t("employed")


def _choices(seen: Comparison, t: Translator) -> list[Block]:
    if not seen.choices:
        return [paragraph(t("The old card says nothing that the new one does not."))]
    lines = [text for choice in seen.choices for text in _both(choice, t)]
    options = {
        choice.field: Option(value=choice.field.value, text=plain(_tick(choice, t)))
        for choice in seen.choices
    }
    ticked = [option for field, option in options.items() if field in seen.ticked]
    boxes = CheckboxesElement(
        action_id=TICK, options=list(options.values()), initial_options=ticked or None
    )
    return [
        SectionBlock(fields=[plain(text) for text in lines]),
        buttons([boxes], _fields_block(seen.old.card_id)),
    ]


def _fields_block(old_id: object) -> str:
    """Another one after a swap: Slack would keep the ticks of the other direction."""
    return f"fields_{old_id}"


def _both(choice: FieldChoice, t: Translator) -> tuple[str, str]:
    name = t(FIELDS[choice.field])
    return f"{name}:\n{value(choice.old, t)}", f"{name}:\n{value(choice.new, t)}"


def _tick(choice: FieldChoice, t: Translator) -> str:
    return t("Take over {field}", field=t(FIELDS[choice.field]))


def _two_people(seen: Comparison, t: Translator) -> list[Block]:
    if seen.old.name == seen.new.name:
        return []
    return [
        paragraph(
            t(
                "The names differ. If these are two people, move nothing: give each an "
                "e-mail address of their own, on the record card."
            )
        )
    ]


def _what_happens(seen: Comparison, t: Translator) -> list[str]:
    if seen.refusal:
        return [t(REFUSALS[seen.refusal])]
    number = on_one_line(seen.new.number)
    closing = t(
        "Record card {old} keeps its number and is closed; its data is at {new} from "
        "then on.",
        old=on_one_line(seen.old.number),
        new=number,
    )
    if seen.old.user_name is None:
        return [*_others_address(seen, t), closing]
    login = t(
        "The login goes to record card {number}, with its password, number of logins, "
        "second factor and history.",
        number=number,
    )
    return [login, _address(seen, t), closing]


def _address(seen: Comparison, t: Translator) -> str:
    """What becomes of the user name of the login that moves."""
    old = on_one_line(seen.old.user_name or "", ADDRESS_LENGTH)
    new = on_one_line(seen.new.email or "", ADDRESS_LENGTH)
    differ = MovedField.EMAIL in {choice.field for choice in seen.choices}
    if differ and MovedField.EMAIL not in seen.ticked:
        return _changed(seen.old.login_state, old, new, t)
    if differ and seen.new.email:
        return t(
            "The employee goes on signing in as {old}. The address {new} of the new "
            "card goes.",
            old=old,
            new=new,
        )
    return t("The employee goes on signing in as {old}.", old=old)


def _others_address(seen: Comparison, t: Translator) -> list[str]:
    """What becomes of the user name of a login that is at the new card already."""
    if seen.new.user_name is None or MovedField.EMAIL not in seen.ticked:
        return []
    new = on_one_line(seen.old.email or "", ADDRESS_LENGTH)
    old = on_one_line(seen.new.user_name, ADDRESS_LENGTH)
    return [_changed(seen.new.login_state, old, new, t)]


def _changed(state: LoginState | None, old: str, new: str, t: Translator) -> str:
    """Another user name; of a login that nobody heard of nobody is told."""
    if state is LoginState.NEW:
        return t("The user name changes from {old} to {new}.", old=old, new=new)
    return t(
        "The user name changes from {old} to {new}. Links and codes that are out "
        "stop working, whoever is signed in has to sign in again, and both "
        "addresses get an e-mail.",
        old=old,
        new=new,
    )
