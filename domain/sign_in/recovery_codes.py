"""Ten codes on paper for somebody without the authenticator app; each works once."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from domain.logins.model import Login
from domain.logins.passwords import canonical_initial_form
from domain.secret import Keyring, Secret
from domain.sign_in.model import RecoveryCode
from domain.sign_in.one_time_codes import new_recovery_codes


def replace(session: Session, login_id: int, *, keyring: Keyring) -> list[Secret]:
    """Ten new codes, to be shown once; the old ones work no longer."""
    forget(session, login_id)
    codes = new_recovery_codes()
    session.add_all(
        RecoveryCode(login_id=login_id, code_digest=_digest(code, login_id, keyring))
        for code in codes
    )
    session.flush()
    return codes


def forget(session: Session, login_id: int) -> None:
    """Let none of this login's codes work any more."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.login_id == login_id))


def left(session: Session, login_id: int) -> int:
    """How many of the codes are unused."""
    return session.scalar(select(func.count()).where(*_unused(login_id))) or 0


def use(
    session: Session, login: Login, code: Secret, *, keyring: Keyring, now: datetime
) -> bool:
    """Whether this is an unused code of this login; it works once, also at once."""
    unused = session.scalars(select(RecoveryCode).where(*_unused(login.id))).all()
    purpose = _purpose(login.id)
    matching = [
        row.id
        for row in unused
        if keyring.matches(row.code_digest, code, purpose=purpose)
    ]
    used = session.execute(
        update(RecoveryCode)
        .where(RecoveryCode.id.in_(matching), RecoveryCode.used_at.is_(None))
        .values(used_at=now)
        .returning(RecoveryCode.id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(used)


def _unused(login_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return RecoveryCode.login_id == login_id, RecoveryCode.used_at.is_(None)


def _digest(code: Secret, login_id: int, keyring: Keyring) -> str:
    return keyring.digest(canonical_initial_form(code), purpose=_purpose(login_id))


def _purpose(login_id: int) -> str:
    return f"recovery code of login {login_id}"
