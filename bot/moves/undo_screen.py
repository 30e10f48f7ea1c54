"""What undoing a move does, before and after it was done."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.views import View

from bot import notice, payload
from bot.blocks import modal, paragraph
from bot.locale import Translator
from bot.moves.wording import ADDRESS_LENGTH, UNDO_REFUSALS, field_names
from bot.text import on_one_line
from domain.logins.moves import MoveId, UndoRefusedError
from domain.logins.moving_back import Undoing

CALLBACK_ID: Final = "moves.undo"


@dataclass(frozen=True)
class UndoScreen:
    """What will go back; `below` is the list of moves from which it was opened."""

    undoing: Undoing
    old_number: str
    new_number: str
    below: str | None = None


@dataclass(frozen=True)
class UndoWish:
    """Which move to undo, and what to renew afterwards."""

    move_id: MoveId
    below: str | None


def build(data: UndoScreen, t: Translator) -> View:
    """What goes back and what does not."""
    return modal(
        t("Undo move"),
        [paragraph(text) for text in _sentences(data, t)],
        close=t("Back"),
        submit=t("Undo"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(move=data.undoing.move_id, below=data.below),
    )


def parse(body: payload.Body) -> UndoWish:
    """The move that the view shows. Raises NotFoundError for another view."""
    ids = payload.remembered(body)
    below = ids.get("below")
    move_id = MoveId(payload.whole_number(ids.get("move")))
    return UndoWish(move_id, str(below) if below else None)


def refused(error: UndoRefusedError, t: Translator) -> View:
    """Why it can't be undone, and the way out."""
    address = on_one_line(error.address, ADDRESS_LENGTH)
    why = t(UNDO_REFUSALS[error.reason], address=address)
    return notice.build(t("Undo move"), [why], t)


def done(t: Translator) -> View:
    """That it was undone."""
    undone = t("The move was undone. Both record cards are open again.")
    return notice.build(t("Undo move"), [undone], t)


def _sentences(data: UndoScreen, t: Translator) -> list[str]:
    undoing = data.undoing
    old, new = on_one_line(data.old_number), on_one_line(data.new_number)
    told = [t("Record card {old} is opened again.", old=old)]
    if undoing.given_back:
        told.append(
            t(
                "Record card {new} says again what it said before the move: {fields}.",
                new=new,
                fields=field_names(undoing.given_back, t),
            )
        )
    if undoing.kept:
        told.append(
            t(
                "This was changed on record card {new} since, and stays as it is: "
                "{fields}.",
                new=new,
                fields=field_names(undoing.kept, t),
            )
        )
    return [*told, *_login(undoing, old, t)]


def _login(undoing: Undoing, old: str, t: Translator) -> list[str]:
    if undoing.user_name is None:
        return []
    name = on_one_line(undoing.user_name, ADDRESS_LENGTH)
    back = t(
        "The login goes back to record card {old}, with the password that it has "
        "today. Links and codes that are out stop working, and whoever is signed in "
        "has to sign in again.",
        old=old,
    )
    if undoing.user_name_before is None:
        return [back, t("The employee goes on signing in as {old}.", old=name)]
    changed = t(
        "The user name changes from {old} to {new}; both addresses get an e-mail.",
        old=on_one_line(undoing.user_name_before, ADDRESS_LENGTH),
        new=name,
    )
    return [back, changed]
