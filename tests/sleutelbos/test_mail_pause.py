"""Which connections leave a mail server alone, and for how long."""

from datetime import timedelta

import pytest

from domain.letters.refusals import ServerAwayError
from sleutelbos.mail_pause import MailPause

AWAY = ServerAwayError("greeting_421")
REFUSED = ServerAwayError("auth_refused_535")
SECOND = timedelta(seconds=1)


@pytest.fixture
def pause(clock):
    return MailPause(clock)


def held(pause, *connections):
    return [each for each in connections if pause.holds(each)]


def test_nobody_waits_before_anything_failed(pause):
    assert held(pause, 1, 2, 3, 4) == []


def test_a_server_that_is_away_is_left_alone_by_all(pause, clock):
    pause.begin(1, AWAY)
    assert held(pause, 1, 2, 3, 4) == [1, 2, 3, 4]
    clock.forward(4 * SECOND)
    assert held(pause, 1, 2) == [1, 2]


def test_after_the_pause_one_tries_before_the_others(pause, clock):
    pause.begin(1, AWAY)
    clock.forward(5 * SECOND)
    assert held(pause, 2, 1, 3, 4) == [1, 3, 4]
    pause.begin(2, AWAY)
    clock.forward(14 * SECOND)
    assert held(pause, 1, 2, 3, 4) == [1, 2, 3, 4]
    clock.forward(SECOND)
    assert held(pause, 3, 1) == [1]
    pause.forget(3)
    assert held(pause, 1, 2, 3, 4) == []


def test_a_refused_password_is_tried_once_in_five_minutes(pause, clock):
    pause.begin(1, REFUSED)
    clock.forward(timedelta(minutes=5) - SECOND)
    assert held(pause, 1, 2, 3, 4) == [1, 2, 3, 4]
    clock.forward(SECOND)
    assert held(pause, 4, 3, 2, 1) == [3, 2, 1]


def test_a_server_that_takes_three_connections_keeps_three(pause, clock):
    for connection in (1, 2, 3):
        pause.forget(connection)
    for seconds in (5, 15, 60, 60):
        pause.begin(4, AWAY)
        assert held(pause, 1, 2, 3, 4) == [4]
        clock.forward(seconds * SECOND)
        assert held(pause, 4) == []


def test_when_the_last_one_is_refused_too_all_wait(pause, clock):
    for connection in (1, 2):
        pause.forget(connection)
    pause.begin(1, AWAY)
    assert held(pause, 2) == []
    pause.begin(2, AWAY)
    assert held(pause, 1, 2, 3) == [1, 2, 3]


def test_a_clock_that_was_set_back_makes_no_pause_of_hours(pause, clock):
    pause.begin(1, AWAY)
    clock.forward(-timedelta(hours=2))
    assert held(pause, 1) == []
