"""Holding one login, with its record card, until the transaction ends."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from domain.logins.model import Login, LoginId


def hold(session: Session, login_id: LoginId) -> Login | None:
    """The login and its card as they are now, which nobody else changes meanwhile."""
    # On its own: a statement that waited sees other tables as they were before.
    one = select(Login.id).where(Login.id == login_id)
    # Attempts may still be added at it: those hold the counters that come next here.
    session.execute(one.with_for_update(key_share=True))
    return read(session, login_id)


def read(session: Session, login_id: LoginId) -> Login | None:
    """The login and its card as the database has them."""
    return session.scalars(
        select(Login)
        .where(Login.id == login_id)
        .options(joinedload(Login.record_card))
        .execution_options(populate_existing=True)
    ).one_or_none()
