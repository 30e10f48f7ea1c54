"""Old days leave the log as a whole, and leave their seals."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from domain import audit, audit_retention, audit_seals
from domain.actor import OPERATOR, SCHEDULE
from domain.audit import AuditAct, AuditEvent, Concerning
from domain.audit_digests import start_of
from domain.audit_seals import AuditSeal, Break, BreakKind
from domain.errors import NotPermittedError

DAYS = [date(2024, 11, day) for day in (1, 2, 4, 5)]
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture
def sealed(database, keyring):
    """Three sealed days with two events each, and one that is not sealed yet."""
    for number, day in enumerate(DAYS):
        _write(database, day, number)
    while True:
        with database.transaction() as session:
            until = start_of(DAYS[-1]) + timedelta(hours=2)
            if audit_seals.seal_next_day(session, keyring, now=until) is None:
                return database


def _write(database, day, number):
    with database.transaction() as session:
        audit.record_many(
            session,
            AuditAct.LOGIN_CREATED,
            [Concerning(login_id=number), Concerning(login_id=number + 100)],
            actor=SCHEDULE,
            now=start_of(day) + timedelta(hours=10),
        )


def forget(database, before, actor=SCHEDULE):
    gone = []
    while True:
        with database.transaction() as session:
            day = audit_retention.forget_day(session, before, actor=actor, now=NOW)
        if day is None:
            return gone
        gone.append(day)


def verify(database, keyring):
    with database.reading() as session:
        return audit_seals.verify(session, keyring, actor=OPERATOR)


def count(database, act):
    with database.reading() as session:
        query = select(func.count()).select_from(AuditEvent)
        return session.scalar(query.where(AuditEvent.act == act))


def test_whole_days_go_oldest_first_and_their_seals_stay(sealed, keyring):
    assert forget(sealed, date(2024, 11, 4)) == DAYS[:2]
    assert count(sealed, AuditAct.LOGIN_CREATED) == 4
    assert count(sealed, AuditAct.DAYS_FORGOTTEN) == 2
    found = verify(sealed, keyring)
    assert (found.breaks, found.forgotten_until) == ([], DAYS[1])
    assert forget(sealed, date(2024, 11, 4)) == []


def test_a_day_that_is_not_sealed_stays(sealed, keyring):
    assert forget(sealed, date(2026, 1, 1)) == DAYS[:3]
    assert count(sealed, AuditAct.LOGIN_CREATED) == 2
    assert verify(sealed, keyring).breaks == []


def test_only_the_schedule_forgets(sealed):
    with pytest.raises(NotPermittedError):
        forget(sealed, date(2026, 1, 1), actor=OPERATOR)


def test_changes_to_what_is_kept_still_show(sealed, keyring):
    forget(sealed, DAYS[1])
    with sealed.transaction() as session:
        event = session.scalars(
            select(AuditEvent).where(AuditEvent.login_id == 1)
        ).one()
        event.login_id = 7
    assert verify(sealed, keyring).breaks == [
        Break(DAYS[1], BreakKind.CHANGED, event.id)
    ]


def test_rows_that_come_back_to_a_forgotten_day_show(sealed, keyring):
    forget(sealed, DAYS[1])
    _write(sealed, DAYS[0], 55)
    assert {each.kind for each in verify(sealed, keyring).breaks} == {BreakKind.ADDED}


def test_a_deletion_does_not_pass_for_forgetting(sealed, keyring):
    forget(sealed, DAYS[1])
    with sealed.transaction() as session:
        later = AuditEvent.at >= start_of(DAYS[1])
        is_old = AuditEvent.at < start_of(DAYS[2])
        session.execute(delete(AuditEvent).where(later, is_old))
        seal = update(AuditSeal).where(AuditSeal.day == DAYS[1])
        session.execute(seal.values(forgotten_at=NOW))
    unsaid = Break(DAYS[1], BreakKind.FORGOTTEN_UNSAID)
    assert verify(sealed, keyring).breaks == [unsaid]


def test_a_day_after_a_kept_one_can_not_be_forgotten(sealed, keyring):
    forget(sealed, DAYS[2])
    with sealed.transaction() as session:
        seal = update(AuditSeal).where(AuditSeal.day == DAYS[0])
        session.execute(seal.values(forgotten_at=None))
    kinds = {(each.day, each.kind) for each in verify(sealed, keyring).breaks}
    assert (DAYS[0], BreakKind.REMOVED) in kinds
    assert (DAYS[1], BreakKind.FORGOTTEN_UNSAID) in kinds
