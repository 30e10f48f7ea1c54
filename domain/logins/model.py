"""The login table and its states."""

from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.database import Code, Record
from domain.record_cards.model import RecordCard

LoginId = NewType("LoginId", int)


class LoginState(StrEnum):
    """Whether a login may sign in, and if not, why."""

    NEW = "new"
    ACTIVE = "active"
    SWITCHED_OFF = "switched_off"
    EMPLOYMENT_ENDED = "employment_ended"
    LOCKED = "locked"


INACTIVE_STATES = (
    LoginState.NEW,
    LoginState.SWITCHED_OFF,
    LoginState.EMPLOYMENT_ENDED,
)


class PasswordKind(StrEnum):
    """Whose password it is: none yet, one of ours, or the employee's own."""

    NONE = "none"
    INITIAL = "initial"
    OWN = "own"


class SecondFactor(StrEnum):
    """What the employee chose beside the password; a branch may ask for more."""

    NONE = "none"
    MAIL = "mail"
    APP = "app"


class Login(Record):
    """The right of one record card to sign in."""

    __tablename__ = "login"
    __table_args__ = (
        # The acts on a branch pass over its logins that are in another state.
        Index("ix_login_record_card_id_state", "record_card_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_card_id: Mapped[int] = mapped_column(
        ForeignKey("record_card.id"), unique=True
    )
    user_name: Mapped[str] = mapped_column(String(254))
    user_name_key: Mapped[str] = mapped_column(String(254), unique=True)
    state: Mapped[LoginState] = mapped_column(Code(LoginState, 20))
    password_kind: Mapped[PasswordKind] = mapped_column(
        Code(PasswordKind, 10),
        default=PasswordKind.NONE,
    )
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_set_at: Mapped[datetime | None]
    initial_password_expires_at: Mapped[datetime | None]
    # Links, codes and sessions carry this number; raising it kills them all.
    credential_version: Mapped[int] = mapped_column(default=1)
    sign_in_count: Mapped[int] = mapped_column(default=0)
    last_sign_in_at: Mapped[datetime | None]
    second_factor: Mapped[SecondFactor] = mapped_column(
        Code(SecondFactor, 10),
        default=SecondFactor.NONE,
        server_default=SecondFactor.NONE.value,
    )
    sealed_totp_seed: Mapped[str | None] = mapped_column(String(200))
    # Of the last code that was accepted; the same or an older one is not.
    totp_last_step: Mapped[int | None]
    # Chosen on the sign-in page; letters follow it. The company's where None.
    language: Mapped[str | None] = mapped_column(String(2))
    # The end date for which the login was closed; activating it again lasts.
    closed_for_end_on: Mapped[date | None]
    created_at: Mapped[datetime]
    record_card: Mapped[RecordCard] = relationship(lazy="raise_on_sql")


class ShownPassword(Record):
    """A new password on its way to the screen: sealed, shown, and only then valid.

    It is there for the moment between preparing and applying. Should the process
    be killed in between, pressing again shows this same password.
    """

    __tablename__ = "shown_password"

    login_id: Mapped[int] = mapped_column(ForeignKey("login.id"), primary_key=True)
    sealed_password: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    credential_version: Mapped[int]
    prepared_at: Mapped[datetime]
