"""*Vestiging instellingen*: what managers set, what is said before, what is refused."""

from dataclasses import replace

import pytest

from domain import branch_settings
from domain.actor import AccountType
from domain.audit import AuditAct
from domain.branches import Branch
from domain.logins.model import LoginState, SecondFactor
from tests.bot.in_slack import eventually

CHANNEL = "beheer-utrecht"
WEEKLY = "Elke maandag om 8.00 uur in het beheerkanaal: wie nog nooit heeft ingelogd"


@pytest.fixture
def office(office):
    """A company that can send e-mail and has an admin channel of its own."""
    return replace(office, mails=True, default_admin_channel="C0DEFAULT")


@pytest.fixture
def channel(company):
    return company.slack.add_channel(CHANNEL, ["hanna", "bram"], private=True)


def opens_settings(person, branch="Utrecht"):
    person.types("/beheer")
    person.presses("Openen", near="Vestiging instellingen")
    person.sees("Vestiging selecteren")
    person.presses("Openen", near=branch)
    person.sees("Toegestane foute pogingen")


def in_dutch(*people):
    for person in people:
        person.opens_home()
        person.presses("Nederlands")
        person.sees("In welke taal")


def settings(company, branch_id=None):
    with company.office.database.reading() as session:
        branch = session.get_one(Branch, branch_id or company.branch)
        return branch_settings.of(branch)


def changes(company):
    return [
        event.details["fields"]
        for event in company.cards.events(AuditAct.BRANCH_CHANGED)
    ]


def test_a_manager_sets_up_a_branch_in_one_act(company, channel):
    hanna = company.hanna
    opens_settings(hanna)
    hanna.fills("Naam van de vestiging", "Utrecht Centraal")
    hanna.fills("Toegestane foute pogingen", "5")
    hanna.fills("Dagen dat eerste wachtwoorden en links werken", "14")
    hanna.chooses("Beheerkanaal", CHANNEL)
    hanna.sees("✓ Sleutelbos en u zitten in dit kanaal, en niemand van buiten.")
    hanna.fills("Tweede beheerder boven hoeveel mensen", "25")
    hanna.ticks(WEEKLY)
    hanna.submits()
    hanna.sees("De instellingen van Utrecht Centraal zijn opgeslagen.")
    assert settings(company) == {
        "name": "Utrecht Centraal",
        "second_factor_required": False,
        "wrong_attempts_allowed": 5,
        "initial_password_days": 14,
        "admin_channel_id": channel.id,
        "second_administrator_above": 25,
        "weekly_digest": True,
    }
    (fields,) = changes(company)
    assert len(fields) == 6
    hanna.closes()
    opens_settings(hanna, "Utrecht Centraal")
    hanna.submits()
    hanna.sees("Er is niets gewijzigd; alles blijft zoals het was.")
    assert len(changes(company)) == 1


@pytest.mark.parametrize("locale", ["en-GB"])
def test_it_reads_in_english_for_who_chose_that(company):
    hanna = company.hanna
    hanna.opens_home()
    hanna.presses("English")
    hanna.sees("You are a manager")
    hanna.types("/manage")
    hanna.presses("Open", near="Branch settings")
    hanna.presses("Open", near="Rotterdam")
    hanna.sees("Two-factor authentication is required")
    hanna.fills("Wrong attempts allowed", "2")
    hanna.submits()
    hanna.sees("Choose a number from 3 to 20.")
    hanna.fills("Wrong attempts allowed", "3")
    hanna.submits()
    hanna.sees("The settings of Rotterdam are saved.")


def test_a_branch_is_found_by_a_part_of_its_name(company):
    hanna = company.hanna
    hanna.types("/beheer")
    hanna.presses("Openen", near="Vestiging instellingen")
    hanna.chooses("Zoek een vestiging", "Rotterdam", typing="rott")
    hanna.sees("Toegestane foute pogingen")
    hanna.fills("Toegestane foute pogingen", "6")
    hanna.submits()
    hanna.sees("De instellingen van Rotterdam zijn opgeslagen.")
    rotterdam = company.cards.rotterdam
    assert settings(company, rotterdam)["wrong_attempts_allowed"] == 6


