"""Answers that are held back, so that a test can act while a client waits."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from datetime import timedelta

EVERY_STEP = ""


class Held:
    """Answers to a step wait here until they are released, or for so long at most."""

    def __init__(
        self, step: str, patience: float, longest: timedelta | None = None
    ) -> None:
        self.step = step
        self._patience = patience
        self._seconds = longest.total_seconds() if longest is not None else None
        self._guard = threading.Lock()
        self._reached = threading.Event()
        self._is_released = False
        self._waiting: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    def is_reached(self) -> None:
        """Wait until a client waits. Raises AssertionError if none comes."""
        if not self._reached.wait(self._patience):
            step = self.step or "any step"
            raise AssertionError(f"no client came to {step}, which is held")

    def release(self) -> None:
        """Let the answers go, and hold no more."""
        with self._guard:
            self._is_released = True
            for going, loop in self._waiting.items():
                loop.call_soon_threadsafe(going.set)

    async def passes(self) -> None:
        """Wait for the release or the end of the time; on the server's side."""
        going = asyncio.Event()
        with self._guard:
            if self._is_released:
                return
            self._waiting[going] = asyncio.get_running_loop()
        self._reached.set()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds):
                    await going.wait()
        finally:
            with self._guard:
                self._waiting.pop(going)
