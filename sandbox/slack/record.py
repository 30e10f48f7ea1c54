"""Everything that went between the app and Slack, and what went wrong there."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

_numbers = itertools.count(1)


@dataclass(frozen=True)
class ApiCall:
    """One call of the Web API, or one post to a response_url, and its answer."""

    method: str
    arguments: dict[str, Any]
    token_kind: str
    answer: dict[str, Any]
    status: int
    at: datetime
    milliseconds: int = 0
    number: int = field(default_factory=_numbers.__next__)

    @property
    def ok(self) -> bool:
        """Whether Slack did it."""
        return bool(self.answer.get("ok"))


@dataclass(eq=False)
class Delivery:
    """One payload for the app, and what became of it."""

    envelope_id: str
    kind: str
    payload: dict[str, Any]
    at: datetime
    user_id: str | None = None
    subject: str = ""
    retry_attempt: int | None = None
    retry_reason: str | None = None
    outcome: str = "waiting"
    answer: dict[str, Any] | None = None
    acked_at: datetime | None = None
    socket_id: str | None = None
    on_lost: Callable[[], None] | None = None
    is_on_its_way: bool = False
    # What is wrong with its ack, in words.
    problem: str = ""
    milliseconds: int | None = None
    left_at: float | None = None
    number: int = field(default_factory=_numbers.__next__)

    @property
    def is_settled(self) -> bool:
        """Whether it was acked, or never will be."""
        return self.outcome != "waiting"

    @property
    def is_awaited(self) -> bool:
        """Whether its ack may still come in time."""
        return self.is_on_its_way and not self.is_settled

    def acked_after(self, clock: float) -> None:
        """Keep how long the first ack took, in time or too late."""
        if self.left_at is not None and self.milliseconds is None:
            self.milliseconds = round((clock - self.left_at) * 1000)

    def envelope(self) -> dict[str, Any]:
        """What goes over the socket."""
        sent: dict[str, Any] = {
            "envelope_id": self.envelope_id,
            "payload": self.payload,
            "type": self.kind,
            "accepts_response_payload": self.kind != "events_api",
        }
        if self.kind == "events_api":
            sent["retry_attempt"] = self.retry_attempt or 0
            sent["retry_reason"] = self.retry_reason or ""
        return sent


@dataclass(eq=False)
class AppFault:
    """Something the app did that Slack would not put up with."""

    kind: str
    text: str
    at: datetime
    user_id: str | None = None
    # Whether a call or a payload of the record shows it as well.
    is_shown_elsewhere: bool = False
    read: bool = False
    number: int = field(default_factory=_numbers.__next__)

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


@dataclass
class Record:
    """The log of one workspace; guarded by the workspace's lock.

    With `keep`, only so many of each are remembered, the newest.
    """

    keep: int | None = None
    calls: list[ApiCall] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    faults: list[AppFault] = field(default_factory=list)
    sent_by_app: list[str] = field(default_factory=list)
    tolerated: set[tuple[str, str]] = field(default_factory=set)

    def add(self, item: ApiCall | Delivery | AppFault) -> None:
        """Remember it, and forget the oldest of its kind if need be."""
        if isinstance(item, ApiCall):
            self.calls.append(item)
            self._forget(self.calls)
        elif isinstance(item, Delivery):
            self.deliveries.append(item)
            self._forget(self.deliveries)
        else:
            self.faults.append(item)
            self._forget(self.faults)

    def _forget(self, remembered: list[Any]) -> None:
        if self.keep is not None:
            del remembered[: -self.keep]

    def heard(self, raw: bytes | str) -> None:
        """Keep what the app sent, as it came and with its encodings undone."""
        if self.keep is not None:
            return  # the calls and the acks say it; searching it is for tests
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
        self.sent_by_app.append(text)
        unquoted = unquote_plus(text)
        self.sent_by_app += [unquoted] if unquoted != text else []
        for candidate in (text, unquoted):
            try:
                plain = json.dumps(json.loads(candidate), ensure_ascii=False)
            except ValueError:
                continue
            self.sent_by_app.append(plain)

    def is_tolerated(self, method: str, error: str) -> bool:
        """Whether a test said that this refusal is part of its story."""
        return bool(self.tolerated & {(method, error), ("*", error)})
