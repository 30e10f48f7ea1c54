from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from domain import outbox
from domain.actor import Surface
from domain.audit import AuditAct
from domain.errors import DatabaseBusyError
from domain.letters.kinds import LetterKind
from domain.logins.model import LoginState
from domain.outbox import OutboxMessage
from domain.secret import Keyring, Secret
from domain.sign_in import recovery, recovery_letters, recovery_limits, slack_links
from domain.sign_in.gate import Visit
from domain.sign_in.model import RecoveryRequest
from tests.domain.office import day
from tests.domain.sign_in.people import ELSEWHERE, NAME, NOBODY, later
from tests.domain.sign_in.recovering import (
    ANNA_IN_SLACK,
    MALLORY,
    ask,
    ask_by_number,
    ask_linked,
    card_of,
    letters,
    linked_to,
    together,
    token,
    use,
    waiting,
    work,
)


def test_whoever_has_a_login_gets_a_link_at_the_address_of_the_card(desk):
    desk.add_employee(language="en", card={"first_name": "Anna"})
    ask(desk)
    assert letters(desk) == []
    assert work(desk) == 1
    (letter,) = letters(desk)
    assert letter.kind is LetterKind.RECOVERY_LINK
    assert letter.to.address == NAME
    assert letter.to.first_name == "Anna"
    assert letter.to.language == "en"
    assert letter.good_until == desk.clock() + timedelta(minutes=30)
    assert set(letter.values) == {"token"}
    assert len(letter.values["token"].reveal()) == 43


def test_a_name_that_nobody_has_leaves_the_same_rows_and_no_letter(desk):
    desk.add_employee()
    rows = []
    for name in (NAME, NOBODY):
        ask(desk, name)
        message = waiting(desk)[-1]
        requests = desk.number_of(RecoveryRequest)
        rows.append((sorted(message.payload), message.due_at, requests - len(rows)))
    assert rows[0] == rows[1]
    work(desk)
    assert len(letters(desk)) == 1


def test_the_same_is_asked_of_the_database_for_every_name(desk):
    """Nobody can tell by the time it takes: nothing looks who it is (R1)."""
    desk.add_employee()
    desk.add_employee("dicht@example.nl", LoginState.LOCKED)
    names = [NAME, NOBODY, "dicht@example.nl", "geen adres", "", "x" * 100_000]
    asked = [statements(desk, lambda name=name: ask(desk, name)) for name in names]
    assert asked[0]
    assert all(statement == asked[0] for statement in asked)
    for number in range(20):
        ask(desk, f"nog een {number}")
    asked = [statements(desk, lambda name=name: ask(desk, name)) for name in names]
    assert all(statement == asked[0] for statement in asked)
    assert not any("login" in statement for statement in asked[0])


