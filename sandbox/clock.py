"""The clock the sandbox runs by, unless somebody hands in another."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Real time; the sandbox stands alone and can't borrow another part's clock."""
    return datetime.now(UTC)  # noqa: TID251
