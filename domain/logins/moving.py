"""Moving employee data: login and ticked fields go to another card of the person.

*Medewerker gegevens verplaatsen* (manual, tip 6). The login itself moves, with all
that hangs on it: password, number of sign-ins, second factor, sessions, browsers and
history. What is on its way goes on as long as it is still true: a link or a letter
carries the credential version, which only another user name raises, and a run of the
old branch passes over a login that is of another branch by now.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor
from domain.audit import AuditAct, Concerning
from domain.errors import NotPermittedError
from domain.logins import moved_fields
from domain.logins.card_companions import (
    bring_notices,
    bring_slack_link,
    follow_card,
)
from domain.logins.moved_fields import MovedField
from domain.logins.moves import (
    SLACK_LINK,
    Move,
    MoveId,
    MoveRefusal,
    MoveRefusedError,
)
from domain.logins.pair_holding import HeldPair, hold_pair
from domain.permissions import Act, require
from domain.record_cards.fields import find_disorder
from domain.record_cards.model import RecordCardId
from domain.secret import Keyring


def move(
    session: Session,
    from_card_id: RecordCardId,
    to_card_id: RecordCardId,
    fields: Collection[MovedField],
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> MoveId:
    """Move the login and these fields, and close the old card; gives the move.

    The old card keeps its number and what it says. The login's user name is the
    address of the new card: the old one when `fields` has it, else the new card's
    own, which is a change of address with all that belongs to it.
    Raises NotFoundError for a card out of reach, MoveRefusedError with the reason,
    AddressInUseError when another login has the address.
    """
    require(actor, Act.MOVE_EMPLOYEE_DATA)
    if actor.administrator_id is None:
        raise NotPermittedError(act=Act.MOVE_EMPLOYEE_DATA.value)
    pair = hold_pair(session, from_card_id, to_card_id, actor=actor)
    moving = [f for f in MovedField if f in fields and _can_move(f, pair)]
    if reason := why_not(pair, moving):
        raise MoveRefusedError(reason)
    before = moved_fields.remember(moving, pair.new)
    before[SLACK_LINK] = _write(session, pair, moving, actor, now)
    row = Move(
        from_card_id=from_card_id,
        to_card_id=to_card_id,
        login_id=pair.old_login.id if pair.old_login else None,
        fields=moved_fields.column_names(moving),
        before=before,
        moved_by=actor.administrator_id,
        moved_at=now,
    )
    session.add(row)
    follow_card(session, pair.new, keyring=keyring, actor=actor, now=now)
    _record(session, pair, row, actor, now)
    return MoveId(row.id)


def why_not(pair: HeldPair, moving: Collection[MovedField]) -> MoveRefusal | None:
    """Why these fields can't move, or None; an address in use is found out later."""
    old, new = pair.old, pair.new
    against = (
        (MoveRefusal.SAME_CARD, old.id == new.id),
        (MoveRefusal.OLD_CARD_CLOSED, old.moved_to_card_id is not None),
        (MoveRefusal.NEW_CARD_CLOSED, new.moved_to_card_id is not None),
        (MoveRefusal.BOTH_HAVE_LOGINS, bool(pair.old_login and pair.new_login)),
        (MoveRefusal.NO_ADDRESS, _lacks_address(pair, moving)),
        (MoveRefusal.BORN_AFTER_START, _is_born_too_late(pair, moving)),
    )
    return next((reason for reason, holds in against if holds), None)


def _lacks_address(pair: HeldPair, moving: Collection[MovedField]) -> bool:
    has_address = MovedField.EMAIL in moving or pair.new.email_key is not None
    return pair.old_login is not None and not has_address


def _is_born_too_late(pair: HeldPair, moving: Collection[MovedField]) -> bool:
    if MovedField.BIRTH_ON not in moving:
        return False
    return find_disorder(pair.new.start_on, None, pair.old.birth_on) is not None


def _can_move(field: MovedField, pair: HeldPair) -> bool:
    return moved_fields.can_move(field, pair.old, pair.new)


def _write(
    session: Session,
    pair: HeldPair,
    moving: Collection[MovedField],
    actor: Actor,
    now: datetime,
) -> bool:
    """Everything but the user name; whether the person in Slack came along."""
    old_id, new_id = RecordCardId(pair.old.id), RecordCardId(pair.new.id)
    moved_fields.copy(moving, pair.old, pair.new)
    pair.old.moved_to_card_id = new_id
    pair.old.closed_at = now
    pair.old.changed_at = pair.new.changed_at = now
    if pair.old_login is not None:
        pair.old_login.record_card_id = new_id
        bring_notices(session, old_id, new_id)
    session.flush()
    return bring_slack_link(session, old_id, new_id, actor=actor, now=now)


def _record(
    session: Session, pair: HeldPair, row: Move, actor: Actor, now: datetime
) -> None:
    session.flush()
    concerning = Concerning(
        branch_id=pair.new.branch_id,
        record_card_id=pair.old.id,
        login_id=row.login_id,
        details={
            "move": row.id,
            "from_card": pair.old.id,
            "to_card": pair.new.id,
            "fields": row.fields,
        },
    )
    audit.record(
        session, AuditAct.EMPLOYEE_DATA_MOVED, concerning, actor=actor, now=now
    )
