"""Choosing a password at the first sign-in, and another one later."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from domain.branches import Branch
from domain.logins.model import Login, LoginId, SecondFactor
from domain.logins.passwords import canonical_form
from domain.secret import Secret
from domain.sign_in import devices, new_password, sessions
from domain.sign_in.code_stage import required_factor
from domain.sign_in.gate import Visit, Way
from domain.sign_in.model import Stage
from domain.sign_in.new_password import Owner
from domain.sign_in.password_rules import Judgement, Weakness
from domain.sign_in.sessions import NewSession, OpenSession, SessionGoneError
from domain.sign_in.sign_in import OutcomeKind, verify_current_password
from domain.sign_in.tools import SignInTools

_NOT_VERIFIED: Final = frozenset({OutcomeKind.INACTIVE, OutcomeKind.EXPIRED})


@dataclass(frozen=True)
class ChooseOutcome:
    """What was judged; `session` goes on, and is None when the choice is refused."""

    judgement: Judgement
    session: NewSession | None = None


class ChangeKind(StrEnum):
    """What became of a change; PAUSED: wait for `retry_after` first."""

    DONE = "done"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 (the name of an outcome)
    BAD_PASSWORD = "bad_password"  # noqa: S105 (the name of an outcome)
    PAUSED = "paused"


@dataclass(frozen=True)
class ChangeOutcome:
    """`session` goes on when DONE; `judgement` says what is wrong when BAD_PASSWORD."""

    kind: ChangeKind
    judgement: Judgement | None = None
    session: NewSession | None = None
    retry_after: timedelta | None = None


def choose_password(
    tools: SignInTools,
    open_session: OpenSession,
    new: Secret,
    *,
    visit: Visit,
    now: datetime,
) -> ChooseOutcome:
    """Put one's own password in the place of the initial one, and come in.

    Raises SessionGoneError when the login was changed meanwhile or is not at this
    step, HashingBusyError, DatabaseBusyError.
    """
    owner = _owner(tools, open_session, Stage.CHANGE_DUE, now)
    judgement = new_password.judge_for(owner, new)
    if not judgement.is_good:
        return ChooseOutcome(judgement)
    if new_password.equals_initial(tools.hashing, owner, new):
        return ChooseOutcome(judgement.with_problem(Weakness.INITIAL))
    password_hash = tools.hashing.hash(new)
    with tools.transaction() as session:
        login = new_password.write(session, owner, password_hash, Way.SESSION, now=now)
        if login is None:
            raise SessionGoneError
        changed = _end_others(session, open_session, login)
        new_password.tell(session, login, Way.PASSWORD, keyring=tools.keyring, now=now)
        entered = sessions.advance(session, changed, visit=visit, now=now)
    return ChooseOutcome(judgement, entered)


def change_password(
    tools: SignInTools,
    open_session: OpenSession,
    current: Secret,
    new: Secret,
    *,
    visit: Visit,
    now: datetime,
) -> ChangeOutcome:
    """Put another password in the place of one's own; this session goes on.

    The current one is reserved and counted as at signing in, so that a browser left
    open gives nobody more guesses. Every other session ends. To somebody with a
    second factor it is no proof for changing that one too.
    Raises SessionGoneError, HashingBusyError, DatabaseBusyError.
    """
    owner = _owner(tools, open_session, Stage.IN, now)
    judgement = _judge_beside(owner, current, new)
    if not judgement.is_good:
        return ChangeOutcome(ChangeKind.BAD_PASSWORD, judgement)
    verified = verify_current_password(
        tools, LoginId(open_session.login_id), current, visit=visit, now=now
    )
    if verified.kind in _NOT_VERIFIED:
        raise SessionGoneError
    if verified.kind is OutcomeKind.PAUSED:
        return ChangeOutcome(ChangeKind.PAUSED, retry_after=verified.retry_after)
    if verified.kind is not OutcomeKind.GO_ON:
        return ChangeOutcome(ChangeKind.WRONG_PASSWORD)
    password_hash = tools.hashing.hash(new)
    with tools.transaction() as session:
        login = new_password.write(session, owner, password_hash, Way.SESSION, now=now)
        if login is None:
            raise SessionGoneError
        changed = _end_others(session, open_session, login)
        devices.keep(session, login.id, visit.device, now=now)
        new_password.tell(session, login, Way.SESSION, keyring=tools.keyring, now=now)
        has_proven = not _has_factor(session, login)
        renewed = sessions.renew(session, changed, authenticated=has_proven, now=now)
    return ChangeOutcome(ChangeKind.DONE, judgement, renewed)


def _owner(
    tools: SignInTools, open_session: OpenSession, stage: Stage, now: datetime
) -> Owner:
    if open_session.stage is not stage:
        raise SessionGoneError
    with tools.transaction() as session:
        owner = new_password.read_owner(
            session,
            open_session.login_id,
            Way.SESSION,
            company=tools.company,
            now=now,
        )
    # What changed the login since the session was found has ended the session.
    if owner is None or owner.credential_version != open_session.credential_version:
        raise SessionGoneError
    return owner


def _end_others(
    session: Session, open_session: OpenSession, login: Login
) -> OpenSession:
    """Sign out every other browser; gives this session with the new version."""
    sessions.end_all(session, login.id, but=open_session.token_hash)
    return replace(open_session, credential_version=login.credential_version)


def _has_factor(session: Session, login: Login) -> bool:
    branch = session.get_one(Branch, login.record_card.branch_id)
    return required_factor(login, branch) is not SecondFactor.NONE


def _judge_beside(owner: Owner, current: Secret, new: Secret) -> Judgement:
    """Judge it; what was typed twice is refused without asking whether it is right."""
    judgement = new_password.judge_for(owner, new)
    if canonical_form(new) == canonical_form(current):
        return judgement.with_problem(Weakness.CURRENT)
    return judgement
