"""From an empty list to a template that was tried, copied and deleted."""

import pytest

from domain.letters.model import Attached
from domain.logins.template_preview import MADE_UP_TOKEN
from tests.scenarios.templates.writing import (
    ENGLISH,
    HER_ADDRESS,
    LINK_TEXT,
    PASSWORD_TEXT,
)


def test_a_template_is_written_mended_looked_at_tried_copied_and_deleted(
    company, templates, worker, mailbox
):
    hanna = company.hanna
    templates.opens_list(hanna)
    hanna.sees("Uitnodiging met een link")
    writes_and_mends(hanna, templates)
    looks_and_tries(hanna, templates, mailbox)
    copies_and_deletes(hanna, templates)
    assert templates.names() == ["Welkom"]
    assert len(mailbox.letters) == 1


def writes_and_mends(hanna, templates):
    templates.begins(hanna, text=LINK_TEXT.replace("voornaam", "voornam"))
    hanna.submits()
    hanna.sees_error(
        "Tekst (Nederlands)",
        "{{ voornam }} staat niet in de lijst hierboven. Bedoelt u {{ voornaam }}?",
    )
    assert templates.names() == []
    hanna.fills("Tekst (Nederlands)", LINK_TEXT)
    hanna.submits()
    hanna.sees("Opgeslagen: Welkom.")
    hanna.sees("met een eenmalige link · gewijzigd op 20 november 2026 10:30")


def looks_and_tries(hanna, templates, mailbox):
    templates.opens(hanna)
    templates.looks_at(hanna)
    hanna.sees("Zoals Jan Jansen de e-mail zou krijgen.")
    hanna.sees("Onderwerp: Uw login")
    hanna.sees("Hallo Jan,")
    hanna.sees("De link is verzonnen en leidt nergens heen.")
    hanna.sees("Er is geen tekst in deze taal.")
    hanna.presses("Stuur test naar mijzelf")
    hanna.sees("Er is een test onderweg naar h•••@example.nl.")
    (letter,) = mailbox.wait_for(lambda: mailbox.letters_to(HER_ADDRESS), within=60)
    assert letter.headers.get("Subject") == "Test: Uw login"
    assert "Hallo Jan," in letter.text
    assert MADE_UP_TOKEN in letter.text
    assert "<strong>nu</strong>" in letter.html
    hanna.goes_back()


def copies_and_deletes(hanna, templates):
    hanna.presses("Kopiëren")
    hanna.sees("Kopie van Welkom")
    hanna.submits()
    hanna.sees("Opgeslagen: Kopie van Welkom.")
    assert templates.names() == ["Kopie van Welkom", "Welkom"]
    assert templates.version("Kopie van Welkom").body_nl == LINK_TEXT
    templates.opens(hanna, "Kopie van Welkom")
    hanna.presses("Verwijderen", confirming=True)
    hanna.sees("Verwijderd: Kopie van Welkom.")
    hanna.goes_back()
    hanna.sees("Verwijderd: Kopie van Welkom.")


@pytest.mark.parametrize("language", ["en"])
def test_a_template_is_written_and_tried_in_english(
    company, templates, worker, mailbox, language
):
    hanna, templates.words = company.hanna, ENGLISH
    text = "Hello {{ first_name }},\n\n{{ password }}"
    templates.opens_list(hanna)
    hanna.sees("Invitation with a link")
    templates.begins(hanna, "Welcome", text.replace("first_name", "firstname"))
    hanna.submits()
    hanna.sees_error("Text (English)", "Did you mean {{ first_name }}?")
    hanna.fills("Text (English)", text)
    hanna.submits()
    hanna.sees("Saved: Welcome. Note: this template sends a password by e-mail.")
    templates.opens(hanna, "Welcome")
    hanna.sees("A one-time link is safer")
    templates.looks_at(hanna)
    hanna.sees("As Jan Jansen would get it.")
    hanna.sees("The password is made up and opens nothing.")
    hanna.presses("Send a test to myself")
    hanna.sees("A test is on its way to h•••@example.nl.")
    (letter,) = mailbox.wait_for(lambda: mailbox.letters_to(HER_ADDRESS), within=60)
    assert letter.headers.get("Subject") == "Test: Uw login"
    hanna.goes_back()
    hanna.presses("Copy")
    hanna.sees("Copy of Welcome")
    hanna.submits()
    hanna.sees("Saved: Copy of Welcome.")
    templates.opens(hanna, "Copy of Welcome")
    hanna.presses("Delete", confirming=True)
    hanna.sees("Deleted: Copy of Welcome.")
    assert templates.names() == ["Welcome"]


