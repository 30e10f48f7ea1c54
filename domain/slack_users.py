"""What we know of people in Slack: flags, locale, and the language they chose.

An e-mail address that Slack tells is not kept: it never decides anything.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, select, tuple_, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.database import Record, insert_new

REFRESH_AFTER: Final = timedelta(minutes=10)
# Stale however far apart the clocks of two processes are.
_LONG_STALE: Final = timedelta(days=1)


@dataclass(frozen=True)
class SlackIdentity:
    """Who somebody is in Slack: (team id, user id), never an e-mail address."""

    team_id: str
    user_id: str


@dataclass(frozen=True)
class SlackProfile:
    """What Slack says of a person."""

    display_name: str
    locale: str
    is_bot: bool
    is_deleted: bool
    is_guest: bool
    is_outsider: bool
    is_workspace_owner: bool


class SlackUser(Record):
    """One person in Slack."""

    __tablename__ = "slack_user"

    team_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    display_name: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(20))
    is_bot: Mapped[bool]
    is_deleted: Mapped[bool]
    is_guest: Mapped[bool]
    is_outsider: Mapped[bool]
    is_workspace_owner: Mapped[bool]
    refreshed_at: Mapped[datetime]
    language: Mapped[str | None] = mapped_column(String(2))

    def is_fresh(self, now: datetime) -> bool:
        """Whether Slack's word on this person is recent enough to act on."""
        return now - self.refreshed_at < REFRESH_AFTER


def find(
    session: Session, identity: SlackIdentity, *, for_update: bool = False
) -> SlackUser | None:
    """The person as last heard of, or None."""
    key = (identity.team_id, identity.user_id)
    return session.get(SlackUser, key, with_for_update=for_update)


def display_names(
    session: Session, identities: Collection[SlackIdentity]
) -> dict[SlackIdentity, str]:
    """The names by which Slack shows these people, as far as we know them."""
    if not identities:
        return {}
    rows = session.execute(
        select(SlackUser.team_id, SlackUser.user_id, SlackUser.display_name).where(
            tuple_(SlackUser.team_id, SlackUser.user_id).in_(
                [(one.team_id, one.user_id) for one in identities]
            )
        )
    )
    return {SlackIdentity(team_id, user_id): name for team_id, user_id, name in rows}


def remember(
    session: Session, identity: SlackIdentity, profile: SlackProfile, *, now: datetime
) -> SlackUser:
    """Keep what Slack says now; the chosen language stays."""
    values = {
        "display_name": profile.display_name[:200],
        "locale": profile.locale[:20],
        "is_bot": profile.is_bot,
        "is_deleted": profile.is_deleted,
        "is_guest": profile.is_guest,
        "is_outsider": profile.is_outsider,
        "is_workspace_owner": profile.is_workspace_owner,
        "refreshed_at": now,
    }
    key = {"team_id": identity.team_id, "user_id": identity.user_id}
    insert_new(session, SlackUser, [key | values], returning=[SlackUser.user_id])
    user = session.scalars(select(SlackUser).filter_by(**key).with_for_update()).one()
    for name, value in values.items():
        setattr(user, name, value)
    session.flush()
    return user


def expire(session: Session, identity: SlackIdentity, *, now: datetime) -> None:
    """Have Slack asked again before this person is next acted upon, if known.

    Each expiry leaves another `refreshed_at`, by which it is told from the last.
    """
    session.execute(
        update(SlackUser)
        .filter_by(team_id=identity.team_id, user_id=identity.user_id)
        .values(refreshed_at=now - _LONG_STALE)
    )


def choose_language(session: Session, identity: SlackIdentity, language: str) -> None:
    """Keep the language that this person chose on the App Home."""
    user = session.get_one(SlackUser, (identity.team_id, identity.user_id))
    user.language = language
