"""How often the app may call: Slack's tiers, on the workspace's clock."""

import math
from collections import deque
from datetime import datetime, timedelta

from sandbox.clock import Clock

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
MINUTE = timedelta(minutes=1)
# One message a second in a channel; short bursts pass (docs.slack.dev/apis/web-api/
# rate-limits, "posting messages"). How short is not said: this many at once.
POST_BURST = 10


class RateLimits:
    """Windows per method, as Slack keeps them per app and workspace."""

    def __init__(self, clock: Clock, *, enabled: bool) -> None:
        self.clock = clock
        self.enabled = enabled
        self._windows: dict[str, deque[datetime]] = {}

    def seconds_to_wait(self, method: str, tier: int | None) -> int:
        """0 and counted when the call may go on, else what Retry-After says."""
        if not self.enabled or tier is None:
            return 0
        return self._count(method, TIERS[tier], MINUTE)

    def seconds_to_wait_in_channel(self, channel_id: str) -> int:
        """The same for a message in one channel."""
        if not self.enabled:
            return 0
        window = timedelta(seconds=POST_BURST)
        return self._count(f"post in {channel_id}", POST_BURST, window)

    def _count(self, key: str, limit: int, window: timedelta) -> int:
        now = self.clock()
        calls = self._windows.setdefault(key, deque())
        while calls and now - calls[0] >= window:
            calls.popleft()
        if len(calls) >= limit:
            return max(1, math.ceil((calls[0] + window - now).total_seconds()))
        calls.append(now)
        return 0
