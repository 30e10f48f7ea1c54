"""The tables of signing in: sessions, browsers, attempts, codes, lockouts."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.database import Code, Record
from domain.leases import Leased
from domain.record_cards.slack_link import SlackLink

__all__ = [
    "AttemptCounter",
    "AttemptOutcome",
    "CodeTry",
    "CountedBy",
    "Lockout",
    "LockoutAlert",
    "LockoutEnd",
    "OneTimeCode",
    "PasswordAttempt",
    "PendingApp",
    "PortalSession",
    "RecoveryCode",
    "RecoveryRequest",
    "SlackLink",
    "Stage",
    "TrustedDevice",
]


class Stage(StrEnum):
    """How far a sign-in has come; each opens only its own pages."""

    CODE_DUE = "code_due"
    CHANGE_DUE = "change_due"
    IN = "in"


class PortalSession(Record):
    """One browser's sign-in; the cookie's value is kept as SHA-256 only."""

    __tablename__ = "portal_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"), index=True)
    stage: Mapped[Stage] = mapped_column(Code(Stage, 20))
    credential_version: Mapped[int]
    # A sign-in keeps this number through its new ids.
    sign_in_number: Mapped[str] = mapped_column(String(32))
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime] = mapped_column(index=True)
    # When the password (and the factor, where there is one) were last given. While
    # a code is due: when the password was.
    authenticated_at: Mapped[datetime]
    # What a code and its tries are bound to: the sign-in, or proving anew after it.
    challenge_number: Mapped[str] = mapped_column(String(32))
    # A sign-in that was fully in once is counted, whatever is asked of it later.
    has_been_in: Mapped[bool]


class TrustedDevice(Record):
    """A browser that signed in before; it has an attempt budget of its own."""

    __tablename__ = "trusted_device"
    # On a computer that people share, one browser is known to several logins.
    __table_args__ = (UniqueConstraint("token_hash", "login_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"), index=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime] = mapped_column(index=True)


class AttemptOutcome(StrEnum):
    """What became of an attempt; RESERVED while the hash is computed."""

    RESERVED = "reserved"
    RIGHT = "right"
    WRONG = "wrong"
    REPEATED = "repeated"
    REFUSED = "refused"


class PasswordAttempt(Record):
    """One attempt with a password. Network addresses are kept here and nowhere else.

    `login_id` is None for a name that nobody has; `name_digest` stands for the
    typed name in either case. `wrong_mark` is a 32-bit HMAC of a wrong password.
    """

    __tablename__ = "password_attempt"
    __table_args__ = (
        Index("ix_password_attempt_login_id_at", "login_id", "at"),
        Index("ix_password_attempt_network_at", "network", "at"),
        Index("ix_password_attempt_name_digest_at", "name_digest", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    login_id: Mapped[int | None] = mapped_column(ForeignKey("login.id"))
    name_digest: Mapped[str] = mapped_column(String(80))
    network: Mapped[str] = mapped_column(String(50))
    device_id: Mapped[int | None]
    credential_version: Mapped[int | None]
    outcome: Mapped[AttemptOutcome] = mapped_column(Code(AttemptOutcome, 10))
    wrong_mark: Mapped[int | None] = mapped_column(BigInteger)


class CountedBy(StrEnum):
    """Whose attempts a counter counts."""

    LOGIN = "login"
    NAME = "name"
    NETWORK = "network"
    DEVICE = "device"


class AttemptCounter(Record):
    """How many attempts are spent in the present window; changed by one UPDATE."""

    __tablename__ = "attempt_counter"

    counted_by: Mapped[CountedBy] = mapped_column(Code(CountedBy, 10), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    lockouts: Mapped[int] = mapped_column(default=0)
    window_began_at: Mapped[datetime]
    last_at: Mapped[datetime] = mapped_column(index=True)
    paused_until: Mapped[datetime | None]


class OneTimeCode(Record):
    """A code that was mailed, bound to one challenge; a new one replaces it."""

    __tablename__ = "one_time_code"
    __table_args__ = (
        Index("ix_one_time_code_login_id_sent_at", "login_id", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"))
    challenge_number: Mapped[str] = mapped_column(String(32), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    code_digest: Mapped[str] = mapped_column(String(80))
    credential_version: Mapped[int]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CodeTry(Record):
    """One code that was compared, whatever its kind; forgotten after a day."""

    __tablename__ = "code_try"
    __table_args__ = (Index("ix_code_try_login_id_at", "login_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"))
    challenge_number: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    was_right: Mapped[bool] = mapped_column(default=False)


class PendingApp(Record):
    """An authenticator app that was shown its seed and gave no right code yet."""

    __tablename__ = "pending_app"

    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"), primary_key=True)
    sign_in_number: Mapped[str] = mapped_column(String(32))
    credential_version: Mapped[int]
    sealed_seed: Mapped[str] = mapped_column(String(200))
    begun_at: Mapped[datetime]


class RecoveryCode(Record):
    """One of ten codes on paper, for somebody without the authenticator app."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("login_id", "code_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"))
    code_digest: Mapped[str] = mapped_column(String(80))
    used_at: Mapped[datetime | None]


class LockoutEnd(StrEnum):
    """What was done about a lockout."""

    ACTIVATED = "activated"
    ACTIVATED_AND_RESET = "activated_and_reset"
    LEFT_LOCKED = "left_locked"
    CLOSED = "closed"


class LockoutAlert(Leased, Record):
    """A message about lockouts in an admin channel, or in a manager's DM."""

    __tablename__ = "lockout_alert"

    id: Mapped[int] = mapped_column(primary_key=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    # Where it belongs; None where the branch and the company name no channel.
    channel_id: Mapped[str | None] = mapped_column(String(30))
    opened_at: Mapped[datetime] = mapped_column(index=True)
    # Of each message: for whom (a channel or a person), where it stands, its ts.
    places: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    # When the next look at it is queued for; None while none is.
    show_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]
    # How many lockouts it told of when it was last shown.
    shown_count: Mapped[int] = mapped_column(default=0)


class Lockout(Record):
    """A login deactivated by too many wrong passwords, and its story in counts."""

    __tablename__ = "lockout"

    id: Mapped[int] = mapped_column(primary_key=True)
    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"), index=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    alert_id: Mapped[int | None] = mapped_column(
        ForeignKey("lockout_alert.id"), index=True
    )
    locked_at: Mapped[datetime]
    attempts: Mapped[int]
    networks: Mapped[int]
    names_from_networks: Mapped[int]
    known_browser: Mapped[bool]
    seconds_between: Mapped[int]
    ended_at: Mapped[datetime | None]
    end: Mapped[LockoutEnd | None] = mapped_column(Code(LockoutEnd, 20))
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("administrator.id"))


class RecoveryRequest(Record):
    """That somebody asked for a link, counted against a login and a network."""

    __tablename__ = "recovery_request"
    __table_args__ = (Index("ix_recovery_request_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    # "login 12", or "network <keyed digest>".
    subject: Mapped[str] = mapped_column(String(100))
