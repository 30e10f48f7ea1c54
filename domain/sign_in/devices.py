"""Browsers that signed in before; each has an attempt budget of its own per login.

A cookie stands for one browser. On the restaurant's own computer many people sign
in, so a browser may be known to several logins.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, false, select, update
from sqlalchemy.orm import Session

from domain.database import insert_new
from domain.secret import Secret
from domain.sign_in.model import TrustedDevice

KEPT_FOR: Final = timedelta(days=180)
_TOKEN_BYTES: Final = 32


def token_hash(token: Secret) -> str:
    """What is kept of a cookie's value; 256 random bits need no slower hash."""
    text = token.reveal().encode(errors="surrogatepass")
    return hashlib.sha256(text).hexdigest()


def is_browser(cookie: Secret | None) -> ColumnElement[bool]:
    """The SQL condition that a trusted device is the browser with this cookie."""
    if cookie is None:
        return false()
    return TrustedDevice.token_hash == token_hash(cookie)


def trust(
    session: Session, login_id: int, cookie: Secret | None, *, now: datetime
) -> Secret:
    """Remember that this browser signed in; gives the value for its cookie.

    A value that we did not make is replaced.
    """
    if cookie is None or not _is_known(session, cookie):
        cookie = Secret(secrets.token_urlsafe(_TOKEN_BYTES))
    row = {
        "token_hash": token_hash(cookie),
        "login_id": login_id,
        "created_at": now,
        "last_used_at": now,
    }
    if not insert_new(session, TrustedDevice, [row], returning=[TrustedDevice.id]):
        session.execute(
            update(TrustedDevice)
            .where(
                TrustedDevice.token_hash == row["token_hash"],
                TrustedDevice.login_id == login_id,
            )
            .values(last_used_at=now)
            .execution_options(synchronize_session=False)
        )
    return cookie


def forget_unused(session: Session, *, now: datetime) -> None:
    """Wipe browsers in which nobody signed in for half a year."""
    session.execute(
        delete(TrustedDevice).where(TrustedDevice.last_used_at <= now - KEPT_FOR)
    )


def _is_known(session: Session, cookie: Secret) -> bool:
    one = select(TrustedDevice.id).where(is_browser(cookie))
    return session.scalar(one.limit(1)) is not None
