"""The keys with which apps and recovery codes are sealed: replaced, or lost."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from domain import audit
from domain.actor import Actor
from domain.audit import AuditAct, Concerning
from domain.letters.queueing import LetterKind, queue_letter
from domain.logins.model import INACTIVE_STATES, Login, SecondFactor
from domain.logins.recipients import recipient_of
from domain.secret import KEY_ID_LENGTH, Keyring
from domain.sign_in import own_factor, recovery_codes, totp
from domain.sign_in.model import RecoveryCode

_AT_ONCE: Final = 200


def seal_anew(session: Session, after: int, *, keyring: Keyring) -> int | None:
    """Seal what older keys sealed with the newest, for some logins beyond `after`.

    Gives the last of these logins, or None when there were none. An old key can
    leave the settings once it is done.
    """
    old = keyring.key_ids - {keyring.newest_id}
    has_code = exists().where(
        RecoveryCode.login_id == Login.id, *_unused(_key_id_in(old))
    )
    logins = session.scalars(
        select(Login)
        .where(
            Login.id > after,
            or_(_key_of(Login.sealed_totp_seed).in_(old), has_code),
        )
        .order_by(Login.id)
        .limit(_AT_ONCE)
        .with_for_update(key_share=True)
    ).all()
    for login in logins:
        totp.seal_anew(login, keyring=keyring)
    ids = [login.id for login in logins]
    codes = select(RecoveryCode).where(RecoveryCode.login_id.in_(ids))
    for code in session.scalars(codes.where(*_unused(_key_id_in(old)))):
        recovery_codes.seal_anew(code, keyring=keyring)
    return ids[-1] if ids else None


def find_shut_apps(session: Session, keyring: Keyring) -> Sequence[Login]:
    """The logins, with their cards, whose app these keys do not open."""
    return session.scalars(
        select(Login)
        .join(Login.record_card)
        .where(_key_of(Login.sealed_totp_seed).not_in(keyring.key_ids))
        .options(contains_eager(Login.record_card))
        .order_by(Login.id)
    ).all()


def count_shut_papers(session: Session, keyring: Keyring) -> int:
    """How many people keep their app, and have recovery codes that do not open."""
    is_shut = _key_of(Login.sealed_totp_seed).not_in(keyring.key_ids)
    people = (
        select(func.count(RecoveryCode.login_id.distinct()))
        .join(Login, Login.id == RecoveryCode.login_id)
        .where(is_shut.is_not(True), *_unused(_is_shut(keyring)))
    )
    return session.scalar(people) or 0


def give_up(session: Session, keyring: Keyring, *, actor: Actor, now: datetime) -> None:
    """Ask mailed codes of those whose app is shut, and tell them so by letter.

    A mailed code and not nothing: losing a key must not leave a password alone where
    a second factor was. Leaving the app as it is would be no safer, because what
    helps people then is an administrator who takes away the factor altogether.
    Recovery codes that do not open are dropped.
    """
    for login in find_shut_apps(session, keyring):
        own_factor.forget_app(session, login.id)
        values = {**own_factor.WITHOUT_APP, "second_factor": SecondFactor.MAIL}
        own_factor.write(session, login, values)
        _tell(session, login, keyring=keyring, actor=actor, now=now)
    session.execute(delete(RecoveryCode).where(*_unused(_is_shut(keyring))))


def _tell(
    session: Session, login: Login, *, keyring: Keyring, actor: Actor, now: datetime
) -> None:
    concerning = Concerning(
        branch_id=login.record_card.branch_id,
        record_card_id=login.record_card_id,
        login_id=login.id,
        details={"factor": "app", "left": "mail", "why": "key_lost"},
    )
    removed = AuditAct.SECOND_FACTOR_REMOVED
    audit.record(session, removed, concerning, actor=actor, now=now)
    if login.state in INACTIVE_STATES:
        return
    values = {"factor": SecondFactor.MAIL.value, "by": actor.kind.value}
    to = recipient_of(login)
    queue_letter(
        session, LetterKind.FACTOR_SET, to, values=values, keyring=keyring, now=now
    )


def _unused(which: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return RecoveryCode.used_at.is_(None), which


def _key_id_in(key_ids: Collection[str]) -> ColumnElement[bool]:
    return _key_of(RecoveryCode.code_digest).in_(key_ids)


def _is_shut(keyring: Keyring) -> ColumnElement[bool]:
    return _key_of(RecoveryCode.code_digest).not_in(keyring.key_ids)


def _key_of(sealed: Any) -> ColumnElement[str]:
    return func.substr(sealed, 1, KEY_ID_LENGTH)
