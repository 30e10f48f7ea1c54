"""Undoing a move of employee data, for 30 days.

What goes back is which card carries the login, and what the new card said. What
somebody changed on the new card since stays as it is now: it was put there knowingly,
and is named before and after. Nothing else comes back: links, codes and sessions end,
and the password, the number of sign-ins and the second factor are what they are today.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor
from domain.audit import AuditAct, Concerning
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import moved_fields
from domain.logins.address_change import addresses_in_use
from domain.logins.card_companions import (
    bring_notices,
    bring_slack_link,
    follow_card,
    linked_since,
)
from domain.logins.model import Login
from domain.logins.moved_fields import MovedField
from domain.logins.moves import (
    SLACK_LINK,
    UNDO_LIFE,
    Move,
    MoveId,
    UndoRefusal,
    UndoRefusedError,
)
from domain.logins.pair_holding import HeldPair, hold_pair, read_pair
from domain.permissions import Act, require
from domain.record_cards.model import RecordCard, RecordCardId
from domain.secret import Keyring


@dataclass(frozen=True)
class Undoing:
    """What undoing a move does, or did.

    `kept` are the fields that the new card keeps, because they were changed since.
    `user_name` is the login's afterwards, None without login; `user_name_before` is
    what it is until then, when that is another.
    """

    move_id: MoveId
    old_card_id: RecordCardId
    new_card_id: RecordCardId
    given_back: tuple[MovedField, ...]
    kept: tuple[MovedField, ...]
    user_name: str | None
    user_name_before: str | None


def plan_undoing(
    session: Session, move_id: MoveId, *, actor: Actor, now: datetime
) -> Undoing:
    """What `undo` would do; writes nothing. Raises as `undo` does."""
    move = _find(session, move_id, actor)
    pair = read_pair(session, *_cards_of(move), actor=actor)
    _refuse(session, move, pair, now)
    return _undoing(move, pair)


def undo(
    session: Session,
    move_id: MoveId,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> Undoing:
    """Give the login back to the old card, and the new card what it said.

    Raises NotFoundError for a move with a card out of reach, UndoRefusedError with
    the reason.
    """
    move = _find(session, move_id, actor)
    pair = hold_pair(session, *_cards_of(move), actor=actor)
    session.refresh(move)
    _refuse(session, move, pair, now)
    undoing = _undoing(move, pair)
    _write(session, move, pair, undoing, actor, now)
    follow_card(session, pair.old, keyring=keyring, actor=actor, now=now)
    follow_card(session, pair.new, keyring=keyring, actor=actor, now=now)
    move.before = None
    move.undone_by = actor.administrator_id
    move.undone_at = now
    _record(session, move, pair, undoing, actor, now)
    return undoing


def why_not(
    session: Session, move: Move, pair: HeldPair, now: datetime
) -> UndoRefusal | None:
    """Why a move can't be undone, or None."""
    if move.undone_at is not None:
        return UndoRefusal.UNDONE_ALREADY
    if now >= move.moved_at + UNDO_LIFE or move.before is None:
        return UndoRefusal.TOO_LATE
    if _is_built_on(session, move, pair):
        return UndoRefusal.BUILT_ON
    if _taken_address(session, move, pair):
        return UndoRefusal.ADDRESS_TAKEN
    return None


def _find(session: Session, move_id: MoveId, actor: Actor) -> Move:
    require(actor, Act.MOVE_EMPLOYEE_DATA)
    if actor.administrator_id is None:
        raise NotPermittedError(act=Act.MOVE_EMPLOYEE_DATA.value)
    move = session.get(Move, move_id)
    if move is None:
        raise NotFoundError(kind="move")
    return move


def _cards_of(move: Move) -> tuple[RecordCardId, RecordCardId]:
    return RecordCardId(move.from_card_id), RecordCardId(move.to_card_id)


def _refuse(session: Session, move: Move, pair: HeldPair, now: datetime) -> None:
    if reason := why_not(session, move, pair, now):
        is_taken = reason is UndoRefusal.ADDRESS_TAKEN
        address = _taken_address(session, move, pair) if is_taken else None
        raise UndoRefusedError(reason, address or "")


