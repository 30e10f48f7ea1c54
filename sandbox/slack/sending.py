"""What is sent to the app, by socket or over HTTP, and what is acked in time."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sandbox.slack.connections import Connections
from sandbox.slack.record import Delivery
from sandbox.slack.request_url import Reply, RequestUrl

if TYPE_CHECKING:
    from sandbox.slack.state import State

# docs.slack.dev/apis/events-api, "retries": at once, after a minute, after five.
RETRY_DELAYS = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))
# An event that finds no socket goes out as a retry as soon as there is one, as long
# as the tries would last.
EVENT_LIFE = sum(RETRY_DELAYS, timedelta())
OnAck = Callable[[dict[str, Any] | None], str]


@dataclass(frozen=True)
class Deed:
    """Who does what, and what follows from the ack or from its absence.

    `on_ack` does what the ack asks for and says what is wrong with it, or "".
    """

    user_id: str
    subject: str
    on_ack: OnAck | None = None
    on_lost: Callable[[], None] | None = None


class Deliveries:
    """Each payload goes to one of the app's sockets, or to its Request URL."""

    def __init__(self, workspace: State, request_url: str | None) -> None:
        self.workspace = workspace
        self.connections = Connections(workspace, self._heard, self.send_due_events)
        self.request_url = RequestUrl(workspace, request_url, self._replied)
        self._on_ack: dict[str, tuple[Delivery, OnAck | None]] = {}
        self._retries: list[tuple[datetime, Delivery]] = []
        self._without_socket: list[Delivery] = []

    @property
    def is_app_there(self) -> bool:
        """Whether a payload would find the app, as far as that is known."""
        return self.request_url.is_used or bool(self.connections.open)

    @property
    def waits_to_retry(self) -> bool:
        """Whether an event waits for its next try."""
        return bool(self._retries)

    # -- sending ---------------------------------------------------------------

    def deliver(
        self,
        kind: str,
        payload: dict[str, Any],
        deed: Deed,
    ) -> Delivery:
        """Send something a person did."""
        delivery = self._new_delivery(kind, payload, deed.subject)
        delivery.user_id, delivery.on_lost = deed.user_id, deed.on_lost
        self._dispatch(delivery, deed.on_ack)
        return delivery

    def deliver_event(self, event: dict[str, Any], subject: str) -> Delivery:
        """Send an event; unacked it is tried again as the Events API does."""
        workspace = self.workspace
        payload = {
            "token": workspace.verification_token,
            "team_id": workspace.team_id,
            "context_team_id": workspace.team_id,
            "api_app_id": workspace.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": workspace.new_id("Ev"),
            "event_time": int(workspace.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team_id,
                    "user_id": workspace.bot_user.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }
        delivery = self._new_delivery("events_api", payload, subject)
        self._dispatch(delivery, None)
        return delivery

    def send_due_events(self) -> None:
        """Send events that wait for a socket or for their next try."""
        with self.workspace.changed:
            if not self.is_app_there:
                return
            now = self.workspace.now()
            due = [event for at, event in self._retries if at <= now]
            self._retries = [waiting for waiting in self._retries if waiting[0] > now]
            kept, self._without_socket = self._without_socket, []
            for event in kept:
                if now - event.at > EVENT_LIFE:
                    self._settle(event, "dispatch_failed", "no socket was open")
                else:
                    event.retry_attempt, event.retry_reason = 1, "timeout"
                    due.append(event)
        for event in due:
            self._leave(event)

    def _new_delivery(
        self, kind: str, payload: dict[str, Any], subject: str
    ) -> Delivery:
        with self.workspace.changed:
            delivery = Delivery(
                str(uuid.uuid4()), kind, payload, self.workspace.now(), subject=subject
            )
            self.workspace.record.add(delivery)
            self._forget_old_envelopes()
            self.workspace.changed.notify_all()
            return delivery

    def _forget_old_envelopes(self) -> None:
        keep = self.workspace.record.keep
        while keep is not None and len(self._on_ack) > keep:
            del self._on_ack[next(iter(self._on_ack))]

    def _dispatch(self, delivery: Delivery, on_ack: OnAck | None) -> None:
        with self.workspace.changed:
            self._on_ack[delivery.envelope_id] = (delivery, on_ack)
            leaving = self.workspace.demands.outgoing(delivery)
        for each, twice in leaving:
            self._leave(each)
            if twice:
                self._leave(self._again(each, 1, self._timeout))

    @property
    def _timeout(self) -> str:
        return "http_timeout" if self.request_url.is_used else "timeout"

    def _again(self, delivery: Delivery, attempt: int, reason: str) -> Delivery:
        copy = self._new_delivery(delivery.kind, delivery.payload, delivery.subject)
        copy.retry_attempt, copy.retry_reason = attempt, reason
        with self.workspace.changed:
            self._on_ack[copy.envelope_id] = (copy, None)
        return copy

    def _leave(self, delivery: Delivery) -> None:
        delivery.is_on_its_way = True
        self.workspace.courier.run(partial(self._send, delivery))

    def _send(self, delivery: Delivery) -> None:
        delivery.left_at = time.monotonic()
        if self.request_url.is_used:
            self.request_url.send(delivery)
        else:
            message = json.dumps(delivery.envelope())
            delivery.socket_id = self.connections.send(message)
            if delivery.socket_id is None:
                self._undelivered(delivery)
                return
        missed = partial(self._missed, delivery)
        self.workspace.courier.run(missed, self.workspace.ack_seconds)

    def _undelivered(self, delivery: Delivery) -> None:
        with self.workspace.changed:
            delivery.is_on_its_way = False
            if delivery.kind == "events_api":
                self._without_socket.append(delivery)
                self.workspace.changed.notify_all()
            else:
                self._settle(delivery, "dispatch_failed", "no socket is open")

    def _missed(self, delivery: Delivery) -> None:
        with self.workspace.changed:
            if delivery.is_settled:
                return
            self._settle(delivery, "operation_timeout", "no ack in time")
            self._try_again(delivery, self._timeout)

    def _try_again(self, delivery: Delivery, reason: str) -> None:
        attempt = (delivery.retry_attempt or 0) + 1
        if delivery.kind != "events_api" or attempt > len(RETRY_DELAYS):
            return
        delay = RETRY_DELAYS[attempt - 1]
        again = self._again(delivery, attempt, reason)
        self._retries.append((self.workspace.now() + delay, again))
        self.workspace.courier.run(self.send_due_events, delay.total_seconds())

    def _settle(self, delivery: Delivery, outcome: str, why: str) -> None:
        delivery.outcome = outcome
        if delivery.on_lost:
            delivery.on_lost()
        text = f"{delivery.subject}: {why}"
        self.workspace.blame(outcome, text, delivery.user_id, is_shown_elsewhere=True)

    # -- hearing ---------------------------------------------------------------

    def _heard(self, socket_id: str, message: str) -> None:
        with self.workspace.changed:
            self.workspace.record.heard(message)
            answer = json.loads(message)
            known = self._on_ack.get(answer.get("envelope_id", ""))
            if known is None:
                self.workspace.blame("unknown_envelope", f"socket {socket_id}")
                return
            self._acked(*known, answer.get("payload"))

    def _replied(self, delivery: Delivery, reply: Reply) -> None:
        """The app has answered a post, or could not be reached."""
        with self.workspace.changed:
            self.workspace.record.heard(reply.text)
            if reply.failure:
                self._failed(delivery, reply)
                return
            _, on_ack = self._on_ack[delivery.envelope_id]
            try:
                answer = reply.payload()
            except ValueError:
                delivery.problem = "the ack is no JSON"
                self._settle(delivery, "invalid_ack", delivery.problem)
            else:
                self._acked(delivery, on_ack, answer)

    def _failed(self, delivery: Delivery, reply: Reply) -> None:
        if delivery.is_settled:
            return
        delivery.acked_after(time.monotonic())
        why = f"{reply.failure} {reply.status or ''}".strip()
        self._settle(delivery, "dispatch_failed", why)
        if not reply.wants_no_retry:
            self._try_again(delivery, reply.failure)
        self.workspace.changed.notify_all()

    def _acked(
        self, delivery: Delivery, on_ack: OnAck | None, answer: dict[str, Any] | None
    ) -> None:
        delivery.acked_after(time.monotonic())
        if delivery.is_settled:
            self.workspace.changed.notify_all()
            return
        delivery.answer = answer
        delivery.acked_at = self.workspace.now()
        problem = on_ack(delivery.answer) if on_ack else ""
        if problem:
            delivery.problem = problem
            self._settle(delivery, "invalid_ack", problem)
        else:
            delivery.outcome = "acked"
        self.workspace.changed.notify_all()
