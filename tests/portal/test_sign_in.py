"""Signing in with user name and password."""

import re
from datetime import timedelta

import pytest

from domain.logins.model import LoginState
from domain.secret import Secret
from domain.sign_in.gate import Visit
from tests.domain.sign_in.people import INITIAL, NAME, PASSWORD

WRONG = Secret("verkeerd wachtwoord")
TYPED = "somebody@example.nl"


def tries(counter, name=TYPED, password=WRONG, address="203.0.113.7"):
    somebody = counter.visitor(address)
    somebody.looks("/")
    return somebody.sends("/", user_name=name, password=password.reveal())


def seen(answer):
    """What a browser gets, without the tokens that differ every time."""
    headers = sorted((k, v) for k, v in answer.headers if k != "Set-Cookie")
    return answer.status_code, headers, re.sub(r'value="[^"]{60,}"', "", answer.text)


def test_somebody_with_a_password_of_their_own_sees_their_data(counter):
    counter.desk.add_employee(card={"first_name": "Anna", "last_name": "Bakker"})
    page = counter.visitor().signs_in()
    assert page.status_code == 200
    assert "Anna Bakker" in page.text


def test_an_initial_password_opens_only_the_choice_of_another(counter):
    counter.desk.add_newcomer()
    page = counter.visitor().signs_in(password=INITIAL)
    assert "Kies een wachtwoord" in page.text


def test_unknown_wrong_and_locked_get_the_same_bytes(counter):
    nobody = seen(tries(counter))
    login_id = counter.desk.add_employee(TYPED)
    counter.desk.clock.forward(timedelta(hours=25))
    wrong = seen(tries(counter))
    counter.desk.change(login_id, state=LoginState.LOCKED)
    counter.desk.clock.forward(timedelta(hours=25))
    locked = seen(tries(counter))
    counter.desk.clock.forward(timedelta(hours=25))
    locked_but_right = seen(tries(counter, password=PASSWORD))
    assert nobody == wrong == locked == locked_but_right
    assert nobody[0] == 403


@pytest.mark.parametrize(
    "state", [LoginState.NEW, LoginState.SWITCHED_OFF, LoginState.EMPLOYMENT_ENDED]
)
def test_a_login_that_is_not_active_says_so_after_a_right_password_only(counter, state):
    counter.desk.add_employee(TYPED, state)
    assert "niet actief" not in tries(counter).text
    right = tries(counter, password=PASSWORD)
    assert right.status_code == 403
    assert "Uw werknemerslogin is niet actief" in right.text
    assert "Set-Cookie" not in {
        name for name, value in right.headers if "session" in value
    }


def test_an_expired_first_password_says_what_to_do_after_it_was_right(counter):
    counter.desk.add_newcomer(TYPED, life=timedelta(days=-1))
    assert "verlopen" not in tries(counter).text
    right = tries(counter, password=INITIAL)
    assert right.status_code == 403
    assert "Dit eerste wachtwoord is verlopen" in right.text
    assert "Wachtwoord vergeten" in right.text


def test_whoever_has_to_wait_is_told_for_how_long(counter):
    for number in range(3):
        tries(counter, password=Secret(f"fout {number}"))
    paused = tries(counter)
    assert paused.status_code == 429
    assert paused.headers["Retry-After"] == "2"
    assert "Probeer het over 2 seconden opnieuw." in paused.text
    counter.desk.clock.forward(timedelta(seconds=2))
    assert tries(counter).status_code == 403


def test_a_pause_is_the_same_for_a_name_that_nobody_has(counter):
    counter.desk.add_employee(TYPED)
    pages = []
    for name in (TYPED, "niemand@example.nl"):
        for number in range(3):
            tries(counter, name, Secret(f"fout {number}"))
        status, headers, text = seen(tries(counter, name))
        pages.append((status, headers, text.replace(name, "")))
    lengths = [dict(headers).pop("Content-Length") for _, headers, _ in pages]
    assert int(lengths[0]) - int(lengths[1]) == len(TYPED) - len("niemand@example.nl")
    assert pages[0][0] == pages[1][0] == 429
    assert pages[0][2] == pages[1][2]


