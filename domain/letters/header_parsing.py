"""Headers of letters as `email` parses them, but what they share only once.

`email` makes a class for every header that it touches, and parses anew for each
letter what all of them have alike: more than half of the time that writing one took.
"""

from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import SMTP, SMTPUTF8
from functools import lru_cache
from typing import Any, Final

# Names and addresses of people are never kept.
_ALIKE: Final = frozenset(
    {
        "auto-submitted",
        "content-language",
        "content-transfer-encoding",
        "content-type",
        "mime-version",
        "x-auto-response-suppress",
    }
)
# Content-Type differs by boundary; what letters share is used too often to be dropped.
_VALUES_KEPT: Final = 64


class _SharedHeaders(HeaderRegistry):
    def __init__(self) -> None:
        super().__init__()
        self._class = lru_cache(_VALUES_KEPT)(super().__getitem__)
        self._header = lru_cache(_VALUES_KEPT)(super().__call__)

    def __getitem__(self, name: str) -> type[BaseHeader]:
        return self._class(name)

    def __call__(self, name: str, value: Any) -> BaseHeader:
        if name.lower() in _ALIKE:
            return self._header(name, value)
        return super().__call__(name, value)


_HEADERS: Final = _SharedHeaders()
POLICY: Final = SMTP.clone(header_factory=_HEADERS)
# For addresses that are not ASCII (RFC 6531).
INTERNATIONAL: Final = SMTPUTF8.clone(header_factory=_HEADERS)
