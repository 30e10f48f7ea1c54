"""Forgetting people who came by in Slack: what Slack says of them is their name."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, exists, or_
from sqlalchemy.orm import Session

from domain.administrators import Administrator
from domain.sign_in.model import SlackLink
from domain.slack_users import SlackUser

KEPT_FOR: Final = timedelta(days=183)


def forget_old(session: Session, administered_since: datetime, *, now: datetime) -> int:
    """Drop people in Slack of whom nothing was heard for half a year; says how many.

    Not those who are linked to a record card, nor those who administered since: the
    log shows their names, `administered_since` is as far back as it goes.
    """
    administers, is_linked = (
        exists().where(
            record.team_id == SlackUser.team_id, record.user_id == SlackUser.user_id
        )
        for record in (Administrator, SlackLink)
    )
    dismissed_at = Administrator.dismissed_at
    administers = administers.where(
        or_(dismissed_at.is_(None), dismissed_at > administered_since)
    )
    forgotten = session.execute(
        delete(SlackUser)
        .where(SlackUser.refreshed_at <= now - KEPT_FOR, ~administers, ~is_linked)
        .returning(SlackUser.user_id)
        .execution_options(synchronize_session=False)
    )
    return len(forgotten.all())
