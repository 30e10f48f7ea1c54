"""What happened in the weeks before the demo, told to the clock in its order."""

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from typing import Final

from domain.record_cards.employment import OFFICE_ZONE
from sleutelbos.demo.ending import Ending
from sleutelbos.demo.past_clock import PastClock

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)
_DAY: Final = timedelta(days=1)


class Calendar:
    """Moments in the weeks before today, on the office's clock."""

    def __init__(self, now: datetime) -> None:
        self.today = now.astimezone(OFFICE_ZONE).date()

    def day(self, weeks_ago: int, weekday: int) -> date:
        """A day of a week before this one."""
        return self.today - (self.today.weekday() + 7 * weeks_ago - weekday) * _DAY

    def last_working_day(self) -> date:
        """The last day before today that is not in a weekend."""
        yesterday = self.yesterday()
        return yesterday - max(0, yesterday.weekday() - FRIDAY) * _DAY

    def yesterday(self) -> date:
        """The day before today."""
        return self.today - _DAY

    def days_since(self, day: date) -> list[date]:
        """Every day from then until today."""
        return [day + n * _DAY for n in range((self.today - day).days + 1)]


def at(day: date, clock: str) -> datetime:
    """A moment of that day, such as 09:30 in the office."""
    return datetime.combine(day, time.fromisoformat(clock), OFFICE_ZONE)


class Chronicle:
    """Happenings by their moment; each is done while the clock says so."""

    def __init__(self, clock: PastClock, ending: Ending) -> None:
        self._clock = clock
        self._ending = ending
        self._ahead: list[tuple[datetime, int, partial[object]]] = []
        self._numbers = count()

    def plan(
        self, moment: datetime, act: Callable[..., object], *arguments: object
    ) -> None:
        """Have it happen then; of two at the same moment, what was planned first."""
        happening = partial(act, *arguments)
        heapq.heappush(self._ahead, (moment, next(self._numbers), happening))

    def play(self, until: datetime) -> None:
        """Let everything before `until` happen; then it is now.

        Raises EndedError when somebody asks to stop.
        """
        while self._ahead and self._ahead[0][0] < until:
            self._ending.check()
            moment, _, happening = heapq.heappop(self._ahead)
            self._clock.put_at(moment)
            happening()
        self._clock.catch_up()
