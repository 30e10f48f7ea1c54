"""A session of which a code is due: whose it is, and which factor is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.branches import Branch
from domain.logins.model import Login, SecondFactor
from domain.record_cards.model import RecordCard
from domain.sign_in import sessions
from domain.sign_in.gate import Verdict, Way, may_authenticate
from domain.sign_in.model import PortalSession, Stage
from domain.sign_in.sessions import OpenSession

# How long an app's code is waited for; a mailed one has a life of its own.
APP_WAIT: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Held:
    """The login as it is now, with its record card and its branch."""

    login: Login
    card: RecordCard
    branch: Branch

    @property
    def factor(self) -> SecondFactor:
        """What this session has to give: a mailed code, if nothing else is asked."""
        factor = required_factor(self.login, self.branch)
        return SecondFactor.MAIL if factor is SecondFactor.NONE else factor


def required_factor(login: Login, branch: Branch) -> SecondFactor:
    """What is asked beside the password: the app where there is one, else a mail."""
    if login.second_factor is SecondFactor.APP:
        return SecondFactor.APP
    if branch.second_factor_required:
        return SecondFactor.MAIL
    return login.second_factor


def hold(session: Session, open_session: OpenSession, now: datetime) -> Held | None:
    """The same as `look`, and nobody else holds this login until the commit."""
    # On its own: a statement that waited sees other tables as they were before.
    one = select(Login.id).where(Login.id == open_session.login_id)
    session.execute(one.with_for_update(key_share=True))
    return look(session, open_session, now)


def look(session: Session, open_session: OpenSession, now: datetime) -> Held | None:
    """The login of a session that waits for a code; None when it waits no longer."""
    row = session.execute(
        select(Login, RecordCard, Branch, PortalSession.authenticated_at)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .join(PortalSession, PortalSession.login_id == Login.id)
        .where(
            PortalSession.token_hash == open_session.token_hash,
            PortalSession.stage == Stage.CODE_DUE,
            sessions.goes_on(now),
        )
    ).one_or_none()
    if row is None:
        return None
    login, card, branch, password_given_at = row
    held = Held(login, card, branch)
    if may_authenticate(login, card, Way.CODE, now=now) is not Verdict.OPEN:
        return None
    is_too_late = now >= password_given_at + APP_WAIT
    return None if held.factor is SecondFactor.APP and is_too_late else held
