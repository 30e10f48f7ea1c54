from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, text, update

from domain import audit, audit_seals
from domain.actor import OPERATOR, SCHEDULE, ActorKind, Surface
from domain.audit import AuditAct, AuditEvent, Concerning
from domain.audit_seals import AuditSeal, Break, BreakKind
from domain.errors import NotPermittedError
from domain.secret import Keyring, Secret

FIRST, SECOND = date(2026, 11, 17), date(2026, 11, 19)
SEALING = datetime(2026, 11, 20, 3, tzinfo=UTC)


def _at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, 15, 30, 123456, tzinfo=UTC)


def _write(database, day, login_ids, hour=10):
    with database.transaction() as session:
        audit.record_many(
            session,
            AuditAct.LOGIN_CREATED,
            [Concerning(branch_id=1, login_id=n, details={"n": n}) for n in login_ids],
            actor=SCHEDULE,
            now=_at(day, hour),
        )


def _seal_all(database, keyring, now=SEALING):
    days = []
    while True:
        with database.transaction() as session:
            seal = audit_seals.seal_next_day(session, keyring, now=now)
        if seal is None:
            return days
        days.append(seal.day)


def _verify(database, keyring):
    with database.reading() as session:
        return audit_seals.verify(session, keyring, actor=OPERATOR)


def _event_id(database, login_id):
    with database.reading() as session:
        query = select(AuditEvent.id).where(AuditEvent.login_id == login_id)
        return session.scalars(query).one()


@pytest.fixture
def sealed(database, keyring):
    """Two days with events and a day without between them, all sealed."""
    _write(database, FIRST, range(1, 6))
    _write(database, SECOND, range(6, 11))
    _write(database, SECOND + timedelta(days=1), range(11, 13))
    _seal_all(database, keyring)
    return database


def test_whole_days_are_sealed_and_the_present_day_is_not(database, keyring):
    _write(database, FIRST, [1])
    _write(database, SECOND, [2])
    _write(database, SEALING.date(), [3], hour=1)
    assert _seal_all(database, keyring) == [FIRST, SECOND]
    assert _seal_all(database, keyring) == []


def test_a_day_is_sealed_an_hour_after_its_end(database, keyring):
    _write(database, SECOND, [1], hour=23)
    midnight = datetime(2026, 11, 20, tzinfo=UTC)
    assert _seal_all(database, keyring, midnight + timedelta(minutes=59)) == []
    assert _seal_all(database, keyring, midnight + timedelta(hours=1)) == [SECOND]


def test_a_log_that_nobody_touched_verifies(sealed, keyring):
    found = _verify(sealed, keyring)
    assert (found.sealed_until, found.unsealed_count) == (SECOND, 2)
    assert found.breaks == []


def test_a_log_without_seals_verifies_as_unsealed(database, keyring):
    _write(database, FIRST, [1])
    found = _verify(database, keyring)
    assert (found.sealed_until, found.unsealed_count, found.breaks) == (None, 1, [])


@pytest.mark.parametrize(
    "values",
    [
        {"login_id": 99},
        {"act": AuditAct.LOGIN_CLOSED},
        {"administrator_id": 7},
        {"details": {"n": 4}},
        {"at": _at(FIRST, 11)},
    ],
)
def test_a_changed_row_is_named(sealed, keyring, values):
    event_id = _event_id(sealed, 3)
    with sealed.transaction() as session:
        session.execute(
            update(AuditEvent).where(AuditEvent.id == event_id).values(values)
        )
    assert _verify(sealed, keyring).breaks == [
        Break(FIRST, BreakKind.CHANGED, event_id)
    ]


def test_a_removed_row_is_named(sealed, keyring):
    event_id = _event_id(sealed, 8)
    with sealed.transaction() as session:
        session.execute(delete(AuditEvent).where(AuditEvent.id == event_id))
    assert _verify(sealed, keyring).breaks == [
        Break(SECOND, BreakKind.REMOVED, event_id)
    ]


def test_a_row_added_to_a_sealed_day_is_named(sealed, keyring):
    _write(sealed, FIRST, [77])
    event_id = _event_id(sealed, 77)
    assert _verify(sealed, keyring).breaks == [Break(FIRST, BreakKind.ADDED, event_id)]


