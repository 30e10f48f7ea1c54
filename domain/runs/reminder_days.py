"""The days on which a mailing is repeated for who has not signed in by then."""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from domain.record_cards.employment import OFFICE_ZONE, office_day
from domain.runs.model import Reminder, RunId

AFTER_DAYS: Final = (3, 7, 14)
_AT: Final = time(9)


def plan(
    session: Session, run_id: RunId, after: Collection[int], *, now: datetime
) -> None:
    """Repeat a mailing so many days after today, at nine o'clock in the Netherlands.

    Raises ValueError for other days than AFTER_DAYS.
    """
    if not set(after) <= set(AFTER_DAYS):
        raise ValueError(f"reminders are sent after {AFTER_DAYS} days")
    for days in sorted(set(after)):
        day = office_day(now) + timedelta(days=days)
        due_at = datetime.combine(day, _AT, OFFICE_ZONE).astimezone(UTC)
        session.add(Reminder(run_id=run_id, after_days=days, due_at=due_at))
