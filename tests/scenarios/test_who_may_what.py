"""Refused in the domain, whatever a screen offered or a payload claims."""

import json

import pytest

from domain.actor import AccountType
from domain.administrators import Administrator
from domain.audit import AuditAct
from domain.logins.model import LoginState
from sandbox.slack.blocks import interactive_elements

NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."


@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_beheer_tells_branch_bound_people_where_to_go(company, name):
    person = company.slack.person(name)
    person.types("/beheer logins utrecht")
    person.sees("/beheer is voor managers.")
    person.sees("vindt u met /personeel")
    person.sees_no_modal()


@pytest.mark.parametrize("command", ["/beheer", "/manage", "/personeel", "/staff"])
def test_member_who_administers_nothing_gets_a_polite_answer(company, command):
    company.mo.types(command)
    company.mo.sees("U beheert geen logins in Sleutelbos.")
    company.mo.sees_no_modal()


def test_guest_gets_one_polite_line(company):
    guest = company.slack.add_person("gast", "Gast", is_restricted=True)
    company.slack.join("algemeen", "gast")
    guest.types("/personeel")
    guest.sees("Sleutelbos is voor leden van deze werkruimte")


def test_somebody_of_another_workspace_gets_one_polite_line(company):
    other = company.slack.add_person(
        "vreemde", "Vreemde", team_id="T0OTHER", is_stranger=True
    )
    company.slack.join("algemeen", "vreemde")
    other.types("/personeel")
    other.sees("Sleutelbos is voor leden van deze werkruimte")


def test_a_foreign_branch_is_neither_offered_nor_found(company):
    bram = company.bram
    bram.types("/personeel logins amsterdam")
    bram.sees("Geen van uw vestigingen heeft dat in de naam.")
    assert bram.offered("Zoek een vestiging", "amsterdam") == []
    assert bram.offered("Zoek een vestiging", "") == ["Utrecht"]


def dismiss(company, person):
    identity = company.identity(person)
    with company.office.database.transaction() as session:
        found = session.query(Administrator).filter_by(user_id=identity.user_id).one()
        found.dismissed_at = company.office.clock()


def test_dismissed_between_opening_and_submitting_is_refused(company):
    company.cards.add_card()
    bram = company.bram
    bram.types("/personeel logins utrecht")
    bram.presses("Maak werknemerslogins aan")
    bram.sees("Eén werknemerslogin wordt aangemaakt")
    dismiss(company, bram)
    bram.submits()
    bram.sees("U beheert geen logins in Sleutelbos.")
    assert company.cards.events(AuditAct.LOGIN_CREATED) == []


def test_dismissed_people_press_in_vain(company):
    piet = company.cards.add_login(LoginState.NEW)
    bram = company.bram
    bram.types("/personeel logins utrecht")
    bram.presses("Openen")
    bram.sees("Gebruikersnaam")
    dismiss(company, bram)
    bram.presses("Toon nieuw wachtwoord", confirming=True)
    bram.sees("U beheert geen logins in Sleutelbos.")
    assert company.cards.login(piet).password_hash is None


def test_moved_to_another_branch_between_click_and_submit_is_refused(company):
    company.cards.add_card()
    bram = company.bram
    bram.types("/personeel logins utrecht")
    bram.presses("Maak werknemerslogins aan")
    bram.sees("Eén werknemerslogin wordt aangemaakt")
    company.appoint(bram, AccountType.BRANCH_MANAGER, company.cards.rotterdam)
    bram.submits()
    bram.sees(NOT_THERE)
    assert company.cards.events(AuditAct.LOGIN_CREATED) == []


def forge(company, person, **ids):
    """Change what the top view remembers, as somebody with a tool of their own."""
    view = person.client.top_view()
    remembered = json.loads(view.content["private_metadata"]) | ids
    view.content["private_metadata"] = json.dumps(remembered)


FORGED = ["foreign", 0, -1, "x", "9" * 30, None, [1], "1; DROP TABLE login"]