def test_what_was_left_empty_is_asked_for_and_costs_no_attempt(counter):
    somebody = counter.at(None)
    answer = somebody.sends("/", user_name="", password="")
    assert answer.status_code == 400
    assert 'aria-describedby="user_name-hint user_name-error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'href="#password"' in answer.text
    assert counter.desk.outcomes() == []


@pytest.mark.parametrize("size", [1025, 5000])
def test_a_password_that_is_too_long_to_be_one_costs_no_attempt_and_no_hash(
    counter, size
):
    hashed = counter.office.tools.hashing.count
    assert tries(counter, password=Secret("é" * (size // 2 + 1))).status_code == 400
    assert counter.office.tools.hashing.count == hashed
    assert counter.desk.outcomes() == []


def test_a_pasted_blank_does_no_harm(counter):
    counter.desk.add_employee()
    pasted = Secret(f"\u200b {PASSWORD.reveal()}\u00a0\ufeff")
    assert counter.visitor().signs_in(f" {NAME} ", pasted).status_code == 200


def test_a_wrong_password_is_not_shown_again_and_the_name_is(counter):
    text = tries(counter).text
    assert WRONG.reveal() not in text
    assert f'value="{TYPED}"' in text


def test_password_managers_find_the_two_fields(counter):
    text = counter.visitor().looks("/").text
    assert 'autocomplete="username"' in text
    assert 'autocomplete="current-password"' in text
    assert 'type="password"' in text


def test_half_an_hour_of_nothing_ends_a_session_and_the_first_page_says_so(counter):
    counter.desk.add_employee()
    somebody = counter.visitor()
    somebody.signs_in()
    counter.desk.clock.forward(timedelta(minutes=29))
    assert somebody.looks("/mijn-gegevens").status_code == 200
    counter.desk.clock.forward(timedelta(minutes=29))
    assert somebody.looks("/mijn-gegevens").status_code == 200
    counter.desk.clock.forward(timedelta(minutes=30))
    first_page = somebody.follows(somebody.looks("/mijn-gegevens"))
    assert "U bent uitgelogd" in first_page.text
    assert "U bent uitgelogd" not in somebody.looks("/").text


def test_twelve_hours_end_a_session_however_busy_it_is(counter):
    counter.desk.add_employee()
    somebody = counter.visitor()
    somebody.signs_in()
    for _ in range(47):
        counter.desk.clock.forward(timedelta(minutes=15))
        assert somebody.looks("/mijn-gegevens").status_code == 200
    counter.desk.clock.forward(timedelta(minutes=15))
    assert somebody.looks("/mijn-gegevens").headers["Location"] == "/"


@pytest.mark.parametrize("state", [LoginState.LOCKED, LoginState.SWITCHED_OFF])
def test_a_login_that_is_switched_off_is_out_at_the_next_click(counter, state):
    login_id = counter.desk.add_employee()
    somebody = counter.visitor()
    somebody.signs_in()
    counter.desk.change(login_id, state=state)
    assert somebody.looks("/mijn-gegevens").headers["Location"] == "/"


def test_the_browser_of_the_employee_is_not_slowed_by_a_guesser(counter):
    counter.desk.add_employee()
    owner = counter.visitor()
    owner.signs_in()
    owner.looks("/mijn-gegevens")
    owner.sends("/uitloggen")
    counter.desk.fails(5, visit=Visit("198.51.100.9"))
    assert tries(counter, NAME).status_code == 429
    owner.looks("/")
    answer = owner.sends("/", user_name=NAME, password=PASSWORD.reveal())
    assert answer.headers["Location"] == "/mijn-gegevens"
