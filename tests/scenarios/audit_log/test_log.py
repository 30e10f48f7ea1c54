"""*Logboek*: what managers look up, choose and take along."""

import io
from datetime import timedelta

import openpyxl
import pytest

from domain import audit
from domain.actor import EMPLOYEE, SCHEDULE
from domain.audit import AuditAct, Concerning
from domain.logins.model import LoginState
from tests.bot.in_slack import eventually

SANNE = {"first_name": "Sanne", "last_name": "Kanarie", "number": "00104"}


@pytest.fixture
def sanne(company):
    """A login of Utrecht that Hanna activated, and one of Amsterdam."""
    login_id = company.cards.add_login(LoginState.NEW, card=SANNE)
    there = {"branch_id": company.cards.amsterdam, "last_name": "Elders"}
    other = company.cards.add_login(LoginState.NEW, card=there)
    for each in (login_id, other):
        tells(company, AuditAct.LOGIN_ACTIVATED, each, company.cards.hanna)
    return login_id


def tells(company, act, login_id, actor, **how):
    card = company.cards.card(company.cards.login(login_id).record_card_id)
    about = Concerning(card.branch_id, card.id, login_id)
    with company.office.database.transaction() as session:
        now = company.office.clock()
        audit.record(session, act, about, actor=actor, now=how.get("at", now))


def chosen(company, choose):
    """Choose something, and wait for what is found by it."""
    updates = len(company.slack.calls("views.update"))
    choose()
    eventually(lambda: len(company.slack.calls("views.update")) > updates)


def chooses(company, *what, **how):
    chosen(company, lambda: company.hanna.chooses(*what, **how))


def no_longer_sees(person, words):
    eventually(lambda: words not in person.screen())


def opens_log(person):
    person.types("/beheer", channel="algemeen")
    person.presses("Logboek")
    person.sees("Werknemerslogin actief gemaakt")


def test_a_manager_reads_who_did_what_to_whom(company, sanne):
    hanna = company.hanna
    opens_log(hanna)
    hanna.sees("Werknemerslogin actief gemaakt: Sanne Kanarie (00104), Utrecht")
    hanna.sees("Elders")
    hanna.sees("20 november 2026 10:30 · hanna · Slack")


@pytest.mark.parametrize(
    ("act", "who"),
    [
        (AuditAct.LINK_ASKED_FOR, "iemand"),
        (AuditAct.LOGIN_LOCKED, "iemand"),
        (AuditAct.SIGN_IN_REFUSED, "iemand"),
        (AuditAct.ADDRESS_DISPUTED, "iemand"),
        (AuditAct.SIGNED_IN, "medewerker"),
    ],
)
def test_what_anybody_can_do_is_not_said_of_the_employee(company, sanne, act, who):
    tells(company, act, sanne, EMPLOYEE)
    opens_log(company.hanna)
    company.hanna.sees(f"20 november 2026 10:30 · {who} · inlogpagina")


def test_an_appointment_says_whom_as_what_and_where(company, sanne):
    hanna = company.hanna
    for known in (company.bram, company.ursula):
        known.opens_home()
    opens_log(hanna)
    hanna.sees("Beheerder benoemd: bram, vestigingsmanager, Utrecht")
    hanna.sees("Beheerder benoemd: ursula, gebruiker, Utrecht")


def test_what_is_chosen_leaves_out_the_rest(company, sanne):
    hanna = company.hanna
    tells(company, AuditAct.SIGNED_IN, sanne, SCHEDULE)
    opens_log(hanna)
    chooses(company, "Vestiging", "Utrecht", typing="utr")
    hanna.sees("Ingelogd: Sanne Kanarie")
    no_longer_sees(hanna, "Elders")
    chooses(company, "Wat", "Logins aangemaakt, actief gemaakt en gesloten")
    hanna.sees("Werknemerslogin actief gemaakt: Sanne Kanarie")
    no_longer_sees(hanna, "Ingelogd")
    hanna.presses("Filters wissen")
    hanna.sees("Elders")


