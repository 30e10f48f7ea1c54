"""A thread that does one piece of work after another, and rests while there is none."""

import threading
from collections.abc import Callable
from typing import Final

import structlog

_log = structlog.get_logger()
# Replicas do not wake each other; they look this often, in seconds.
REST: Final = 1.0


class WorkLoop:
    """Repeats `work_once`, which says whether there was any work."""

    def __init__(
        self, name: str, work_once: Callable[[], bool], rest: float = REST
    ) -> None:
        self._name = name
        self._work_once = work_once
        self._rest = rest
        self._awake = threading.Event()
        self._stopping = threading.Event()
        # Work that hangs must not keep the process from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether it still looks for work."""
        return self._thread.is_alive()

    def wake(self) -> None:
        """There may be work: look at once."""
        self._awake.set()

    def stop(self) -> None:
        """Finish the piece in hand and take no other; returns at once."""
        self._stopping.set()
        self._awake.set()

    def join(self) -> None:
        """Wait until the piece in hand is finished."""
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            # Cleared before looking, so that no call to wake is missed.
            self._awake.clear()
            if not self._worked() and not self._stopping.is_set():
                self._awake.wait(self._rest)

    def _worked(self) -> bool:
        try:
            return self._work_once()
        except Exception:  # noqa: BLE001 (the loop outlives what it does)
            _log.exception("work.failed", loop=self._name)
            return False
