"""Signing out of every other browser."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from domain import audit
from domain.actor import EMPLOYEE
from domain.audit import AuditAct, Concerning
from domain.letters.queueing import LetterKind, queue_letter
from domain.logins.model import Login
from domain.logins.recipients import recipient_of
from domain.secret import Keyring
from domain.sign_in import devices, sessions
from domain.sign_in.gate import Visit
from domain.sign_in.sessions import OpenSession


def sign_out_elsewhere(
    session: Session,
    open_session: OpenSession,
    *,
    visit: Visit,
    keyring: Keyring,
    now: datetime,
) -> None:
    """End every session of the employee but this one, and tell it by letter.

    The other browsers are not known any more either.
    """
    sessions.end_all(session, open_session.login_id, but=open_session.token_hash)
    devices.forget_others(session, open_session.login_id, visit.device)
    audit.record(
        session,
        AuditAct.SIGNED_OUT_EVERYWHERE,
        Concerning(
            branch_id=open_session.branch_id,
            record_card_id=open_session.record_card_id,
            login_id=open_session.login_id,
        ),
        actor=EMPLOYEE,
        now=now,
    )
    login = session.scalars(
        select(Login)
        .where(Login.id == open_session.login_id)
        .options(joinedload(Login.record_card))
    ).one()
    queue_letter(
        session,
        LetterKind.SIGNED_OUT_EVERYWHERE,
        recipient_of(login),
        keyring=keyring,
        now=now,
    )
