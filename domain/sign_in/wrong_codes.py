"""Telling of wrong codes: the log of each sign-in they ended, the employee once."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import EMPLOYEE
from domain.audit import AuditAct, AuditEvent, Concerning
from domain.letters.queueing import LetterKind, queue_letter
from domain.logins.model import Login
from domain.logins.recipients import recipient_of
from domain.secret import Keyring
from domain.sign_in.code_tries import DAY, TOLD_FROM

_MANY: Final = "many_codes"


def notice(
    session: Session, login: Login, wrong_today: int, *, keyring: Keyring, now: datetime
) -> None:
    """Write to the employee of many wrong codes in 24 hours, once in as long.

    Whoever types them has the password; a new one ends it. `login` is held, and its
    record card was read with it.
    """
    if wrong_today < TOLD_FROM or _is_told(session, login, now):
        return
    record(session, login, _MANY, now=now)
    to = recipient_of(login)
    queue_letter(session, LetterKind.WRONG_CODES, to, keyring=keyring, now=now)


def record(session: Session, login: Login, why: str, *, now: datetime) -> None:
    """Write in the log that a sign-in was refused for its codes."""
    card = login.record_card
    concerning = Concerning(
        branch_id=card.branch_id,
        record_card_id=card.id,
        login_id=login.id,
        details={"why": why},
    )
    act = AuditAct.SIGN_IN_REFUSED
    audit.record(session, act, concerning, actor=EMPLOYEE, now=now)


def _is_told(session: Session, login: Login, now: datetime) -> bool:
    refusals = session.scalars(
        select(AuditEvent.details).where(
            AuditEvent.login_id == login.id,
            AuditEvent.act == AuditAct.SIGN_IN_REFUSED,
            AuditEvent.at > now - DAY,
        )
    )
    return any(details.get("why") == _MANY for details in refusals)
