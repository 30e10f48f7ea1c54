"""Logs as JSON lines: fixed event names, values as fields, no text of errors.

What libraries say is dropped, for it holds bodies, tokens and addresses; where
they said it is kept.
"""

import logging
import sys
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Final, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.log_safety import frames

_DEEPEST_CAUSE: Final = 5
# Waitress warns of every request that waits, and of every visitor who leaves.
_CAPPED: Final = ("waitress", "waitress.queue", "werkzeug")
_log = structlog.get_logger()


def configure(stream: TextIO, level: int = logging.INFO) -> None:
    """From now on everything that is logged is a JSON line in this stream."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _error_without_text,
            structlog.processors.JSONRenderer(default=_kind),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Library()], level=logging.WARNING, force=True)
    for name in _CAPPED:
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.captureWarnings(capture=True)
    threading.excepthook = _thread_ended
    sys.excepthook = _process_ended


class _Library(logging.Handler):
    """Says which library complained where, and nothing of what it said."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the place of a record."""
        _log.log(
            record.levelno,
            "library",
            logger=record.name,
            place=f"{record.module}:{record.lineno}",
            exc_info=record.exc_info or None,
        )


def _error_without_text(
    _logger: WrappedLogger, _method: str, event: EventDict
) -> EventDict:
    """Replace an exception by its type, its causes and its frames."""
    given = event.pop("exc_info", None)
    error = _error_of(given)
    if error is not None:
        event["error"] = [type(item).__name__ for item in _chain(error)]
        event["frames"] = frames(error.__traceback__)
    return event


def _error_of(given: Any) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    return sys.exc_info()[1] if given else None


def _chain(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    for _ in range(_DEEPEST_CAUSE):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__


def _kind(value: object) -> str:
    """What is no plain value is logged by its type: its text could say too much."""
    return type(value).__name__


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    _log.error("thread.ended", exc_info=ended.exc_value)


def _process_ended(
    _kind_of_error: type[BaseException],
    error: BaseException,
    _trace: TracebackType | None,
) -> None:
    _log.critical("process.ended", exc_info=error)