def test_all_refusals_stand_under_their_entries(company):
    hanna = company.hanna
    opens_settings(hanna)
    hanna.fills("Naam van de vestiging", "\u200b")
    hanna.fills("Toegestane foute pogingen", "21")
    hanna.fills("Dagen dat eerste wachtwoorden en links werken", "31")
    hanna.submits()
    hanna.sees("Typ hoe de vestiging heet.")
    hanna.sees("Kies een getal van 3 tot en met 20.")
    hanna.sees("Kies een getal van 1 tot en met 30.")
    hanna.fills("Naam van de vestiging", "amsterdam")
    hanna.fills("Toegestane foute pogingen", "20")
    hanna.fills("Dagen dat eerste wachtwoorden en links werken", "30")
    hanna.submits()
    hanna.sees("Een andere vestiging heet al zo.")
    assert changes(company) == []


def test_turning_the_second_factor_on_says_whom_it_meets_before(company):
    for _ in range(3):
        company.cards.add_login(LoginState.ACTIVE)
    company.cards.add_login(LoginState.ACTIVE, second_factor=SecondFactor.APP)
    hanna = company.hanna
    opens_settings(hanna)
    hanna.ticks("Twee-factor authenticatie is verplicht")
    hanna.sees("worden 3 medewerkers bij de volgende keer inloggen om een code")
    hanna.sees("Eén doet dat al uit eigen keuze.")
    hanna.unticks("Twee-factor authenticatie is verplicht")
    eventually(lambda: "om een code gevraagd" not in hanna.screen())
    hanna.ticks("Twee-factor authenticatie is verplicht")
    hanna.sees("worden 3 medewerkers")
    hanna.submits()
    hanna.sees("zijn opgeslagen")
    assert settings(company)["second_factor_required"]


def test_saving_before_the_number_was_shown_shows_it_and_saves_nothing(company):
    company.cards.add_login(LoginState.ACTIVE)
    hanna, slack = company.hanna, company.slack
    opens_settings(hanna)
    shown = slack.next_call("views.update").is_held()
    hanna.ticks("Twee-factor authenticatie is verplicht")
    shown.is_reached()
    slack.tolerates("not_found", method="views.update")
    hanna.submits()
    hanna.sees("wordt één medewerker bij de volgende keer inloggen om een code")
    assert changes(company) == []
    shown.release()
    hanna.submits()
    hanna.sees("zijn opgeslagen")
    assert settings(company)["second_factor_required"]


def test_without_e_mail_nobody_is_made_to_give_codes(company, office):
    object.__setattr__(company.office, "mails", False)
    hanna = company.hanna
    opens_settings(hanna)
    hanna.ticks("Twee-factor authenticatie is verplicht")
    hanna.sees("om een code gevraagd")
    hanna.submits()
    hanna.sees("E-mail is nog niet ingesteld, dus niemand zou een code krijgen.")
    assert changes(company) == []


def test_a_channel_without_sleutelbos_says_what_to_type(company):
    slack, hanna = company.slack, company.hanna
    slack.add_channel(CHANNEL, ["hanna"], private=True, with_app=False)
    slack.tolerates("channel_not_found", method="conversations.info")
    opens_settings(hanna)
    hanna.chooses("Beheerkanaal", CHANNEL)
    hanna.sees("typ daar /invite @Sleutelbos en sla opnieuw op.")
    hanna.submits()
    hanna.sees("Opslaan")
    assert changes(company) == []
    slack.join(CHANNEL)
    hanna.submits()
    hanna.sees("zijn opgeslagen")
    assert settings(company)["admin_channel_id"] == slack.channel(CHANNEL).id


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"is_private": False}, "Dit kanaal is openbaar"),
        ({"is_ext_shared": True}, "wordt gedeeld met een andere organisatie"),
        ({"is_archived": True}, "Dit kanaal is gearchiveerd"),
    ],
)
def test_a_channel_is_looked_at_again_when_it_is_saved(company, channel, state, words):
    hanna = company.hanna
    opens_settings(hanna)
    hanna.chooses("Beheerkanaal", CHANNEL)
    hanna.sees("✓ Sleutelbos en u zitten in dit kanaal")
    company.slack.change_channel(CHANNEL, **state)
    hanna.submits()
    hanna.sees(words)
    assert changes(company) == []


