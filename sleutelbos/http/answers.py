"""Short answers that need no page: their headers are the same for all."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final
from wsgiref.types import StartResponse

TEXT: Final = "text/plain; charset=utf-8"
JSON: Final = "application/json"
Header = tuple[str, str]
# Nobody keeps such an answer, frames it or takes it for something else.
SAFE: Final[tuple[Header, ...]] = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)


def say(
    start_response: StartResponse,
    status: HTTPStatus,
    body: bytes,
    content_type: str = TEXT,
    more: Sequence[Header] = (),
) -> list[bytes]:
    """Answer with these bytes."""
    start_response(
        f"{status.value} {status.phrase}",
        [
            ("Content-Type", content_type),
            ("Content-Length", str(len(body))),
            *SAFE,
            *more,
        ],
    )
    return [body]


def say_json(
    start_response: StartResponse, status: HTTPStatus, content: Mapping[str, Any]
) -> list[bytes]:
    """Answer with an object."""
    return say(start_response, status, json.dumps(content).encode() + b"\n", JSON)


def say_status(start_response: StartResponse, status: HTTPStatus) -> list[bytes]:
    """Answer with a status and nothing more."""
    return say(start_response, status, status.phrase.encode() + b"\n")
