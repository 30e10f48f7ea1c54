"""The main job where Slack calls the bot over HTTP, once each and several times."""

import pytest

from bot.office import Office
from domain.audit import AuditAct
from domain.database import Database
from domain.logins.model import LoginState
from sandbox.slack import Workspace
from sleutelbos import manifest
from tests.bot.in_slack import company_of, eventually
from tests.bot.over_http import bot_over_http, two_bots_behind_a_stuttering_proxy


@pytest.fixture
def slack(clock, tmp_path):
    """A workspace with the app of `manifest --url`; it signs by the office's clock."""
    path = tmp_path / "http.yml"
    path.write_text(manifest.for_http("https://inloggen.voorbeeld.nl"))
    workspace = Workspace.from_manifest(
        path, rate_limits=False, ack_seconds=15, patience=30, clock=clock
    )
    with workspace.serve() as served:
        served.tolerates("hash_conflict", method="views.publish")
        yield served
        served.assert_all_read()


@pytest.fixture
def company(slack, office, locale):
    with company_of(slack, office, locale, bot_over_http) as company:
        yield company


def creates_and_activates(company):
    for _ in range(3):
        company.cards.add_card()
    bram = company.bram
    bram.types("/personeel logins utrecht")
    bram.sees("Stamkaarten:")
    bram.presses("Maak werknemerslogins aan")
    bram.sees("3 werknemerslogins worden aangemaakt, nog inactief.")
    bram.submits()
    bram.sees("3 werknemerslogins zijn aangemaakt.")
    bram.goes_back()
    bram.presses("Maak werknemerslogins actief")
    bram.sees("3 werknemerslogins worden actief gemaakt.")
    bram.submits()
    bram.sees("3 werknemerslogins zijn nu actief.")
    bram.goes_back()
    bram.sees("Actief: 3")


def test_the_main_job_goes_as_over_a_socket(company):
    creates_and_activates(company)
    assert len(company.cards.events(AuditAct.LOGIN_CREATED)) == 3


def test_a_search_and_a_home_are_answered(company):
    company.cards.add_login(LoginState.NEW, card={"number": "00104"})
    company.hanna.opens_home()
    company.hanna.sees("U bent manager")
    company.hanna.types("/personeel")
    company.hanna.presses("Werknemerslogins beheren")
    company.hanna.chooses("Zoek een vestiging", "Utrecht", typing="utr")
    company.hanna.sees("Stamkaarten:")


def test_a_number_that_does_not_fit_is_said_under_its_field(company):
    for _ in range(26):
        company.cards.add_card()
    hanna = company.hanna
    hanna.types("/personeel logins utrecht")
    hanna.presses("Aanmaken")
    label = "Dit gaat over 26 mensen. Typ 26 om door te gaan."
    hanna.fills(label, "25")
    hanna.submits()
    hanna.sees_error(label, "Het gaat om 26 mensen.")


class TestTwoReplicasThatGetEverythingEightTimes:
    @pytest.fixture
    def office(self, database_url, clock, keyring, language):
        database = Database(database_url)
        yield Office(database, clock, keyring, "De Gouden Lepel", language)
        database.close()

    @pytest.fixture
    def company(self, slack, office, locale):
        at_work = two_bots_behind_a_stuttering_proxy
        with company_of(slack, office, locale, at_work) as company:
            yield company

    def test_each_delivery_has_one_effect(self, company):
        creates_and_activates(company)
        assert len(company.cards.events(AuditAct.LOGIN_CREATED)) == 3
        assert len(company.cards.events(AuditAct.LOGIN_ACTIVATED)) == 3
        assert len(company.slack.calls("views.open")) == 1

    def test_a_password_is_shown_once(self, company):
        login_id = company.cards.add_login()
        bram = company.bram
        bram.types("/personeel logins utrecht")
        bram.presses("Openen")
        bram.sees("Gebruikersnaam")
        bram.presses("Toon nieuw wachtwoord", confirming=True)
        bram.sees("Wordt alleen nu getoond")
        eventually(lambda: company.cards.login(login_id).password_hash)
        assert len(company.cards.events(AuditAct.PASSWORD_SHOWN)) == 1