def test_a_built_in_template_is_read_looked_at_and_copied_with_its_guide(
    company, templates
):
    hanna = company.hanna
    templates.opens_list(hanna)
    hanna.presses("Openen", near="Uitnodiging met een wachtwoord")
    hanna.sees("Deze template is meegeleverd en blijft zoals die is.")
    hanna.sees("Let op: deze template stuurt een wachtwoord per e-mail.")
    hanna.sees("Bijlage: de handleiding voor medewerkers")
    templates.looks_at(hanna)
    hanna.sees("Het wachtwoord is verzonnen en opent niets.")
    hanna.sees("U krijgt deze e-mail omdat u bij Utrecht werkt.")
    hanna.goes_back()
    hanna.presses("Kopiëren")
    hanna.sees("Kopie van Uitnodiging met een wachtwoord")
    hanna.submits()
    hanna.sees("Opgeslagen: Kopie van Uitnodiging met een wachtwoord. Let op:")
    copy = templates.version("Kopie van Uitnodiging met een wachtwoord")
    assert copy.attached is Attached.GUIDE
    assert "{{ wachtwoord }}" in copy.body_nl
    assert "{{ password }}" in copy.body_en


def test_a_template_of_a_branch_stands_under_it_and_is_looked_at_with_its_people(
    company, templates
):
    hanna, cards = company.hanna, company.cards
    elsewhere = {"branch_id": cards.amsterdam, "last_name": "Jansma", "number": "00200"}
    cards.add_login(card=elsewhere | {"first_name": "Jan"})
    templates.opens_list(hanna)
    templates.begins(hanna)
    assert len(hanna.offered("Zoek een collega", "jan")) == 2
    hanna.chooses("Zoek een vestiging", "Utrecht", typing="utr")
    assert hanna.offered("Zoek een collega", "jan") == ["Jan Jansen · 00104 · Utrecht"]
    assert hanna.offered("Zoek een collega", "jansma") == [
        "Jan Jansma · 00200 · Amsterdam"
    ]
    hanna.submits()
    hanna.sees("Voor Utrecht")
    (line,) = templates.lines()
    assert line.branch_id == cards.utrecht
    templates.opens(hanna)
    hanna.sees("Voor Utrecht")
    assert hanna.offered("Zoek een collega", "jan") == ["Jan Jansen · 00104 · Utrecht"]


def test_what_is_typed_is_looked_at_before_it_is_saved_and_then_not_tried(
    company, templates
):
    hanna = company.hanna
    template_id = templates.add()
    templates.opens_list(hanna)
    templates.opens(hanna)
    hanna.fills("Tekst (Nederlands)", PASSWORD_TEXT)
    templates.looks_at(hanna)
    hanna.sees("Uw wachtwoord:")
    hanna.sees("Sla de template eerst op en open dan het voorbeeld opnieuw.")
    hanna.does_not_see("Stuur test naar mijzelf")
    hanna.goes_back()
    hanna.fills("Tekst (Nederlands)", "Zonder link of wachtwoord")
    hanna.presses("Voorbeeld")
    hanna.sees("Dit moet eerst kloppen:")
    hanna.sees("Tekst (Nederlands): In de tekst hoort {{ link }} of {{ wachtwoord }}")
    hanna.goes_back()
    hanna.fills("Tekst (Nederlands)", LINK_TEXT)
    hanna.presses("Voorbeeld")
    hanna.sees("Stuur test naar mijzelf")
    assert templates.version().template_id == template_id
    assert templates.version().number == 1


def test_a_preview_of_nobody_asks_for_somebody(company, templates):
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.begins(hanna)
    hanna.presses("Voorbeeld")
    hanna.sees("Kies eerst een collega van wie u de e-mail wilt zien.")


def test_versions_are_told_and_read(company, templates, clock):
    hanna = company.hanna
    template_id = templates.add(text="Eerst {{ link }}")
    templates.changes(template_id, "Daarna {{ link }}")
    templates.opens_list(hanna)
    templates.opens(hanna)
    hanna.presses("Geschiedenis")
    hanna.sees("Versie 2 · 20 november 2026 10:30 · hanna")
    hanna.sees("Gewijzigd: Tekst (Nederlands)")
    hanna.presses("Versie 1")
    hanna.sees("Eerst {{ link }}")
    hanna.presses("Alle versies")
    hanna.sees("Versie 2")
    hanna.goes_back()
    hanna.sees("Daarna {{ link }}")