def statements(desk, act):
    """What is asked of the database, without values."""
    seen = []

    def see(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    engine = desk.office.database.engine
    event.listen(engine, "before_cursor_execute", see)
    act()
    event.remove(engine, "before_cursor_execute", see)
    return seen


def test_the_outbox_holds_no_name_in_clear_and_forgets_it_when_answered(desk):
    desk.add_employee(card={"number": "00417"})
    for name in (NAME, NOBODY):
        ask(desk, name)
    ask_by_number(desk, "00417")
    payloads = str([message.payload for message in waiting(desk)])
    for word in ("anna", "niemand", "example", "00417"):
        assert word not in payloads
    work(desk)
    assert [message.payload for message in waiting(desk)] == [{}, {}, {}]


@pytest.mark.parametrize(
    "name", [f" {NAME} ", NAME.upper(), f"\u200b{NAME}\ufeff"], ids=ascii
)
def test_a_name_is_found_in_every_writing_that_signs_in(desk, name):
    desk.add_employee()
    ask(desk, name)
    work(desk)
    assert len(letters(desk, LetterKind.RECOVERY_LINK)) == 1


@pytest.mark.parametrize(
    "name",
    [
        "",
        "anna",
        "@",
        f"{NAME}, mallory@example.nl",
        f"{NAME}\nBcc: mallory@example.nl",
        f"Anna <{NAME}>",
        "ann\u0430@example.nl",
        "x" * 100_000 + "@example.nl",
        "\ud800@example.nl",
        "\0",
    ],
    ids=lambda name: ascii(name)[:30],
)
def test_whatever_else_is_typed_is_nobody(desk, name):
    desk.add_employee()
    ask(desk, name)
    assert work(desk) == 1
    assert letters(desk) == []


def test_names_that_look_alike_are_two_people(desk):
    desk.add_employee("mike@example.nl")
    ask(desk, "m\u0131ke@example.nl")
    work(desk)
    assert letters(desk) == []
    ask(desk, "mike@example.nl")
    work(desk)
    assert [letter.to.address for letter in letters(desk)] == ["mike@example.nl"]


def test_the_letter_follows_the_card_when_the_user_name_is_another(desk):
    login_id = desk.add_employee()
    desk.change_card(login_id, email="anna.nieuw@example.nl")
    ask(desk)
    work(desk)
    assert letters(desk)[0].to.address == "anna.nieuw@example.nl"


def test_a_locked_login_is_told_who_can_help_and_gets_no_link(desk):
    desk.add_employee(state=LoginState.LOCKED)
    ask(desk)
    work(desk)
    assert [letter.kind for letter in letters(desk)] == [LetterKind.RECOVERY_LOCKED]


@pytest.mark.parametrize(
    "state", [LoginState.NEW, LoginState.SWITCHED_OFF, LoginState.EMPLOYMENT_ENDED]
)
def test_an_inactive_login_is_told_so_and_gets_no_link(desk, state):
    desk.add_employee(state=state)
    ask(desk)
    work(desk)
    assert [letter.kind for letter in letters(desk)] == [LetterKind.RECOVERY_INACTIVE]


def test_who_left_yesterday_gets_no_link_before_the_schedule_came_by(desk):
    login_id = desk.add_employee()
    desk.change_card(login_id, end_on=day("2026-11-19"))
    ask(desk)
    work(desk)
    assert [letter.kind for letter in letters(desk)] == [LetterKind.RECOVERY_INACTIVE]


def test_an_expired_initial_password_is_replaced_by_a_link(desk):
    desk.add_newcomer(life=timedelta(days=-1))
    assert use(desk, token(desk)).kind == "done"


def test_asking_is_in_the_log_with_where_it_came_from(desk):
    login_id = desk.add_employee(card={"number": "00417"})
    ask(desk)
    ask_by_number(desk, "00417")
    work(desk)
    events = desk.office.events(AuditAct.LINK_ASKED_FOR)
    assert [event.surface for event in events] == [Surface.PORTAL, Surface.SLACK]
    assert {event.login_id for event in events} == {login_id}
    assert {str(event.details) for event in events} == {"{'login': 'open'}"}


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


def token_by_number(desk):
    ask_by_number(desk, "00417")
    work(desk)
    return letters(desk, LetterKind.RECOVERY_LINK)[-1].values["token"].reveal()


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


def test_a_hundred_workers_at_once_send_each_letter_once(desk):
    desk.add_employee()
    for _ in range(5):
        ask(desk)
    together(20, lambda _number: work(desk))
    assert len(letters(desk)) == 3
    assert all(message.delivered for message in waiting(desk))


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


def test_a_linked_person_gets_the_letter_at_the_address_of_the_card(desk):
    login_id = desk.add_employee(card={"number": "00417"})
    use(desk, token_by_number(desk))
    ask_linked(desk, card_of(desk, login_id))
    work(desk)
    assert letters(desk)[-1].kind is LetterKind.RECOVERY_LINK
    assert letters(desk)[-1].to.address == NAME


def test_who_is_not_linked_to_a_card_gets_nothing_for_its_id(desk):
    login_id = desk.add_employee()
    ask_linked(desk, card_of(desk, login_id), MALLORY)
    assert work(desk) == 1
    assert letters(desk) == []


def test_a_linked_person_gets_nothing_for_another_card(desk):
    desk.add_employee(card={"number": "00417"})
    use(desk, token_by_number(desk))
    count = len(letters(desk))
    other = desk.add_employee("ander@example.nl")
    ask_linked(desk, card_of(desk, other))
    work(desk)
    assert len(letters(desk)) == count


def test_who_was_unlinked_meanwhile_gets_nothing(desk):
    login_id = desk.add_employee(card={"number": "00417"})
    use(desk, token_by_number(desk))
    count = len(letters(desk))
    ask_linked(desk, card_of(desk, login_id))
    with desk.tools.transaction() as session:
        slack_links.unlink(
            session,
            card_of(desk, login_id),
            actor=desk.office.hanna,
            now=desk.clock(),
        )
    assert work(desk) == 1
    assert len(letters(desk)) == count


def test_an_address_set_in_slack_matches_nobody(desk):
    """What Slack says of a person's address is never even asked (S5)."""
    desk.add_employee(card={"number": "00417"})
    ask_by_number(desk, NAME, MALLORY)
    work(desk)
    assert letters(desk) == []
    assert linked_to(desk, MALLORY) is None


def test_a_number_is_found_in_every_writing(desk):
    desk.add_employee(card={"number": "A-0417"})
    for number in ("a-0417", " A-0417 ", "\u200ba-0417"):
        ask_by_number(desk, number)
    work(desk)
    assert len(letters(desk)) == 3


def test_a_card_without_login_gets_nothing(desk):
    desk.office.add_card(number="00417")
    ask_by_number(desk, "00417")
    assert work(desk) == 1
    assert letters(desk) == []


def test_a_request_whose_key_is_lost_is_dropped(desk):
    desk.add_employee()
    ask(desk)
    other = Keyring.from_setting(Secret("another key of 32 characters at the least"))
    answered = recovery_letters.answer_next(desk.tools.transaction, other, desk.clock)
    assert answered
    assert letters(desk) == []
    assert waiting(desk)[0].delivered


def test_a_request_that_can_not_be_read_stops_no_other(desk):
    desk.add_employee()
    ask(desk, NOBODY)
    ask(desk)
    with desk.tools.transaction() as session:
        broken = session.get_one(OutboxMessage, waiting(desk)[0].id)
        broken.payload = {"by": "magic"}
    assert work(desk) == 2
    assert len(letters(desk)) == 1
    assert waiting(desk)[0].last_error == "KeyError"
    later(desk.clock, days=3)
    work(desk)
    assert waiting(desk)[0].payload == {}


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


def test_a_request_whose_worker_died_is_answered_by_another_a_minute_later(desk):
    desk.add_employee()
    ask(desk)
    with desk.tools.transaction() as session:
        assert outbox.claim_due(session, kinds=[recovery.KIND], now=desk.clock())
    assert work(desk) == 0
    later(desk.clock, minutes=1)
    assert work(desk) == 1
    assert len(letters(desk)) == 1


def test_a_worker_that_slept_too_long_sends_no_second_letter(desk):
    desk.add_employee()
    ask(desk)
    turns = iter(["claims", "sleeps, and answers too late"])

    def sleepy():
        if next(turns) != "claims":
            later(desk.clock, minutes=2)
            assert work(desk) == 1
        return desk.tools.transaction()

    assert recovery_letters.answer_next(sleepy, desk.tools.keyring, desk.clock)
    assert len(letters(desk)) == 1
    assert len(desk.office.events(AuditAct.LINK_ASKED_FOR)) == 1
    assert waiting(desk)[0].delivered


def test_a_database_that_fails_sends_nothing_and_is_tried_again(desk):
    desk.add_employee()
    ask(desk)
    turns = iter([False, True, False])

    @contextmanager
    def failing():
        with desk.tools.transaction() as session:
            yield session
            if next(turns):
                raise DatabaseBusyError

    assert recovery_letters.answer_next(failing, desk.tools.keyring, desk.clock)
    assert letters(desk) == []
    assert desk.number_of(RecoveryRequest) == 1
    later(desk.clock, seconds=5)
    assert work(desk) == 1
    assert len(letters(desk)) == 1
