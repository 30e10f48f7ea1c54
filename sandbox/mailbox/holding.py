"""An answer that is held back, so that a test can act while a client waits."""

from __future__ import annotations

import asyncio
import threading


class Held:
    """Answers wait here until they are released."""

    def __init__(self, step: str, patience: float) -> None:
        self.step = step
        self._patience = patience
        self._guard = threading.Lock()
        self._reached = threading.Event()
        self._is_released = False
        self._waiting: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    def is_reached(self) -> None:
        """Wait until a client waits. Raises AssertionError if none comes."""
        if not self._reached.wait(self._patience):
            raise AssertionError(f"no client came to {self.step}, which is held")

    def release(self) -> None:
        """Let the answers go, and hold no more."""
        with self._guard:
            self._is_released = True
            for going, loop in self._waiting.items():
                loop.call_soon_threadsafe(going.set)

    async def passes(self) -> None:
        """Wait for the release; on the server's side."""
        going = asyncio.Event()
        with self._guard:
            if self._is_released:
                return
            self._waiting[going] = asyncio.get_running_loop()
        self._reached.set()
        try:
            await going.wait()
        finally:
            with self._guard:
                self._waiting.pop(going)
