"""Ten codes on paper for somebody without the authenticator app; each works once.

They are kept as sealed digests: unlike a keyed digest, those can be sealed anew, so
that paper goes on working when an old key leaves the settings.
"""

import base64
import hashlib
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from domain.logins.model import Login
from domain.logins.passwords import canonical_initial_form
from domain.secret import Keyring, Secret, UnsealingError
from domain.sign_in.model import RecoveryCode
from domain.sign_in.one_time_codes import new_recovery_codes

# Sealed it is 77 characters long; a code has 49 bits.
_DIGEST_BYTES: Final = 16


def replace(session: Session, login_id: int, *, keyring: Keyring) -> list[Secret]:
    """Ten new codes, to be shown once; the old ones work no longer."""
    forget(session, login_id)
    codes = new_recovery_codes()
    session.add_all(
        RecoveryCode(login_id=login_id, code_digest=_sealed(code, login_id, keyring))
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
    digest = _digest(code)
    matching = [row.id for row in unused if _opened(row, keyring) == digest]
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


def seal_anew(row: RecoveryCode, *, keyring: Keyring) -> None:
    """Seal an unused code with the newest key, if one of these keys opens it."""
    digest = _opened(row, keyring)
    if digest is not None:
        row.code_digest = keyring.seal(digest, purpose=_purpose(row.login_id))


def _sealed(code: Secret, login_id: int, keyring: Keyring) -> str:
    return keyring.seal(_digest(code), purpose=_purpose(login_id))


def _digest(code: Secret) -> Secret:
    text = canonical_initial_form(code).reveal()
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).digest()
    short = base64.urlsafe_b64encode(digest[:_DIGEST_BYTES])
    return Secret(short.decode().rstrip("="))


def _opened(row: RecoveryCode, keyring: Keyring) -> Secret | None:
    try:
        return keyring.open(row.code_digest, purpose=_purpose(row.login_id))
    except UnsealingError:
        # Its key is gone; `sleutelbos key lost` says so and lets go of it.
        return None


def _purpose(login_id: int) -> str:
    return f"recovery code of login {login_id}"
