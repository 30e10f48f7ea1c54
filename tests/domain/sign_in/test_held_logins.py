"""Who holds a login leaves room for attempts, which hold counters already."""

import threading
from datetime import timedelta

from domain.logins import holding
from domain.sign_in import attempts, comers, counters, forgetting
from tests.domain.sign_in.people import ELSEWHERE, HOME, NAME
from tests.domain.sign_in.recovering import together

_PATIENCE = timedelta(seconds=10).total_seconds()


def test_a_guess_and_a_held_login_never_wait_for_each_other(desk):
    login_id = desk.add_employee()
    desk.tries("dit is fout")
    desk.clock.forward(timedelta(minutes=20))
    reserved, held = threading.Event(), threading.Event()

    def guess():
        with desk.tools.transaction() as session:
            comer = comers.by_name(session, NAME, ELSEWHERE, desk.tools.keyring)
            counters.count_attempt(session, comer.key, pauses=True, now=desk.clock())
            reserved.set()
            # SQLite lets one write at a time, so that there is nobody to wait for.
            if not desk.office.database.is_sqlite:
                assert held.wait(_PATIENCE)
            attempts._add(session, comer, desk.clock())

    def recover():
        assert reserved.wait(_PATIENCE)
        with desk.tools.transaction() as session:
            login = holding.hold(session, login_id)
            held.set()
            forgetting.forgive(session, login, HOME, since=desk.clock())

    together(2, lambda number: (guess, recover)[number]())
    assert len(desk.attempts()) == 2