def test_a_silent_slack_is_no_permission(company, channel):
    hanna = company.hanna
    opens_settings(hanna)
    hanna.chooses("Beheerkanaal", CHANNEL)
    hanna.sees("✓ Sleutelbos en u zitten in dit kanaal")
    company.slack.next_call("conversations.info").fails("internal_error")
    hanna.submits()
    hanna.sees("Slack liet ons zojuist niet weten wie er in het beheerkanaal zitten.")
    assert changes(company) == []


def test_no_choice_is_the_companys_channel(company, channel):
    hanna = company.hanna
    opens_settings(hanna)
    hanna.chooses("Beheerkanaal", CHANNEL)
    hanna.sees("✓ Sleutelbos en u zitten in dit kanaal")
    hanna.submits()
    hanna.sees("zijn opgeslagen")
    hanna.closes()
    opens_settings(hanna)
    hanna.sees("Leeg: het kanaal van het bedrijf.")
    hanna.clears("Beheerkanaal")
    hanna.submits()
    hanna.sees("zijn opgeslagen")
    assert settings(company)["admin_channel_id"] is None


def test_a_channel_that_one_is_not_in_stays_unless_another_is_chosen(company):
    slack, hanna = company.slack, company.hanna
    theirs = slack.add_channel("beheer-elders", ["bram"], private=True)
    with company.office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            company.branch,
            {"admin_channel_id": theirs.id},
            actor=company.cards.hanna,
            now=company.office.clock(),
        )
    opens_settings(hanna)
    hanna.sees("waar u of Sleutelbos niet in zit")
    hanna.fills("Toegestane foute pogingen", "4")
    hanna.submits()
    hanna.sees("zijn opgeslagen")
    assert settings(company)["admin_channel_id"] == theirs.id
    assert changes(company)[1:] == [["wrong_attempts_allowed"]]


def test_what_another_manager_set_meanwhile_is_shown_and_stays(company):
    slack, hanna = company.slack, company.hanna
    harm = slack.add_person("harm", "Harm Hoek")
    company.appoint(harm, AccountType.MANAGER)
    in_dutch(harm)
    opens_settings(hanna)
    opens_settings(harm)
    harm.fills("Toegestane foute pogingen", "5")
    harm.ticks(WEEKLY)
    harm.submits()
    harm.sees("zijn opgeslagen")
    hanna.fills("Toegestane foute pogingen", "8")
    hanna.submits()
    hanna.sees("intussen iets gewijzigd: Toegestane foute pogingen (5). Kijk nog")
    assert settings(company)["wrong_attempts_allowed"] == 5
    hanna.submits()
    hanna.sees("zijn opgeslagen")
    assert settings(company)["wrong_attempts_allowed"] == 8
    assert settings(company)["weekly_digest"]


def test_branch_managers_and_users_have_no_settings(company):
    for person in (company.bram, company.ursula):
        person.types("/personeel")
        person.sees("Importeren")
        person.does_not_see("Vestiging instellingen")


@pytest.mark.parametrize("kind", [AccountType.BRANCH_MANAGER, AccountType.USER])
def test_who_is_no_manager_any_more_saves_nothing(company, kind):
    hanna, slack = company.hanna, company.slack
    harm = slack.add_person("harm", "Harm Hoek")
    company.appoint(harm, AccountType.MANAGER)
    opens_settings(hanna)
    hanna.fills("Toegestane foute pogingen", "5")
    company.appoint(hanna, kind, company.branch)
    hanna.submits()
    hanna.sees("Met uw type account mag dit niet.")
    assert changes(company) == []
