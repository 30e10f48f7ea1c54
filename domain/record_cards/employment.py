"""Whether somebody is employed on a day: the one rule, free of any database."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

# Staff lists give days, and they are days in the Netherlands.
OFFICE_ZONE: Final = ZoneInfo("Europe/Amsterdam")


def office_day(now: datetime) -> date:
    """The calendar day of this instant in the Netherlands."""
    return now.astimezone(OFFICE_ZONE).date()


def is_employed(end_on: date | None, day: date) -> bool:
    """Whether an employment that ends on `end_on` lasts on `day`, its last included."""
    return end_on is None or end_on >= day
