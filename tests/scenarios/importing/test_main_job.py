"""*Importeren*: from a file to record cards, per account type and language."""

import pytest
from sqlalchemy import select

from domain.actor import ActorKind, Surface
from domain.audit import AuditAct
from domain.logins.model import LoginState
from domain.record_cards.model import RecordCard
from tests.conftest import DATA
from tests.domain.importing import workbooks
from tests.domain.importing.workbooks import BRANCH, EMAIL, LAST_NAME, NUMBER
from tests.scenarios.importing.conftest import person

ORDINARY = DATA / "stamkaarten.xlsx"
MESSY = DATA / "stamkaarten-rommelig.xlsx"


def test_manager_imports_the_ordinary_list(company, importing):
    hanna = company.hanna
    hanna.types("/personeel")
    hanna.sees("Neem een personeelslijst uit Excel over in de stamkaarten.")
    hanna.presses("Importeren")
    hanna.sees("Er verandert nog niets")
    hanna.attaches(ORDINARY, "Personeelslijst")
    hanna.submits()
    hanna.sees("Nieuw: 65")
    hanna.sees("Geweigerd: 0")
    hanna.sees("Nieuwe vestigingen: Amsterdam Centrum, Café 't Hoekje")
    assert importing.numbers() == []
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    hanna.sees("Volgende stap: Maak werknemerslogins aan")
    assert len(importing.numbers()) == 65


def test_the_result_leads_to_the_logins_of_the_one_branch_with_new_people(
    company, importing
):
    hanna = company.hanna
    importing.imports(hanna, importing.file(person("1", "Zwolle", **{EMAIL: "a@b.nl"})))
    hanna.sees("De nieuwe medewerkers van Zwolle hebben nog geen werknemerslogin.")
    hanna.sees("Nog geen beheerkanaal: Zwolle.")
    hanna.presses("Openen: Zwolle")
    hanna.sees("Zonder login: 1")
    hanna.presses("Maak werknemerslogins aan")
    hanna.sees("Eén werknemerslogin wordt aangemaakt, nog inactief.")
    hanna.submits()
    hanna.sees("Eén werknemerslogin is aangemaakt.")


def test_the_result_of_many_branches_leads_to_their_choice(company, importing):
    hanna = company.hanna
    importing.imports(hanna, importing.file(person("1"), person("2", "Amsterdam")))
    hanna.sees("In 2 vestigingen zijn nieuwe medewerkers zonder werknemerslogin")
    hanna.presses("Vestiging selecteren")
    hanna.presses("Openen", near="Amsterdam")
    hanna.sees("Zonder login: 1")


def test_the_messy_list_says_of_each_row_what_is_wrong(company, importing):
    hanna = company.hanna
    importing.sees_preview(
        hanna,
        MESSY,
        "Nieuw: 57",
        "Geweigerd: 9",
        "9 rijen worden geweigerd",
        "rij 9, nummer 00107: Achternaam is niet ingevuld",
        'rij 24, nummer 00122: Datum in dienst "01-13-2024" is geen bestaande datum',
        'rij 18, nummer 00117: Personeelsnummer "00117" staat meer dan één keer',
        "Van 3 rijen wordt het e-mailadres niet overgenomen",
        'rij 5, nummer 00103: E-mailadres "a@b" is geen bruikbaar e-mailadres',
    )
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    hanna.sees("Geweigerd: 9")
    hanna.sees("Verbeter ze in uw lijst")
    assert len(importing.numbers()) == 57


def test_the_second_time_there_is_nothing_to_import(company, importing):
    importing.imports(company.hanna, ORDINARY)
    company.hanna.closes()
    importing.hands_in(company.hanna, ORDINARY)
    company.hanna.sees("Er is niets te importeren")
    company.hanna.sees("Ongewijzigd: 65")


def test_changed_addresses_of_people_with_a_login_stand_apart(company, importing):
    login_id = company.cards.add_login(
        LoginState.ACTIVE, card={"number": "7", "email": "oud@example.nl"}
    )
    new = {EMAIL: "nieuw@example.nl"}
    importing.sees_preview(
        company.hanna,
        importing.file(person("7", **new), person("8", **{EMAIL: "acht@example.nl"})),
        "Andere gebruikersnaam: 1",
        "Eén werknemerslogin krijgt een andere gebruikersnaam",
        "rij 2, nummer 7: oud@example.nl → nieuw@example.nl",
        "Wat er wijzigt:",
    )
    company.hanna.submits()
    company.hanna.sees("Andere gebruikersnaam: 1")
    assert company.cards.login(login_id).user_name == "nieuw@example.nl"


