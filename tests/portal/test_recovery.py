"""A forgotten password: asking for a link, and using it."""

import re
from datetime import timedelta

import pytest

from domain.letters.queueing import LetterKind
from domain.logins.model import LoginState, SecondFactor
from domain.secret import Secret
from domain.sign_in.model import Stage
from tests.domain.sign_in.people import NAME, PASSWORD
from tests.portal.counter import OWN


def asks(counter, name=NAME, address="203.0.113.7"):
    somebody = counter.visitor(address)
    somebody.looks("/wachtwoord-vergeten")
    answer = somebody.sends("/wachtwoord-vergeten", user_name=name)
    page = somebody.follows(answer)
    counter.answers_requests()
    return answer, page


def opens(counter, token, address="203.0.113.7"):
    somebody = counter.visitor(address)
    return somebody, somebody.follows(somebody.looks(f"/herstel/{token}"))


@pytest.fixture
def token(counter):
    """Of a link in the mailbox of somebody who forgot the password."""
    counter.desk.add_employee(card={"first_name": "Anna"})
    asks(counter)
    return counter.mailed_token()


def test_known_and_unknown_names_get_the_same_bytes(counter):
    counter.desk.add_employee()
    counter.desk.add_employee("dicht@example.nl", LoginState.LOCKED)
    seen = []
    for name in (
        NAME,
        "dicht@example.nl",
        "niemand@example.nl",
        "geen adres",
        "x" * 300,
    ):
        answer, page = asks(counter, name)
        text = re.sub(r'value="[^"]{60,}"', "", page.text)
        seen.append((answer.status_code, answer.headers["Location"], text))
    assert len(set(seen)) == 1


def test_a_sixth_request_looks_like_the_first(counter):
    counter.desk.add_employee()
    pages = {asks(counter)[1].status_code for _ in range(6)}
    assert pages == {200}
    assert len(counter.letters(LetterKind.RECOVERY_LINK)) == 3


