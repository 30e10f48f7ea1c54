"""Many codes at the same moment: five are compared, and a right one works once."""

from domain.audit import AuditAct
from domain.database import Database
from tests.domain.step_up.giving import Codes, at_once, wrong

AT_ONCE = 20


def test_of_twenty_wrong_codes_at_once_five_are_compared(codes):
    codes.demand(codes.bram)
    codes.sends()
    bad = wrong(codes.mailed())
    counted = at_once(AT_ONCE, lambda: codes.gives(bad))
    assert counted == {"wrong": 4, "blocked": 16}
    assert len(codes.office.events(AuditAct.STEP_UP_FAILED)) == 4
    assert len(codes.office.events(AuditAct.STEP_UP_BLOCKED)) == 1
    assert codes.row().wrong_codes == 5


def test_a_mailed_code_given_at_once_is_right_once(codes):
    codes.demand(codes.bram)
    codes.sends()
    code = codes.mailed()
    counted = at_once(AT_ONCE, lambda: codes.gives(code))
    assert counted == {"right": 1, "none_waiting": 19}
    assert len(codes.office.events(AuditAct.STEP_UP_PASSED)) == 1


def test_a_code_of_the_app_given_at_once_is_right_once(codes):
    app = codes.has_app()
    code = app.at(codes.now)
    counted = at_once(AT_ONCE, lambda: codes.gives(code))
    assert counted == {"right": 1, "used": 19}
    assert codes.row().wrong_codes == 0


def test_a_code_of_the_app_is_right_once_on_two_engines(codes):
    app = codes.has_app()
    code = app.at(codes.now)
    other = Database(codes.database.url)
    there = Codes(codes.office, codes.keyring, codes.clock)
    there.database = other
    both = iter([codes, there] * (AT_ONCE // 2))
    counted = at_once(AT_ONCE, lambda: next(both).gives(code))
    other.close()
    assert counted == {"right": 1, "used": 19}


def test_of_twenty_wishes_for_a_letter_at_once_three_are_met(codes):
    codes.demand(codes.bram)
    counted = at_once(AT_ONCE, codes.sends)
    assert counted == {"sent": 3, "too_many": 17}
    assert len(codes.letters()) == 3


def test_of_twenty_windows_opened_at_once_one_brings_a_letter(codes):
    codes.demand(codes.bram)
    counted = at_once(AT_ONCE, lambda: codes.sends(anew=False))
    assert counted == {"sent": 1, "waiting": 19}
