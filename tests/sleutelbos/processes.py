"""A `sleutelbos serve` of its own, started and stopped by a test."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

PATIENCE = 120


class Serving:
    """One process, and what it logged so far."""

    def __init__(self, folder: Path, arguments: tuple[str, ...], env: dict[str, str]):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SLACK_", "SLEUTELBOS_"))
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sleutelbos", "serve", *arguments],
            cwd=folder,
            # Several may run at once, each with a portal.
            env=kept | {"SLEUTELBOS_LISTEN": "127.0.0.1:0"} | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: list[str] = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._changed:
                self.lines.append(line)
                self._changed.notify_all()

    @property
    def events(self) -> list[dict[str, Any]]:
        """Every line as the event that it is."""
        with self._changed:
            return [json.loads(line) for line in self.lines]

    @property
    def peak_mib(self) -> int:
        """How much memory it had at most, where the system tells; else 0."""
        status = Path(f"/proc/{self._process.pid}/status")
        if not status.exists():
            return 0
        told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(told["VmHWM"].split()[0]) // 1024

    def logs(self, event: str) -> None:
        """Wait until it logs this event."""

        def has_logged() -> bool:
            return any(json.loads(line)["event"] == event for line in self.lines)

        with self._changed:
            assert self._changed.wait_for(has_logged, PATIENCE), self.lines

    def is_told_to_stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send the signal."""
        self._process.send_signal(number)

    def ends(self) -> tuple[int, str]:
        """Wait until it ends; its exit code and what it said on standard error."""
        code = self._process.wait(PATIENCE)
        self._reader.join()
        assert self._process.stderr is not None
        return code, self._process.stderr.read()

    def is_gone(self) -> None:
        """Whatever it does, end it and close what it leaves open."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()