def test_the_token_leaves_the_address_at_once(counter, token):
    somebody = counter.visitor()
    answer = somebody.looks(f"/herstel/{token}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/herstel"
    page = somebody.follows(answer)
    assert token not in page.text
    assert "Hallo Anna," in page.text


def test_a_link_gives_a_new_password_and_signs_nobody_in(counter, token):
    somebody, _ = opens(counter, token)
    answer = somebody.sends("/herstel", new=OWN, again=OWN)
    first_page = somebody.follows(answer)
    assert "Uw nieuwe wachtwoord is opgeslagen" in first_page.text
    assert somebody.cookie("sleutelbos_session") is None
    assert somebody.cookie("sleutelbos_link", "/herstel") is None
    assert "Mijn gegevens" in somebody.signs_in(password=Secret(OWN)).text


def test_a_link_works_once(counter, token):
    first, _ = opens(counter, token)
    second, _ = opens(counter, token, "198.51.100.8")
    first.sends("/herstel", new=OWN, again=OWN)
    again = second.sends("/herstel", new=OWN + " x", again=OWN + " x")
    assert again.status_code == 400
    assert "Deze link werkt niet meer" in again.text


def test_a_bad_password_leaves_the_link_as_it_was(counter, token):
    somebody, _ = opens(counter, token)
    answer = somebody.sends("/herstel", new="kort", again="kort")
    assert answer.status_code == 400
    assert "Het is te kort" in answer.text
    assert somebody.sends("/herstel", new=OWN, again=OWN).status_code == 303


def test_a_link_ends_after_half_an_hour_also_when_its_page_is_open(counter, token):
    somebody, page = opens(counter, token)
    assert "Deze link werkt tot 20 november 2026 11:00." in page.text
    counter.desk.clock.forward(timedelta(minutes=30))
    answer = somebody.sends("/herstel", new=OWN, again=OWN)
    assert answer.status_code == 400
    assert "Deze link werkt niet meer" in answer.text


@pytest.mark.parametrize(
    "text",
    ["é" * 43, "x" * 10_000, "kort", "%00", "..%2f..", "a b", "' OR 1=1 --", "x" * 129],
)
def test_what_was_never_a_token_is_a_bad_link(counter, text):
    answer = counter.visitor().looks(f"/herstel/{text}")
    assert answer.status_code in (400, 404)
    assert "Set-Cookie" not in str(
        [value for name, value in answer.headers if "link=" in value]
    )


def test_a_token_that_nobody_made_is_a_bad_link(counter, token):
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        _, page = opens(counter, token[:place] + other + token[place + 1 :])
        assert page.status_code == 400
        assert "Deze link werkt niet meer" in page.text


def test_whoever_edits_the_form_gets_no_other_login(counter, token):
    victim = counter.desk.add_employee("bob@example.nl")
    somebody, _ = opens(counter, token)
    somebody.sends(
        "/herstel",
        new=OWN,
        again=OWN,
        user_name="bob@example.nl",
        login_id=str(victim),
        token="x" * 43,
    )
    bob = counter.visitor("198.51.100.8")
    assert "Mijn gegevens" in bob.signs_in("bob@example.nl", PASSWORD).text


def test_a_link_leaves_the_second_step_as_it_is(counter):
    counter.desk.add_employee(second_factor=SecondFactor.MAIL)
    asks(counter)
    somebody, _ = opens(counter, counter.mailed_token())
    somebody.sends("/herstel", new=OWN, again=OWN)
    assert "Uw code" in somebody.signs_in(password=Secret(OWN)).text


def test_a_link_opened_where_somebody_else_is_signed_in_signs_that_one_out(
    counter, token
):
    somebody = counter.at(Stage.IN)
    somebody.follows(somebody.looks(f"/herstel/{token}"))
    somebody.sends("/herstel", new=OWN, again=OWN)
    assert somebody.looks("/mijn-gegevens").headers["Location"] == "/"


def test_a_locked_login_gets_a_letter_that_says_so_and_no_link(counter):
    counter.desk.add_employee(state=LoginState.LOCKED)
    asks(counter)
    assert len(counter.letters(LetterKind.RECOVERY_LOCKED)) == 1
    assert counter.letters(LetterKind.RECOVERY_LINK) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (None, "Deze link is in Slack gevraagd."),
        ("Eva & Co", "gevraagd door “Eva &amp; Co”. Als u hier"),
        ("\u202eAva\n" + "x" * 99, f"gevraagd door “Ava {'x' * 56}”. Als u hier"),
    ],
)
def test_a_link_that_was_asked_for_in_slack_says_what_else_it_does(counter, name, said):
    counter.desk.add_employee(card={"number": "00104"})
    counter.asks_in_slack("00104", display_name=name)
    _, page = opens(counter, counter.mailed_token())
    assert said in page.text
    assert page.text.count("Slack gevraagd") == 1
    assert page.text.count('autocomplete="username"') == 1
    assert "Gebruik deze link dan niet" in page.text


def test_a_link_from_the_sign_in_page_says_nothing_of_slack(counter, token):
    assert "Slack" not in opens(counter, token)[1].text


def test_password_managers_are_told_whose_new_password_it_is(counter, token):
    _, page = opens(counter, token)
    assert f'value="{NAME}" autocomplete="username" hidden' in page.text


def test_who_signs_in_on_the_same_computer_has_no_link_left(counter, token):
    somebody, _ = opens(counter, token)
    assert somebody.cookie("sleutelbos_link", "/herstel") == token
    counter.desk.add_employee("bob@example.nl")
    somebody.signs_in("bob@example.nl")
    assert somebody.cookie("sleutelbos_link", "/herstel") is None
    assert somebody.looks("/herstel").status_code == 400


def test_a_browser_without_cookies_is_told_so_and_not_that_the_link_is_bad(
    counter, token
):
    opened = counter.visitor().looks(f"/herstel/{token}")
    without = counter.visitor().looks(opened.headers["Location"])
    assert without.status_code == 400
    assert "Hij bewaart geen cookies" in without.text
    assert "Deze link werkt niet meer" not in without.text