def _is_built_on(session: Session, move: Move, pair: HeldPair) -> bool:
    """Whether a later move that stands took something from one of these cards."""
    cards = _cards_of(move)
    later = session.scalar(
        select(Move.id)
        .where(
            Move.id > move.id,
            Move.undone_at.is_(None),
            Move.from_card_id.in_(cards) | Move.to_card_id.in_(cards),
        )
        .limit(1)
    )
    return later is not None or pair.new.moved_to_card_id is not None


def _taken_address(session: Session, move: Move, pair: HeldPair) -> str | None:
    """The user name that the login would get, where it is another login's."""
    login, card = _login_after(move, pair)
    if login is None or card is None:
        return None
    address, key = card.email, card.email_key
    if card is pair.new and MovedField.EMAIL in _given_back(move, pair):
        before = move.before or {}
        address, key = before["email"], before["email_key"]
    if key is None or key == login.user_name_key:
        return None
    return address if key in addresses_in_use(session, [key]) else None


def _login_after(move: Move, pair: HeldPair) -> tuple[Login | None, RecordCard | None]:
    """The login that there is of the two cards, and where it will hang."""
    if move.login_id is not None:
        return pair.new_login, pair.old
    return pair.new_login, pair.new


def _given_back(move: Move, pair: HeldPair) -> tuple[MovedField, ...]:
    """The fields that still say what moved; the old card says it too."""
    fields = moved_fields.fields_of(move.fields)
    return tuple(
        field
        for field in fields
        if moved_fields.is_same(field, pair.old, pair.new)
        and not _needs_address(field, move, pair)
    )


def _needs_address(field: MovedField, move: Move, pair: HeldPair) -> bool:
    """Whether a login that stays on the new card would lose its address."""
    stays = move.login_id is None and pair.new_login is not None
    had_none = (move.before or {}).get("email_key") is None
    return field is MovedField.EMAIL and stays and had_none


def _undoing(move: Move, pair: HeldPair) -> Undoing:
    given_back = _given_back(move, pair)
    user_name = user_name_before = None
    if move.login_id is not None and pair.new_login is not None:
        user_name = pair.old.email
        if pair.new_login.user_name_key != pair.old.email_key:
            user_name_before = pair.new_login.user_name
    return Undoing(
        move_id=MoveId(move.id),
        old_card_id=RecordCardId(pair.old.id),
        new_card_id=RecordCardId(pair.new.id),
        given_back=given_back,
        kept=tuple(
            field
            for field in moved_fields.fields_of(move.fields)
            if field not in given_back
        ),
        user_name=user_name,
        user_name_before=user_name_before,
    )


def _write(
    session: Session,
    move: Move,
    pair: HeldPair,
    undoing: Undoing,
    actor: Actor,
    now: datetime,
) -> None:
    old_id, new_id = _cards_of(move)
    before = move.before or {}
    has_login = move.login_id is not None
    moved_fields.give_back(undoing.given_back, before, pair.new)
    pair.old.moved_to_card_id = None
    pair.old.closed_at = None
    pair.old.changed_at = pair.new.changed_at = now
    if has_login and pair.new_login is not None:
        pair.new_login.record_card_id = old_id
        pair.new_login.credential_version += 1
        bring_notices(session, new_id, old_id)
    session.flush()
    is_newer = has_login and linked_since(session, new_id, move.moved_at)
    if before.get(SLACK_LINK) or is_newer:
        bring_slack_link(session, new_id, old_id, actor=actor, now=now)


def _record(
    session: Session,
    move: Move,
    pair: HeldPair,
    undoing: Undoing,
    actor: Actor,
    now: datetime,
) -> None:
    session.flush()
    concerning = Concerning(
        branch_id=pair.old.branch_id,
        record_card_id=pair.old.id,
        login_id=move.login_id,
        details={
            "move": move.id,
            "from_card": pair.old.id,
            "to_card": pair.new.id,
            "fields": moved_fields.column_names(undoing.given_back),
            "kept": moved_fields.column_names(undoing.kept),
        },
    )
    audit.record(session, AuditAct.MOVE_UNDONE, concerning, actor=actor, now=now)
