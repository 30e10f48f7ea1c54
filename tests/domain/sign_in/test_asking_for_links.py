from datetime import timedelta

import pytest
from sqlalchemy import event

from domain.actor import Surface
from domain.audit import AuditAct
from domain.letters.kinds import LetterKind
from domain.logins.model import LoginState
from domain.sign_in.model import RecoveryRequest
from tests.domain.office import day
from tests.domain.sign_in.people import NAME, NOBODY
from tests.domain.sign_in.recovering import (
    ask,
    ask_by_number,
    letters,
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
