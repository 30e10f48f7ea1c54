"""What was moved, with *Ongedaan maken* beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.views import View

from bot.blocks import button, buttons, modal, paragraph, small_print
from bot.locale import Translator
from bot.logins import states
from bot.moves.wording import ADDRESS_LENGTH, TITLE, field_names
from bot.text import on_one_line
from domain.logins.model import LoginState
from domain.logins.move_comparison import Side
from domain.logins.moved_fields import MovedField
from domain.logins.moves import MoveId

CALLBACK_ID: Final = "moves.result"
UNDO_HERE: Final = "moves.undo_here"


@dataclass(frozen=True)
class Moved:
    """A move that was made; `old` and `new` are the cards as they are after it."""

    move_id: MoveId
    old: Side
    new: Side
    fields: Sequence[MovedField]
    with_login: bool


def build(data: Moved, t: Translator) -> View:
    """What is where now, and the button to undo it."""
    return modal(
        t("Data moved"),
        [
            *[paragraph(text) for text in _sentences(data, t)],
            buttons([button(UNDO_HERE, t("Undo"), value=str(data.move_id))], "undo"),
            small_print(
                t(
                    "You can undo this for 30 days, also from the list of moves under "
                    "{title}.",
                    title=t(TITLE),
                )
            ),
        ],
        close=t("Close"),
        callback_id=CALLBACK_ID,
    )


def _sentences(data: Moved, t: Translator) -> list[str]:
    new = on_one_line(data.new.number)
    told = [
        t(
            "Moved: the data of {name} is at record card {new}. Record card {old} is "
            "closed.",
            name=on_one_line(data.new.name),
            new=new,
            old=on_one_line(data.old.number),
        )
    ]
    if data.fields:
        told.append(t("Taken over: {fields}.", fields=field_names(data.fields, t)))
    if not data.with_login or data.new.login_state is None:
        return told
    name = on_one_line(data.new.user_name or "", ADDRESS_LENGTH)
    told.append(t("The employee signs in as {name}.", name=name))
    if data.new.login_state is not LoginState.ACTIVE:
        state = states.words(data.new.login_state, t)
        told.append(
            t(
                "The login stays as it was: {state}. Open it at the employee logins of "
                "{branch} to activate it.",
                state=state,
                branch=on_one_line(data.new.branch_name),
            )
        )
    return told
