"""One wrong password over and over, in a browser that no network's budget limits."""

from domain.logins.model import LoginState
from domain.sign_in.model import CountedBy
from domain.sign_in.sign_in import OutcomeKind
from tests.domain.sign_in.people import later


def test_a_known_browser_can_not_repeat_one_password_without_end(desk):
    login_id = desk.add_employee()
    known = desk.knows_browser()
    later(desk.clock, seconds=1)
    outcomes = [desk.tries("zelfde fout", visit=known).kind for _ in range(30)]
    # Once counted, ten times for nothing, twice counted again: then a pause begins.
    assert outcomes == [OutcomeKind.REFUSED] * 13 + [OutcomeKind.PAUSED] * 17
    assert desk.counted(CountedBy.DEVICE) == [3]
    assert desk.state(login_id) is LoginState.ACTIVE


def test_repeating_one_password_for_a_day_locks_nothing(desk):
    login_id = desk.add_employee()
    known = desk.knows_browser()
    for _ in range(50):
        later(desk.clock, minutes=16)
        desk.tries("zelfde fout", visit=known)
    assert desk.state(login_id) is LoginState.ACTIVE
    later(desk.clock, hours=24)
    desk.signs_in(visit=known)
