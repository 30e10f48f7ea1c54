"""Notices of a changed address, with a link *Dit klopt niet* for the old one.

Both addresses are told, so that neither a slip nor a theft goes unnoticed. The link
changes nothing by itself: it has the administrators look (threats, E3).
"""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ForeignKey, String, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain import audit, masking, outbox
from domain.actor import EMPLOYEE
from domain.audit import AuditAct, Concerning
from domain.database import Record
from domain.letters.kinds import CONTENTS, LetterKind
from domain.letters.queueing import KIND, Recipient, payload_of
from domain.logins.model import Login
from domain.record_cards.model import RecordCard
from domain.secret import Keyring, Secret

LIFE: Final = timedelta(days=7)
# What the admin channel of the branch is told.
DISPUTED_NOTICE: Final = "address_disputed"
_TOKEN_BYTES: Final = 32
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class AddressNotice(Record):
    """A letter to the old address; whoever has its link may say that it is wrong."""

    __tablename__ = "address_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    record_card_id: Mapped[int] = mapped_column(
        ForeignKey("record_card.id"), index=True
    )
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    disputed_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Readdressed:
    """Somebody whose address was changed; the language is None for the company's."""

    record_card_id: int
    first_name: str
    language: str | None
    old: str
    new: str


def tell(
    session: Session,
    changed: Sequence[Readdressed],
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Queue a letter to both addresses of each; a few statements however many."""
    if not changed:
        return
    tokens = [secrets.token_urlsafe(_TOKEN_BYTES) for _ in changed]
    rows = [
        {
            "token_hash": _hash(token),
            "record_card_id": each.record_card_id,
            "made_at": now,
            "expires_at": now + LIFE,
        }
        for each, token in zip(changed, tokens, strict=True)
    ]
    session.execute(insert(AddressNotice), rows)
    messages = []
    for each, token in zip(changed, tokens, strict=True):
        values: dict[str, Secret | str] = {
            "new_address": masking.masked(each.new),
            "token": Secret(token),
        }
        to_old = _letter(LetterKind.ADDRESS_REPLACED, each, each.old, values, keyring)
        to_new = _letter(LetterKind.ADDRESS_ADDED, each, each.new, {}, keyring)
        messages += [
            (content, now + CONTENTS[LetterKind(content["letter"])].life)
            for content in (to_old, to_new)
        ]
    outbox.queue_many(session, KIND, messages, now=now)


def is_open(session: Session, token: str, *, now: datetime) -> bool:
    """Whether a letter with this link was sent, and not longer than a week ago."""
    return _find(session, token, now) is not None


def dispute(session: Session, token: str, *, now: datetime) -> bool:
    """Have the administrators look at a changed address; whether the link worked.

    Whoever presses again is believed without another warning.
    """
    notice = _find(session, token, now)
    if notice is None:
        return False
    first = session.scalars(
        update(AddressNotice)
        .where(AddressNotice.id == notice.id, AddressNotice.disputed_at.is_(None))
        .values(disputed_at=now)
        .returning(AddressNotice.record_card_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if first is None:
        return True
    card = session.get_one(RecordCard, first)
    login_id = session.scalar(select(Login.id).where(Login.record_card_id == card.id))
    about = Concerning(card.branch_id, card.id, login_id)
    audit.record(session, AuditAct.ADDRESS_DISPUTED, about, actor=EMPLOYEE, now=now)
    told = {"branch_id": card.branch_id, "record_card_id": card.id}
    outbox.queue(session, DISPUTED_NOTICE, told, now=now)
    return True


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop the notices whose link works no more."""
    session.execute(delete(AddressNotice).where(AddressNotice.expires_at <= now))


def _letter(
    kind: LetterKind,
    each: Readdressed,
    address: str,
    values: Mapping[str, Secret | str],
    keyring: Keyring,
) -> dict[str, Any]:
    to = Recipient(address, each.first_name, each.language, each.record_card_id)
    return payload_of(kind, to, values=values, keyring=keyring)


def _find(session: Session, token: str, now: datetime) -> AddressNotice | None:
    if not _TOKEN.fullmatch(token):
        return None
    return session.scalars(
        select(AddressNotice).where(
            AddressNotice.token_hash == _hash(token), AddressNotice.expires_at > now
        )
    ).one_or_none()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