def test_a_row_added_to_a_day_without_events_is_named(sealed, keyring):
    quiet_day = FIRST + timedelta(days=1)
    _write(sealed, quiet_day, [77])
    _write(sealed, FIRST - timedelta(days=1), [78])
    assert set(_verify(sealed, keyring).breaks) == {
        Break(quiet_day, BreakKind.ADDED, _event_id(sealed, 77)),
        Break(FIRST - timedelta(days=1), BreakKind.ADDED, _event_id(sealed, 78)),
    }


def test_a_row_moved_to_another_day_is_named_in_both(sealed, keyring):
    event_id = _event_id(sealed, 3)
    with sealed.transaction() as session:
        session.execute(
            update(AuditEvent).where(AuditEvent.id == event_id).values(at=_at(SECOND))
        )
    assert set(_verify(sealed, keyring).breaks) == {
        Break(FIRST, BreakKind.REMOVED, event_id),
        Break(SECOND, BreakKind.ADDED, event_id),
    }


def test_a_changed_seal_names_its_day(sealed, keyring):
    with sealed.transaction() as session:
        seal = session.get_one(AuditSeal, FIRST)
        seal.digests = seal.digests[:-24]
    assert Break(FIRST, BreakKind.SEAL_CHANGED) in _verify(sealed, keyring).breaks


def test_a_seal_that_names_a_version_we_do_not_know_names_its_day(sealed, keyring):
    with sealed.transaction() as session:
        session.get_one(AuditSeal, FIRST).version = 99
    assert _verify(sealed, keyring).breaks == [Break(FIRST, BreakKind.SEAL_CHANGED)]


def test_what_the_first_version_of_a_seal_covers_stays_what_it_is(database, keyring):
    """Whatever columns events get later, old days stay as they were sealed."""
    everything = AuditEvent(
        id=7,
        at=_at(FIRST),
        act=AuditAct.PASSWORD_RESET,
        actor_kind=ActorKind.ADMINISTRATOR,
        administrator_id=1,
        surface=Surface.WORKER,
        branch_id=2,
        record_card_id=3,
        login_id=4,
        run_id=5,
        details={"from": "active", "count": 6},
    )
    with database.transaction() as session:
        session.add(everything)
    _seal_all(database, keyring)
    with database.reading() as session:
        seal = session.get_one(AuditSeal, FIRST)
    assert (seal.version, seal.digests.hex(), seal.head) == (
        1,
        "0000000000000007924ee444e230363d1f89c6deafc1e6c4",
        "71bf83813a22ac999ab6605a3025c91cd25ffcc077ce0faab1a56b8154bcab8d",
    )


def test_a_removed_seal_shows_in_the_next(sealed, keyring):
    with sealed.transaction() as session:
        session.execute(delete(AuditSeal).where(AuditSeal.day == FIRST))
    breaks = _verify(sealed, keyring).breaks
    assert Break(SECOND, BreakKind.SEAL_CHANGED) in breaks
    assert Break(FIRST, BreakKind.ADDED, _event_id(sealed, 1)) in breaks


def test_a_log_resealed_without_our_key_is_not_ours(sealed, keyring):
    with sealed.transaction() as session:
        session.execute(delete(AuditEvent).where(AuditEvent.login_id == 3))
        session.execute(delete(AuditSeal))
    other = Keyring.from_setting(Secret("the key of somebody else of 32 characters"))
    _seal_all(sealed, other)
    assert _verify(sealed, keyring).breaks == [Break(SECOND, BreakKind.SEAL_NOT_OURS)]


def test_a_seal_that_is_no_sealed_value_at_all_is_not_ours(sealed, keyring):
    with sealed.transaction() as session:
        session.execute(text("UPDATE audit_seal SET sealed_head = 'niets'"))
    assert _verify(sealed, keyring).breaks == [Break(SECOND, BreakKind.SEAL_NOT_OURS)]


def test_the_head_is_another_once_seals_are_cut_off(sealed, keyring):
    before = _verify(sealed, keyring).head
    with sealed.transaction() as session:
        session.execute(delete(AuditSeal).where(AuditSeal.day == SECOND))
        session.execute(delete(AuditEvent).where(AuditEvent.at >= _at(SECOND, 0)))
    assert _verify(sealed, keyring).head != before


def test_only_who_may_see_the_log_may_verify_it(database, keyring):
    with database.reading() as session, pytest.raises(NotPermittedError):
        audit_seals.verify(session, keyring, actor=SCHEDULE)
