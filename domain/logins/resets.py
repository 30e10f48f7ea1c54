"""A new initial password for one login, handed over in person.

It is stored sealed, shown, and only then applied: a process that is killed in
between leaves the old password valid, and pressing again shows the same one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor, BranchId
from domain.administrators import of_today
from domain.audit import AuditAct, Concerning
from domain.branches import Branch
from domain.database import insert_new
from domain.errors import DomainError, NotFoundError
from domain.logins.model import Login, LoginId, PasswordKind, ShownPassword
from domain.logins.passwords import hash_initial_password, new_initial_password
from domain.permissions import Act, require
from domain.record_cards.model import RecordCard
from domain.secret import Keyring, Secret
from domain.step_ups import require_step_up

Transaction = Callable[[], AbstractContextManager[Session]]
KEPT_FOR: Final = timedelta(hours=1)
_PURPOSE: Final = "shown password"


class LoginChangedMeanwhileError(DomainError):
    """Somebody changed the login after the password was made; it is not valid."""

    code = "login_changed_meanwhile"


@dataclass(frozen=True)
class PreparedPassword:
    """A password to show; valid once `apply_shown_password` was called with it."""

    login_id: LoginId
    password: Secret
    password_hash: str
    credential_version: int
    expires_at: datetime


def prepare_shown_password(
    transaction: Transaction,
    login_id: LoginId,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> PreparedPassword:
    """Make a new password and store it sealed; the old one stays valid.

    A password that was prepared within the hour and never applied is given
    again. Raises NotFoundError for a login out of reach, StepUpRequiredError.
    """
    with transaction() as session:
        actor = of_today(session, actor, Act.RESET_PASSWORDS)
        login, branch = _login_within_reach(session, login_id, actor)
        require_step_up(session, actor, now=now)
        waiting = _waiting(session, login, now)
    if waiting is None:
        waiting = _prepare(transaction, login, keyring, now)
    return PreparedPassword(
        login_id=login_id,
        password=keyring.open(waiting.sealed_password, purpose=_purpose(login_id)),
        password_hash=waiting.password_hash,
        credential_version=waiting.credential_version,
        expires_at=now + branch.initial_password_life,
    )


def apply_shown_password(
    transaction: Transaction,
    prepared: PreparedPassword,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Make the shown password valid; once more changes nothing.

    Raises LoginChangedMeanwhileError when the login is not as it was when the
    password was made, NotPermittedError or NotFoundError when the actor lost the role
    meanwhile: what the screen shows must then be taken back.
    """
    with transaction() as session:
        actor = of_today(session, actor, Act.RESET_PASSWORDS)
        login, branch = _login_within_reach(session, prepared.login_id, actor)
        if login.password_hash == prepared.password_hash:
            return
        applied = session.execute(
            update(Login)
            .where(
                Login.id == prepared.login_id,
                Login.credential_version == prepared.credential_version,
            )
            .values(
                password_hash=prepared.password_hash,
                password_kind=PasswordKind.INITIAL,
                password_set_at=now,
                initial_password_expires_at=prepared.expires_at,
                credential_version=Login.credential_version + 1,
            )
            .returning(Login.id)
            .execution_options(synchronize_session=False)
        ).all()
        if not applied:
            raise LoginChangedMeanwhileError
        session.execute(
            delete(ShownPassword).where(ShownPassword.login_id == prepared.login_id)
        )
        concerning = Concerning(
            branch_id=branch.id,
            record_card_id=login.record_card_id,
            login_id=login.id,
        )
        audit.record(session, AuditAct.PASSWORD_SHOWN, concerning, actor=actor, now=now)


def forget_unapplied(session: Session, *, now: datetime) -> None:
    """Wipe passwords that were prepared and never applied."""
    session.execute(
        delete(ShownPassword).where(ShownPassword.prepared_at <= now - KEPT_FOR)
    )


def _login_within_reach(
    session: Session, login_id: LoginId, actor: Actor
) -> tuple[Login, Branch]:
    found = session.execute(
        select(Login, Branch)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .where(Login.id == login_id)
    ).one_or_none()
    if found is None or not actor.reaches(BranchId(found[1].id)):
        raise NotFoundError(kind="login")
    require(actor, Act.RESET_PASSWORDS, BranchId(found[1].id))
    return found[0], found[1]


def _waiting(session: Session, login: Login, now: datetime) -> ShownPassword | None:
    waiting = session.get(ShownPassword, login.id, populate_existing=True)
    if waiting is None:
        return None
    is_usable = (
        waiting.credential_version == login.credential_version
        and waiting.prepared_at > now - KEPT_FOR
    )
    if is_usable:
        return waiting
    session.delete(waiting)
    return None


def _prepare(
    transaction: Transaction, login: Login, keyring: Keyring, now: datetime
) -> ShownPassword:
    password = new_initial_password()
    password_hash = hash_initial_password(password)
    row = {
        "login_id": login.id,
        "sealed_password": keyring.seal(password, purpose=_purpose(login.id)),
        "password_hash": password_hash,
        "credential_version": login.credential_version,
        "prepared_at": now,
    }
    with transaction() as session:
        # Of two who press at once, both see the password that was stored first.
        insert_new(session, ShownPassword, [row], returning=[ShownPassword.login_id])
        return session.get_one(ShownPassword, login.id)


def _purpose(login_id: int) -> str:
    return f"{_PURPOSE} of login {login_id}"