@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_whoever_is_bound_to_branches_imports_into_those(company, importing, name):
    who = company.slack.person(name)
    foreign = company.cards.add_card(number="9", branch_id=company.cards.amsterdam)
    who.types("/personeel")
    who.presses("Importeren")
    who.sees("Rijen van andere vestigingen dan die van u worden geweigerd.")
    who.goes_back()
    importing.sees_preview(
        who,
        importing.file(
            person("1"), person("2", "Amsterdam"), person("3", "Zwolle"), person("9")
        ),
        "Nieuw: 1",
        'rij 3, nummer 2: Vestiging "Amsterdam" is geen vestiging van u',
        'rij 4, nummer 3: Vestiging "Zwolle" is geen vestiging van u',
        'rij 5, nummer 9: Personeelsnummer "9" hoort bij een stamkaart van een andere',
    )
    who.submits()
    who.sees("De nieuwe medewerkers van Utrecht hebben nog geen werknemerslogin.")
    assert importing.numbers() == ["1", "9"]
    assert company.cards.card(foreign).branch_id == company.cards.amsterdam


def test_the_audit_log_has_what_the_command_line_writes_with_who_did_it(
    company, importing
):
    importing.imports(company.hanna, importing.file(person("1"), person("2", "Zwolle")))
    events = company.cards.events(
        AuditAct.CARDS_IMPORTED, AuditAct.CARD_ADDED, AuditAct.BRANCH_ADDED
    )
    ours = [event for event in events if event.actor_kind is ActorKind.ADMINISTRATOR]
    assert sorted(event.act for event in ours) == [
        AuditAct.BRANCH_ADDED,
        AuditAct.CARD_ADDED,
        AuditAct.CARD_ADDED,
        AuditAct.CARDS_IMPORTED,
    ]
    hanna = company.cards.hanna
    assert {event.administrator_id for event in ours} == {hanna.administrator_id}
    assert {event.surface for event in ours} == {Surface.SLACK}


def test_a_cell_that_is_a_formula_or_markup_stays_the_text_it_is(company, importing):
    names = ["=HYPERLINK(1)", "&lt;!channel&gt;", "*vet*", "\u202eom", "🍕", "x" * 101]
    rows = [
        workbooks.text_row(at, f"{at}", name, f"V {name}"[:100])
        for at, name in enumerate(names, 2)
    ]
    headings = workbooks.text_row(1, NUMBER, LAST_NAME, BRANCH)
    content = workbooks.package(workbooks.sheet_xml("".join([headings, *rows])))
    hanna = company.hanna
    importing.sees_preview(hanna, importing.saved(content), "Nieuw: 5")
    hanna.sees("V =HYPERLINK(1)")
    hanna.sees("V <!channel>")
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    with company.office.database.reading() as session:
        stored = set(session.scalars(select(RecordCard.last_name)))
    assert stored == {"=HYPERLINK(1)", "<!channel>", "*vet*", "om", "🍕"}


@pytest.mark.parametrize("language", ["en"])
def test_all_of_it_in_english(company, importing, language):
    hanna = company.hanna
    hanna.types("/staff")
    hanna.sees("Take a staff list from Excel over into the record cards.")
    hanna.presses("Import")
    hanna.sees("Nothing changes yet")
    hanna.attaches(MESSY, "Staff list")
    hanna.submits()
    hanna.sees("Nothing is saved yet.")
    hanna.sees("New: 57")
    hanna.sees("9 rows are refused")
    hanna.sees("row 9, number 00107: Last name is not filled in")
    hanna.sees("Of 3 rows the e-mail address is left out")
    hanna.sees("Please delete stamkaarten-rommelig.xlsx from Slack yourself")
    hanna.submits()
    hanna.sees("The list is imported.")
    hanna.sees("Next step: Create employee logins")
    hanna.presses("Select branch")
    hanna.sees("Select branch")


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_bound_to_branches_in_english(company, importing, language, name):
    who = company.slack.person(name)
    who.types("/staff")
    who.presses("Import")
    who.sees("Rows of other branches than yours are refused.")
    who.attaches(importing.file(person("1"), person("2", "Zwolle")))
    who.submits()
    who.sees('row 3, number 2: Branch "Zwolle" is not one of your branches')
    who.submits()
    who.sees("The new people of Utrecht have no login yet.")


def test_the_large_list_goes_in_within_slacks_limits(company, importing):
    hanna = company.hanna
    importing.sees_preview(
        hanna, DATA / "stamkaarten-groot.xlsx", "Nieuw: 12.000", "en nog "
    )
    hanna.submits()
    hanna.sees("Nieuw: 12.000")
    hanna.sees("De lijst is geïmporteerd.")
    assert len(importing.numbers()) == 12_000