def test_one_employee_is_followed(company, sanne):
    hanna = company.hanna
    opens_log(hanna)
    chooses(company, "Medewerker", "Sanne Kanarie · 00104", typing="kana")
    hanna.sees("Sanne Kanarie (00104)")
    no_longer_sees(hanna, "Elders")
    chooses(company, "Beheerder", "hanna", typing="han")
    hanna.sees("Sanne Kanarie (00104)")
    chooses(company, "Wat", "Het logboek zelf")
    hanna.sees("Niets gevonden.")


def test_pages_go_on_where_the_last_one_ended(company, sanne):
    hanna = company.hanna
    for _ in range(20):
        tells(company, AuditAct.SIGNED_IN, sanne, SCHEDULE)
    hanna.types("/beheer", channel="algemeen")
    hanna.presses("Logboek")
    hanna.sees("Ingelogd")
    hanna.does_not_see("Werknemerslogin actief gemaakt")
    hanna.presses("Oudere")
    hanna.sees("Werknemerslogin actief gemaakt: Sanne Kanarie")
    hanna.presses("Nieuwste")
    hanna.sees("Ingelogd")


def test_what_was_found_is_taken_along_and_that_is_in_the_log(company, sanne):
    hanna = company.hanna
    opens_log(hanna)
    chooses(company, "Vestiging", "Utrecht", typing="utr")
    no_longer_sees(hanna, "Elders")
    hanna.presses("Deze regels exporteren")
    hanna.sees("Het Excel-bestand staat in uw berichten met Sleutelbos.")
    hanna.closes()
    hanna.reads_dm()
    content = hanna.downloads("logboek-2026-11-20.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    activated = [row for row in rows if row[2] == "Werknemerslogin actief gemaakt"]
    assert [row[8] for row in activated] == ["Sanne Kanarie"]
    assert {row[6] for row in rows} == {"Utrecht"}
    [event] = company.cards.events(AuditAct.AUDIT_LOG_EXPORTED)
    assert event.branch_id == company.branch
    assert event.details == {"count": len(rows)}


def test_an_erased_person_is_named_as_such(company, sanne):
    card_id = company.cards.login(sanne).record_card_id
    company.cards.change_card(card_id, erased_at=company.office.clock())
    hanna = company.hanna
    opens_log(hanna)
    hanna.sees("Werknemerslogin actief gemaakt: een gewiste medewerker, Utrecht")
    hanna.does_not_see("Kanarie")


def test_days_are_days_in_the_netherlands(company, sanne):
    midnight = company.office.clock() - timedelta(days=1, hours=9, minutes=31)
    tells(company, AuditAct.LOGIN_LOCKED, sanne, SCHEDULE, at=midnight)
    hanna = company.hanna
    opens_log(hanna)
    chosen(company, lambda: hanna.fills("Tot en met", "2026-11-18"))
    hanna.sees("Niets gevonden.")
    chosen(company, lambda: hanna.fills("Tot en met", "2026-11-19"))
    hanna.sees("Werknemerslogin geblokkeerd: Sanne Kanarie")


def test_who_withdraws_a_task_is_not_said_to_decline_it(company, sanne):
    about = Concerning(company.branch, run_id=7, details={"reason": "withdrawn"})
    declined = Concerning(company.branch, run_id=8, details={"reason": "declined"})
    with company.office.database.transaction() as session:
        audit.record_many(
            session,
            AuditAct.RUN_DECLINED,
            [about, declined],
            actor=company.cards.hanna,
            now=company.office.clock(),
        )
    opens_log(company.hanna)
    company.hanna.sees("Taak ingetrokken: Utrecht (taak 7)")
    company.hanna.sees("Taak niet akkoord: Utrecht (taak 8)")


@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_branch_bound_people_are_told_where_to_go(company, name):
    person = company.slack.person(name)
    person.types("/beheer")
    person.sees("/beheer is voor managers.")
    person.types("/personeel")
    person.sees("Stamkaarten")
    person.does_not_see("Logboek")


@pytest.mark.parametrize("language", ["en"])
def test_the_same_in_english(company, sanne):
    hanna = company.hanna
    hanna.types("/manage", channel="algemeen")
    hanna.presses("Audit log")
    hanna.sees("Employee login activated: Sanne Kanarie (00104), Utrecht")
    chooses(company, "What", "Signing in, lockouts and forgotten passwords")
    hanna.sees("Nothing was found.")
