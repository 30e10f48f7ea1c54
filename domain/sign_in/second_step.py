"""The second step: which factor is asked, and whether a code is right."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete
from sqlalchemy.orm import Session

from domain import masking
from domain.logins.model import SecondFactor
from domain.secret import Keyring, Secret
from domain.sign_in import (
    code_tries,
    mail_codes,
    recovery_codes,
    sessions,
    totp,
    wrong_codes,
)
from domain.sign_in.code_stage import Held, hold, look, required_factor
from domain.sign_in.gate import Visit
from domain.sign_in.mail_codes import SendOutcome
from domain.sign_in.model import PortalSession
from domain.sign_in.one_time_codes import CodeForm, read
from domain.sign_in.sessions import NewSession, OpenSession
from domain.sign_in.tools import SignInTools

__all__ = [
    "CodeDue",
    "CodeKind",
    "CodeOutcome",
    "check_code",
    "code_due",
    "required_factor",
    "send_code",
]


class CodeKind(StrEnum):
    """What became of a typed code; SPENT asks for signing in anew."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class CodeOutcome:
    """`session` goes on after a right code; `retry_after` tells when BLOCKED ends.

    `recovery_codes_left` is there after a recovery code was used.
    """

    kind: CodeKind
    session: NewSession | None = None
    tries_left: int = 0
    retry_after: timedelta | None = None
    recovery_codes_left: int | None = None


@dataclass(frozen=True)
class CodeDue:
    """What the page of the second step tells.

    `address` is masked, and None for an app. `is_sent`: a mailed code of this
    challenge still works. `mail_after` is how long none can be mailed.
    """

    factor: SecondFactor
    address: str | None
    is_sent: bool
    tries_left: int
    retry_after: timedelta | None
    mail_after: timedelta | None


def code_due(
    session: Session, open_session: OpenSession, *, now: datetime
) -> CodeDue | None:
    """What to ask this visitor for; None when the sign-in is over. Writes nothing."""
    held = look(session, open_session, now)
    if held is None:
        return None
    login, number = held.login, open_session.challenge_number
    factor, tries = held.factor, code_tries.look(session, login.id, number, now=now)
    is_mail = factor is SecondFactor.MAIL
    return CodeDue(
        factor=factor,
        address=masking.masked(held.card.email or login.user_name) if is_mail else None,
        is_sent=mail_codes.waiting(session, login, number, now=now) is not None,
        tries_left=tries.left,
        retry_after=tries.retry_after,
        mail_after=mail_codes.wait(session, login.id, now=now) if is_mail else None,
    )


def send_code(
    tools: SignInTools, open_session: OpenSession, *, now: datetime
) -> SendOutcome | None:
    """Mail a new code, in the place of the one before; None: sign in anew."""
    with tools.transaction() as session:
        held = hold(session, open_session, now)
        if held is None or held.factor is not SecondFactor.MAIL:
            return None
        return mail_codes.send(
            session,
            held.login,
            held.card,
            open_session.challenge_number,
            keyring=tools.keyring,
            now=now,
        )


def check_code(
    tools: SignInTools,
    open_session: OpenSession,
    code: str,
    *,
    visit: Visit,
    now: datetime,
) -> CodeOutcome:
    """Try a typed code: of a letter, of the app, or from paper, by its form.

    Counted before it is compared, in one transaction that holds the login: of many
    at once no more than five are compared, and one that is right works once. The
    gate is asked again, so a lock or a switch-off since the password ends it here.
    What can't be a code at all is not compared and costs no try.
    """
    with tools.transaction() as session:
        held = hold(session, open_session, now)
        if held is None:
            return CodeOutcome(CodeKind.SPENT)
        return _try(session, open_session, held, code, visit, tools.keyring, now)


def _try(
    session: Session,
    open_session: OpenSession,
    held: Held,
    code: str,
    visit: Visit,
    keyring: Keyring,
    now: datetime,
) -> CodeOutcome:
    login_id, number = held.login.id, open_session.challenge_number
    tries = code_tries.look(session, login_id, number, now=now)
    if tries.left == 0:
        return _spent(session, open_session, held, now)
    if tries.retry_after is not None:
        return CodeOutcome(CodeKind.BLOCKED, retry_after=tries.retry_after)
    read_as = read(code)
    if read_as is None:
        return CodeOutcome(CodeKind.WRONG, tries_left=tries.left)
    counted = code_tries.reserve(session, login_id, number, now=now)
    if _use(session, held, number, *read_as, keyring=keyring, now=now):
        counted.was_right = True
        return _right(session, open_session, held, read_as[0], visit, now)
    wrong_codes.notice(
        session, held.login, tries.wrong_today + 1, keyring=keyring, now=now
    )
    if tries.left == 1:
        return _spent(session, open_session, held, now)
    return CodeOutcome(CodeKind.WRONG, tries_left=tries.left - 1)


def _use(
    session: Session,
    held: Held,
    challenge_number: str,
    form: CodeForm,
    code: Secret,
    *,
    keyring: Keyring,
    now: datetime,
) -> bool:
    login = held.login
    if held.factor is not SecondFactor.APP:
        return mail_codes.use(
            session, login, challenge_number, code, keyring=keyring, now=now
        )
    if form is CodeForm.RECOVERY:
        return recovery_codes.use(session, login, code, keyring=keyring, now=now)
    return totp.use(session, login, code, keyring=keyring, now=now)


def _right(
    session: Session,
    open_session: OpenSession,
    held: Held,
    form: CodeForm,
    visit: Visit,
    now: datetime,
) -> CodeOutcome:
    on_paper = form is CodeForm.RECOVERY
    return CodeOutcome(
        CodeKind.RIGHT,
        session=sessions.advance(session, open_session, visit=visit, now=now),
        recovery_codes_left=recovery_codes.left(session, held.login.id)
        if on_paper
        else None,
    )


def _spent(
    session: Session, open_session: OpenSession, held: Held, now: datetime
) -> CodeOutcome:
    """Five tries are used up: the session ends, and its code with it."""
    mail_codes.end(session, open_session.challenge_number, now=now)
    session.execute(
        delete(PortalSession).where(PortalSession.token_hash == open_session.token_hash)
    )
    wrong_codes.record(session, held.login, "codes", now=now)
    return CodeOutcome(CodeKind.SPENT)
