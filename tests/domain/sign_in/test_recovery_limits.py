from sqlalchemy import select

from domain.letters.kinds import LetterKind
from domain.sign_in import recovery_limits
from domain.sign_in.gate import Visit
from domain.sign_in.model import RecoveryRequest
from tests.domain.sign_in.people import ELSEWHERE, later
from tests.domain.sign_in.recovering import (
    ANNA_IN_SLACK,
    MALLORY,
    ask,
    ask_by_number,
    ask_linked,
    card_of,
    letters,
    together,
    token_by_number,
    use,
    waiting,
    work,
)


def test_three_letters_an_hour_and_five_a_day_for_a_login_in_silence(desk):
    desk.add_employee()
    sent = []
    for _ in range(26):
        ask(desk, visit=Visit("2001:db8::1"))
        ask(desk, visit=Visit("2001:db8:1::1"))
        work(desk)
        sent.append(len(letters(desk)))
        later(desk.clock, minutes=60)
    # Two in the first hour, two in the second, one in the third; then one day on.
    assert sent[:4] == [2, 4, 5, 5]
    assert sent[23] == 5
    assert sent[25] == 9


def test_the_fourth_letter_within_an_hour_is_not_sent(desk):
    desk.add_employee()
    for _ in range(10):
        ask(desk)
    work(desk)
    assert len(letters(desk)) == 3
    later(desk.clock, minutes=59, seconds=59)
    ask(desk)
    work(desk)
    assert len(letters(desk)) == 3
    later(desk.clock, seconds=1)
    ask(desk)
    work(desk)
    assert len(letters(desk)) == 4


def test_requests_from_the_page_and_from_slack_are_counted_together(desk):
    login_id = desk.add_employee(card={"number": "00417"})
    use(desk, token_by_number(desk))
    card_id = card_of(desk, login_id)
    ask_linked(desk, card_id)
    ask(desk)
    ask_by_number(desk, "00417", MALLORY)
    work(desk)
    assert len(letters(desk, LetterKind.RECOVERY_LINK)) == 3


def test_two_hundred_requests_from_many_networks_send_three_letters(desk):
    desk.add_employee()
    for number in range(200):
        ask(desk, visit=Visit(f"10.0.{number}.1"))
    assert work(desk) == 200
    assert len(letters(desk)) == 3


def test_twenty_requests_an_hour_are_taken_from_a_network_for_whomever(desk):
    desk.add_employee()
    for number in range(30):
        ask(desk, f"niemand{number}@example.nl", Visit(f"2001:db8::{number:x}"))
    assert len(waiting(desk)) == 20
    ask(desk, visit=Visit("2001:db8::ffff"))
    assert work(desk) == 20
    assert letters(desk) == []
    ask(desk, visit=ELSEWHERE)
    later(desk.clock, hours=1)
    ask(desk, visit=Visit("2001:db8::ffff"))
    assert work(desk) == 2


def test_a_hundred_requests_at_once_from_a_network_are_twenty(desk):
    together(100, lambda number: ask(desk, f"n{number}@example.nl"))
    assert len(waiting(desk)) == 20


def test_twenty_requests_an_hour_are_taken_from_a_person_in_slack(desk):
    for number in range(30):
        ask_by_number(desk, f"{number:05}", MALLORY)
    assert len(waiting(desk)) == 20
    ask_by_number(desk, "00417", ANNA_IN_SLACK)
    assert len(waiting(desk)) == 21


def test_no_network_address_is_kept_with_the_requests(desk):
    ask(desk)
    with desk.office.database.reading() as session:
        subjects = session.scalars(select(RecoveryRequest.subject)).all()
    assert len(subjects) == 1
    assert "203" not in subjects[0].partition(".")[0]
    assert "203.0.113.7" not in subjects[0]


def test_requests_are_forgotten_when_no_limit_looks_at_them_any_more(desk):
    desk.add_employee()
    ask(desk)
    work(desk)
    assert desk.number_of(RecoveryRequest) == 2
    for hours, left in ((23, 2), (1, 0)):
        now = later(desk.clock, hours=hours)
        with desk.tools.transaction() as session:
            recovery_limits.forget_old(session, now=now)
        assert desk.number_of(RecoveryRequest) == left
