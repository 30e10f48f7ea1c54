"""*Stamkaarten*, per account type: found, opened, changed, added."""

import json

import pytest

from domain.actor import AccountType
from domain.audit import AuditAct
from domain.letters.queueing import KIND
from domain.logins import leaving
from domain.outbox import OutboxMessage
from tests.domain.sign_in.people import later

NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."
SANNE = {
    "first_name": "Sanne",
    "last_name": "Kanarie",
    "number": "00104",
    "email": "sanne@example.nl",
}


@pytest.fixture
def sanne(company):
    """A login of Utrecht, and its card."""
    login_id = company.cards.add_login(card=SANNE)
    return company.cards.login(login_id).record_card_id


def opens_search(person, command="/personeel"):
    person.types(command, channel="algemeen")
    person.presses("Stamkaarten")
    person.sees("Zoek op naam, personeelsnummer, e-mailadres of vestiging")


def opens_sanne(person):
    person.types("/personeel kaart 00104", channel="algemeen")
    person.sees("Werknemerslogin: actief")


def letters(company):
    with company.office.database.reading() as session:
        kind = OutboxMessage.kind == KIND
        return [
            each.payload["letter"] for each in session.query(OutboxMessage).where(kind)
        ]


@pytest.mark.parametrize("typing", ["kana", "104", "sanne@ex", "utr kan"])
def test_a_user_finds_a_card_by_whatever_is_known_of_it(company, sanne, typing):
    company.cards.add_card(branch_id=company.cards.amsterdam, **SANNE | {"number": "7"})
    ursula = company.ursula
    opens_search(ursula)
    label = "Sanne Kanarie · 00104"
    assert ursula.offered("Zoek een stamkaart", typing) == [label]
    ursula.chooses("Zoek een stamkaart", label, typing=typing)
    ursula.sees("Werknemerslogin: actief")
    ursula.sees("00104")


def test_a_branch_manager_changes_every_kind_of_field(company, sanne):
    bram = company.bram
    opens_sanne(bram)
    bram.fills("Voornaam", "Sanna")
    bram.fills("Datum in dienst", "1 maart 2024")
    bram.fills("Telefoon", "06-12345678")
    bram.submits()
    bram.sees("Opgeslagen.")
    bram.sees("Sanna Kanarie")
    bram.sees("1-3-2024")
    [event] = company.cards.events(AuditAct.CARD_CHANGED)
    assert sorted(event.details["fields"]) == ["first_name", "phone", "start_on"]
    assert company.cards.card(sanne).phone == "06-12345678"
    bram.submits()
    bram.sees("Opgeslagen.")
    assert len(company.cards.events(AuditAct.CARD_CHANGED)) == 1


def test_each_refusal_stands_under_its_own_entry(company, sanne):
    hanna = company.hanna
    opens_sanne(hanna)
    hanna.fills("E-mailadres", "sanne@")
    hanna.fills("Datum in dienst", "31-02-2025")
    hanna.submits()
    hanna.sees_error("E-mailadres", "Dit is geen bruikbaar e-mailadres")
    hanna.sees_error("Datum in dienst", "Dit is geen bestaande datum")
    assert company.cards.events(AuditAct.CARD_CHANGED) == []


def test_a_new_address_changes_the_login_and_both_addresses_are_told(company, sanne):
    login_id = company.cards.login_of(sanne).id
    hanna = company.hanna
    opens_sanne(hanna)
    hanna.fills("E-mailadres", "s.kanarie@example.nl")
    hanna.submits()
    hanna.sees("Opgeslagen.")
    assert company.cards.login(login_id).user_name == "s.kanarie@example.nl"
    assert letters(company) == ["address_replaced", "address_added"]
    hanna.presses("Werknemerslogin openen")
    hanna.sees("Gebruikersnaam: s.kanarie@example.nl")


def test_an_address_in_use_shows_the_two_ways_out_and_loses_nothing(company, sanne):
    other = company.cards.add_login(
        card={"first_name": "Sanne", "last_name": "Oud", "email": "oud@example.nl"}
    )
    hanna = company.hanna
    opens_sanne(hanna)
    hanna.fills("Plaats", "Zeist")
    hanna.fills("E-mailadres", "oud@example.nl")
    hanna.submits()
    hanna.sees("Sanne Oud (00001) heeft een werknemerslogin met dit e-mailadres.")
    hanna.sees("Er is nog niets opgeslagen.")
    hanna.presses("Medewerker gegevens verplaatsen")
    hanna.sees("OUDE STAMKAART")
    hanna.closes()
    opens_sanne(hanna)
    hanna.fills("Plaats", "Zeist")
    hanna.fills("E-mailadres", "oud@example.nl")
    hanna.submits()
    hanna.sees("heeft een werknemerslogin met dit e-mailadres.")
    hanna.goes_back()
    hanna.fills("E-mailadres", "nieuw@example.nl")
    hanna.submits()
    hanna.sees("Opgeslagen.")
    assert company.cards.card(sanne).city == "Zeist"
    assert company.cards.login(other).user_name == "oud@example.nl"


