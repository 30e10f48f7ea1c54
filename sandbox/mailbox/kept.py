"""The letters that are kept: the newest ones, up to a number and a size."""

from __future__ import annotations

import threading
from collections import deque

from sandbox.mailbox.letter import Letter


class Kept:
    """Guarded by `changed`, which is told of every change; `revision` counts them."""

    def __init__(
        self, changed: threading.Condition, most_letters: int, most_bytes: int
    ) -> None:
        self.changed = changed
        self.most_letters = most_letters
        self.most_bytes = most_bytes
        self.revision = 0
        # How many went to make room.
        self.let_go = 0
        self._letters: deque[Letter] = deque()
        self._bytes = 0

    @property
    def letters(self) -> tuple[Letter, ...]:
        """Oldest first."""
        with self.changed:
            return tuple(self._letters)

    def find(self, number: int) -> Letter | None:
        """The letter with this number, while it is kept."""
        return next((each for each in self.letters if each.id == number), None)

    def add(self, letter: Letter) -> None:
        """Keep it, and let the oldest go until there is room; it stays in any case."""
        with self.changed:
            self._letters.append(letter)
            self._bytes += len(letter.raw)
            while len(self._letters) > 1 and self._is_too_much():
                self._bytes -= len(self._letters.popleft().raw)
                self.let_go += 1
            self._has_changed()

    def clear(self) -> None:
        """Forget them all."""
        with self.changed:
            self._letters.clear()
            self._bytes = self.let_go = 0
            self._has_changed()

    def _is_too_much(self) -> bool:
        return len(self._letters) > self.most_letters or self._bytes > self.most_bytes

    def _has_changed(self) -> None:
        self.revision += 1
        self.changed.notify_all()
