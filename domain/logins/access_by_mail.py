"""A link or an initial password by e-mail for one login: *wachtwoord versturen*.

Making it the login's own and queueing its letter is one transaction: whoever is
killed in between has changed nothing.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor, BranchId
from domain.administrators import of_today
from domain.audit import AuditAct, Concerning
from domain.branches import Branch
from domain.errors import DomainError, NotFoundError
from domain.letters import email_templates
from domain.letters.access_letters import Access, queue_access_letters
from domain.letters.email_templates import HandsOver, Template
from domain.letters.kinds import LetterKind
from domain.letters.model import AccessLetter, EmailTemplateId
from domain.logins import activation, holding, links
from domain.logins.activation import StaleLoginError
from domain.logins.model import Login, LoginId, PasswordKind
from domain.logins.passwords import hash_initial_password, new_initial_password
from domain.logins.recipients import recipient_of
from domain.outbox import OutboxMessage
from domain.permissions import Act, require
from domain.secret import Keyring, Secret
from domain.step_ups import require_step_up

Transaction = Callable[[], AbstractContextManager[Session]]


class LoginInactiveError(DomainError):
    """Nobody signs in with an inactive login; it has to be ticked first."""

    code = "login_inactive"
    concerns = "active"


@dataclass(frozen=True)
class SentTo:
    """Where the letter goes, and until when what it hands out works."""

    address: str
    hands_over: HandsOver
    valid_until: datetime


@dataclass(frozen=True)
class _Made:
    """An initial password that was made, hashed outside any transaction."""

    password: Secret
    password_hash: str


def send_access(
    transaction: Transaction,
    login_id: LoginId,
    template_id: EmailTemplateId,
    *,
    make_active: bool,
    expected_version: int,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> SentTo:
    """Hand out a new way in by e-mail, in the words of this template.

    The password of before stops working, and so do links that are out. Raises
    LoginInactiveError for a login that would stay inactive, StaleLoginError when it
    is not as the screen showed it, NotFoundError for a login or template out of
    reach, StepUpRequiredError. Then nothing was changed.
    """
    with transaction() as session:
        actor = of_today(session, actor, Act.MAIL_PASSWORDS)
        branch_id = _branch_of(holding.read(session, login_id), actor)
        require_step_up(session, actor, now=now)
        template = _offered(session, template_id, branch_id, actor)
    made = _make() if template.hands_over is HandsOver.PASSWORD else None
    with transaction() as session:
        # Hashing took a while.
        actor = of_today(session, actor, Act.MAIL_PASSWORDS)
        login = holding.hold(session, login_id)
        branch_id = _branch_of(login, actor)
        if _offered(session, template_id, branch_id, actor) != template:
            raise StaleLoginError(login_id=login_id)
        if login is None or login.credential_version != expected_version:
            raise StaleLoginError(login_id=login_id)
        if not make_active:
            raise LoginInactiveError
        activation.set_active(
            session,
            login_id,
            active=True,
            expected_version=expected_version,
            actor=actor,
            now=now,
        )
        return _hand_out(
            session, login_id, template, made, keyring, actor=actor, now=now
        )


def is_overtaken(session: Session, message: OutboxMessage) -> bool:
    """Whether a letter of access says what is not true any more.

    The login was changed since: another letter, password, address or state.
    """
    if message.payload.get("letter") != LetterKind.ACCESS:
        return False
    as_it_was = session.scalar(
        select(AccessLetter.id)
        .join(Login, Login.id == AccessLetter.login_id)
        .where(
            AccessLetter.message_id == message.id,
            AccessLetter.credential_version == Login.credential_version,
        )
    )
    return as_it_was is None


def _branch_of(login: Login | None, actor: Actor) -> BranchId:
    """Where the login is, if it is within reach. Raises NotFoundError."""
    branch_id = BranchId(login.record_card.branch_id) if login else None
    if branch_id is None or not actor.reaches(branch_id):
        raise NotFoundError(kind="login")
    require(actor, Act.MAIL_PASSWORDS, branch_id)
    return branch_id


def _offered(
    session: Session, template_id: EmailTemplateId, branch_id: BranchId, actor: Actor
) -> Template:
    """The template as it is today, if employees of this branch may get it."""
    for line in email_templates.choose_from(session, branch_id, actor=actor):
        if line.template_id == template_id:
            return email_templates.read_version(session, line.version_id)
    raise NotFoundError(kind="email_template")


def _make() -> _Made:
    password = new_initial_password()
    return _Made(password, hash_initial_password(password))


def _hand_out(
    session: Session,
    login_id: LoginId,
    template: Template,
    made: _Made | None,
    keyring: Keyring,
    *,
    actor: Actor,
    now: datetime,
) -> SentTo:
    # As it is now: activating raised its version.
    login = holding.read(session, login_id)
    if login is None:
        raise NotFoundError(kind="login")
    card = login.record_card
    branch = session.get_one(Branch, card.branch_id)
    valid_until = now + branch.initial_password_life
    login.password_kind = PasswordKind.INITIAL if made else PasswordKind.NONE
    login.password_hash = made.password_hash if made else None
    login.initial_password_expires_at = valid_until if made else None
    login.password_set_at = now
    login.credential_version += 1
    session.flush()
    secret = (
        made.password
        if made
        else links.make_invitation(session, login_id, now=now).token
    )
    letter = Access(
        login_id=login_id,
        to=recipient_of(login),
        name=card.full_name,
        branch=branch.name,
        user_name=login.user_name,
        secret=secret,
        hands_over=template.hands_over,
        valid_until=valid_until,
        credential_version=login.credential_version,
    )
    queue_access_letters(
        session, [letter], template.version_id, keyring=keyring, now=now
    )
    details = {
        "hands_over": template.hands_over.value,
        "template_version": template.version_id,
    }
    concerning = Concerning(branch.id, card.id, login.id, details=details)
    audit.record(session, AuditAct.ACCESS_MAILED, concerning, actor=actor, now=now)
    return SentTo(letter.to.address, template.hands_over, valid_until)
