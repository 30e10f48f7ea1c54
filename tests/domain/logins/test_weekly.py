"""The week of each branch: kept each Monday, and told where a branch asks for it."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain import branch_settings, branches
from domain.actor import OPERATOR, SCHEDULE
from domain.errors import NotPermittedError
from domain.logins import weekly
from domain.logins.branch_weeks import BranchWeek
from domain.logins.model import LoginState
from domain.outbox import OutboxMessage
from tests.domain.office import HANNA

MONDAY = date(2026, 11, 23)
EIGHT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def close_week(office, now=EIGHT, actor=SCHEDULE):
    with office.database.transaction() as session:
        return weekly.close_week(session, actor=actor, now=now)


def wants_digest(office, branch_id, wanted=True):
    with office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            branch_id,
            {"weekly_digest": wanted},
            actor=OPERATOR,
            now=office.now,
        )


def digests(office):
    with office.database.reading() as session:
        found = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.kind == weekly.DIGEST)
            .order_by(OutboxMessage.id)
        )
        return [message.payload for message in found]


def kept(office, branch_id):
    with office.database.reading() as session:
        rows = session.scalars(
            select(BranchWeek)
            .where(BranchWeek.branch_id == branch_id)
            .order_by(BranchWeek.monday)
        )
        return [(row.monday, row.login_count, row.signed_in_count) for row in rows]


def read(office, actor=SCHEDULE, monday=MONDAY, now=EIGHT):
    with office.database.reading() as session:
        return weekly.read(session, office.utrecht, monday, actor=actor, now=now)


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        ("2026-11-23T07:00+00:00", "2026-11-23"),
        ("2026-11-23T06:59+00:00", "2026-11-16"),
        ("2026-11-29T22:59+00:00", "2026-11-23"),
        ("2026-11-29T23:30+00:00", "2026-11-23"),
        # In summer time eight o'clock is an hour earlier in UTC.
        ("2026-07-06T06:00+00:00", "2026-07-06"),
        ("2026-07-06T05:59+00:00", "2026-06-29"),
        # The clock goes forward and back on the Sunday before.
        ("2026-03-30T06:00+00:00", "2026-03-30"),
        ("2026-10-26T06:59+00:00", "2026-10-19"),
        ("2026-10-26T07:00+00:00", "2026-10-26"),
    ],
)
def test_the_week_begins_on_monday_at_eight_in_the_netherlands(now, monday):
    found = weekly.due_monday(datetime.fromisoformat(now))
    assert found == date.fromisoformat(monday)


def test_every_branch_is_kept_and_only_those_that_ask_are_told(office):
    office.add_login(LoginState.ACTIVE, sign_in_count=2)
    office.add_login(LoginState.ACTIVE)
    office.add_login(LoginState.LOCKED, sign_in_count=1)
    office.add_login(LoginState.NEW)
    wants_digest(office, office.utrecht)
    assert close_week(office) == 3
    assert kept(office, office.utrecht) == [(MONDAY, 3, 2)]
    assert kept(office, office.amsterdam) == [(MONDAY, 0, 0)]
    assert digests(office) == [{"branch_id": office.utrecht, "monday": "2026-11-23"}]


def test_who_left_is_not_counted(office):
    gone = {"end_on": EIGHT.date() - timedelta(days=1)}
    office.add_login(LoginState.ACTIVE, card=gone, sign_in_count=1)
    close_week(office)
    assert kept(office, office.utrecht) == [(MONDAY, 0, 0)]


def test_who_was_erased_is_neither_counted_nor_named(office):
    office.add_login(LoginState.ACTIVE, card={"erased_at": office.now})
    close_week(office)
    assert kept(office, office.utrecht) == [(MONDAY, 0, 0)]
    assert read(office).never_count == 0


def test_a_monday_is_kept_and_told_once_however_often_it_is_closed(office):
    wants_digest(office, office.utrecht)
    close_week(office)
    office.add_login(LoginState.ACTIVE)
    for later in (0, 1, 24):
        assert close_week(office, EIGHT + timedelta(hours=later)) == 0
    assert kept(office, office.utrecht) == [(MONDAY, 0, 0)]
    assert len(digests(office)) == 1


def test_several_processes_at_once_tell_it_once(office):
    wants_digest(office, office.utrecht)
    counts = []
    threads = [
        threading.Thread(target=lambda: counts.append(close_week(office)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 0, 0, 3]
    assert len(digests(office)) == 1


def test_whoever_asks_for_it_after_monday_has_the_history_and_waits(office):
    close_week(office)
    wants_digest(office, office.utrecht)
    close_week(office, EIGHT + timedelta(hours=1))
    assert digests(office) == []
    close_week(office, EIGHT + timedelta(weeks=1))
    assert [each["monday"] for each in digests(office)] == ["2026-11-30"]
    assert len(read(office, monday=date(2026, 11, 30)).weeks) == 2


def test_a_monday_that_nobody_was_there_is_left_out_after_two_days(office):
    wants_digest(office, office.utrecht)
    assert close_week(office, EIGHT + timedelta(days=2, seconds=1)) == 0
    assert kept(office, office.utrecht) == []
    assert digests(office) == []
    assert close_week(office, EIGHT + timedelta(days=2)) == 3


@pytest.mark.parametrize("who", ["hanna", "bram", "ursula"])
def test_people_do_not_close_weeks(office, who):
    with pytest.raises(NotPermittedError):
        close_week(office, actor=getattr(office, who))


def test_the_digest_tells_of_eight_weeks_from_old_to_new(office):
    for week in range(10):
        office.add_login(LoginState.ACTIVE, sign_in_count=1)
        close_week(office, EIGHT - timedelta(weeks=9 - week))
    weeks = read(office).weeks
    assert [week.signed_in_count for week in weeks] == list(range(3, 11))
    assert weeks[-1].monday == MONDAY


def test_the_digest_names_who_never_signed_in_up_to_a_bound(office):
    for number in range(weekly.NAMED + 3):
        office.add_login(card={"last_name": f"Zee {number:02}", "first_name": "Aad"})
    office.add_login(LoginState.ACTIVE, sign_in_count=1)
    office.add_login(LoginState.NEW)
    office.add_login(card={"branch_id": office.amsterdam})
    found = read(office)
    assert found.branch_name == "Utrecht"
    assert found.never_count == weekly.NAMED + 3
    expected = [f"Aad Zee {number:02}" for number in range(weekly.NAMED)]
    assert [person.name for person in found.named] == expected


@pytest.mark.parametrize("who", ["hanna", "bram", "ursula"])
def test_digests_are_read_by_the_schedule_alone(office, who):
    with pytest.raises(NotPermittedError):
        read(office, actor=getattr(office, who))


def test_a_digest_without_a_channel_goes_to_each_manager(office):
    payload = {"branch_id": office.utrecht, "monday": "2026-11-23", "problem": "unset"}
    with office.database.transaction() as session:
        told = weekly.tell_managers(session, payload, actor=SCHEDULE, now=EIGHT)
    assert told == 1
    with office.database.reading() as session:
        (message,) = session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == weekly.DIRECT)
        )
    hanna = {"team_id": HANNA.team_id, "user_id": HANNA.user_id}
    assert message.payload == payload | hanna


def test_weeks_are_forgotten_after_a_year(office):
    close_week(office)
    for days, there in ((366, True), (367, False)):
        with office.database.transaction() as session:
            weekly.forget_old(session, now=EIGHT + timedelta(days=days))
        assert bool(kept(office, office.utrecht)) is there


def test_a_digest_that_nobody_told_in_time_does_not_wait_for_ever(office):
    wants_digest(office, office.utrecht)
    close_week(office)
    payload = {"branch_id": office.utrecht, "monday": "2026-11-23"}
    with office.database.transaction() as session:
        weekly.tell_managers(session, payload, actor=SCHEDULE, now=EIGHT)
    for hours, waiting in ((47, 2), (48, 0)):
        with office.database.transaction() as session:
            weekly.forget_old(session, now=EIGHT + timedelta(hours=hours))
        assert len(waiting_digests(office)) == waiting
    assert digests(office) == [{}]


def waiting_digests(office):
    kinds = (weekly.DIGEST, weekly.DIRECT)
    with office.database.reading() as session:
        return session.scalars(
            select(OutboxMessage.kind).where(
                OutboxMessage.kind.in_(kinds), OutboxMessage.ended_at.is_(None)
            )
        ).all()


def test_a_branch_that_came_since_is_kept_from_its_first_monday_on(office):
    close_week(office)
    with office.database.transaction() as session:
        branches.ensure(session, ["Zwolle"], actor=OPERATOR, now=office.now)
    assert close_week(office, EIGHT + timedelta(weeks=1)) == 4
