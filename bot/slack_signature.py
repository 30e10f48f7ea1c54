"""Slack's signature over a request: who has the signing secret wrote these bytes."""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import Final

from domain.secret import Secret

# docs.slack.dev/authentication/verifying-requests-from-slack
GOOD_FOR: Final = timedelta(minutes=5)
_VERSION: Final = b"v0"
_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}")


def is_timely(timestamp: str, *, now: datetime) -> bool:
    """Whether the request was signed in the last five minutes; digits only."""
    if not _TIMESTAMP.fullmatch(timestamp):
        return False
    return abs(int(timestamp) - now.timestamp()) <= GOOD_FOR.total_seconds()


def sign(secret: Secret, timestamp: str, body: bytes) -> str:
    """The signature of these bytes at this time, as its header has it."""
    signed = b":".join((_VERSION, timestamp.encode(), body))
    digest = hmac.new(secret.reveal().encode(), signed, hashlib.sha256).hexdigest()
    return f"{_VERSION.decode()}={digest}"


def is_signed(secret: Secret, timestamp: str, body: bytes, signature: str) -> bool:
    """Whether this is the signature; compared as bytes, in constant time."""
    right = sign(secret, timestamp, body).encode()
    return hmac.compare_digest(right, signature.encode(errors="replace"))
