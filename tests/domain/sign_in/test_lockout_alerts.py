"""Which lockouts one alert tells of, and who shows it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import branch_settings
from domain.errors import LeaseLostError
from domain.outbox import OutboxMessage
from domain.sign_in import lockout_alerts, lockout_reports, lockouts
from domain.sign_in.lockout_alerts import ALERT, AlertHeldError, AlertPlace
from domain.sign_in.model import Lockout, LockoutAlert

HERE = AlertPlace("C1", "C1", "1.1")


@pytest.fixture
def lock(office, keyring, clock):
    def lock_login(branch_id=None):
        card = {"branch_id": branch_id or office.utrecht}
        login_id = office.add_login(card=card)
        with office.database.transaction() as session:
            lockouts.lock(session, login_id, keyring=keyring, now=clock())
            query = select(Lockout.id).order_by(Lockout.id.desc())
            return session.scalars(query.limit(1)).one()

    return lock_login


@pytest.fixture
def gather(office, clock):
    def gather_lockout(lockout_id, channel="C1"):
        with office.database.transaction() as session:
            lockout_alerts.gather(
                session, lockout_id, default_channel=channel, now=clock()
            )
        with office.database.reading() as session:
            return session.get_one(Lockout, lockout_id).alert_id

    return gather_lockout


@pytest.fixture
def show(office, clock):
    """Shows an alert in one place; gives what was claimed."""

    def show_alert(alert_id, count=1):
        with office.database.transaction() as session:
            claimed = lockout_alerts.claim_to_show(session, alert_id, now=clock())
        with office.database.transaction() as session:
            lockout_alerts.note_places(session, claimed, [HERE], now=clock())
            lockout_alerts.note_shown(session, claimed, count, now=clock())
        return claimed

    return show_alert


def due(office):
    """When the queued looks at alerts are due, the delivered ones among them."""
    with office.database.reading() as session:
        query = select(OutboxMessage.due_at).where(OutboxMessage.kind == ALERT)
        return list(session.scalars(query.order_by(OutboxMessage.id)))


def test_lockouts_of_a_branch_within_a_minute_share_an_alert(
    office, lock, gather, clock
):
    first = gather(lock())
    clock.forward(timedelta(seconds=59))
    assert gather(lock()) == first
    clock.forward(timedelta(seconds=1))
    assert gather(lock()) != first


def test_a_channel_that_was_chosen_meanwhile_begins_an_alert_of_its_own(
    office, lock, gather, clock
):
    first = gather(lock())
    with office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            office.utrecht,
            {"admin_channel_id": "C2"},
            actor=office.hanna,
            now=clock(),
        )
    assert gather(lock()) != first


def test_a_third_branch_in_a_minute_joins_the_newest_alert(office, lock, gather):
    first = gather(lock(office.utrecht))
    second = gather(lock(office.amsterdam))
    assert first != second
    assert gather(lock(office.rotterdam)) == second
    assert gather(lock(office.utrecht)) == first
    with office.database.reading() as session:
        assert lockout_reports.report(session, second).branch_name is None
        found = lockout_reports.branches_of(session, second)
        assert found == [office.amsterdam, office.rotterdam]


def test_gathering_a_lockout_twice_gathers_it_once(office, lock, gather):
    lockout_id = lock()
    assert gather(lockout_id) == gather(lockout_id)
    assert len(due(office)) == 1


def test_workers_that_gather_at_the_same_moment_make_one_alert(office, lock, gather):
    lockout_ids = [lock() for _ in range(8)]
    with ThreadPoolExecutor(8) as workers:
        alert_ids = set(workers.map(gather, lockout_ids))
    assert len(alert_ids) == 1
    with office.database.reading() as session:
        assert len(session.scalars(select(LockoutAlert.id)).all()) == 1


def test_it_is_shown_at_once_and_edited_three_seconds_later(
    office, lock, gather, show, clock, now
):
    alert_id = gather(lock())
    show(alert_id)
    clock.forward(timedelta(seconds=1))
    gather(lock())
    gather(lock())
    assert due(office) == [now, now + timedelta(seconds=3)]


def test_what_somebody_decided_does_not_wait_for_the_next_edit(
    office, lock, gather, show, clock, now
):
    alert_id = gather(lock())
    show(alert_id)
    gather(lock())
    with office.database.transaction() as session:
        lockout_alerts.show_again(session, [alert_id], now=clock())
        lockout_alerts.show_again(session, [alert_id], now=clock())
    assert due(office) == [now, now + timedelta(seconds=3), now]


def test_one_worker_at_a_time_shows_an_alert(office, lock, gather, clock):
    alert_id = gather(lock())
    with office.database.transaction() as session:
        lockout_alerts.claim_to_show(session, alert_id, now=clock())
    with (
        office.database.transaction() as session,
        pytest.raises(AlertHeldError),
    ):
        lockout_alerts.claim_to_show(session, alert_id, now=clock())


def test_a_worker_that_was_killed_leaves_it_to_others_after_a_minute(
    office, lock, gather, show, clock
):
    alert_id = gather(lock())
    with office.database.transaction() as session:
        slept = lockout_alerts.claim_to_show(session, alert_id, now=clock())
    clock.forward(timedelta(minutes=1))
    show(alert_id)
    with (
        office.database.transaction() as session,
        pytest.raises(LeaseLostError),
    ):
        lockout_alerts.note_places(session, slept, [], now=clock())
    with office.database.transaction() as session:
        claimed = lockout_alerts.claim_to_show(session, alert_id, now=clock())
    assert claimed.places == (HERE,)
    assert claimed.shown_count == 1


def test_a_message_that_nobody_knew_of_is_known_once(office, lock, gather, show, clock):
    alert_id = gather(lock())
    show(alert_id)
    other = AlertPlace("C1", "C1", "2.2")
    for place in (other, other, HERE):
        with office.database.transaction() as session:
            lockout_alerts.note_other_place(session, alert_id, place)
    with office.database.transaction() as session:
        claimed = lockout_alerts.claim_to_show(session, alert_id, now=clock())
    assert claimed.places == (HERE, other)


def test_a_report_names_five_that_are_still_locked(office, lock, gather):
    lockout_ids = [lock() for _ in range(7)]
    [alert_id] = {gather(lockout_id) for lockout_id in lockout_ids}
    with office.database.transaction() as session:
        for lockout_id in lockout_ids[:2]:
            ended = session.get_one(Lockout, lockout_id)
            ended.end, ended.ended_at = "activated", office.now
    with office.database.reading() as session:
        told = lockout_reports.report(session, alert_id)
    assert [line.lockout_id for line in told.lines] == lockout_ids[2:]
    assert (told.count, told.still_locked) == (7, 5)
