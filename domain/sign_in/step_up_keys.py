"""The keys with which administrators' apps are sealed: replaced, or lost."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor, AdministratorId
from domain.audit import AuditAct, Concerning
from domain.letters.queueing import LetterKind, queue_letter
from domain.secret import KEY_ID_LENGTH, Keyring
from domain.sign_in import step_up_apps, step_up_mail
from domain.step_ups import CodeWay, StepUp

_AT_ONCE: Final = 200


def seal_anew(session: Session, after: int, *, keyring: Keyring) -> int | None:
    """Seal what older keys sealed with the newest, for some beyond `after`.

    Gives the last of these administrators, or None when there were none.
    """
    old = keyring.key_ids - {keyring.newest_id}
    rows = session.scalars(
        select(StepUp)
        .where(
            StepUp.administrator_id > after,
            _key_of(StepUp.sealed_totp_seed).in_(old),
        )
        .order_by(StepUp.administrator_id)
        .limit(_AT_ONCE)
        .with_for_update()
    ).all()
    for row in rows:
        seed = step_up_apps.open_seed(row, keyring=keyring)
        if seed is not None:
            row.sealed_totp_seed = step_up_apps.seal(
                seed, row.administrator_id, keyring=keyring
            )
    return rows[-1].administrator_id if rows else None


def find_shut_apps(session: Session, keyring: Keyring) -> Sequence[StepUp]:
    """The administrators whose app these keys do not open."""
    return session.scalars(
        select(StepUp)
        .where(_key_of(StepUp.sealed_totp_seed).not_in(keyring.key_ids))
        .order_by(StepUp.administrator_id)
    ).all()


def give_up(session: Session, keyring: Keyring, *, actor: Actor, now: datetime) -> None:
    """Ask mailed codes of those whose app is shut, and tell them so by letter.

    A mailed code and not nothing: losing a key must not open what a code guarded.
    """
    for row in find_shut_apps(session, keyring):
        row.way = CodeWay.MAIL
        row.sealed_totp_seed = row.totp_last_step = None
        details = {
            "administrator_id": row.administrator_id,
            "way": CodeWay.MAIL.value,
            "why": "key_lost",
        }
        concerning = Concerning(details=details)
        audit.record(session, AuditAct.CODES_SET_UP, concerning, actor=actor, now=now)
        _tell(session, AdministratorId(row.administrator_id), actor, keyring, now)


def _tell(
    session: Session,
    administrator_id: AdministratorId,
    actor: Actor,
    keyring: Keyring,
    now: datetime,
) -> None:
    if step_up_mail.known_address(session, administrator_id) is None:
        return
    to = step_up_mail.recipient_of(session, administrator_id)
    values = {"way": CodeWay.MAIL.value, "by": actor.kind.value}
    kind = LetterKind.STEP_UP_SET
    queue_letter(session, kind, to, values=values, keyring=keyring, now=now)


def _key_of(sealed: Any) -> ColumnElement[str]:
    return func.substr(sealed, 1, KEY_ID_LENGTH)
