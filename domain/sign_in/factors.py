"""Which second factor an employee has by own choice: set, turned off, taken away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from domain.actor import Actor, BranchId
from domain.errors import DomainError, NotFoundError
from domain.logins.model import Login, LoginId, SecondFactor
from domain.permissions import Act, require
from domain.record_cards.register import within_reach
from domain.secret import Keyring
from domain.sign_in import own_factor
from domain.sign_in.app_enrolment import begin_app, confirm_app, new_recovery_codes
from domain.sign_in.own_factor import WITHOUT_APP
from domain.sign_in.sessions import NewSession, OpenSession
from domain.sign_in.tools import SignInTools

__all__ = [
    "FactorChange",
    "SecondFactorRequiredError",
    "begin_app",
    "confirm_app",
    "new_recovery_codes",
    "remove_second_factor",
    "turn_off",
    "turn_on_mail",
]


class SecondFactorRequiredError(DomainError):
    """The branch wants a second factor; a mailed code is the least."""

    code = "second_factor_required"


@dataclass(frozen=True)
class FactorChange:
    """What is asked from now on; `session` is None when nothing changed."""

    factor: SecondFactor
    session: NewSession | None


def turn_on_mail(
    tools: SignInTools, open_session: OpenSession, *, now: datetime
) -> FactorChange:
    """Ask for a mailed code from now on, in the place of an app where there is one.

    Raises SessionGoneError, ReauthenticationDueError.
    """
    with tools.transaction() as session:
        held = own_factor.hold(session, open_session, now)
        if held.login.second_factor is SecondFactor.MAIL:
            return FactorChange(SecondFactor.MAIL, None)
        own_factor.forget_app(session, held.login.id)
        renewed = own_factor.change(
            session,
            open_session,
            held,
            {**WITHOUT_APP, "second_factor": SecondFactor.MAIL},
            own_factor.now_set(SecondFactor.MAIL),
            keyring=tools.keyring,
            now=now,
        )
    return FactorChange(SecondFactor.MAIL, renewed)


def turn_off(
    tools: SignInTools, open_session: OpenSession, *, now: datetime
) -> FactorChange:
    """Have no factor of one's own choice; where the branch wants one, mail is left.

    Raises SessionGoneError, ReauthenticationDueError, and SecondFactorRequiredError
    when there is nothing but what the branch wants.
    """
    with tools.transaction() as session:
        held = own_factor.hold(session, open_session, now)
        is_required = held.branch.second_factor_required
        chosen = held.login.second_factor
        if is_required and chosen is not SecondFactor.APP:
            raise SecondFactorRequiredError
        if chosen is SecondFactor.NONE:
            return FactorChange(SecondFactor.NONE, None)
        own_factor.forget_app(session, held.login.id)
        renewed = own_factor.change(
            session,
            open_session,
            held,
            {**WITHOUT_APP, "second_factor": SecondFactor.NONE},
            own_factor.now_removed(chosen),
            keyring=tools.keyring,
            now=now,
        )
    left = SecondFactor.MAIL if is_required else SecondFactor.NONE
    return FactorChange(left, renewed)


def remove_second_factor(
    session: Session,
    login_id: LoginId,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> bool:
    """Take the factor from somebody who lost the phone; gives whether there was one.

    What the branch requires is asked as before. Sessions and codes die, and the
    employee gets a letter. Raises NotFoundError for a login out of reach.
    """
    require(actor, Act.REMOVE_SECOND_FACTOR)
    login = session.scalars(
        select(Login)
        .join(Login.record_card)
        .where(Login.id == login_id, within_reach(actor))
        .options(contains_eager(Login.record_card))
        .with_for_update(of=Login, key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if login is None:
        raise NotFoundError(kind="login")
    require(actor, Act.REMOVE_SECOND_FACTOR, BranchId(login.record_card.branch_id))
    removed = login.second_factor
    if removed is SecondFactor.NONE:
        return False
    own_factor.forget_app(session, login_id)
    values = {**WITHOUT_APP, "second_factor": SecondFactor.NONE}
    own_factor.write(session, login, values)
    own_factor.tell(
        session,
        login,
        own_factor.now_removed(removed),
        keyring=keyring,
        actor=actor,
        now=now,
    )
    return True
