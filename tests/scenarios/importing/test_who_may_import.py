"""Rights that are taken away on the way, and previews that are not one's own."""

import pytest

from domain.actor import AccountType
from domain.administrators import Administrator
from tests.scenarios.importing.conftest import person

CHANGED = "De stamkaarten zijn intussen gewijzigd, dus er is niets geïmporteerd."


def dismiss(company, who):
    with company.office.database.transaction() as session:
        user_id = company.identity(who).user_id
        found = session.query(Administrator).filter_by(user_id=user_id).one()
        found.dismissed_at = company.office.clock()


def test_dismissed_before_confirming_imports_nothing(company, importing):
    bram = company.bram
    importing.sees_preview(bram, importing.file(person("1")))
    dismiss(company, bram)
    bram.submits()
    bram.sees("U beheert geen logins in Sleutelbos.")
    assert importing.numbers() == []


def test_dismissed_before_handing_in_is_refused_and_nothing_is_read(company, importing):
    bram = company.bram
    bram.types("/personeel")
    bram.presses("Importeren")
    bram.attaches(importing.file(person("1")), "Personeelslijst")
    dismiss(company, bram)
    bram.submits()
    bram.sees_error("Personeelslijst", "U beheert geen logins in Sleutelbos.")
    assert importing.promises() == []


def test_demoted_before_confirming_is_shown_what_is_left_to_import(company, importing):
    hanna = company.hanna
    file = importing.file(person("1"), person("2", "Amsterdam"))
    importing.sees_preview(hanna, file, "Nieuw: 2")
    company.appoint(company.bram, AccountType.MANAGER)
    company.appoint(hanna, AccountType.USER, company.branch)
    hanna.submits()
    hanna.sees(CHANGED)
    hanna.sees('Vestiging "Amsterdam" is geen vestiging van u')
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    assert importing.numbers() == ["1"]


def test_a_preview_of_somebody_else_is_not_confirmed(company, importing):
    hanna, bram = company.hanna, company.bram
    importing.sees_preview(hanna, importing.file(person("1", "Amsterdam")))
    hers = hanna.client.top_view().content["private_metadata"]
    importing.sees_preview(bram, importing.file(person("2"), name="bram.xlsx"))
    bram.client.top_view().content["private_metadata"] = hers
    bram.submits()
    bram.sees("Dit overzicht is niet meer te gebruiken")
    assert importing.numbers() == []
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")


@pytest.mark.parametrize("forged", ["{}", "[]", "x", '{"upload":7,"shown":[]}'])
def test_a_forged_preview_reads_as_not_found(company, importing, forged):
    hanna = company.hanna
    importing.sees_preview(hanna, importing.file(person("1")))
    hanna.client.top_view().content["private_metadata"] = forged
    hanna.submits()
    hanna.sees("Dit bestaat niet, of niet in een van uw vestigingen.")
    assert importing.numbers() == []


def test_members_who_administer_nothing_are_told_so(company, importing):
    company.mo.types("/personeel")
    company.mo.sees("U beheert geen logins in Sleutelbos.")
    company.mo.sees_no_modal()
