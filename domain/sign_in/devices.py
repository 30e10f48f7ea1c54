"""Browsers that signed in before; each has an attempt budget of its own per login.

A cookie stands for one browser. On the restaurant's own computer many people sign
in, so a browser may be known to several logins. A browser counts while the password
with which it was trusted is the login's: a new one ends what the others may do.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, false, or_, select, update
from sqlalchemy.orm import Session

from domain.database import insert_new
from domain.logins.model import Login
from domain.secret import Secret
from domain.sign_in.model import TrustedDevice

KEPT_FOR: Final = timedelta(days=180)
# Each browser is one more budget of attempts, so there are only so many of them.
KEPT_PER_LOGIN: Final = 5
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


def is_trusted(cookie: Secret | None) -> ColumnElement[bool]:
    """The SQL condition that it is this browser, trusted with the login's password."""
    return and_(
        TrustedDevice.login_id == Login.id,
        is_browser(cookie),
        or_(
            Login.password_set_at.is_(None),
            TrustedDevice.last_used_at >= Login.password_set_at,
        ),
    )


def trust(
    session: Session, login_id: int, cookie: Secret | None, *, now: datetime
) -> Secret:
    """Remember that this browser signed in; gives the value for its cookie.

    A value that we did not make is replaced. The browser that was used longest ago
    makes room.
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
        keep(session, login_id, cookie, now=now)
    _forget_surplus(session, login_id)
    return cookie


def keep(
    session: Session, login_id: int, cookie: Secret | None, *, now: datetime
) -> None:
    """Trust this browser, if it is known, with the password that is new at `now`."""
    session.execute(
        update(TrustedDevice)
        .where(is_browser(cookie), TrustedDevice.login_id == login_id)
        .values(last_used_at=now)
        .execution_options(synchronize_session=False)
    )


def forget_others(session: Session, login_id: int, cookie: Secret | None) -> None:
    """Forget every browser of a login but this one."""
    session.execute(
        delete(TrustedDevice)
        .where(TrustedDevice.login_id == login_id, ~is_browser(cookie))
        .execution_options(synchronize_session=False)
    )


def forget_unused(session: Session, *, now: datetime) -> None:
    """Wipe browsers in which nobody signed in for half a year."""
    session.execute(
        delete(TrustedDevice).where(TrustedDevice.last_used_at <= now - KEPT_FOR)
    )


def _forget_surplus(session: Session, login_id: int) -> None:
    newest = (
        select(TrustedDevice.id)
        .where(TrustedDevice.login_id == login_id)
        .order_by(TrustedDevice.last_used_at.desc(), TrustedDevice.id.desc())
        .limit(KEPT_PER_LOGIN)
    )
    session.execute(
        delete(TrustedDevice)
        .where(TrustedDevice.login_id == login_id, TrustedDevice.id.not_in(newest))
        .execution_options(synchronize_session=False)
    )


def _is_known(session: Session, cookie: Secret) -> bool:
    one = select(TrustedDevice.id).where(is_browser(cookie))
    return session.scalar(one.limit(1)) is not None
