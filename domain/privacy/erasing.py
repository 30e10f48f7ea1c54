"""Forgetting a person (GDPR, art. 17): what is left says that somebody was there.

Card and login stay as empty shells, because the audit log speaks of their ids and a
database gives the ids of deleted rows anew. The log itself is left as it was sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    and_,
    delete,
    exists,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from domain import audit, outbox
from domain.actor import Actor
from domain.administrators import Administrator
from domain.audit import AuditAct, Concerning
from domain.database import Record
from domain.errors import NotFoundError
from domain.importing.model import StaffListUpload
from domain.letters.model import AccessLetter
from domain.logins.address_notices import AddressNotice
from domain.logins.links import Link
from domain.logins.model import (
    Login,
    ShownPassword,
)
from domain.logins.moves import Move
from domain.logins.states import UNLOCKED_NOTICE
from domain.outbox import OutboxMessage
from domain.permissions import Act, require
from domain.privacy import persons, shells, standing
from domain.privacy.belongings import rows_of
from domain.privacy.persons import Person
from domain.privacy.standing import StillAdministersError, StillEmployedError
from domain.record_cards.model import RecordCard
from domain.runs.model import RowReason, RowState, Run, RunKind, RunRow
from domain.sign_in.model import (
    AttemptCounter,
    CodeTry,
    Lockout,
    LockoutEnd,
    OneTimeCode,
    PasswordAttempt,
    PendingApp,
    PortalSession,
    RecoveryCode,
    RecoveryRequest,
    SlackLink,
    TrustedDevice,
)
from domain.slack_users import SlackUser

# Deleted in this order; browsers after the counters that are found by them.
_DELETED: Final[Sequence[type[Record]]] = (
    ShownPassword,
    PortalSession,
    AttemptCounter,
    PasswordAttempt,
    TrustedDevice,
    OneTimeCode,
    CodeTry,
    PendingApp,
    RecoveryCode,
    RecoveryRequest,
    Link,
    AddressNotice,
    AccessLetter,
    OutboxMessage,
    SlackUser,
    SlackLink,
)


@dataclass(frozen=True)
class Erasure:
    """What erasing a person would meet; `rows` is how many rows would be deleted.

    `administers` is who they are in Slack while they administer logins.
    """

    person: Person
    numbers: Sequence[str]
    is_employed: bool
    administers: str | None
    rows: int


def preview(session: Session, number: str, *, actor: Actor, now: datetime) -> Erasure:
    """What erasing the person with this number would meet; writes nothing.

    Raises NotFoundError for a number nobody has.
    """
    require(actor, Act.ERASE_PERSONS)
    person = persons.find(session, number)
    cards = RecordCard.id.in_(person.card_ids)
    numbers = session.scalars(select(RecordCard.number).where(cards)).all()
    return Erasure(
        person,
        numbers,
        standing.is_employed(session, person, now),
        standing.administers(session, person),
        _count(session, person),
    )


def erase(
    session: Session,
    card_id: int,
    *,
    even_employed: bool = False,
    actor: Actor,
    now: datetime,
) -> Person:
    """Forget the person of this card, with every card that their data came from.

    Credentials, sessions, codes, links, waiting letters, attempts with their network
    addresses and undo records go. Rows of runs and the log keep ids alone. Lists that
    wait to be imported are dropped whole: any may hold the person. Once more changes
    nothing. Raises NotFoundError, StillEmployedError.
    """
    require(actor, Act.ERASE_PERSONS)
    if session.get(RecordCard, card_id) is None:
        raise NotFoundError(kind="record_card")
    person = persons.of_cards(session, persons.connected(session, card_id))
    _hold(session, person)
    if not even_employed and standing.is_employed(session, person, now):
        raise StillEmployedError
    if user_id := standing.administers(session, person):
        raise StillAdministersError(user_id=user_id)
    forget(session, person, actor=actor, now=now)
    return person


def forget(session: Session, person: Person, *, actor: Actor, now: datetime) -> None:
    """Empty these cards and logins; those that are empty already are left alone."""
    person = _not_erased(session, person)
    if not person.card_ids:
        return
    _leave_runs(session, person)
    _end_lockouts(session, person, now)
    conditions = rows_of(session, person)
    standing.forget_addresses_of_codes(session, person)
    administers = exists().where(
        Administrator.team_id == SlackUser.team_id,
        Administrator.user_id == SlackUser.user_id,
        Administrator.dismissed_at.is_(None),
    )
    for record in _DELETED:
        deleting = delete(record).where(conditions[record])
        if record is SlackUser:
            deleting = deleting.where(~administers)
        session.execute(deleting.execution_options(synchronize_session=False))
    session.execute(update(Move).where(conditions[Move]).values(before=null()))
    session.execute(delete(StaffListUpload))
    _record(session, person, actor, now)
    shells.empty(session, person, now)


def _hold(session: Session, person: Person) -> None:
    for record, ids in ((Login, person.login_ids), (RecordCard, person.card_ids)):
        held = select(record.id).where(record.id.in_(ids)).order_by(record.id)
        session.execute(held.with_for_update())


def _not_erased(session: Session, person: Person) -> Person:
    query = select(RecordCard.id).where(
        RecordCard.id.in_(person.card_ids), RecordCard.erased_at.is_(None)
    )
    return persons.of_cards(session, session.scalars(query).all())


def _count(session: Session, person: Person) -> int:
    conditions = rows_of(session, person)
    return sum(
        len(session.execute(select(_key(record)).where(conditions[record])).all())
        for record in _DELETED
    )


def _key(record: type[Record]) -> Any:
    table: Any = record.__table__
    return next(iter(table.primary_key.columns))


def _leave_runs(session: Session, person: Person) -> None:
    """Runs under way go on without them, and no sealed password stays."""
    mailings = select(Run.id).where(Run.kind == RunKind.MAIL)
    is_open = or_(
        RunRow.state.in_([RowState.WAITING, RowState.PREPARED]),
        and_(RunRow.state == RowState.APPLIED, RunRow.run_id.in_(mailings)),
    )
    of_them = RunRow.login_id.in_(person.login_ids)
    session.execute(
        update(RunRow)
        .where(of_them, is_open)
        .values(state=RowState.LEFT_OUT, reason=RowReason.CHANGED_MEANWHILE)
    )
    session.execute(
        update(RunRow).where(of_them).values(sealed_password=None, password_hash=None)
    )


def _end_lockouts(session: Session, person: Person, now: datetime) -> None:
    ended = session.scalars(
        update(Lockout)
        .where(Lockout.login_id.in_(person.login_ids), Lockout.ended_at.is_(None))
        .values(ended_at=now, end=LockoutEnd.CLOSED)
        .returning(Lockout.login_id)
    ).all()
    if ended:
        outbox.queue(session, UNLOCKED_NOTICE, {"login_ids": list(ended)}, now=now)


def _record(session: Session, person: Person, actor: Actor, now: datetime) -> None:
    rows = session.execute(
        select(RecordCard.branch_id, RecordCard.id, Login.id)
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .where(RecordCard.id.in_(person.card_ids))
        .order_by(RecordCard.id)
    )
    about = [Concerning(*row) for row in rows]
    audit.record_many(session, AuditAct.PERSON_ERASED, about, actor=actor, now=now)
