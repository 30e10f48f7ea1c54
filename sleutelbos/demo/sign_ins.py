"""What employees did before today: they got in, came back, and one of them did not.

Of those who got in only the traces are written. To hash a password for each, as
the sign-in page does, would keep people waiting for the demo.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from secrets import token_urlsafe
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.office import Office
from domain import audit
from domain.actor import EMPLOYEE
from domain.audit import AuditAct, Concerning
from domain.logins.model import Login, PasswordKind
from domain.logins.passwords import hash_password
from domain.record_cards.model import RecordCard
from domain.secret import Secret
from domain.sign_in.gate import Visit
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.sign_in import sign_in
from domain.sign_in.tools import SignInTools

# From the block that is kept for examples (RFC 5737).
_AT_HOME: Final = Visit("192.0.2.17")
_BETWEEN: Final = timedelta(seconds=25)
# One more than any branch of the demo allows.
_TRIES: Final = 11


@dataclass(frozen=True)
class SignIns:
    """Everything they did; each is known by the key of the personnel number."""

    office: Office

    def get_in(self, number: str) -> None:
        """The initial password is replaced by one of their own, and they are in."""

        def write(session: Session, login: Login, now: datetime) -> None:
            login.password_kind = PasswordKind.OWN
            login.password_hash = self._own_password
            login.password_set_at = now
            login.initial_password_expires_at = None
            login.credential_version += 1
            _record(session, AuditAct.PASSWORD_CHOSEN, login, now)
            _count(session, login, 1, now)

        self._with_login(number, write)

    def come_back(self, number: str, times: int) -> None:
        """So many more sign-ins, the last of them now."""

        def write(session: Session, login: Login, now: datetime) -> None:
            _count(session, login, times, now)

        self._with_login(number, write)

    def forget_password(self, number: str) -> None:
        """Try wrong ones until the login is locked; this is done as it really is."""
        database, now = self.office.database, self.office.clock()
        with database.reading() as session:
            login = _login_of(session, number)
        if login is None:
            return
        tools = SignInTools(
            database.transaction, self.office.keyring, HashingSlots(), pauses=False
        )
        for place in range(_TRIES):
            moment, tried = now + place * _BETWEEN, Secret(f"geheim-{place}")
            sign_in(tools, login.user_name, tried, visit=_AT_HOME, now=moment)

    @cached_property
    def _own_password(self) -> str:
        """One for all; nobody is to know it."""
        return hash_password(Secret(token_urlsafe()))

    def _with_login(
        self, number: str, write: Callable[[Session, Login, datetime], None]
    ) -> None:
        with self.office.database.transaction() as session:
            login = _login_of(session, number)
            # Cards without an address have none.
            if login is not None:
                write(session, login, self.office.clock())


def _login_of(session: Session, number: str) -> Login | None:
    query = (
        select(Login)
        .join(Login.record_card)
        .where(RecordCard.number_key == number)
        .options(joinedload(Login.record_card))
    )
    return session.scalars(query).one_or_none()


def _count(session: Session, login: Login, times: int, now: datetime) -> None:
    login.sign_in_count += times
    login.last_sign_in_at = now
    _record(session, AuditAct.SIGNED_IN, login, now)


def _record(session: Session, act: AuditAct, login: Login, now: datetime) -> None:
    card = login.record_card
    concerning = Concerning(
        branch_id=card.branch_id, record_card_id=card.id, login_id=login.id
    )
    audit.record(session, act, concerning, actor=EMPLOYEE, now=now)
