"""Changing one's own second factor: proving who it is, writing, telling."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import EMPLOYEE, Actor, ActorKind
from domain.audit import AuditAct, Concerning
from domain.branches import Branch
from domain.errors import DomainError
from domain.letters.queueing import LetterKind, queue_letter
from domain.logins.model import Login, SecondFactor
from domain.logins.recipients import recipient_of
from domain.record_cards.model import RecordCard
from domain.secret import Keyring
from domain.sign_in import recovery_codes, sessions
from domain.sign_in.gate import Verdict, Way, may_authenticate
from domain.sign_in.model import PendingApp, PortalSession, Stage
from domain.sign_in.sessions import NewSession, OpenSession, SessionGoneError

# ASVS 7.5.1: prove anew who you are before changing how you prove it.
PROOF_LIFE: Final = timedelta(minutes=5)
WITHOUT_APP: Final[Mapping[str, Any]] = {
    "sealed_totp_seed": None,
    "totp_last_step": None,
}


class ReauthenticationDueError(DomainError):
    """Password and factor were given longer than five minutes ago."""

    code = "reauthentication_due"


@dataclass(frozen=True)
class Held:
    """Whose session it is, held until the transaction ends."""

    login: Login
    card: RecordCard
    branch: Branch
    authenticated_at: datetime


@dataclass(frozen=True)
class Told:
    """By what names the log and the letter tell of a change."""

    act: AuditAct
    letter: LetterKind
    factor: str


def hold(session: Session, open_session: OpenSession, now: datetime) -> Held:
    """The login of a session that is in and was proven within five minutes.

    Raises SessionGoneError, ReauthenticationDueError.
    """
    held = hold_inside(session, open_session, now)
    if now > held.authenticated_at + PROOF_LIFE:
        raise ReauthenticationDueError
    return held


def hold_inside(session: Session, open_session: OpenSession, now: datetime) -> Held:
    """The login of a session that is in, proven or not. Raises SessionGoneError."""
    # On its own: a statement that waited sees other tables as they were before.
    one = select(Login.id).where(Login.id == open_session.login_id)
    session.execute(one.with_for_update(key_share=True))
    row = session.execute(
        select(Login, RecordCard, Branch, PortalSession.authenticated_at)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .join(PortalSession, PortalSession.login_id == Login.id)
        .where(
            PortalSession.token_hash == open_session.token_hash,
            PortalSession.stage == Stage.IN,
            sessions.goes_on(now),
        )
    ).one_or_none()
    if row is None:
        raise SessionGoneError
    held = Held(*row)
    if (
        may_authenticate(held.login, held.card, Way.SESSION, now=now)
        is not Verdict.OPEN
    ):
        raise SessionGoneError
    return held


def change(
    session: Session,
    open_session: OpenSession,
    held: Held,
    values: Mapping[str, Any],
    told: Told,
    *,
    keyring: Keyring,
    now: datetime,
) -> NewSession:
    """Write and tell it; every other session ends, this one gets a new id."""
    write(session, held.login, values)
    tell(session, held.login, told, keyring=keyring, actor=EMPLOYEE, now=now)
    sessions.end_all(session, held.login.id, but=open_session.token_hash)
    raised = replace(
        open_session, credential_version=open_session.credential_version + 1
    )
    return sessions.renew(session, raised, now=now)


def write(session: Session, login: Login, values: Mapping[str, Any]) -> None:
    """Change the login; sessions, links and codes die with the credential version."""
    session.execute(
        update(Login)
        .where(Login.id == login.id)
        .values(**values, credential_version=Login.credential_version + 1)
        .execution_options(synchronize_session=False)
    )


def tell(
    session: Session,
    login: Login,
    told: Told,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> None:
    """Write the event and queue the letter; the record card came with the login."""
    card = login.record_card
    concerning = Concerning(
        branch_id=card.branch_id,
        record_card_id=card.id,
        login_id=login.id,
        details={"factor": told.factor},
    )
    audit.record(session, told.act, concerning, actor=actor, now=now)
    values = {} if told.letter is LetterKind.FACTOR_REMOVED else {"factor": told.factor}
    if not values and actor.kind is ActorKind.ADMINISTRATOR:
        values = {"by": actor.kind.value}
    to = recipient_of(login)
    queue_letter(session, told.letter, to, values=values, keyring=keyring, now=now)


def forget_app(session: Session, login_id: int) -> None:
    """Let go of what belongs to an app: its codes on paper, and one half set up."""
    recovery_codes.forget(session, login_id)
    session.execute(delete(PendingApp).where(PendingApp.login_id == login_id))


def now_set(factor: SecondFactor | str) -> Told:
    """That a factor was set."""
    return Told(AuditAct.SECOND_FACTOR_SET, LetterKind.FACTOR_SET, str(factor))


def now_removed(factor: SecondFactor) -> Told:
    """That a factor was removed; `factor` is what it was."""
    return Told(AuditAct.SECOND_FACTOR_REMOVED, LetterKind.FACTOR_REMOVED, str(factor))