def test_who_has_the_address_in_another_branch_is_not_told(company, sanne):
    company.cards.add_login(
        card={"branch_id": company.cards.amsterdam, "email": "oud@example.nl"}
    )
    ursula = company.ursula
    opens_sanne(ursula)
    ursula.fills("E-mailadres", "oud@example.nl")
    ursula.submits()
    ursula.sees("Iemand van een andere vestiging heeft een werknemerslogin")


def test_somebody_new_is_added(company):
    ursula = company.ursula
    opens_search(ursula)
    ursula.presses("Nieuwe stamkaart")
    ursula.fills("Personeelsnummer", "00901")
    ursula.fills("Achternaam", "Nieuw")
    ursula.chooses("Vestiging", "Utrecht", typing="utr")
    ursula.submits()
    ursula.sees("Toegevoegd.")
    ursula.sees("Werknemerslogin: geen login: geen e-mailadres")
    [event] = company.cards.events(AuditAct.CARD_ADDED)
    assert company.cards.card(event.record_card_id).number == "00901"


def test_somebody_new_with_a_known_address_leads_to_the_older_card(company):
    company.cards.add_login(card={"last_name": "Oud", "email": "oud@example.nl"})
    hanna = company.hanna
    opens_search(hanna)
    hanna.presses("Nieuwe stamkaart")
    hanna.fills("Personeelsnummer", "00901")
    hanna.fills("Achternaam", "Oud")
    hanna.fills("E-mailadres", "oud@example.nl")
    hanna.chooses("Vestiging", "Utrecht", typing="utr")
    hanna.submits()
    hanna.sees("Toegevoegd.")
    hanna.sees("Werknemerslogin: geen login: e-mailadres is al in gebruik")
    hanna.does_not_see("Een werknemerslogin volgt")
    hanna.presses("Medewerker gegevens verplaatsen")
    hanna.sees("OUDE STAMKAART")


def test_somebody_who_left_is_told_when_the_login_closes(company, sanne):
    bram = company.bram
    opens_sanne(bram)
    bram.sees("in de nacht erna wordt de werknemerslogin gesloten.")
    bram.fills("Datum uit dienst", "19-11-2026")
    bram.submits()
    bram.sees("Opgeslagen.")
    bram.sees("Werknemerslogin: inactief (uit dienst). De laatste dag is geweest:")
    bram.sees("in de komende nacht wordt de werknemerslogin gesloten.")
    with company.office.database.transaction() as session:
        assert leaving.close_leavers(session, now=company.office.clock())
    bram.closes()
    bram.types("/personeel kaart 00104", channel="algemeen")
    bram.sees("Werknemerslogin: inactief (uit dienst)")
    bram.does_not_see("De laatste dag is geweest")


def test_somebody_elses_change_meanwhile_is_not_written_over(company, sanne, clock):
    opens_sanne(company.bram)
    opens_sanne(company.ursula)
    later(clock, seconds=5)
    company.bram.fills("Plaats", "Zeist")
    company.bram.submits()
    company.bram.sees("Opgeslagen.")
    company.ursula.fills("Plaats", "Bunnik")
    company.ursula.submits()
    company.ursula.sees_error(
        "Personeelsnummer", "Iemand heeft deze stamkaart intussen"
    )
    assert company.cards.card(sanne).city == "Zeist"


def test_a_closed_card_leads_to_the_one_with_its_data(company, sanne):
    company.cards.add_card(
        number="00099",
        last_name="Oud",
        moved_to_card_id=sanne,
        closed_at=company.office.clock(),
    )
    hanna = company.hanna
    hanna.types("/personeel kaart 00099", channel="algemeen")
    hanna.sees("Deze stamkaart is gesloten: de gegevens zijn verplaatst naar stamkaart")
    hanna.presses("Stamkaart openen")
    hanna.sees("Sanne Kanarie")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("104", "Bedoelt u 00104?"),
        ("00105", "Bedoelt u 00104?"),
        ("xyz", "U heeft geen stamkaart met nummer xyz."),
    ],
)
def test_a_number_that_is_not_there_names_the_nearest(company, sanne, typed, said):
    bram = company.bram
    bram.types(f"/personeel kaart {typed}", channel="algemeen")
    bram.sees(said)


