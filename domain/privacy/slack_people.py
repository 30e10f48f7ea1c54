"""Forgetting people who came by in Slack: what Slack says of them is their name."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, exists
from sqlalchemy.orm import Session

from domain.administrators import Administrator
from domain.sign_in.model import SlackLink
from domain.slack_users import SlackUser

KEPT_FOR: Final = timedelta(days=183)


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop people in Slack of whom nothing was heard for half a year.

    Not those who are linked to a record card, nor those who ever administered: the
    log shows their names. The link of a leaver ends long before the card is erased,
    so erasing would not find them.
    """
    administers, is_linked = (
        exists().where(
            record.team_id == SlackUser.team_id, record.user_id == SlackUser.user_id
        )
        for record in (Administrator, SlackLink)
    )
    session.execute(
        delete(SlackUser)
        .where(SlackUser.refreshed_at <= now - KEPT_FOR, ~administers, ~is_linked)
        .execution_options(synchronize_session=False)
    )
