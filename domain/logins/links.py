"""One-time links to choosing a password; kept as SHA-256 only."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.database import Code, Record


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
    used_at: Mapped[datetime | None]
    team_id: Mapped[str | None] = mapped_column(String(30))
    user_id: Mapped[str | None] = mapped_column(String(30))
