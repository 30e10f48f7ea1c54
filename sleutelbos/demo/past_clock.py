"""The demo's clock: put back while the past is made, real time from then on."""

from datetime import datetime, timedelta

from domain.clock import Clock


class PastClock:
    """Runs on from where it was put; the workspace and the office share it."""

    def __init__(self, real: Clock) -> None:
        self._real = real
        self._behind = timedelta()

    def __call__(self) -> datetime:
        """What the demo takes for now."""
        return self._real() - self._behind

    def put_at(self, moment: datetime) -> None:
        """Make it this moment, unless it is later already."""
        self._behind = min(self._real() - moment, self._behind or timedelta.max)

    def catch_up(self) -> None:
        """Make it now, for good."""
        self._behind = timedelta()
