"""From record cards to a workbook with passwords that work, for each account type."""

import pytest

from domain.audit import AuditAct
from tests.domain.exports import reading
from tests.handed_over import assert_passwords_work
from tests.office_suite import read_with_libreoffice
from tests.scenarios.handing_out.conftest import SIGN_IN_PAGE
from tests.scenarios.handing_out.people import (
    CHANNEL,
    DUTCH,
    ENGLISH,
    asks_opening_password,
    opens_branch,
    sees_result,
    starts,
)

FILE = "werknemerslogins-utrecht-2026-11-20.xlsx"


def creates_and_activates_three(hanna):
    """By the manager's route, as the manual describes it."""
    hanna.types("/beheer")
    hanna.sees("Beheer")
    hanna.presses("Werknemerslogins")
    hanna.sees("Vestiging selecteren")
    hanna.chooses("Zoek een vestiging", "Utrecht", typing="utr")
    hanna.sees("Zonder login: 3")
    hanna.presses("Maak werknemerslogins aan")
    hanna.sees("3 werknemerslogins worden aangemaakt")
    hanna.submits()
    hanna.sees("3 werknemerslogins zijn aangemaakt.")
    hanna.goes_back()
    hanna.sees("Inactief: 3")
    hanna.presses("Maak werknemerslogins actief")
    hanna.sees("3 werknemerslogins worden actief gemaakt.")
    hanna.submits()
    hanna.sees("3 werknemerslogins zijn nu actief.")
    hanna.goes_back()
    hanna.sees("Actief: 3")


def test_manager_plays_the_whole_job_in_dutch(company, admin_channel, worker, canaries):
    worker.starts()
    for number in ("00007", "00008", "00104"):
        company.cards.add_card(number=number)
    hanna = company.hanna
    creates_and_activates_three(hanna)
    hanna.presses("Reset wachtwoorden en exporteer data")
    hanna.sees("3 medewerkers krijgen een nieuw eerste wachtwoord.")
    hanna.sees("komt in #beheer-utrecht en wordt daar na 24 uur verwijderd")
    hanna.submits()
    hanna.sees(DUTCH.started)
    hanna.closes()
    sees_result(hanna, "Klaar: 3 medewerkers hebben een nieuw eerste wachtwoord.")
    hanna.sees("Gestart door @hanna op 20 november 2026 10:30", in_channel=CHANNEL)
    hanna.sees("geldig tot 27 november 2026 10:30", in_channel=CHANNEL)
    hanna.sees("zolang het in Excel geopend is", in_channel=CHANNEL)
    rows = canaries.read_workbook(hanna, FILE, asks_opening_password(hanna))
    assert [row["Personeelsnummer"] for row in rows] == ["00007", "00008", "00104"]
    assert {row["Inlogpagina"] for row in rows} == {SIGN_IN_PAGE}
    assert {row["Geldig_tot"] for row in rows} == {"27-11-2026 10:30"}
    assert_passwords_work(company.office.database, rows)
    assert len(company.cards.events(AuditAct.PASSWORD_RESET)) == 3
    assert len(company.slack.calls("chat.postMessage")) == 1


def test_branch_manager_plays_it_in_english(company, admin_channel, worker, canaries):
    worker.starts()
    for _ in range(2):
        company.cards.add_login()
    company.cards.add_login(sign_in_count=3)
    bram = company.bram
    bram.opens_home()
    bram.presses("English")
    bram.sees("You are a branch manager")
    starts(bram, "2 people get a new initial password.", ENGLISH)
    sees_result(bram, "Klaar: 2 medewerkers")
    bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    password = asks_opening_password(bram, ENGLISH)
    rows = canaries.read_workbook(bram, FILE, password)
    assert len(rows) == 2
    assert_passwords_work(company.office.database, rows)


def test_user_plays_it_over_the_whole_branch(company, admin_channel, worker, canaries):
    worker.starts()
    for count in (0, 3):
        company.cards.add_login(sign_in_count=count)
    ursula = company.ursula
    opens_branch(ursula)
    ursula.presses("Exporteren")
    ursula.sees("Eén medewerker krijgt een nieuw eerste wachtwoord.")
    ursula.does_not_see("Let op:")
    ursula.ticks("De hele vestiging")
    ursula.sees("Let op: één medewerker die nu gewoon kan inloggen")
    ursula.sees("2 medewerkers krijgen een nieuw eerste wachtwoord.")
    ursula.submits()
    ursula.sees(DUTCH.started)
    ursula.closes()
    sees_result(ursula, "Klaar: 2 medewerkers")
    ursula.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    rows = canaries.read_workbook(ursula, FILE, asks_opening_password(ursula))
    assert len(rows) == 2
    assert_passwords_work(company.office.database, rows)


@pytest.mark.office
def test_the_downloaded_workbook_opens_in_libreoffice_with_its_password(
    company, admin_channel, worker, canaries, tmp_path
):
    worker.starts()
    company.cards.add_login(card={"number": "00104", "last_name": "=1+1"})
    hanna = company.hanna
    starts(hanna, "Eén medewerker krijgt een nieuw eerste wachtwoord.")
    sees_result(hanna, "Klaar: één medewerker")
    hanna.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    password = asks_opening_password(hanna)
    canaries.read_workbook(hanna, FILE, password)
    path = reading.write(tmp_path, hanna.downloads(FILE))
    (headings, line) = read_with_libreoffice(path, password)
    row = dict(zip(headings, line, strict=True))
    assert (row["Personeelsnummer"], row["Achternaam"]) == ("00104", "=1+1")
    assert_passwords_work(company.office.database, [row])
