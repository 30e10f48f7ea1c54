"""Leaving a letter in the outbox, sealed, in the transaction that causes it."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy.orm import Session

from domain import outbox
from domain.letters.kinds import CONTENTS, LetterKind
from domain.outbox import OutboxMessage
from domain.secret import Keyring, Secret

__all__ = [
    "KIND",
    "LetterKind",
    "QueuedLetter",
    "Recipient",
    "open_letter",
    "payload_of",
    "queue_letter",
]

# The outbox kind that the worker's loop for letters claims.
KIND: Final = "letter"
_PURPOSE: Final = "letter"
_NUMBER_BYTES: Final = 16


@dataclass(frozen=True)
class Recipient:
    """Who gets the letter; `language` is None for the company's.

    A letter that can't be delivered is told to managers by its record card.
    """

    address: str
    first_name: str
    language: str | None
    record_card_id: int | None = None


@dataclass(frozen=True)
class QueuedLetter:
    """A letter as it was queued; `number` is random and stays the same."""

    kind: LetterKind
    to: Recipient
    values: Mapping[str, Secret]
    number: str
    queued_at: datetime
    good_until: datetime
    # Whose words it is in, for the kinds of `kinds.FROM_TEMPLATES`.
    template_version_id: int | None = None


def queue_letter(
    session: Session,
    kind: LetterKind,
    to: Recipient,
    *,
    values: Mapping[str, Secret | str] = MappingProxyType({}),
    keyring: Keyring,
    now: datetime,
    good_until: datetime | None = None,
    template_version_id: int | None = None,
) -> int:
    """Let a letter go out after the commit; gives the id of its outbox row.

    `good_until` is until when it makes sense, otherwise as long as its kind says
    (a code 10 minutes, a link 30, a notice 48 hours); later it is not sent.
    `values` are those that `kinds.CONTENTS` names; all of it is sealed, and wiped
    at delivery. Raises ValueError for values that the kind does not have.
    """
    payload = payload_of(
        kind,
        to,
        values=values,
        keyring=keyring,
        template_version_id=template_version_id,
    )
    expires_at = good_until or now + CONTENTS[kind].life
    return outbox.queue(session, KIND, payload, expires_at=expires_at, now=now)


def payload_of(
    kind: LetterKind,
    to: Recipient,
    *,
    values: Mapping[str, Secret | str],
    keyring: Keyring,
    template_version_id: int | None = None,
) -> dict[str, Any]:
    """A letter as its outbox row holds it, sealed.

    Raises ValueError for values that the kind does not have.
    """
    if not CONTENTS[kind].are_made_of(frozenset(values)):
        raise ValueError(f"a letter of kind {kind} is not made of {sorted(values)}")
    sealed = {
        "address": to.address,
        "first_name": to.first_name,
        "language": to.language,
        "number": secrets.token_hex(_NUMBER_BYTES),
        "values": {name: _plain(value) for name, value in values.items()},
    }
    payload: dict[str, Any] = {
        "letter": kind.value,
        "record_card_id": to.record_card_id,
        "sealed": keyring.seal(Secret(json.dumps(sealed)), purpose=_PURPOSE),
    }
    if template_version_id is not None:
        payload["template_version_id"] = template_version_id
    return payload


def open_letter(message: OutboxMessage, *, keyring: Keyring) -> QueuedLetter:
    """Read an outbox row of kind `KIND`.

    Raises UnsealingError when its key is not in the ring.
    """
    payload: Mapping[str, Any] = message.payload
    sealed = json.loads(keyring.open(payload["sealed"], purpose=_PURPOSE).reveal())
    return QueuedLetter(
        kind=LetterKind(payload["letter"]),
        to=Recipient(
            sealed["address"],
            sealed["first_name"],
            sealed["language"],
            payload["record_card_id"],
        ),
        values={name: Secret(text) for name, text in sealed["values"].items()},
        number=sealed["number"],
        queued_at=message.queued_at,
        good_until=message.expires_at or message.queued_at,
        template_version_id=payload.get("template_version_id"),
    )


def _plain(value: Secret | str) -> str:
    return value.reveal() if isinstance(value, Secret) else value
