"""The empty shells of a card and a login, once the person is forgotten.

They stay because the audit log speaks of their ids, and a database gives the ids of
deleted rows anew.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.logins.model import Login, LoginState, PasswordKind, SecondFactor
from domain.privacy.persons import Person
from domain.record_cards.model import RecordCard

# The last name of an erased card; surfaces have their own words for it.
ERASED_NAME: Final = "gewist"
_EMPTIED: Final = (
    "first_name",
    "prefix",
    "email",
    "email_key",
    "job_title",
    "contract",
    "start_on",
    "end_on",
    "phone",
    "street",
    "postal_code",
    "city",
    "birth_on",
)


def empty(session: Session, person: Person, now: datetime) -> None:
    """Have cards and logins say nothing of a person any more."""
    fresh = {"execution_options": {"populate_existing": True}}
    cards = select(RecordCard).where(RecordCard.id.in_(person.card_ids))
    for card in session.scalars(cards, **fresh).all():
        _empty_card(card, now)
    logins = select(Login).where(Login.id.in_(person.login_ids))
    for login in session.scalars(logins, **fresh).all():
        _empty_login(login)
    session.flush()


def _empty_card(card: RecordCard, now: datetime) -> None:
    for name in _EMPTIED:
        setattr(card, name, None)
    card.number = f"{ERASED_NAME}-{card.id}"
    # What somebody types is compared without capitals, so nobody finds it.
    card.number_key = f"{ERASED_NAME.upper()}-{card.id}"
    card.last_name = ERASED_NAME
    card.name_key = ""
    card.erased_at = card.changed_at = now


def _empty_login(login: Login) -> None:
    login.user_name = f"{ERASED_NAME}-{login.id}"
    login.user_name_key = f"{ERASED_NAME.upper()}-{login.id}"
    login.state = LoginState.EMPLOYMENT_ENDED
    login.password_kind = PasswordKind.NONE
    login.password_hash = login.password_set_at = None
    login.initial_password_expires_at = login.last_sign_in_at = None
    login.second_factor = SecondFactor.NONE
    login.sealed_totp_seed = login.totp_last_step = login.language = None
    login.closed_for_end_on = None
    login.sign_in_count = 0
    login.credential_version += 1
