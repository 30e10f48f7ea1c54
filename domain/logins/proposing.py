"""Which personnel number an e-mail address may be of: a proposal, never a decision."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.logins.model import Login
from domain.record_cards import fields
from domain.record_cards.model import RecordCard
from domain.record_cards.register import is_open

_COMPARED: Final = 10


def number_for(session: Session, address: str) -> str | None:
    """The number of the one card with this address, or of the one that has a login.

    None when it is no address, nobody's, or of several cards alike. The address is
    compared and not kept.
    """
    key = fields.email_key(address)
    if key is None:
        return None
    cards = session.execute(
        select(RecordCard.number, Login.id.is_not(None))
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .where(RecordCard.email_key == key, is_open())
        .limit(_COMPARED)
    ).all()
    with_login = [number for number, has_login in cards if has_login]
    return _only(with_login) or _only([number for number, _ in cards])


def _only(numbers: Sequence[str]) -> str | None:
    return numbers[0] if len(numbers) == 1 else None
