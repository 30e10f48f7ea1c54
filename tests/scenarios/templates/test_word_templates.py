"""Word templates: the built-in letter downloaded, one's own uploaded and removed."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import undefer

from domain.audit import AuditAct
from domain.exports.model import WordTemplate
from domain.exports.word_fields import merge_fields
from tests.domain.exports.word_files import document

FILE = "Word-sjabloon"


@pytest.fixture
def file(tmp_path):
    def saved(content, name="Onze brief.docx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return saved


def opens_word_templates(templates, who):
    templates.opens_list(who)
    who.presses("Word-sjablonen")
    who.sees("De ingebouwde brief, in het Nederlands")


def uploads(who, path):
    who.presses("Uploaden")
    who.sees("Alleen voor de vestiging")
    who.attaches(path, FILE)
    who.submits()


def kept(company):
    with company.office.database.reading() as session:
        query = select(WordTemplate).options(undefer(WordTemplate.content))
        return session.scalars(query).all()


def test_the_built_in_letter_comes_by_message_and_goes_up_again(
    company, templates, file
):
    hanna = company.hanna
    opens_word_templates(templates, hanna)
    hanna.presses("Downloaden", near="De ingebouwde brief, in het Nederlands")
    hanna.sees("De brief staat in uw berichten met Sleutelbos.")
    hanna.goes_back()
    assert "Hier is de ingebouwde brief" in hanna.reads_dm()
    content = hanna.downloads("Brief werknemerslogin.docx")
    assert "Wachtwoord" in merge_fields(content)
    uploads(hanna, file(content))
    hanna.sees("Toegevoegd: Onze brief.docx.")
    hanna.goes_back()
    hanna.sees("Voor alle vestigingen")
    (template,) = kept(company)
    assert (template.name, template.content) == ("Onze brief", content)
    assert len(company.cards.events(AuditAct.WORD_TEMPLATE_ADDED)) == 1
    hanna.presses("Verwijderen", near="Onze brief", confirming=True)
    hanna.sees("Verwijderd: Onze brief.")
    (template,) = kept(company)
    assert template.removed_at is not None
    assert len(company.cards.events(AuditAct.WORD_TEMPLATE_REMOVED)) == 1


def test_a_misspelt_field_is_refused_by_name_and_nothing_is_kept(
    company, templates, file
):
    hanna = company.hanna
    opens_word_templates(templates, hanna)
    uploads(hanna, file(document("MERGEFIELD Naam", "MERGEFIELD Gebruikersnaan")))
    hanna.sees("velden die de brieven niet kennen: Gebruikersnaan")
    hanna.sees("Bedoelt u Gebruikersnaam?")
    assert kept(company) == []


def test_a_letter_that_does_not_say_the_password_is_refused(company, templates, file):
    hanna = company.hanna
    opens_word_templates(templates, hanna)
    uploads(hanna, file(document("MERGEFIELD Naam", "MERGEFIELD Gebruikersnaam")))
    hanna.sees("In Onze brief.docx staat het wachtwoord niet")
    hanna.sees("Voeg het samenvoegveld Wachtwoord toe.")
    assert kept(company) == []
    complete = file(document("MERGEFIELD Naam", "MERGEFIELD Wachtwoord"))
    hanna.attaches(complete, FILE)
    hanna.submits()
    hanna.sees("Toegevoegd: Onze brief.docx.")
