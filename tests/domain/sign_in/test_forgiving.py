"""Whose failures a sign-in forgives: those counted where it came from, no others."""

from datetime import timedelta

from domain.logins.model import LoginState
from domain.sign_in.gate import Visit
from domain.sign_in.model import CountedBy
from tests.domain.sign_in.people import ELSEWHERE, later


def test_signing_in_at_a_known_browser_forgives_no_stranger(desk):
    login_id = desk.add_employee()
    mine = desk.knows_browser()
    desk.fails(6, visit=ELSEWHERE)
    desk.clock.forward(timedelta(minutes=30))
    desk.signs_in(visit=mine)
    assert desk.counted(CountedBy.LOGIN) == [6]
    desk.fails(4, visit=Visit("192.0.2.8"), first=10)
    assert desk.state(login_id) is LoginState.LOCKED


def test_strangers_passwords_stay_marked_when_the_owner_signs_in(desk):
    desk.add_employee()
    mine = desk.knows_browser()
    desk.tries("van een ander", visit=ELSEWHERE)
    desk.tries("van mij", visit=mine)
    later(desk.clock, seconds=1)
    desk.signs_in(visit=mine)
    marks = {attempt.device_id: attempt.wrong_mark for attempt in desk.attempts()[1:3]}
    assert marks.pop(None) is not None
    assert list(marks.values()) == [None]
    desk.tries("van een ander", visit=ELSEWHERE)
    assert desk.counted(CountedBy.LOGIN) == [1]


def test_signing_in_at_an_unknown_browser_forgives_no_known_one(desk):
    login_id = desk.add_employee()
    known = desk.knows_browser()
    desk.fails(6, visit=known)
    desk.clock.forward(timedelta(minutes=30))
    desk.signs_in(visit=ELSEWHERE)
    assert desk.counted(CountedBy.DEVICE) == [6]
    assert desk.counted(CountedBy.LOGIN) == []
    desk.fails(4, visit=known, first=10)
    assert desk.state(login_id) is LoginState.LOCKED


def test_a_known_browser_is_forgiven_what_was_mistyped_in_it(desk):
    desk.add_employee()
    known = desk.knows_browser()
    desk.fails(4, visit=known)
    desk.clock.forward(timedelta(minutes=1))
    desk.signs_in(visit=known)
    assert desk.counted(CountedBy.DEVICE) == []
