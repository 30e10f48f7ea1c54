"""A letter as it came, and what can be read in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property


class Headers(tuple[tuple[str, str], ...]):
    """Names and decoded values in the order they came."""

    __slots__ = ()

    def get(self, name: str, default: str = "") -> str:
        """The first value of that name, in whatever capitals."""
        return next(iter(self.every(name)), default)

    def every(self, name: str) -> tuple[str, ...]:
        """All values of that name."""
        wanted = name.casefold()
        return tuple(value for each, value in self if each.casefold() == wanted)


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A part that is not the text of the letter."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str = ""
    # The HTML shows it, as it does a logo.
    is_inline: bool = False


@dataclass(frozen=True, kw_only=True)
class Content:
    """What can be read in a letter; "" stands for a part that is not there."""

    headers: Headers = field(default_factory=Headers)
    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    # What a mail program may stumble over, in words.
    defects: tuple[str, ...] = ()
    # Its parts can't be told apart, so only the source is sure.
    is_broken: bool = False


@dataclass(frozen=True, kw_only=True)
class Letter(Content):
    """A letter that was taken in: who sent it to whom over SMTP, and its bytes."""

    id: int
    received_at: datetime
    # Of the envelope, so `to` has blind copies too; the headers say what they like.
    sender: str
    to: tuple[str, ...]
    raw: bytes = field(repr=False)

    @property
    def subject(self) -> str:
        """The header's, decoded."""
        return self.headers.get("Subject")

    @property
    def message_id(self) -> str:
        """With its angle brackets."""
        return self.headers.get("Message-ID")

    @cached_property
    def searched(self) -> str:
        """What a search looks through, in small letters."""
        headers = [self.headers.get(name) for name in ("Subject", "From", "To", "Cc")]
        return "\n".join([*headers, *self.to, self.text]).casefold()

    def is_to(self, address: str) -> bool:
        """Whether it lies in the mailbox of this address, in whatever capitals."""
        wanted = address.casefold()
        return any(each.casefold() == wanted for each in self.to)

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.id}: {self.subject!r} to {', '.join(self.to)}"
