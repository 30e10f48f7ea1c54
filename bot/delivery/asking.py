"""Asking Slack once, and what its answers mean to whoever asked."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError

_RETRY_AFTER: Final = "Retry-After"
NO_ANSWER: Final = "no_answer"
# Errors of any method that speak of Slack and not of the call (docs.slack.dev).
_PASSING: Final = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
    }
)
_CODE: Final = re.compile(r"[a-z0-9_]{1,80}")


def asked_once(client: WebClient) -> WebClient:
    """The same client without the SDK's retries.

    By itself it repeats a call whose answer was lost, and a message stands twice.
    """
    once = copy(client)
    once.retry_handlers = []
    return once


@contextmanager
def asking() -> Iterator[None]:
    """Turn whatever goes wrong into DeliveryPostponedError or DeliveryRefusedError."""
    try:
        yield
    except SlackApiError as error:
        raise _meaning(error.response) from error
    except HTTPError as error:
        error.close()
        raise _postponed(error.code, error.headers.get(_RETRY_AFTER)) from error
    except (OSError, HTTPException) as error:
        raise DeliveryPostponedError(NO_ANSWER) from error


def _meaning(
    response: SlackResponse,
) -> DeliveryPostponedError | DeliveryRefusedError:
    code = str(response.get("error"))
    if response.status_code != HTTPStatus.OK or not _CODE.fullmatch(code):
        # Too many calls, or not Slack's words but of something on the way to it.
        return _postponed(response.status_code, response.headers.get(_RETRY_AFTER))
    if code in _PASSING:
        return DeliveryPostponedError(code)
    return DeliveryRefusedError(code)


def _postponed(status: int, retry_after: str | None) -> DeliveryPostponedError:
    seconds = retry_after or ""
    wait = timedelta(seconds=int(seconds)) if seconds.isdecimal() else None
    return DeliveryPostponedError(f"http_{status}", wait)
