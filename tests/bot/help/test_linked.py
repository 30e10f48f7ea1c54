"""Who is linked to a record card asks in Slack and gets a letter, and no more."""

from datetime import timedelta

import pytest

from domain.letters.queueing import LetterKind
from domain.logins.model import Login, LoginState
from tests.bot.help.asking import (
    add_mos_login,
    answer_requests,
    letters,
    link,
    requests,
    times_asked,
)

ON_ITS_WAY = "Er is een e-mail onderweg naar m•••@example.nl."
CLOSED = {
    LoginState.NEW: LetterKind.RECOVERY_INACTIVE,
    LoginState.SWITCHED_OFF: LetterKind.RECOVERY_INACTIVE,
    LoginState.EMPLOYMENT_ENDED: LetterKind.RECOVERY_INACTIVE,
    LoginState.LOCKED: LetterKind.RECOVERY_LOCKED,
}


@pytest.fixture
def mo(company):
    """Mo, linked to the card 00104."""
    link(company, company.mo, add_mos_login(company))
    return company.mo


def by_message(mo):
    mo.sends_dm("ik kan niet inloggen")


def by_command(mo):
    mo.types("/wachtwoord")


def by_english_command(mo):
    mo.types("/password")


def by_home(mo):
    mo.opens_home()
    mo.presses("Nieuw wachtwoord")


def by_button_of_the_help(mo):
    mo.sends_dm("hallo")
    mo.sees("Ik help als u niet kunt inloggen.")
    mo.presses("Nieuw wachtwoord")


WAYS = (by_message, by_command, by_english_command, by_home, by_button_of_the_help)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_ends_in_one_letter_to_the_address_on_the_card(way, company, mo):
    way(mo)
    mo.sees(ON_ITS_WAY)
    (letter,) = letters(company)
    assert letter.kind is LetterKind.RECOVERY_LINK
    assert letter.to.address == "mo.mulder@example.nl"
    assert times_asked(company) == 1


@pytest.mark.parametrize("state", CLOSED)
def test_a_closed_login_gets_the_same_sentence_and_a_letter_with_the_truth(
    state, company
):
    link(company, company.mo, add_mos_login(company, state))
    company.mo.sends_dm("wachtwoord vergeten")
    company.mo.sees(ON_ITS_WAY)
    (letter,) = letters(company)
    assert letter.kind is CLOSED[state]
    assert "token" not in letter.values


def test_the_fourth_in_an_hour_is_told_when_to_ask_again(company, mo, clock):
    for way in (by_message, by_command, by_home):
        way(mo)
        mo.sees(ON_ITS_WAY)
        if way is not by_message:
            mo.closes()
        answer_requests(company)
        clock.forward(timedelta(minutes=1))
    mo.sends_dm("wachtwoord vergeten")
    again = company.office.t.instant(clock() + timedelta(minutes=57))
    mo.sees(f"Een nieuwe kunt u weer aanvragen vanaf {again}.")
    assert len(letters(company)) == 3
    clock.forward(timedelta(minutes=57))
    mo.sends_dm("reset")
    mo.sees(ON_ITS_WAY)
    assert len(letters(company)) == 4


def test_the_sixth_of_a_day_waits_for_the_first_to_be_a_day_old(company, mo, clock):
    first_at = clock()
    for _ in range(5):
        mo.sends_dm("reset")
        mo.sees(ON_ITS_WAY)
        answer_requests(company)
        clock.forward(timedelta(hours=2))
    mo.sends_dm("reset")
    mo.sees(f"vanaf {company.office.t.instant(first_at + timedelta(days=1))}")
    assert len(letters(company)) == 5


def test_a_card_whose_login_moved_away_is_told_to_ask_for_one(company):
    login_id = add_mos_login(company)
    link(company, company.mo, login_id)
    newer = company.cards.add_card(number="00999", email="ander@example.nl")
    with company.office.database.transaction() as session:
        session.get_one(Login, login_id).record_card_id = newer
    company.mo.sends_dm("wachtwoord vergeten")
    company.mo.sees("U hebt nog geen login.")
    assert letters(company) == []


def test_another_number_is_asked_for_on_request(company, mo):
    mo.sends_dm("wachtwoord vergeten")
    mo.sees(ON_ITS_WAY)
    mo.presses("Ander personeelsnummer")
    mo.fills("Personeelsnummer", "00999")
    mo.submits()
    mo.sees("Als dit personeelsnummer bekend is")
    assert [(each.by, each.word) for each in requests(company)][1:] == [
        ("number", "00999")
    ]


def test_an_administrator_is_an_employee_too(company):
    login_id = company.cards.add_login(card={"email": "hanna@example.nl"})
    link(company, company.hanna, login_id)
    company.hanna.types("/wachtwoord")
    company.hanna.sees("Er is een e-mail onderweg naar h•••@example.nl.")
    assert len(letters(company)) == 1


def test_answers_are_in_the_language_of_the_person(company, mo):
    mo.opens_home()
    mo.presses("English")
    mo.sees("Your own login")
    mo.sends_dm("i forgot my pasword")
    mo.sees("An e-mail is on its way to m•••@example.nl.")
    mo.types("/password")
    mo.sees("An e-mail is on its way to m•••@example.nl.")


def test_a_double_click_on_the_home_is_one_letter(company, mo):
    # The modal of the first press makes room for that of the second.
    company.slack.tolerates("not_found", method="views.update")
    mo.opens_home()
    mo.presses("Nieuw wachtwoord", times=2)
    mo.sees(ON_ITS_WAY)
    company.slack.wait_for_acks()
    assert len(letters(company)) == 1


def test_no_message_or_modal_holds_the_address_or_a_link(company, mo, clock):
    for way in WAYS[:2]:
        way(mo)
        mo.sees(ON_ITS_WAY)
        clock.forward(timedelta(minutes=1))
    tokens = [letter.values["token"].reveal() for letter in letters(company)]
    assert len(tokens) == 2
    for call in company.slack.calls():
        said = str(call.arguments)
        for secret in ("mo.mulder", *tokens):
            assert secret not in said
