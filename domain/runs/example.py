"""Whose letter is shown as an example before a mailing starts."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.logins.model import LoginId
from domain.permissions import Act, require
from domain.runs.beginning import NobodyToResetError
from domain.runs.choosing import ResetChoice, met_by_mail


def first_met(
    session: Session,
    branch_id: BranchId,
    choice: ResetChoice,
    *,
    again: bool,
    actor: Actor,
    now: datetime,
) -> LoginId:
    """The first, by name, whom a mailing of this choice meets.

    Raises NobodyToResetError.
    """
    require(actor, Act.MAIL_PASSWORDS, branch_id)
    met = met_by_mail(branch_id, choice, again=again, now=now)
    login_id = session.scalar(met.limit(1))
    if login_id is None:
        raise NobodyToResetError
    return LoginId(login_id)
