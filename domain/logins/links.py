"""One-time links to choosing a password; kept as SHA-256 only.

A link dies with the credential version that it was made for, so that whatever
changes a login (password, address, state) ends its links too.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, String, delete, insert, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.branches import Branch
from domain.database import Code, Record
from domain.logins.model import Login, LoginId
from domain.record_cards.model import RecordCard
from domain.secret import Secret
from domain.slack_users import SlackIdentity

RECOVERY_LIFE: Final = timedelta(minutes=30)
KEPT_FOR: Final = timedelta(days=30)
# Longer than two hashes take on a machine that is very busy.
HELD_FOR: Final = timedelta(seconds=30)
_TOKEN_BYTES: Final = 32
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class LinkPurpose(StrEnum):
    """Who wanted the link: the employee, or an administrator who invites."""

    RECOVERY = "recovery"
    INVITATION = "invitation"


class Link(Record):
    """A link in a letter; the person in Slack who asked for it gets linked by it."""

    __tablename__ = "link"
    __table_args__ = (Index("ix_link_login_id_made_at", "login_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"))
    purpose: Mapped[LinkPurpose] = mapped_column(Code(LinkPurpose, 20))
    credential_version: Mapped[int]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    # While a new password is hashed, so that one press at a time reaches the hasher.
    held_until: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    team_id: Mapped[str | None] = mapped_column(String(30))
    user_id: Mapped[str | None] = mapped_column(String(30))

    @property
    def asked_by(self) -> SlackIdentity | None:
        """Who asked for it in Slack, or None."""
        if self.team_id is None or self.user_id is None:
            return None
        return SlackIdentity(self.team_id, self.user_id)


@dataclass(frozen=True)
class NewLink:
    """The token as it goes into the letter, and until when it works."""

    token: Secret
    expires_at: datetime


def make_link(
    session: Session,
    login_id: LoginId,
    purpose: LinkPurpose,
    *,
    life: timedelta = RECOVERY_LIFE,
    asked_by: SlackIdentity | None = None,
    now: datetime,
) -> NewLink:
    """A new link of 256 random bits for the login as it is now.

    Earlier ones go on working: two letters may be on their way, and the first use
    of any of them ends them all.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    version = session.scalars(
        select(Login.credential_version).where(Login.id == login_id)
    ).one()
    link = Link(
        token_hash=_hash(token),
        login_id=login_id,
        purpose=purpose,
        credential_version=version,
        made_at=now,
        expires_at=now + life,
        team_id=asked_by.team_id if asked_by else None,
        user_id=asked_by.user_id if asked_by else None,
    )
    session.add(link)
    session.flush()
    return NewLink(Secret(token), link.expires_at)


def make_invitation(session: Session, login_id: LoginId, *, now: datetime) -> NewLink:
    """A link with which somebody chooses the first password.

    It lives as long as the initial passwords of the branch.
    """
    branch = session.scalars(
        select(Branch)
        .join(RecordCard, RecordCard.branch_id == Branch.id)
        .join(Login, Login.record_card_id == RecordCard.id)
        .where(Login.id == login_id)
    ).one()
    life = branch.initial_password_life
    return make_link(session, login_id, LinkPurpose.INVITATION, life=life, now=now)


def make_links(
    session: Session,
    versions: Mapping[LoginId, int],
    purpose: LinkPurpose,
    *,
    expires_at: datetime,
    now: datetime,
) -> dict[LoginId, NewLink]:
    """A new link for each of these logins at this credential version; one statement.

    The version is the login's own from the same transaction on.
    """
    tokens = {login_id: secrets.token_urlsafe(_TOKEN_BYTES) for login_id in versions}
    rows = [
        {
            "token_hash": _hash(tokens[login_id]),
            "login_id": login_id,
            "purpose": purpose,
            "credential_version": version,
            "made_at": now,
            "expires_at": expires_at,
        }
        for login_id, version in versions.items()
    ]
    if rows:
        session.execute(insert(Link), rows)
    return {
        login_id: NewLink(Secret(token), expires_at)
        for login_id, token in tokens.items()
    }


def find(session: Session, token: str, *, now: datetime) -> Link | None:
    """The link with this token, if it still works at `now`; writes nothing.

    Whatever is typed in place of a token is simply not one.
    """
    if not _TOKEN.fullmatch(token):
        return None
    token_hash = _hash(token)
    link = session.scalars(
        select(Link)
        .join(Login, Login.id == Link.login_id)
        .where(
            Link.token_hash == token_hash,
            Link.used_at.is_(None),
            Link.expires_at > now,
            Link.credential_version == Login.credential_version,
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if link is None or not hmac.compare_digest(link.token_hash, token_hash):
        return None
    return link


def hold(session: Session, link_id: int, *, now: datetime) -> bool:
    """Keep the link for oneself while a password is hashed; whether one got it.

    Who does not come back loses it after half a minute.
    """
    free = or_(Link.held_until.is_(None), Link.held_until <= now)
    return _changed(session, link_id, free, now=now, held_until=now + HELD_FOR)


def release(session: Session, link_id: int, *, now: datetime) -> None:
    """Give back a link that was held at `now`: nothing came of it."""
    is_mine = Link.held_until == now + HELD_FOR
    _changed(session, link_id, is_mine, now=now, held_until=None)


def use_up(session: Session, link_id: int, *, now: datetime) -> bool:
    """Spend the link in the transaction that changes the password; whether it worked.

    Of any number who try, one succeeds.
    """
    return _changed(session, link_id, now=now, used_at=now)


def _changed(
    session: Session, link_id: int, *conditions: Any, now: datetime, **values: Any
) -> bool:
    changed = session.execute(
        update(Link)
        .where(
            Link.id == link_id,
            Link.used_at.is_(None),
            Link.expires_at > now,
            *conditions,
        )
        .values(**values)
        .returning(Link.id)
        .execution_options(synchronize_session=False)
    )
    return changed.one_or_none() is not None


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop links that ended a month ago."""
    session.execute(delete(Link).where(Link.expires_at < now - KEPT_FOR))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
