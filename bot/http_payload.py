"""The payload in a signed request: JSON for events, a form for everything else."""

import json
from typing import Any, Final
from urllib.parse import parse_qsl

DEEPEST: Final = 32
_MOST_FIELDS: Final = 100
_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"


class UnreadableError(ValueError):
    """Nothing that Slack sends looks like this."""


def parse(content_type: str, body: bytes) -> dict[str, Any]:
    """The payload as Socket Mode would have it. Raises UnreadableError."""
    media_type = content_type.partition(";")[0].strip().lower()
    try:
        text = body.decode()
        if media_type == _JSON:
            return _object(text)
        if media_type == _FORM:
            return _form(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError from error
    raise UnreadableError


def _form(text: str) -> dict[str, Any]:
    """A command's own fields, or what stands in the field `payload`."""
    fields = parse_qsl(
        text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
    )
    named = dict(fields)
    if len(named) != len(fields) or not named:
        raise UnreadableError
    return _object(named["payload"]) if "payload" in named else named


def _object(text: str) -> dict[str, Any]:
    parsed = json.loads(text)
    if not isinstance(parsed, dict) or _is_too_deep(parsed):
        raise UnreadableError
    # A lone surrogate can't be written down anywhere.
    text.encode()
    json.dumps(parsed, ensure_ascii=False).encode()
    return parsed


def _is_too_deep(parsed: object) -> bool:
    level = [parsed]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return any(isinstance(each, dict | list) for each in level)
