"""Cursors, as every list of the Web API has them."""

import base64
import binascii
from typing import TypeVar

from sandbox.slack.refusals import RefusedError
from sandbox.slack.web_api.methods import Answer, Call

Item = TypeVar("Item")


def page(
    call: Call, items: list[Item], *, default: int, most: int
) -> tuple[list[Item], Answer]:
    """The items from `cursor` on, `limit` of them, and where the next page begins."""
    limit = call.number("limit", default) or default
    if not 0 < limit <= most:
        raise RefusedError("invalid_limit")
    start = _position(call.text("cursor"))
    end = start + limit
    following = _cursor(end) if end < len(items) else ""
    return items[start:end], {"next_cursor": following}


def _cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise RefusedError("invalid_cursor") from None
