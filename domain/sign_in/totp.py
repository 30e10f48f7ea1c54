"""The authenticator app of a login: its seed, and codes that work once (RFC 6238)."""

from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from domain.logins.model import Login
from domain.secret import KEY_ID_LENGTH, Keyring, Secret, UnsealingError
from domain.sign_in.one_time_codes import matching_step

_log: Final = structlog.get_logger(__name__)


def seal(seed: Secret, login_id: int, *, keyring: Keyring) -> str:
    """The seed as it is stored: a thief of the database can't open it."""
    return keyring.seal(seed, purpose=_purpose(login_id))


def use(
    session: Session, login: Login, code: Secret, *, keyring: Keyring, now: datetime
) -> bool:
    """Whether the app shows this code about now; it works once, also at once.

    After a newer code no older one works, although its step is within the window.
    """
    seed = _seed(login, keyring)
    if seed is None:
        return False
    step = matching_step(seed, code, now=now)
    if step is None:
        return False
    taken = session.execute(
        update(Login)
        .where(
            Login.id == login.id,
            Login.credential_version == login.credential_version,
            or_(Login.totp_last_step.is_(None), Login.totp_last_step < step),
        )
        .values(totp_last_step=step, sealed_totp_seed=_resealed(login, seed, keyring))
        .returning(Login.id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(taken)


def seal_anew(login: Login, *, keyring: Keyring) -> None:
    """Seal the seed with the newest key, if one of these keys opens it."""
    seed = _seed(login, keyring)
    if seed is not None:
        login.sealed_totp_seed = _resealed(login, seed, keyring)


def _seed(login: Login, keyring: Keyring) -> Secret | None:
    if login.sealed_totp_seed is None:
        return None
    try:
        return keyring.open(login.sealed_totp_seed, purpose=_purpose(login.id))
    except UnsealingError:
        # Its key is gone; `sleutelbos key lost` puts a mailed code in its place.
        _log.warning("second_factor.seed_unreadable", login_id=login.id)
        return None


def _resealed(login: Login, seed: Secret, keyring: Keyring) -> str | None:
    """Sealed with the newest key, so that an old one can leave the settings."""
    sealed = seal(seed, login.id, keyring=keyring)
    stored = login.sealed_totp_seed
    if stored is not None and stored[:KEY_ID_LENGTH] == sealed[:KEY_ID_LENGTH]:
        return stored
    return sealed


def _purpose(login_id: int) -> str:
    return f"totp seed of login {login_id}"
