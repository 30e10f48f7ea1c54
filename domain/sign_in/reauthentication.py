"""Proving anew who one is, before changing how one signs in."""

from datetime import datetime

from domain.logins.model import SecondFactor
from domain.secret import Secret
from domain.sign_in import mail_codes, own_factor, sessions
from domain.sign_in.code_stage import required_factor
from domain.sign_in.gate import Visit
from domain.sign_in.sessions import NewSession, OpenSession
from domain.sign_in.sign_in import (
    OutcomeKind,
    SignInOutcome,
    verify_current_password,
)
from domain.sign_in.tools import SignInTools


def reauthenticate(
    tools: SignInTools,
    open_session: OpenSession,
    password: Secret,
    *,
    visit: Visit,
    now: datetime,
) -> SignInOutcome:
    """Ask somebody who is in for everything that signing in asks for (ASVS 7.5.1).

    After a right password the session goes on under a new id: freshly authenticated,
    or, where a second factor is asked, back at the second step, until
    `second_step.check_code` lets it in again. It stays the same sign-in, with the
    end it had. The password is reserved and counted as at signing in.
    Raises SessionGoneError, HashingBusyError, DatabaseBusyError.
    """
    login_id = open_session.login_id
    outcome = verify_current_password(tools, login_id, password, visit=visit, now=now)
    if outcome.kind is not OutcomeKind.GO_ON:
        return outcome
    renewed = _go_on(tools, open_session, now)
    return SignInOutcome(OutcomeKind.GO_ON, session=renewed)


def _go_on(tools: SignInTools, open_session: OpenSession, now: datetime) -> NewSession:
    with tools.transaction() as session:
        held = own_factor.hold_inside(session, open_session, now)
        factor = required_factor(held.login, held.branch)
        if factor is SecondFactor.NONE:
            return sessions.renew(session, open_session, authenticated=True, now=now)
        number = sessions.new_number()
        renewed = sessions.renew(
            session, open_session, authenticated=True, challenge_number=number, now=now
        )
        if factor is SecondFactor.MAIL:
            mail_codes.send(
                session, held.login, held.card, number, keyring=tools.keyring, now=now
            )
    return renewed
