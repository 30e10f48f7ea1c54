"""What a test reads back: calls, faults, and what nobody has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack import screen
from sandbox.slack.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.slack.conversations import Channel, Message
    from sandbox.slack.record import ApiCall, AppFault, Delivery


class Reading(State):
    """The looking-back side of a workspace."""

    def calls(self, method: str | None = None) -> list[ApiCall]:
        """Calls of the Web API in order; posts to a response_url are `response_url`."""
        with self.changed:
            return [call for call in self.record.calls if method in (None, call.method)]

    def deliveries(self, kind: str | None = None) -> list[Delivery]:
        """Payloads sent to the app, in order."""
        with self.changed:
            return [
                sent for sent in self.record.deliveries if kind in (None, sent.kind)
            ]

    def recorded_text(self) -> str:
        """Everything the app ever sent, encodings undone, for searching."""
        with self.changed:
            return "\n".join(self.record.sent_by_app)

    def messages(self, channel: str) -> list[Message]:
        """What stands in a channel now, ephemeral ones included."""
        with self.changed:
            return list(self.channel(channel).messages)

    def tolerates(self, error: str, method: str = "*") -> None:
        """Say that this refusal is part of the story, however often it comes."""
        with self.changed:
            self.record.tolerated.add((method, error))

    def sees_fault(self, text: str, within: float | None = None) -> AppFault:
        """Wait for a fault of the app that says `text`, and take it as expected."""

        def found() -> AppFault | None:
            unread = (fault for fault in self.record.faults if not fault.read)
            return next((fault for fault in unread if text in str(fault)), None)

        fault = self.wait_until(found, self.patience if within is None else within)
        if fault is None:
            known = "\n".join(str(fault) for fault in self.record.faults) or "none"
            raise AssertionError(f"no fault says {text!r}; faults:\n{known}")
        fault.read = True
        return fault  # type: ignore[no-any-return]

    def unexpected_faults(self) -> list[str]:
        """Faults of the app that no test took as expected."""
        with self.changed:
            return [str(fault) for fault in self.record.faults if not fault.read]

    def unread(self) -> list[str]:
        """Messages nobody read as they stand now, and faults nobody expected."""
        with self.changed:
            left = self.unexpected_faults()
            for channel, message in self._unseen():
                place = screen.place(self, channel)
                to = f" (only for {self._name(message)})" if message.only_for else ""
                text = screen.message_text(self, message)
                left.append(f"nobody read in {place}{to}: {text}")
            return left

    def wait_for_acks(self) -> None:
        """Wait until everything that was sent is acked or overdue.

        An app that ends before would leave them unacked.
        """
        self.wait_until(
            lambda: not any(sent.is_awaited for sent in self.record.deliveries),
            self.ack_seconds + 1,
        )

    def assert_all_read(self) -> None:
        """For the end of a test: nothing may be left that nobody looked at.

        Waits until what was sent is acked or overdue, so that no fault comes too late.
        """
        self.wait_for_acks()
        left = self.unread()
        if left:
            raise AssertionError("left unread:\n" + "\n".join(left))

    def _unseen(self) -> Iterator[tuple[Channel, Message]]:
        for channel in self.channels.values():
            for message in channel.messages:
                if message.is_from_app and not message.is_read:
                    yield channel, message

    def _name(self, message: Message) -> str:
        return self.users[message.only_for].name if message.only_for else ""
