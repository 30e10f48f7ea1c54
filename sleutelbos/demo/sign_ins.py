"""Writes the rows that the sign-in page will write, which is not there yet.

It is the only part of the demo's past that no service of the domain made.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from domain.logins.model import Login, LoginId, LoginState, PasswordKind
from domain.logins.passwords import hash_password
from domain.secret import Secret

_LOGINS: Any = Login.__table__


def get_in(session: Session, moments: Mapping[LoginId, datetime]) -> None:
    """A first sign-in: the initial password is replaced by one of their own."""
    # Nobody is to know it; one for all, since each takes its time to hash.
    own = hash_password(Secret(token_urlsafe()))
    session.connection().execute(
        update(_LOGINS)
        .where(_LOGINS.c.id == bindparam("of"))
        .values(
            password_kind=PasswordKind.OWN,
            password_hash=own,
            password_set_at=bindparam("at"),
            initial_password_expires_at=None,
            credential_version=_LOGINS.c.credential_version + 1,
            sign_in_count=1,
            last_sign_in_at=bindparam("at"),
        ),
        [{"of": login_id, "at": moment} for login_id, moment in moments.items()],
    )


def sign_in_again(
    session: Session, latest: Mapping[LoginId, tuple[int, datetime]]
) -> None:
    """So many more sign-ins, and when the last of them was."""
    session.connection().execute(
        update(_LOGINS)
        .where(_LOGINS.c.id == bindparam("of"))
        .values(
            sign_in_count=_LOGINS.c.sign_in_count + bindparam("more"),
            last_sign_in_at=bindparam("at"),
        ),
        [
            {"of": login_id, "more": more, "at": moment}
            for login_id, (more, moment) in latest.items()
        ],
    )


def lock_out(session: Session, login_ids: Sequence[LoginId]) -> None:
    """Too many wrong passwords: until somebody activates the login again."""
    session.execute(
        update(Login)
        .where(Login.id.in_(login_ids))
        .values(
            state=LoginState.LOCKED, credential_version=Login.credential_version + 1
        )
        .execution_options(synchronize_session=False)
    )