@pytest.mark.parametrize("forged", FORGED)
def test_forged_branch_ids_read_as_not_found(company, forged):
    branch_id = company.cards.amsterdam if forged == "foreign" else forged
    bram = company.bram
    bram.types("/personeel logins utrecht")
    bram.sees("Stamkaarten")
    forge(company, bram, branch=branch_id)
    bram.presses("Maak werknemerslogins aan")
    bram.sees(NOT_THERE)


@pytest.mark.parametrize("forged", FORGED)
def test_forged_login_ids_read_as_not_found(company, forged):
    foreign = company.cards.add_login(card={"branch_id": company.cards.amsterdam})
    company.cards.add_login(LoginState.NEW)
    login_id = foreign if forged == "foreign" else forged
    bram = company.bram
    for press in ("Toon nieuw wachtwoord", "Tijdlijn", None):
        bram.types("/personeel logins utrecht")
        bram.presses("Openen")
        bram.sees("Gebruikersnaam")
        forge(company, bram, login=login_id)
        if press is None:
            bram.ticks("Actief")
            bram.submits()
            bram.sees_error("Mag inloggen", NOT_THERE)
        else:
            bram.presses(press, confirming=press.startswith("Toon"))
            bram.sees(NOT_THERE)
        bram.closes()
    assert company.cards.login(foreign).password_hash is None


@pytest.mark.parametrize("page", ["<", ">x", "?3", ">-1", ">" + "9" * 30])
def test_forged_pages_read_as_not_found(company, page):
    bram = company.bram
    bram.types("/personeel logins utrecht")
    bram.sees("Stamkaarten")
    forge(company, bram, page=page)
    bram.presses("Maak werknemerslogins aan")
    bram.sees(NOT_THERE)


def forge_button(person, action_id, value):
    """Give a button on the screen another value."""
    view = person.client.top_view()
    for _, element in interactive_elements(view.blocks):
        if element["action_id"] == action_id:
            element["value"] = value


@pytest.mark.parametrize("forged", ["foreign", "0", "x", "9" * 30, "٣"])
def test_a_forged_choice_of_somebody_without_login_reads_as_not_found(company, forged):
    foreign = company.cards.add_card(branch_id=company.cards.amsterdam)
    company.cards.add_login()
    bram = company.bram
    bram.types("/personeel logins utrecht")
    bram.sees("Stamkaarten")
    value = f"card:{foreign if forged == 'foreign' else forged}"
    forge_button(bram, "logins.open", value)
    for _, element in interactive_elements(bram.client.top_view().blocks):
        if element["action_id"] == "logins.open":
            element["action_id"] = "logins.search"
    bram.presses("Openen")
    bram.sees(NOT_THERE)


FORGED_VALUES = ["foreign", "0", "-1", "x", "9" * 30, "٣", "1 OR 1=1"]


@pytest.mark.parametrize("forged", FORGED_VALUES)
def test_forged_button_values_read_as_not_found(company, forged):
    cards = company.cards
    foreign_login = cards.add_login(card={"branch_id": cards.amsterdam})
    cards.add_login(LoginState.LOCKED)
    is_foreign = forged == "foreign"
    bram = company.bram
    bram.types("/personeel logins")
    bram.sees("Vestiging selecteren")
    branch = str(cards.amsterdam) if is_foreign else forged
    forge_button(bram, "branches.open", branch)
    bram.presses("Openen")
    bram.sees(NOT_THERE)
    bram.goes_back()
    bram.chooses("Zoek een vestiging", "Utrecht")
    bram.sees("Stamkaarten")
    forge_button(bram, "logins.open", str(foreign_login) if is_foreign else forged)
    bram.presses("Openen")
    bram.sees(NOT_THERE)
    bram.goes_back()
    bram.presses("Maak werknemerslogins actief")
    bram.sees("Ook de geblokkeerde logins")
    forge_button(bram, "logins.left_out_of_activation", forged)
    bram.presses("Toon lijst")
    bram.sees(NOT_THERE)