def test_foreign_cards_and_branches_are_not_there(company, sanne):
    foreign = company.cards.add_card(branch_id=company.cards.amsterdam, number="00777")
    bram = company.bram
    bram.types("/personeel kaart 00777", channel="algemeen")
    bram.sees("U heeft geen stamkaart met nummer 00777.")
    bram.closes()
    opens_sanne(bram)
    assert bram.offered("Zoek een vestiging", "ams") == []
    view = bram.client.top_view()
    ids = json.loads(view.content["private_metadata"]) | {"card": foreign}
    view.content["private_metadata"] = json.dumps(ids)
    bram.submits()
    bram.sees(NOT_THERE)


def test_a_role_taken_away_before_saving_saves_nothing(company, sanne):
    bram = company.bram
    opens_sanne(bram)
    company.appoint(bram, AccountType.BRANCH_MANAGER, company.cards.rotterdam)
    bram.fills("Plaats", "Zeist")
    bram.submits()
    bram.sees(NOT_THERE)
    assert company.cards.card(sanne).city is None


def test_a_slack_account_is_linked_by_hand_and_unlinked(company, sanne):
    hanna = company.hanna
    opens_sanne(hanna)
    hanna.chooses("Koppel een Slack-account", "mo", confirming=True)
    hanna.sees("Gekoppeld.")
    hanna.sees("In Slack: mo")
    assert letters(company) == ["slack_linked"]
    hanna.presses("Ontkoppel Slack", confirming=True)
    hanna.sees("Ontkoppeld.")
    events = [AuditAct.SLACK_LINKED, AuditAct.SLACK_UNLINKED]
    assert [event.act for event in company.cards.events(*events)] == events


def test_an_account_of_another_card_is_refused_and_nothing_changes(company, sanne):
    company.cards.add_card(number="00105", first_name="Tom", last_name="Tweede")
    bram = company.bram
    opens_sanne(bram)
    bram.chooses("Koppel een Slack-account", "mo", confirming=True)
    bram.sees("Gekoppeld.")
    bram.closes()
    bram.types("/personeel kaart 00105", channel="algemeen")
    bram.sees("Tom Tweede")
    bram.chooses("Koppel een Slack-account", "mo", confirming=True)
    bram.sees("Dit Slack-account is al gekoppeld aan een andere stamkaart")
    [event] = company.cards.events(AuditAct.SLACK_LINKED)
    assert event.record_card_id == sanne


def test_a_guest_is_not_linked(company, sanne):
    company.slack.add_person("gast", "Gerda Gast", is_restricted=True)
    hanna = company.hanna
    opens_sanne(hanna)
    hanna.chooses("Koppel een Slack-account", "gast", confirming=True)
    hanna.sees("Kies een lid van deze werkruimte")
    assert company.cards.events(AuditAct.SLACK_LINKED) == []


@pytest.mark.parametrize("locale", ["en-US"])
@pytest.mark.parametrize("language", ["en"])
def test_the_same_in_english(company, sanne):
    bram = company.bram
    bram.types("/staff card 00104", channel="algemeen")
    bram.sees("Employee login: active")
    bram.fills("City", "Zeist")
    bram.fills("E-mail address", "sanne@")
    bram.submits()
    bram.sees_error("E-mail address", "This is no usable e-mail address.")
    bram.fills("E-mail address", "s@example.nl")
    bram.submits()
    bram.sees("Saved.")
    assert company.cards.card(sanne).city == "Zeist"


def test_linking_slack_writes_nothing_over_that_somebody_else_saved(
    company, sanne, clock
):
    opens_sanne(company.bram)
    opens_sanne(company.ursula)
    later(clock, seconds=5)
    company.bram.fills("Plaats", "Zeist")
    company.bram.submits()
    company.bram.sees("Opgeslagen.")
    company.ursula.chooses("Koppel een Slack-account", "mo", confirming=True)
    company.ursula.sees("Gekoppeld.")
    company.ursula.fills("Telefoon", "0612345678")
    company.ursula.submits()
    company.ursula.sees_error(
        "Personeelsnummer", "Iemand heeft deze stamkaart intussen"
    )
    assert company.cards.card(sanne).city == "Zeist"


def test_what_is_typed_stays_when_a_slack_account_is_linked(company, sanne):
    ursula = company.ursula
    opens_sanne(ursula)
    ursula.fills("Plaats", "Bunnik")
    ursula.chooses("Koppel een Slack-account", "mo", confirming=True)
    ursula.sees("Gekoppeld.")
    ursula.submits()
    ursula.sees("Opgeslagen.")
    assert company.cards.card(sanne).city == "Bunnik"
