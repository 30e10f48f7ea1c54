"""Who is not linked types a personnel number; the answer tells nothing about it."""

import json

import pytest

from domain.letters.queueing import LetterKind
from domain.logins.model import LoginState
from domain.slack_users import SlackIdentity
from tests.bot.help.asking import (
    MOS_CARD,
    Request,
    add_mos_login,
    letters,
    requests,
    times_asked,
)

ASKED = "Als dit personeelsnummer bekend is, is er een e-mail onderweg"


def asks_with(person, number):
    """By command, with this number in the modal; gives what is answered."""
    person.types("/wachtwoord")
    person.fills("Personeelsnummer", number)
    person.submits()
    text = person.sees(ASKED).text
    person.closes()
    return text


def proposed_to(person):
    """What stands in the entry."""
    person.sees("Personeelsnummer")
    blocks = person.client.top_view().content["blocks"]
    (entry,) = [block for block in blocks if block["type"] == "input"]
    return entry["element"].get("initial_value")


def test_a_message_leads_by_a_button_to_the_modal_and_to_a_letter(company):
    login_id = add_mos_login(company)
    mo = company.mo
    mo.sends_dm("Wachtwoord vergeten")
    mo.sees("weet nog niet welke medewerker u bent")
    mo.presses("Nieuw wachtwoord")
    mo.fills("Personeelsnummer", " 00104 ")
    mo.submits()
    mo.sees(ASKED)
    assert requests(company) == [Request("number", "00104", mo.id)]
    (letter,) = letters(company)
    assert letter.kind is LetterKind.RECOVERY_LINK
    assert letter.to.address == MOS_CARD["email"]
    assert company.cards.login(login_id).password_hash is None


def test_the_home_leads_to_the_modal_too(company):
    add_mos_login(company)
    company.mo.opens_home()
    company.mo.sees("typ uw personeelsnummer")
    company.mo.presses("Nieuw wachtwoord")
    company.mo.fills("Personeelsnummer", "00104")
    company.mo.submits()
    company.mo.sees(ASKED)
    assert len(letters(company)) == 1


def test_the_answer_is_the_same_for_every_number(company):
    add_mos_login(company)
    company.cards.add_login(LoginState.LOCKED, card={"number": "00200"})
    company.cards.add_card(number="00300")
    company.cards.add_card(number="00400", email=None)
    numbers = ("00104", "00200", "00300", "00400", "99999", "' OR 1=1", "🙂", "x" * 40)
    answers = {asks_with(company.mo, number) for number in numbers}
    assert len(answers) == 1
    assert [each.word for each in requests(company)] == list(numbers)
    kinds = sorted(letter.kind for letter in letters(company))
    assert kinds == sorted([LetterKind.RECOVERY_LINK, LetterKind.RECOVERY_LOCKED])


def test_what_nobody_can_see_is_no_number(company):
    company.mo.types("/wachtwoord")
    company.mo.fills("Personeelsnummer", "\u200b \u200b")
    company.mo.submits()
    company.mo.sees_error("Personeelsnummer", "Typ uw personeelsnummer.")
    assert requests(company) == []


def test_a_submission_that_arrives_twice_is_one_request(company):
    add_mos_login(company)
    company.mo.types("/wachtwoord")
    company.mo.fills("Personeelsnummer", "00104")
    company.slack.next_payloads(1).arrive_twice()
    company.mo.submits()
    company.mo.sees(ASKED)
    company.slack.wait_for_acks()
    assert len(letters(company)) == 1
    assert times_asked(company) == 1


def test_one_person_asks_for_twenty_numbers_an_hour_and_no_more(company):
    for number in range(22):
        company.cards.add_login(card={"number": f"{number:05}"})
    answers = {asks_with(company.mo, f"{number:05}") for number in range(22)}
    assert len(answers) == 1
    assert len(letters(company)) == 20


def test_a_number_is_asked_for_in_english_too(company):
    add_mos_login(company)
    mo = company.mo
    mo.opens_home()
    mo.presses("English")
    mo.sees("Your own login")
    mo.sends_dm("I can't log in")
    mo.sees("I don't know yet which employee you are")
    mo.presses("New password")
    mo.fills("Employee number", "00104")
    mo.submits()
    mo.sees("If this employee number is known, an e-mail is on its way")
    assert len(letters(company)) == 1


def test_the_number_of_the_card_with_ones_address_is_proposed(company):
    add_mos_login(company)
    company.slack.change_person("mo", email="Mo.Mulder@Example.NL")
    company.mo.types("/wachtwoord")
    assert proposed_to(company.mo) == "00104"
    company.mo.sees("Gevonden via uw e-mailadres in Slack.")
    company.mo.submits()
    company.mo.sees(ASKED)
    assert len(letters(company)) == 1


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_the_victims_address_in_slack_gives_a_proposal_at_most(is_confirmed, company):
    add_mos_login(company)
    thief = company.slack.add_person(
        "dief", "Dief", email=MOS_CARD["email"], is_email_confirmed=is_confirmed
    )
    thief.types("/wachtwoord")
    assert proposed_to(thief) == ("00104" if is_confirmed else None)
    assert letters(company) == []
    thief.goes_back()
    thief.opens_home()
    thief.sees("typ uw personeelsnummer")
    thief.does_not_see("Gebruikersnaam")
    assert letters(company) == []


def test_no_letter_goes_to_an_address_that_only_slack_knows(company):
    add_mos_login(company)
    thief = company.slack.add_person("dief", "Dief", email="dief@evil.example")
    asks_with(thief, "00104")
    assert {letter.to.address for letter in letters(company)} == {MOS_CARD["email"]}
    identity = SlackIdentity(company.slack.team_id, thief.id)
    with company.office.database.engine.connect() as connection:
        dumped = "".join(connection.connection.driver_connection.iterdump())
    assert identity.user_id in dumped
    assert "evil.example" not in dumped


def test_an_address_of_two_cards_proposes_the_one_with_a_login(company):
    add_mos_login(company)
    company.cards.add_card(number="00999", email=MOS_CARD["email"])
    company.slack.change_person("mo", email=MOS_CARD["email"])
    company.mo.types("/wachtwoord")
    assert proposed_to(company.mo) == "00104"


def test_when_slack_is_silent_the_entry_is_empty(company):
    add_mos_login(company)
    company.slack.change_person("mo", email=MOS_CARD["email"])
    company.mo.sends_dm("hallo")
    company.mo.sees("Ik help")
    company.slack.tolerates("fatal_error")
    company.slack.next_call("users.info").answers("fatal_error")
    company.mo.types("/wachtwoord")
    assert proposed_to(company.mo) is None


def test_what_is_typed_after_the_command_is_left_alone(company):
    add_mos_login(company)
    company.mo.types("/wachtwoord Kanarie#2026")
    company.mo.sees("Typ uw personeelsnummer")
    assert "Kanarie" not in company.slack.recorded_text()


def test_a_number_stands_in_no_message_and_no_view_once_it_is_sent(company):
    add_mos_login(company)
    asks_with(company.mo, "00104")
    letters(company)
    for call in company.slack.calls():
        assert "00104" not in json.dumps(call.arguments)
