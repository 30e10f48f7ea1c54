"""Choosing a password, at the first sign-in and later."""

from datetime import timedelta

import pytest

from domain.letters.queueing import LetterKind
from domain.secret import Secret
from domain.sign_in.model import Stage
from tests.domain.sign_in.people import INITIAL, NAME, PASSWORD
from tests.portal.counter import OWN


def chooses(somebody, new, again=None, path="/wachtwoord-kiezen", **more):
    return somebody.sends(path, new=new, again=new if again is None else again, **more)


@pytest.fixture
def newcomer(counter):
    """Signed in with an initial password."""
    counter.desk.add_newcomer(card={"first_name": "Anna", "last_name": "Bakker"})
    visitor = counter.visitor()
    visitor.signs_in(password=INITIAL)
    return visitor


def test_a_good_password_leads_in_and_works_from_then_on(counter, newcomer):
    page = newcomer.follows(chooses(newcomer, OWN))
    assert "Uw wachtwoord is opgeslagen. Welkom!" in page.text
    another = counter.visitor("198.51.100.8")
    assert "Mijn gegevens" in another.signs_in(password=Secret(OWN)).text
    another.sends("/uitloggen")
    assert another.looks("/").status_code == 200
    refused = another.sends("/", user_name=NAME, password=INITIAL.reveal())
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort", "Het is te kort"),
        ("wachtwoord123", "Het is makkelijk te raden"),
        ("a" * 300, "Het is te lang"),
        ("Anna Bakker 1", "zoals uw naam, adres"),
        ("Utrecht Utrecht", "vestiging of bedrijf"),
        ("De Gouden Lepel", "vestiging of bedrijf"),
        (INITIAL.reveal(), "het wachtwoord dat u hebt gekregen"),
        (f" {INITIAL.reveal().upper()} ", "het wachtwoord dat u hebt gekregen"),
    ],
)
def test_a_bad_password_is_refused_with_what_is_wrong(newcomer, password, said):
    answer = chooses(newcomer, password)
    assert answer.status_code == 400
    assert said in answer.text
    assert 'id="new-error"' in answer.text
    assert f'"{password.strip()}"' not in answer.text
    assert newcomer.looks("/mijn-gegevens").headers["Location"] == "/wachtwoord-kiezen"


def test_a_weak_one_is_told_what_helps_and_how_strong_it_was(newcomer):
    text = chooses(newcomer, "wachtwoord123").text
    assert "<meter" in text
    assert "Wat helpt:" in text


@pytest.mark.parametrize("again", [f"{OWN} ", f" {OWN}", f"{OWN}\u200b"])
def test_a_blank_around_the_second_one_makes_no_other_password(
    counter, newcomer, again
):
    assert chooses(newcomer, OWN, again).status_code == 303
    somebody = counter.visitor("198.51.100.8")
    assert "Mijn gegevens" in somebody.signs_in(password=Secret(OWN)).text


def test_two_that_differ_are_typed_again(newcomer):
    answer = chooses(newcomer, OWN, OWN + "x")
    assert answer.status_code == 400
    assert "niet hetzelfde" in answer.text


@pytest.mark.parametrize(
    "password",
    ["日本語のパスワードです長い", "ЁЖикИГоловаСлон", "🦔🐘🍄🚲🪴🎷🧊🥁🪁🧶🐙🫖"],
)
def test_any_script_will_do(counter, newcomer, password):
    chooses(newcomer, password)
    somebody = counter.visitor("198.51.100.8")
    assert "Mijn gegevens" in somebody.signs_in(password=Secret(password)).text


def test_password_managers_are_told_whose_password_it_is(newcomer):
    text = newcomer.looks("/wachtwoord-kiezen").text
    assert f'value="{NAME}" autocomplete="username" hidden' in text
    assert text.count('autocomplete="new-password"') == 2


def test_two_windows_at_the_choice_make_one_password(counter, newcomer):
    token = newcomer.token
    chooses(newcomer, OWN)
    again = newcomer.client.post(
        "/wachtwoord-kiezen",
        base_url=newcomer.base_url,
        data={"csrf_token": token, "new": "x" * 20, "again": "x" * 20},
    )
    assert again.status_code in (303, 403)
    assert newcomer.looks("/mijn-gegevens").status_code == 200


def test_somebody_who_is_in_changes_it_and_other_browsers_are_out(counter):
    counter.desk.add_employee()
    here, there = counter.visitor(), counter.visitor("198.51.100.8")
    here.signs_in()
    there.signs_in()
    here.looks("/beveiliging/wachtwoord")
    answer = chooses(
        here, OWN, path="/beveiliging/wachtwoord", current=PASSWORD.reveal()
    )
    assert "Uw wachtwoord is gewijzigd" in here.follows(answer).text
    assert there.looks("/mijn-gegevens").headers["Location"] == "/"
    assert len(counter.letters(LetterKind.PASSWORD_CHANGED)) == 1


def test_a_change_asks_for_the_current_password_and_counts_wrong_ones(counter):
    somebody = counter.at(Stage.IN)
    somebody.looks("/beveiliging/wachtwoord")
    statuses = [
        chooses(
            somebody, OWN, path="/beveiliging/wachtwoord", current=f"fout {number}"
        ).status_code
        for number in range(4)
    ]
    assert statuses == [403, 403, 403, 429]
    counter.desk.clock.forward(timedelta(minutes=1))
    answer = chooses(somebody, OWN, path="/beveiliging/wachtwoord", current="nee")
    assert "Dit is niet uw huidige wachtwoord" in answer.text
    assert 'aria-describedby="current-error"' in answer.text


def test_the_same_password_again_is_refused(counter):
    somebody = counter.at(Stage.IN)
    somebody.looks("/beveiliging/wachtwoord")
    same = PASSWORD.reveal()
    answer = chooses(somebody, same, path="/beveiliging/wachtwoord", current=same)
    assert answer.status_code == 400
    assert "dat u nu al hebt" in answer.text
