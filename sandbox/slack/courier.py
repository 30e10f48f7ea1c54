"""One thread that carries payloads out and rings when a deadline has passed."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable

Job = Callable[[], None]


class Courier:
    """Runs jobs in the order they fall due, in real time.

    Acks are measured in real time whatever the workspace's clock says, because it
    is the app's real slowness that a person would notice.
    """

    def __init__(self) -> None:
        self._jobs: list[tuple[float, int, Job]] = []
        self._serial = itertools.count()
        self._wake = threading.Condition()
        self._stopped = False
        self._thread = threading.Thread(target=self._work, name="slack courier")
        self._failure: BaseException | None = None

    def start(self) -> None:
        """Begin carrying."""
        self._thread.start()

    def run(self, job: Job, after: float = 0.0) -> None:
        """Have a job done `after` seconds from now."""
        with self._wake:
            due = time.monotonic() + after
            heapq.heappush(self._jobs, (due, next(self._serial), job))
            self._wake.notify()

    def stop(self) -> None:
        """Drop what is not due and end. Raises what a job has raised."""
        with self._wake:
            self._stopped = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join()
        if self._failure:
            raise self._failure

    def _work(self) -> None:
        while job := self._next():
            try:
                job()
            except Exception as failure:  # noqa: BLE001 -- told when the courier stops
                self._failure = self._failure or failure

    def _next(self) -> Job | None:
        with self._wake:
            while not self._stopped:
                wait = self._jobs[0][0] - time.monotonic() if self._jobs else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._jobs)[2]
                self._wake.wait(wait)
        return None
