"""How Slack says no to a call."""

from typing import Any


class RefusedError(Exception):
    """The call is refused with one of Slack's error codes, and nothing was done."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more
        self.retry_after: int | None = None

    @classmethod
    def invalid_arguments(cls, *messages: str) -> "RefusedError":
        """Wrong arguments, told one by one as Slack does."""
        told = [f"[ERROR] {message}" for message in messages]
        return cls("invalid_arguments", response_metadata={"messages": told})

    @classmethod
    def ratelimited(cls, seconds: int) -> "RefusedError":
        """Too many calls; come back after so many seconds."""
        refusal = cls("ratelimited")
        refusal.retry_after = seconds
        return refusal

    def answer(self) -> dict[str, Any]:
        """The body that says so."""
        return {"ok": False, "error": self.error, **self.more}
