"""An export with letters: two files, one opening password, and letters that let in."""

import pytest

from domain.logins.model import PasswordKind
from domain.secret import Secret
from tests.domain.exports import reading
from tests.domain.runs.letters import passwords_in, texts_of_letters
from tests.handed_over import assert_passwords_work
from tests.portal.counter import OWN
from tests.scenarios.handing_out.conftest import SIGN_IN_PAGE
from tests.scenarios.handing_out.people import (
    CHANNEL,
    DUTCH,
    ENGLISH,
    asks_opening_password,
    opens_dry_run,
    sees_result,
)

WORKBOOK = "werknemerslogins-utrecht-2026-11-20.xlsx"
LETTERS = "brieven-utrecht-2026-11-20.docx"
SANNE = {"first_name": "Sanne", "last_name": "Kanarie", "email": "sanne@example.nl"}


def letters_let_in(company, canaries, person, password):
    """Every letter has the password of its own employee, and that works."""
    rows = canaries.read_workbook(person, WORKBOOK, password)
    letters = texts_of_letters(reading.decrypt(person.downloads(LETTERS), password))
    assert len(letters) == len(rows)
    for row in rows:
        (letter,) = [each for each in letters if row["Gebruikersnaam"] in each]
        assert passwords_in(letter) == [row["Wachtwoord"]]
    assert_passwords_work(company.office.database, rows)
    return letters


def gets_in_with(company, counter, sanne, letter, language):
    """She types what her letter says, chooses a password of her own, and is in."""
    assert SIGN_IN_PAGE.removeprefix("https://") in letter
    assert SANNE["email"] in letter
    (initial,) = passwords_in(letter)
    somebody = counter.visitor(accept_language=language)
    page = somebody.signs_in(SANNE["email"], Secret(initial)).text
    assert {"nl": "Kies een wachtwoord", "en": "Choose a password"}[language] in page
    chosen = somebody.sends("/wachtwoord-kiezen", new=OWN, again=OWN)
    page = somebody.follows(chosen).text
    assert {"nl": "Mijn gegevens", "en": "My data"}[language] in page
    login = company.cards.login(sanne)
    assert (login.password_kind, login.sign_in_count) == (PasswordKind.OWN, 1)
    late = counter.visitor()
    late.looks("/")
    refused = late.sends("/", user_name=SANNE["email"], password=initial)
    assert refused.status_code == 403


def test_letters_are_made_with_an_export_in_dutch(
    company, admin_channel, worker, canaries, counter
):
    worker.starts()
    sanne = company.cards.add_login(card=SANNE)
    for _ in range(2):
        company.cards.add_login()
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees("3 medewerkers krijgen een nieuw eerste wachtwoord.")
    hanna.ticks("Maak ook brieven")
    hanna.sees("Met welk Word-sjabloon?")
    hanna.sees("De ingebouwde brief, in het Nederlands")
    hanna.submits()
    hanna.sees(DUTCH.started)
    hanna.closes()
    sees_result(hanna, "Het Excel-bestand en de brieven staan in")
    hanna.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    hanna.sees("een bladzijde per medewerker, om af te drukken", in_channel=CHANNEL)
    password = asks_opening_password(hanna)
    letters = letters_let_in(company, canaries, hanna, password)
    assert all("Eerste wachtwoord" in letter for letter in letters)
    (hers,) = [letter for letter in letters if "Sanne Kanarie" in letter]
    gets_in_with(company, counter, sanne, hers, "nl")


def test_letters_are_made_with_an_export_in_english(
    company, admin_channel, worker, canaries, counter
):
    worker.starts()
    sanne = company.cards.add_login(card=SANNE)
    bram = company.bram
    bram.opens_home()
    bram.presses("English")
    bram.sees("You are a branch manager")
    opens_dry_run(bram, ENGLISH)
    bram.sees("One person gets a new initial password.")
    bram.ticks("Also make letters")
    bram.sees("From which Word template?")
    bram.submits()
    bram.sees(ENGLISH.started)
    bram.closes()
    sees_result(bram, "Het Excel-bestand en de brieven staan in")
    bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    bram.sees("een bladzijde per medewerker, om af te drukken", in_channel=CHANNEL)
    password = asks_opening_password(bram, ENGLISH)
    (letter,) = letters_let_in(company, canaries, bram, password)
    assert "Initial password" in letter
    gets_in_with(company, counter, sanne, letter, "en")


@pytest.mark.parametrize("again", [False, True])
def test_without_the_tick_there_are_no_letters(
    company, admin_channel, worker, canaries, again
):
    worker.starts()
    company.cards.add_login()
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees("Eén medewerker krijgt")
    if again:
        hanna.ticks("Maak ook brieven")
        hanna.sees("Met welk Word-sjabloon?")
        hanna.unticks("Maak ook brieven")
    hanna.submits()
    hanna.sees(DUTCH.started)
    hanna.closes()
    sees_result(hanna, "Klaar: één medewerker")
    hanna.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    asks_opening_password(hanna)
    names = [file.name for file in company.slack.files.all.values()]
    assert names == [WORKBOOK]
