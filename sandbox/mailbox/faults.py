"""Faults on demand: what a mail server does on its bad days."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sandbox.mailbox.holding import EVERY_STEP, Held

# A command; or CONNECT, for the greeting; or LETTER, for the answer to a letter's end.
Step = Literal[
    "CONNECT",
    "EHLO",
    "STARTTLS",
    "AUTH",
    "MAIL",
    "RCPT",
    "DATA",
    "LETTER",
    "RSET",
    "QUIT",
]
BUSY = "451 4.3.2 Busy, try again later"
UNKNOWN = "550 5.1.1 No such mailbox"


@dataclass(kw_only=True)
class Fault:
    """Something that goes wrong at a step, so many times."""

    step: str
    # Whom it concerns; "" is everybody.
    address: str = ""
    # What to answer; "" ends the connection instead, with the letter kept or lost.
    answer: str = ""
    keeps: bool = False
    times: int | None = None

    def concerns(self, step: str, address: str) -> bool:
        """Whether it comes at this step for this recipient."""
        return self.step == step and self.address in ("", address.casefold())


class Faults:
    """What goes wrong from now on, until `end()`.

    `times` is how often a fault comes, and None until it is ended. Of two faults for
    the same thing the older comes first.
    """

    def __init__(self, guard: threading.Condition, patience: float) -> None:
        self._guard = guard
        self._patience = patience
        self._rules: list[Fault] = []
        self._held: list[Held] = []
        # At once; one more hears 421.
        self.most_connections: int | None = None

    def refuse(
        self, address: str, answer: str = UNKNOWN, times: int | None = None
    ) -> None:
        """Refuse a recipient."""
        rule = Fault(
            step="RCPT", address=address.casefold(), answer=answer, times=times
        )
        self._add(rule)

    def be_busy(
        self, at: Step = "MAIL", answer: str = BUSY, times: int | None = None
    ) -> None:
        """Refuse a step for now; 421 ends the connection too. No letter is kept."""
        self._add(Fault(step=at, answer=answer, times=times))

    def drop_after_letter(self, *, keeping: bool, times: int | None = 1) -> None:
        """End the connection instead of answering a letter, which is kept or lost."""
        self._add(Fault(step="LETTER", keeps=keeping, times=times))

    def hold(self, at: Step = "LETTER") -> Held:
        """Answer a step no more until it is released; at LETTER the letter is kept."""
        return self._hold(Held(at, self._patience))

    def answer_slowly(self, by: timedelta) -> Held:
        """Answer everything later by this, or when it is released."""
        return self._hold(Held(EVERY_STEP, self._patience, by))

    def end(self) -> None:
        """All is well again, and what is held goes."""
        with self._guard:
            self._rules.clear()
            self.most_connections = None
            held, self._held = self._held, []
        for each in held:
            each.release()

    def due(self, step: str, address: str = "") -> Fault | None:
        """The fault that comes now; on the server's side."""
        with self._guard:
            for rule in self._rules:
                if rule.concerns(step, address):
                    return self._used(rule)
        return None

    async def pass_holds(self, step: str) -> None:
        """Wait as long as answers to the step are; on the server's side."""
        with self._guard:
            held = [each for each in self._held if each.step in (step, EVERY_STEP)]
        for each in held:
            await each.passes()

    def _hold(self, held: Held) -> Held:
        with self._guard:
            self._held.append(held)
        return held

    def _add(self, rule: Fault) -> None:
        with self._guard:
            self._rules.append(rule)

    def _used(self, rule: Fault) -> Fault:
        if rule.times is not None:
            rule.times -= 1
            if rule.times <= 0:
                self._rules.remove(rule)
        return rule
