"""Sessions of the sign-in page: begun, found, brought a step further, ended."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from domain.errors import DomainError
from domain.logins.model import Login, PasswordKind
from domain.record_cards.model import RecordCard
from domain.secret import Secret
from domain.sign_in.completion import complete
from domain.sign_in.devices import token_hash
from domain.sign_in.gate import Verdict, Visit, Way, may_authenticate
from domain.sign_in.model import PortalSession, Stage

# NIST SP 800-63B, AAL2: 12 hours at most, 30 minutes without activity.
IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
_TOUCHED_EVERY: Final = timedelta(minutes=1)
_TOKEN_BYTES: Final = 32
_NUMBER_BYTES: Final = 16
# What goes on under a new id, where nothing else is said.
_KEPT: Final = ("sign_in_number", "started_at", "challenge_number", "has_been_in")


class SessionGoneError(DomainError):
    """The session ended meanwhile, or what it stands on was changed."""

    code: ClassVar[str] = "session_gone"


@dataclass(frozen=True)
class NewSession:
    """A session under a new id; `device` is a cookie to set, given when fully in."""

    token: Secret
    stage: Stage
    device: Secret | None = None


@dataclass(frozen=True)
class OpenSession:
    """A session that is open at this instant.

    `authenticated_at`: when the password and, where there is one, the factor were
    last given; while a code is due, when the password was. `has_been_in`: the
    sign-in is counted. `language` is what the employee chose, None for the company's.
    """

    token_hash: str
    login_id: int
    record_card_id: int
    branch_id: int
    stage: Stage
    sign_in_number: str
    started_at: datetime
    last_seen_at: datetime
    authenticated_at: datetime
    challenge_number: str
    has_been_in: bool
    credential_version: int
    language: str | None


def new_number() -> str:
    """A number for a sign-in, kept through its new ids, or for a challenge."""
    return secrets.token_hex(_NUMBER_BYTES)


def find(session: Session, token: Secret, *, now: datetime) -> OpenSession | None:
    """The session of a cookie, if the gate lets it stay; writes nothing.

    Expiry is reckoned here, not by a job; a raised credential version, a lock, a
    switch-off or the end of the employment end it at once.
    """
    row = session.execute(
        select(PortalSession, Login, RecordCard)
        .join(Login, Login.id == PortalSession.login_id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(
            PortalSession.token_hash == token_hash(token),
            goes_on(now),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return None
    found, login, card = row
    if may_authenticate(login, card, Way.SESSION, now=now) is not Verdict.OPEN:
        return None
    return _open(found, login, card)


def touch(session: Session, open_session: OpenSession, *, now: datetime) -> None:
    """Say that somebody is there; written at most once a minute."""
    if now - open_session.last_seen_at < _TOUCHED_EVERY:
        return
    session.execute(
        update(PortalSession)
        .where(
            PortalSession.token_hash == open_session.token_hash,
            PortalSession.last_seen_at < now,
        )
        .values(last_seen_at=now)
        .execution_options(synchronize_session=False)
    )


def begin(
    session: Session,
    login: Login,
    card: RecordCard,
    stage: Stage,
    *,
    sign_in_number: str,
    visit: Visit,
    now: datetime,
) -> NewSession:
    """A session after a right password; one that is fully in counts as a sign-in.

    Its first challenge has the number of the sign-in.
    """
    token = _add(
        session,
        login,
        stage,
        sign_in_number=sign_in_number,
        started_at=now,
        authenticated_at=now,
        challenge_number=sign_in_number,
        has_been_in=stage is Stage.IN,
        last_seen_at=now,
    )
    device = None
    if stage is Stage.IN:
        device = complete(session, login, card, visit, since=now, after=None, now=now)
    return NewSession(token, stage, device)


def advance(
    session: Session, open_session: OpenSession, *, visit: Visit, now: datetime
) -> NewSession:
    """One step further, under a new id; the old id is dead.

    After a right code: on to choosing a password, where it is an initial one, else
    fully in; after choosing one: fully in, which counts as a sign-in, once. A
    session that has been in only gets a new id, and the time of a right code.
    Whoever raised the credential version in this transaction passes the session
    with the new one (`dataclasses.replace`). Raises SessionGoneError when the
    session, or the login at this version, is not there any more.
    """
    login, card = _take(session, open_session, now)
    is_initial = login.password_kind is PasswordKind.INITIAL
    stage = Stage.CHANGE_DUE if is_initial else Stage.IN
    has_given_code = open_session.stage is Stage.CODE_DUE
    token = _go_on(
        session,
        login,
        open_session,
        stage,
        authenticated_at=now if has_given_code else open_session.authenticated_at,
        has_been_in=open_session.has_been_in or stage is Stage.IN,
        last_seen_at=now,
    )
    if stage is not Stage.IN or open_session.has_been_in:
        return NewSession(token, stage)
    device = complete(
        session,
        login,
        card,
        visit,
        since=open_session.started_at,
        after=open_session.stage,
        now=now,
    )
    return NewSession(token, stage, device)


def renew(
    session: Session,
    open_session: OpenSession,
    *,
    authenticated: bool = False,
    challenge_number: str | None = None,
    now: datetime,
) -> NewSession:
    """The same stage under a new id; `authenticated` when the password was given.

    With a `challenge_number` the code of that challenge is due first.
    As with `advance`, a version that was raised in this transaction comes in
    `open_session`. Raises SessionGoneError.
    """
    login, _card = _take(session, open_session, now)
    stage = open_session.stage if challenge_number is None else Stage.CODE_DUE
    token = _go_on(
        session,
        login,
        open_session,
        stage,
        authenticated_at=now if authenticated else open_session.authenticated_at,
        challenge_number=challenge_number or open_session.challenge_number,
        last_seen_at=now,
    )
    return NewSession(token, stage)


def end(session: Session, token: Secret) -> None:
    """Sign out of this browser."""
    session.execute(
        delete(PortalSession).where(PortalSession.token_hash == token_hash(token))
    )


def end_all(session: Session, login_id: int, *, but: str | None = None) -> None:
    """End every session of a login, except the one with the token hash `but`."""
    ending = delete(PortalSession).where(PortalSession.login_id == login_id)
    if but is not None:
        ending = ending.where(PortalSession.token_hash != but)
    session.execute(ending)


def forget_ended(session: Session, *, now: datetime) -> None:
    """Wipe sessions that are over."""
    session.execute(
        delete(PortalSession)
        .where(_is_over(now))
        .execution_options(synchronize_session=False)
    )


def goes_on(now: datetime) -> ColumnElement[bool]:
    """Whether a session still counts, of one that is joined with its login."""
    is_of_now = PortalSession.credential_version == Login.credential_version
    return and_(is_of_now, ~_is_over(now))


def _is_over(now: datetime) -> ColumnElement[bool]:
    return or_(
        PortalSession.last_seen_at <= now - IDLE,
        PortalSession.started_at <= now - ABSOLUTE,
    )


def _open(found: PortalSession, login: Login, card: RecordCard) -> OpenSession:
    return OpenSession(
        token_hash=found.token_hash,
        login_id=login.id,
        record_card_id=card.id,
        branch_id=card.branch_id,
        stage=found.stage,
        sign_in_number=found.sign_in_number,
        started_at=found.started_at,
        last_seen_at=found.last_seen_at,
        authenticated_at=found.authenticated_at,
        challenge_number=found.challenge_number,
        has_been_in=found.has_been_in,
        credential_version=found.credential_version,
        language=login.language,
    )


def _take(
    session: Session, open_session: OpenSession, now: datetime
) -> tuple[Login, RecordCard]:
    """End the id that is left behind; of two who come with it, one gets further."""
    login = session.scalars(
        select(Login)
        .where(Login.id == open_session.login_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    card = session.get_one(RecordCard, login.record_card_id)
    taken = session.execute(
        delete(PortalSession)
        .where(PortalSession.token_hash == open_session.token_hash, ~_is_over(now))
        .returning(PortalSession.login_id)
        .execution_options(synchronize_session=False)
    ).all()
    if (
        not taken
        or login.credential_version != open_session.credential_version
        or may_authenticate(login, card, Way.SESSION, now=now) is not Verdict.OPEN
    ):
        raise SessionGoneError
    return login, card


def _go_on(
    session: Session,
    login: Login,
    open_session: OpenSession,
    stage: Stage,
    **changed: Any,
) -> Secret:
    kept = {name: getattr(open_session, name) for name in _KEPT}
    return _add(session, login, stage, **(kept | changed))


def _add(session: Session, login: Login, stage: Stage, **values: Any) -> Secret:
    token = Secret(secrets.token_urlsafe(_TOKEN_BYTES))
    session.add(
        PortalSession(
            token_hash=token_hash(token),
            login_id=login.id,
            stage=stage,
            credential_version=login.credential_version,
            **values,
        )
    )
    return token
