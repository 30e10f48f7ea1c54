"""Logs that hold no payload: Slack's libraries write bodies and tokens into theirs."""

import logging
import secrets
import traceback
from types import TracebackType
from typing import Final

import structlog

LIBRARIES: Final = ("slack_bolt", "slack_sdk")
_log = structlog.get_logger(__name__)


class _Withholding(logging.Filter):
    """Keeps where a library complained and drops what it said."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[0].__name__ if _has_error(record) else None  # type: ignore[index, union-attr]
        place = f"{record.module}:{record.lineno}"
        record.msg, record.args = "Slack library, %s%s", (place, f" {error or ''}")
        record.exc_info = record.exc_text = record.stack_info = None
        return record.levelno >= logging.WARNING


def _has_error(record: logging.LogRecord) -> bool:
    return bool(record.exc_info and record.exc_info[0])


def logger() -> logging.Logger:
    """The logger that Slack's libraries are given: warnings, without their texts."""
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    withholding = logging.getLogger("sleutelbos.slack")
    withholding.setLevel(logging.WARNING)
    if not withholding.filters:
        withholding.addFilter(_Withholding())
    return withholding


def frames(trace: TracebackType | None) -> list[str]:
    """Where it happened, outermost first: files and lines, no values."""
    return [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]


def new_reference() -> str:
    """A number by which somebody finds a log line again."""
    return secrets.token_hex(4).upper()


def unexpected(error: BaseException, reference: str, place: str) -> None:
    """Log an error by its type and frames, never by its text."""
    chain: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(chain) < 5:
        chain.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    _log.error(
        "slack.unexpected",
        reference=reference,
        place=place,
        error=chain,
        frames=frames(error.__traceback__),
    )
