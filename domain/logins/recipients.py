"""To whom a letter about a login goes."""

from domain.letters.queueing import Recipient
from domain.logins.model import Login


def recipient_of(login: Login) -> Recipient:
    """The employee, at the address of the record card, else of the user name.

    The record card must have been loaded with the login.
    """
    card = login.record_card
    return Recipient(
        address=card.email or login.user_name,
        first_name=card.first_name or card.full_name,
        language=login.language,
        record_card_id=card.id,
    )
