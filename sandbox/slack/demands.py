"""Faults on demand: what the next calls and payloads shall suffer, and nothing else."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.slack.record import Delivery
    from sandbox.slack.state import State


@dataclass
class CallDemand:
    """What happens to one coming call of a method."""

    error: str | None = None
    status: int | None = None
    retry_after: int | None = None
    lose_answer: bool = False
    hold: threading.Event | None = None
    reached: threading.Event = field(default_factory=threading.Event)


class Held:
    """A call that Slack keeps waiting until it is let go."""

    def __init__(self, demand: CallDemand, patience: float) -> None:
        self._demand = demand
        self._patience = patience

    def is_reached(self) -> None:
        """Wait until the app has made the call. Raises AssertionError if it doesn't."""
        if not self._demand.reached.wait(self._patience):
            raise AssertionError("the app never made the call that is held")

    def release(self) -> None:
        """Let the call go on."""
        if self._demand.hold:
            self._demand.hold.set()


class NextCall:
    """Sentence builder: `slack.next_call("views.open").answers("fatal_error")`."""

    def __init__(self, demands: Demands, method: str) -> None:
        self._demands = demands
        self._method = method

    def answers(self, error: str) -> None:
        """It is refused with this error, and nothing is done."""
        self._demands.expect(self._method, CallDemand(error=error))

    def fails(self, status: int = 500) -> None:
        """An HTTP status other than 200 comes back, and nothing is done."""
        self._demands.expect(self._method, CallDemand(status=status))

    def is_rate_limited(self, retry_after: int = 1) -> None:
        """429 with Retry-After in seconds, and nothing is done."""
        self._demands.expect(self._method, CallDemand(retry_after=retry_after))

    def loses_its_answer(self) -> None:
        """It is done, but the connection breaks before the app hears so."""
        self._demands.expect(self._method, CallDemand(lose_answer=True))

    def is_held(self) -> Held:
        """It waits until `release()`, and is done then."""
        demand = CallDemand(hold=threading.Event())
        self._demands.expect(self._method, demand)
        return Held(demand, self._demands.workspace.patience)


class NextPayloads:
    """Sentence builder: `slack.next_payloads(2).arrive_reversed()`."""

    def __init__(self, demands: Demands, count: int) -> None:
        self._demands = demands
        self._count = count

    def arrive_twice(self) -> None:
        """Each is sent a second time at once, as a retry."""
        self._demands.twice += self._count

    def arrive_reversed(self) -> None:
        """They are kept until all are there, and go out last one first."""
        self._demands.reversing = self._count


class Demands:
    """What was demanded and has not happened yet."""

    def __init__(self, workspace: State) -> None:
        self.workspace = workspace
        self.twice = 0
        self.reversing = 0
        self._kept: list[Delivery] = []
        self._calls: dict[str, deque[CallDemand]] = {}
        self._holds: list[threading.Event] = []

    def expect(self, method: str, demand: CallDemand) -> None:
        """Queue a demand for a method; each call takes one."""
        with self.workspace.changed:
            self._calls.setdefault(method, deque()).append(demand)
            if demand.hold:
                self._holds.append(demand.hold)

    def take(self, method: str) -> CallDemand:
        """What happens to this call."""
        with self.workspace.changed:
            queued = self._calls.get(method)
            demand = queued.popleft() if queued else CallDemand()
        demand.reached.set()
        return demand

    def outgoing(self, delivery: Delivery) -> list[tuple[Delivery, bool]]:
        """What goes out now, in order, and whether each goes out twice."""
        leaving = [delivery]
        if self.reversing:
            self._kept.append(delivery)
            if len(self._kept) < self.reversing:
                return []
            leaving, self._kept, self.reversing = self._kept[::-1], [], 0
        doubled = []
        for each in leaving:
            doubled.append((each, self.twice > 0))
            self.twice = max(0, self.twice - 1)
        return doubled

    def release_all(self) -> None:
        """Let every held call go, so that everything can end."""
        with self.workspace.changed:
            for hold in self._holds:
                hold.set()
