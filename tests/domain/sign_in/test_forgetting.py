"""What is kept of sign-ins, and for how long."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.actor import SCHEDULE
from domain.database import Record
from domain.sign_in import counters, devices, forgetting, sessions
from domain.sign_in.counters import CounterKey
from domain.sign_in.model import (
    AttemptCounter,
    CountedBy,
    PasswordAttempt,
    PortalSession,
    TrustedDevice,
)
from tests.domain.sign_in.people import ELSEWHERE, HOME, NOBODY, later


def forgets(desk, forget) -> None:
    with desk.office.database.transaction() as session:
        forget(session, now=desk.clock())


def forgets_attempts(desk) -> None:
    before = desk.clock() - forgetting.KEPT_FOR
    with desk.office.database.transaction() as session:
        forgetting.forget_attempts(session, before, limit=10, actor=SCHEDULE)


def test_attempts_and_their_networks_are_kept_for_half_a_year(desk):
    desk.add_employee()
    desk.tries("fout")
    desk.tries("fout", NOBODY)
    later(desk.clock, days=182)
    forgets_attempts(desk)
    assert desk.number_of(PasswordAttempt) == 2
    later(desk.clock, days=2)
    forgets_attempts(desk)
    forgets(desk, counters.forget_old)
    assert desk.number_of(PasswordAttempt) == 0
    assert desk.number_of(AttemptCounter) == 0


def test_a_network_address_stands_with_the_attempts_and_nowhere_else(desk):
    desk.add_employee()
    desk.fails(10)
    keeping = set()
    with desk.office.database.reading() as session:
        for table in Record.metadata.tables.values():
            if HOME.address in str(session.execute(select(table)).all()):
                keeping.add(table.name)
    assert keeping == {"password_attempt"}


def test_marks_of_wrong_passwords_are_wiped_after_a_day(desk):
    desk.add_employee()
    desk.tries("fout")
    later(desk.clock, hours=23)
    desk.tries("fout 2")
    forgets(desk, forgetting.forget_marks)
    assert None not in [attempt.wrong_mark for attempt in desk.attempts()]
    later(desk.clock, hours=1)
    forgets(desk, forgetting.forget_marks)
    first, second = desk.attempts()
    assert first.wrong_mark is None
    assert second.wrong_mark is not None


def test_counters_are_wiped_a_day_after_their_last_attempt(desk):
    desk.add_employee()
    desk.fails(2)
    later(desk.clock, hours=23)
    forgets(desk, counters.forget_old)
    assert desk.counted(CountedBy.LOGIN) == [2]
    later(desk.clock, hours=1)
    forgets(desk, counters.forget_old)
    assert desk.number_of(AttemptCounter) == 0


# SQLite lets one write at a time, so that there everybody waits for everybody.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_old_counters_are_wiped_around_one_that_is_held(desk):
    database = desk.office.database
    held, other = (CounterKey(CountedBy.NAME, subject) for subject in ("a", "b"))
    with database.transaction() as session:
        for key in (held, other):
            counters.count_attempt(session, key, pauses=False, now=desk.clock())
    now = later(desk.clock, hours=24)
    with database.transaction() as session:
        counters.hold(session, held)
        with database.transaction(timedelta(milliseconds=100)) as forgetting:
            counters.forget_old(forgetting, now=now)
    assert desk.number_of(AttemptCounter) == 1
    with database.transaction() as session:
        counters.forget_old(session, now=now)
    assert desk.number_of(AttemptCounter) == 0


def test_sessions_are_wiped_when_they_are_over(desk):
    desk.add_employee()
    new = desk.signs_in()
    later(desk.clock, minutes=29)
    forgets(desk, sessions.forget_ended)
    assert desk.is_in(new)
    later(desk.clock, minutes=1)
    forgets(desk, sessions.forget_ended)
    assert desk.number_of(PortalSession) == 0


def test_browsers_are_forgotten_after_half_a_year_without_a_sign_in(desk):
    desk.add_employee()
    known = desk.knows_browser()
    later(desk.clock, days=179)
    desk.signs_in(visit=known)
    later(desk.clock, days=179)
    forgets(desk, devices.forget_unused)
    assert desk.number_of(TrustedDevice) == 1
    later(desk.clock, days=1)
    forgets(desk, devices.forget_unused)
    assert desk.number_of(TrustedDevice) == 0


def test_forgetting_a_sign_in_keeps_what_came_after_its_password(desk):
    desk.add_employee()
    desk.tries("fout")
    since = desk.clock()
    later(desk.clock, minutes=1)
    desk.tries("fout 2", visit=ELSEWHERE)
    desk.clock.forward(timedelta(minutes=1))
    login = desk.office.login(desk.attempts()[0].login_id)
    with desk.office.database.transaction() as session:
        forgetting.forgive(session, login, ELSEWHERE, since=since)
    assert desk.counted(CountedBy.LOGIN) == [1]
    first, second = desk.attempts()
    assert first.wrong_mark is None
    assert second.wrong_mark is not None
