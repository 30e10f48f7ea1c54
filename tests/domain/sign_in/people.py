"""Employees who sign in, and the office as they meet it."""

import functools
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from domain.branches import Branch
from domain.database import Record
from domain.logins.model import Login, LoginId, LoginState, PasswordKind
from domain.logins.passwords import hash_initial_password, hash_password
from domain.record_cards.model import RecordCard
from domain.secret import Keyring, Secret
from domain.sign_in import sessions
from domain.sign_in.gate import Visit
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.model import (
    AttemptCounter,
    AttemptOutcome,
    CountedBy,
    PasswordAttempt,
    TrustedDevice,
)
from domain.sign_in.sessions import NewSession, OpenSession
from domain.sign_in.sign_in import OutcomeKind, SignInOutcome, sign_in
from domain.sign_in.tools import SignInTools
from tests.conftest import SetClock
from tests.domain.office import Office

PASSWORD = Secret("vier rode fietsen bellen")
INITIAL = Secret("kq7m-3xwe-hj4n-8bcd")
HOME = Visit("203.0.113.7")
ELSEWHERE = Visit("198.51.100.9")
NAME = "anna@example.nl"
NOBODY = "niemand@example.nl"

# A hash takes a core for a while: one of each for the whole run is enough.
hash_of = functools.cache(hash_password)
hash_of_initial = functools.cache(hash_initial_password)


@dataclass
class SignInDesk:
    """The sign-in of an office, its clock, and what the database holds of it."""

    office: Office
    clock: SetClock
    tools: SignInTools

    def add_employee(
        self,
        name: str = NAME,
        state: LoginState = LoginState.ACTIVE,
        *,
        card: dict[str, Any] | None = None,
        **given: Any,
    ) -> LoginId:
        """An employee with PASSWORD as their own; `given` for the login's columns."""
        own = {
            "password_kind": PasswordKind.OWN,
            "password_hash": hash_of(PASSWORD),
            "password_set_at": self.clock(),
        }
        number = {"email": name, "email_key": name}
        return self.office.add_login(state, card=number | (card or {}), **own | given)

    def add_newcomer(
        self,
        name: str = NAME,
        state: LoginState = LoginState.ACTIVE,
        *,
        life: timedelta = timedelta(days=7),
        **given: Any,
    ) -> LoginId:
        """An employee with INITIAL as their first password, from a letter."""
        first = {
            "password_kind": PasswordKind.INITIAL,
            "password_hash": hash_of_initial(INITIAL),
            "initial_password_expires_at": self.clock() + life,
        }
        return self.add_employee(name, state, **first | given)

    def tries(
        self, password: str | Secret, name: str = NAME, visit: Visit = HOME
    ) -> SignInOutcome:
        """One attempt on the sign-in page, at this instant."""
        typed = password if isinstance(password, Secret) else Secret(password)
        return sign_in(self.tools, name, typed, visit=visit, now=self.clock())

    def signs_in(
        self, name: str = NAME, visit: Visit = HOME, password: Secret = PASSWORD
    ) -> NewSession:
        """An attempt that goes on."""
        outcome = self.tries(password, name, visit)
        assert outcome.kind is OutcomeKind.GO_ON
        assert outcome.session is not None
        return outcome.session

    def fails(
        self, times: int, name: str = NAME, visit: Visit = HOME, *, first: int = 1
    ) -> list[SignInOutcome]:
        """Wrong passwords, each another, and each after the pause that is due."""
        outcomes = []
        for number in range(first, first + times):
            outcome = self.tries(f"fout {number}", name, visit)
            if outcome.retry_after is not None:
                self.clock.forward(outcome.retry_after)
                outcome = self.tries(f"fout {number}", name, visit)
            outcomes.append(outcome)
        return outcomes

    def knows_browser(self, name: str = NAME, visit: Visit = HOME) -> Visit:
        """The same visit, in a browser in which this employee signed in before."""
        return replace(visit, device=self.signs_in(name, visit).device)

    def session_of(self, token: Secret) -> OpenSession | None:
        """The session of a cookie at this instant."""
        with self.office.database.reading() as session:
            return sessions.find(session, token, now=self.clock())

    def is_in(self, new: NewSession) -> bool:
        """Whether the session opens anything now."""
        return self.session_of(new.token) is not None

    def open_session(self, new: NewSession) -> OpenSession:
        """The session, which is there."""
        found = self.session_of(new.token)
        assert found is not None
        return found

    def advances(self, new: NewSession, visit: Visit = HOME) -> NewSession:
        """One step further."""
        with self.office.database.transaction() as session:
            found = sessions.find(session, new.token, now=self.clock())
            assert found is not None
            return sessions.advance(session, found, visit=visit, now=self.clock())

    def allows(self, attempts: int) -> None:
        """How many wrong attempts the branch of everybody here allows."""
        with self.office.database.transaction() as session:
            session.execute(
                update(Branch)
                .where(Branch.id == self.office.utrecht)
                .values(wrong_attempts_allowed=attempts)
            )

    def change(self, login_id: LoginId, **values: Any) -> None:
        """What other parts of the office would have changed on a login."""
        with self.office.database.transaction() as session:
            session.execute(update(Login).where(Login.id == login_id).values(**values))

    def change_card(self, login_id: LoginId, **values: Any) -> None:
        """The same, on its record card."""
        card_id = self.office.login(login_id).record_card_id
        with self.office.database.transaction() as session:
            session.execute(
                update(RecordCard).where(RecordCard.id == card_id).values(**values)
            )

    def state(self, login_id: LoginId) -> LoginState:
        """The state of a login in the database."""
        return self.office.login(login_id).state

    def outcomes(self) -> list[AttemptOutcome]:
        """What became of every attempt, in order."""
        with self.office.database.reading() as session:
            query = select(PasswordAttempt.outcome).order_by(PasswordAttempt.id)
            return list(session.scalars(query))

    def attempts(self) -> list[PasswordAttempt]:
        """Every attempt, in order."""
        with self.office.database.reading() as session:
            query = select(PasswordAttempt).order_by(PasswordAttempt.id)
            return list(session.scalars(query))

    def counted(self, by: CountedBy) -> list[int]:
        """What each of these counters has counted."""
        with self.office.database.reading() as session:
            query = select(AttemptCounter.count).where(AttemptCounter.counted_by == by)
            return list(session.scalars(query.order_by(AttemptCounter.subject)))

    def number_of(self, record: type[Record]) -> int:
        """How many rows a table has."""
        with self.office.database.reading() as session:
            return session.scalar(select(func.count()).select_from(record)) or 0

    def trusted(self) -> list[TrustedDevice]:
        """The browsers that somebody signed in with."""
        with self.office.database.reading() as session:
            return list(session.scalars(select(TrustedDevice)))


def open_desk(
    office: Office, clock: SetClock, keyring: Keyring, *, pauses: bool = True
) -> SignInDesk:
    """The sign-in of this office. Nobody is refused because this machine is busy."""
    hashing = HashingSlots(patience=timedelta(minutes=5))
    tools = SignInTools(office.database.transaction, keyring, hashing, pauses=pauses)
    return SignInDesk(office, clock, tools)


def seconds(outcome: SignInOutcome) -> float:
    """How long to wait."""
    assert outcome.kind is OutcomeKind.PAUSED
    assert outcome.retry_after is not None
    return outcome.retry_after.total_seconds()


def later(clock: SetClock, **by: float) -> datetime:
    """The clock moved on by `minutes=...` and the like; gives what it says."""
    clock.forward(timedelta(**by))
    return clock()
