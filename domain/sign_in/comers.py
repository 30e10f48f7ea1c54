"""Who comes to sign in, and as whom their attempts are counted."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from domain.branches import Branch
from domain.logins.model import Login, LoginState
from domain.plain_text import clean, fold
from domain.record_cards.fields import email_key
from domain.record_cards.model import RecordCard
from domain.secret import Keyring, Secret
from domain.sign_in import devices
from domain.sign_in import lockout_policy as policy
from domain.sign_in.counters import CounterKey
from domain.sign_in.gate import Visit
from domain.sign_in.model import CountedBy, PasswordAttempt, TrustedDevice
from domain.sign_in.networks import network_of

# No address is longer, however it is spelled.
_LONGEST_NAME: Final = 1000


@dataclass(frozen=True)
class Known:
    """Somebody who has a login, as it was when they came."""

    login: Login
    card: RecordCard
    branch: Branch
    device_id: int | None


@dataclass(frozen=True, eq=False)
class Budget:
    """A counter, and the SQL condition for the attempts that it counts."""

    key: CounterKey
    attempts: ColumnElement[bool]


@dataclass(frozen=True)
class Comer:
    """Somebody with a name that has a login, or with one that has none."""

    known: Known | None
    name_digest: str
    network: str
    network_digest: str

    @cached_property
    def budget(self) -> Budget:
        """That of a known browser, of the login, or of the unknown name."""
        if self.known is not None:
            return _budget_of(self.known.login, self.known.device_id)
        return Budget(CounterKey(CountedBy.NAME, self.name_digest), self.is_subject())

    @property
    def key(self) -> CounterKey:
        """The counter of its budget."""
        return self.budget.key

    @property
    def network_key(self) -> CounterKey | None:
        """The counter of the network address; known browsers have their own budget."""
        if self.known is not None and self.known.device_id is not None:
            return None
        return self.lockouts_key

    @property
    def lockouts_key(self) -> CounterKey:
        """The network's counter too, for the lockouts that it causes: of everybody."""
        return CounterKey(CountedBy.NETWORK, self.network_digest)

    @property
    def allowed(self) -> int:
        """How many failures within 24 hours lock."""
        if self.known is None:
            return policy.ALLOWED_FOR_UNKNOWN_NAMES
        return self.known.branch.wrong_attempts_allowed

    @property
    def mark_purpose(self) -> str:
        """What a wrong password is remembered for: a login at a version, or a name."""
        if self.known is None:
            return f"wrong password of name {self.name_digest}"
        login = self.known.login
        return f"wrong password of login {login.id}, version {counted_version(login)}"

    def is_subject(self) -> ColumnElement[bool]:
        """The SQL condition for attempts at the same login or the same unknown name."""
        if self.known is not None:
            return PasswordAttempt.login_id == self.known.login.id
        return and_(
            PasswordAttempt.login_id.is_(None),
            PasswordAttempt.name_digest == self.name_digest,
        )


def counted_version(login: Login) -> int:
    """The credential version whose attempts are counted together.

    A new version begins a new count: after *Activeer* or with a new password there
    are attempts again. Locking raises the version too, but goes on counting, or a
    locked login would be known by its pauses.
    """
    is_locked = login.state is LoginState.LOCKED
    return login.credential_version - 1 if is_locked else login.credential_version


def _budget_of(login: Login, device_id: int | None) -> Budget:
    version = counted_version(login)
    if device_id is None:
        key = CounterKey(CountedBy.LOGIN, f"{login.id}.{version}")
    else:
        key = CounterKey(CountedBy.DEVICE, f"{device_id}.{version}")
    attempts = and_(
        PasswordAttempt.login_id == login.id,
        PasswordAttempt.device_id.is_not_distinct_from(device_id),
    )
    return Budget(key, attempts)


def name_key(user_name: str) -> str:
    """The one form of a typed user name: every spelling of it is counted as one."""
    typed = user_name[:_LONGEST_NAME]
    return email_key(typed) or fold(clean(typed))


def by_name(session: Session, user_name: str, visit: Visit, keyring: Keyring) -> Comer:
    """Who comes with this user name."""
    name = name_key(user_name)
    return _comer(session, Login.user_name_key == name, name, visit, keyring)


def by_login(session: Session, login_id: int, visit: Visit, keyring: Keyring) -> Comer:
    """Somebody who is signed in and gives the password once more."""
    is_it = Login.id == login_id
    name = session.scalar(select(Login.user_name_key).where(is_it)) or ""
    return _comer(session, is_it, name, visit, keyring)


def budget_of(session: Session, login: Login, visit: Visit) -> Budget:
    """The budget of somebody who got in: a known browser's own, else the login's."""
    if visit.device is None:
        return _budget_of(login, None)
    device_id: int | None = session.scalar(
        select(TrustedDevice.id)
        .join(Login, devices.is_trusted(visit.device))
        .where(Login.id == login.id)
    )
    return _budget_of(login, device_id)


def _comer(
    session: Session,
    is_it: ColumnElement[bool],
    name: str,
    visit: Visit,
    keyring: Keyring,
) -> Comer:
    # One statement for everybody: a known name costs no more than an unknown one.
    row = session.execute(
        select(Login, RecordCard, Branch, TrustedDevice.id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .outerjoin(TrustedDevice, devices.is_trusted(visit.device))
        .where(is_it)
    ).one_or_none()
    network = network_of(visit.address)
    return Comer(
        known=Known(*row) if row is not None else None,
        name_digest=keyring.digest(Secret(name), purpose="sign-in name"),
        network=network,
        # Counters know no addresses: those are in the table of attempts alone.
        network_digest=keyring.digest(Secret(network), purpose="sign-in network"),
    )
