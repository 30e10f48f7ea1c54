"""Setting up an authenticator app: a seed, a first right code, codes on paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from domain.errors import DomainError
from domain.logins.model import Login, SecondFactor
from domain.secret import Keyring, Secret, UnsealingError
from domain.sign_in import own_factor, recovery_codes, totp
from domain.sign_in.model import PendingApp
from domain.sign_in.one_time_codes import (
    app_uri,
    matching_step,
    new_seed,
    read_digits,
)
from domain.sign_in.sessions import NewSession, OpenSession
from domain.sign_in.tools import SignInTools

PENDING_LIFE: Final = timedelta(minutes=30)
RECOVERY_CODES: Final = "recovery_codes"


class WrongCodeError(DomainError):
    """The app does not show this code."""

    code = "wrong_code"
    concerns = "code"


class NoPendingAppError(DomainError):
    """No app is being set up in this session, or it was begun too long ago."""

    code = "no_pending_app"


class NoAppError(DomainError):
    """Recovery codes belong to an authenticator app, and there is none."""

    code = "no_app"


@dataclass(frozen=True)
class Enrolment:
    """What an app is shown: the seed to type, and the same as a QR code's content."""

    seed: Secret
    uri: Secret


@dataclass(frozen=True)
class Enrolled:
    """Ten codes, shown once, and the session under its new id."""

    recovery_codes: list[Secret]
    session: NewSession


def begin_app(
    tools: SignInTools, open_session: OpenSession, *, now: datetime
) -> Enrolment:
    """Give the seed for an authenticator app; nothing changes until a right code.

    The same again within half an hour in the same sign-in, so that a page that is
    loaded twice, or left to give the password, shows the code that was scanned.
    Raises SessionGoneError, ReauthenticationDueError.
    """
    with tools.transaction() as session:
        login = own_factor.hold(session, open_session, now).login
        seed = _pending(session, login, open_session, tools.keyring, now)
        if seed is None:
            seed = new_seed()
            _keep(session, login, open_session, seed, tools.keyring, now)
        uri = app_uri(seed, company=tools.company, user_name=login.user_name)
    return Enrolment(seed, uri)


def confirm_app(
    tools: SignInTools, open_session: OpenSession, code: str, *, now: datetime
) -> Enrolled:
    """Turn the app on, now that it shows a right code; gives new recovery codes.

    An app that was there before stops working.
    Raises SessionGoneError, ReauthenticationDueError, NoPendingAppError,
    WrongCodeError.
    """
    keyring = tools.keyring
    with tools.transaction() as session:
        held = own_factor.hold(session, open_session, now)
        login = held.login
        seed = _pending(session, login, open_session, keyring, now)
        if seed is None:
            raise NoPendingAppError
        values = {
            "second_factor": SecondFactor.APP,
            "sealed_totp_seed": totp.seal(seed, login.id, keyring=keyring),
            # The code that turned the app on signs nobody in.
            "totp_last_step": _step(seed, code, now),
        }
        own_factor.forget_app(session, login.id)
        codes = recovery_codes.replace(session, login.id, keyring=keyring)
        told = own_factor.now_set(SecondFactor.APP)
        renewed = own_factor.change(
            session, open_session, held, values, told, keyring=keyring, now=now
        )
    return Enrolled(codes, renewed)


def new_recovery_codes(
    tools: SignInTools, open_session: OpenSession, *, now: datetime
) -> Enrolled:
    """Ten new codes in the place of all before.

    Raises SessionGoneError, ReauthenticationDueError, NoAppError.
    """
    keyring = tools.keyring
    with tools.transaction() as session:
        held = own_factor.hold(session, open_session, now)
        if held.login.second_factor is not SecondFactor.APP:
            raise NoAppError
        codes = recovery_codes.replace(session, held.login.id, keyring=keyring)
        told = own_factor.now_set(RECOVERY_CODES)
        renewed = own_factor.change(
            session, open_session, held, {}, told, keyring=keyring, now=now
        )
    return Enrolled(codes, renewed)


def forget_abandoned(session: Session, *, now: datetime) -> None:
    """Wipe the seeds of apps that were never confirmed."""
    session.execute(delete(PendingApp).where(PendingApp.begun_at <= now - PENDING_LIFE))


def _step(seed: Secret, code: str, now: datetime) -> int:
    digits = read_digits(code)
    if digits is None:
        raise WrongCodeError
    step = matching_step(seed, digits, now=now)
    if step is None:
        raise WrongCodeError
    return step


def _pending(
    session: Session,
    login: Login,
    open_session: OpenSession,
    keyring: Keyring,
    now: datetime,
) -> Secret | None:
    pending = session.get(PendingApp, login.id)
    is_usable = (
        pending is not None
        and pending.sign_in_number == open_session.sign_in_number
        and pending.credential_version == login.credential_version
        and now < pending.begun_at + PENDING_LIFE
    )
    if pending is None or not is_usable:
        return None
    try:
        return keyring.open(
            pending.sealed_seed, purpose=_purpose(login.id, pending.sign_in_number)
        )
    except UnsealingError:
        return None


def _keep(
    session: Session,
    login: Login,
    open_session: OpenSession,
    seed: Secret,
    keyring: Keyring,
    now: datetime,
) -> None:
    number = open_session.sign_in_number
    session.merge(
        PendingApp(
            login_id=login.id,
            sign_in_number=number,
            credential_version=login.credential_version,
            sealed_seed=keyring.seal(seed, purpose=_purpose(login.id, number)),
            begun_at=now,
        )
    )


def _purpose(login_id: int, sign_in_number: str) -> str:
    return f"pending totp seed of login {login_id}, {sign_in_number}"
