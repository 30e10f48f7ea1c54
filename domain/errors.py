"""Refusals: a code and named fields; surfaces turn them into words."""

from typing import ClassVar


class DomainError(Exception):
    """A refusal that changes nothing.

    `code` names the fact for the surface that words it; `fields` holds what
    the wording needs. `concerns` names the entry of a form that the refusal
    is about, so that it can be shown under it.
    """

    code: ClassVar[str] = "refused"
    concerns: ClassVar[str | None] = None

    def __init__(self, **fields: object) -> None:
        super().__init__(self.code)
        self.fields = fields

    def __str__(self) -> str:
        return self.code


class NotPermittedError(DomainError):
    """The actor may not do this; `act` says what."""

    code = "not_permitted"


class NotFoundError(DomainError):
    """Not there, or not within the actor's reach: the two read the same."""

    code = "not_found"


class CountChangedError(DomainError):
    """Since the dry run the number of people changed; `count` is today's."""

    code = "count_changed"
    concerns = "count"


class DatabaseBusyError(DomainError):
    """Somebody else holds the database longer than we are willing to wait."""

    code = "database_busy"


class HashingBusyError(DomainError):
    """All cores are hashing for others; come again in `retry_after` seconds."""

    code = "hashing_busy"


class LeaseLostError(DomainError):
    """Another worker took over the row; what we hold of it must not be written."""

    code = "lease_lost"
