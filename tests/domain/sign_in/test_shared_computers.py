"""The cookie of a computer that colleagues share, at home or copied."""

from dataclasses import replace

from domain.logins.model import LoginState
from domain.sign_in.gate import Visit
from tests.domain.sign_in.people import HOME, PASSWORD, later

NAMES = [f"collega{number}@example.nl" for number in range(6)]


def share_a_browser(desk):
    """The logins of colleagues, and the browser that knows them all."""
    login_ids = [desk.add_employee(name) for name in NAMES]
    visit = HOME
    for name in NAMES:
        visit = replace(visit, device=desk.signs_in(name, visit).device)
    return login_ids, visit


def states(desk, login_ids):
    return [desk.state(login_id) for login_id in login_ids]


def fails_within_the_hour(desk, names, visit):
    """Ten wrong passwords for each, all in turn: their pauses pass at once."""
    for number in range(10):
        for name in names:
            desk.fails(1, name, visit, first=number)


def test_a_copied_cookie_locks_three_colleagues_an_hour_and_no_more(desk):
    login_ids, visit = share_a_browser(desk)
    fails_within_the_hour(desk, NAMES, Visit("198.51.100.50", visit.device))
    assert states(desk, login_ids) == [LoginState.LOCKED] * 3 + [LoginState.ACTIVE] * 3
    for name in NAMES[3:]:
        desk.signs_in(name, Visit("192.0.2.77"), PASSWORD)


def test_a_known_browser_locks_again_when_its_hour_is_over(desk):
    login_ids, visit = share_a_browser(desk)
    thief = Visit("198.51.100.50", visit.device)
    fails_within_the_hour(desk, NAMES[:3], thief)
    later(desk.clock, hours=1)
    fails_within_the_hour(desk, NAMES[3:], thief)
    assert states(desk, login_ids) == [LoginState.LOCKED] * 6
