"""What the dry run of a mailing says and asks before anything is sent."""

from datetime import timedelta

import pytest

from domain.branches import Branch
from domain.letters import email_templates
from domain.logins.model import Login, LoginState, PasswordKind
from domain.runs.model import RowState, Run, RunKind, RunPhase, RunRow
from tests.scenarios.handing_out.by_mail.people import (
    DUTCH,
    ENGLISH,
    OWN_TEMPLATE,
    add_template,
    change_template,
    chooses_template,
    opens_dry_run,
)
from tests.scenarios.handing_out.people import opens_branch

NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."


def runs(company):
    with company.office.database.reading() as session:
        return session.query(Run).all()


@pytest.mark.parametrize("name", ["hanna", "bram", "ursula"])
def test_every_account_type_is_offered_both_acts(company, name):
    person = company.slack.person(name)
    opens_branch(person)
    person.sees("Reset wachtwoorden en stuur email")
    person.sees("Reset wachtwoorden en stuur email voor aantal logins = 0")


@pytest.mark.parametrize("words", [DUTCH, ENGLISH], ids=["nl", "en"])
def test_the_first_act_asks_whom_and_is_loud_about_people_at_work(
    words, company, admin_channel
):
    for count in (0, 3, 5):
        company.cards.add_login(sign_in_count=count)
    company.cards.add_card(email=None)
    hanna = company.hanna
    if words is ENGLISH:
        hanna.opens_home()
        hanna.presses("English")
        hanna.sees("You are a manager")
    opens_dry_run(hanna, words)
    hanna.sees(words.three)
    hanna.sees("⚠️ " + words.whole_branch)
    hanna.sees(words.link)
    hanna.sees(words.in_channel)
    hanna.ticks(words.only_new)
    hanna.sees(words.one)
    hanna.does_not_see("⚠️")
    hanna.ticks(words.whole_branch)
    hanna.sees(words.three)
    hanna.chooses(words.template, words.password_template)
    hanna.sees(words.password)
    hanna.chooses(words.template, words.link_template)
    hanna.sees(words.link)
    assert runs(company) == []


def test_the_second_act_asks_nobody_whom(company, admin_channel):
    company.cards.add_login()
    company.cards.add_login(sign_in_count=1, card={"last_name": "Werkt"})
    hanna = company.hanna
    opens_dry_run(hanna, only_new=True)
    hanna.sees(DUTCH.one)
    hanna.sees("Voor wie nog nooit inlogde (aantal logins = 0).")
    hanna.does_not_see(DUTCH.whole_branch)
    hanna.does_not_see("⚠️")
    hanna.presses("Toon lijst", near="heeft al eens ingelogd")
    hanna.sees("Werkt")
    hanna.goes_back()
    hanna.sees("Een herinnering sturen aan wie dan nog niet heeft ingelogd?")


def test_reminders_are_asked_of_the_second_act_only(company, admin_channel):
    company.cards.add_login()
    opens_dry_run(company.hanna)
    company.hanna.sees(DUTCH.one)
    company.hanna.does_not_see("herinnering")


def test_a_template_with_a_password_is_warned_about(company, admin_channel):
    company.cards.add_login()
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(DUTCH.link)
    hanna.does_not_see("zet een wachtwoord in de e-mail")
    hanna.chooses(DUTCH.template, DUTCH.password_template)
    hanna.sees("Let op: deze emailtemplate zet een wachtwoord in de e-mail.")


@pytest.mark.parametrize("name", ["hanna", "ursula"])
def test_an_example_shows_the_letter_of_somebody_with_made_up_access(
    name, company, admin_channel
):
    company.cards.add_login(card={"first_name": "Sanne", "last_name": "Jansen"})
    person = company.slack.person(name)
    opens_dry_run(person)
    person.sees(DUTCH.link)
    person.presses("Voorbeeld")
    person.sees("Zoals Sanne Jansen de e-mail zou krijgen.")
    person.sees("De link is verzonnen")
    person.goes_back()
    person.chooses(DUTCH.template, DUTCH.password_template)
    person.sees(DUTCH.password)
    person.presses("Voorbeeld")
    person.sees("Het wachtwoord is verzonnen")
    person.goes_back()
    person.sees(DUTCH.one)


def test_templates_of_the_company_and_of_this_branch_are_offered(
    company, admin_channel
):
    company.cards.add_login()
    cards = company.cards
    add_template(company, OWN_TEMPLATE, branch_id=cards.utrecht)
    add_template(company, "Van iedereen")
    add_template(company, "Van Amsterdam", branch_id=cards.amsterdam)
    ursula = company.ursula
    opens_dry_run(ursula)
    ursula.sees(DUTCH.one)
    for name in (OWN_TEMPLATE, "Van iedereen"):
        ursula.chooses(DUTCH.template, name)
        ursula.sees(DUTCH.link)
    with pytest.raises(AssertionError):
        ursula.chooses(DUTCH.template, "Van Amsterdam")


GROUPS = {
    LoginState.NEW: (
        "Eén login is nog nooit actief geweest.",
        "Ook de logins die nog nooit actief waren",
    ),
    LoginState.SWITCHED_OFF: (
        "Eén login is uitgezet door een beheerder.",
        "Ook de uitgezette logins",
    ),
    LoginState.EMPLOYMENT_ENDED: (
        "van iemand die uit dienst is",
        "Ook die van mensen die uit dienst zijn",
    ),
    LoginState.LOCKED: (
        "geblokkeerd door verkeerde wachtwoorden",
        "Ook de geblokkeerde logins",
    ),
}


@pytest.mark.parametrize("only_new", [False, True])
@pytest.mark.parametrize("state", GROUPS)
def test_a_group_is_left_out_by_name_unless_it_is_ticked_for_a_password(
    company, admin_channel, state, only_new
):
    company.cards.add_login()
    company.cards.add_login(state, card={"last_name": "Pietersen", "number": "00104"})
    hanna, (told, tick) = company.hanna, GROUPS[state]
    opens_dry_run(hanna, only_new=only_new)
    hanna.sees("Een link werkt alleen bij een actieve login.")
    hanna.does_not_see(tick)
    hanna.chooses(DUTCH.template, DUTCH.password_template)
    hanna.sees(DUTCH.password)
    hanna.does_not_see("Een link werkt alleen bij een actieve login.")
    hanna.sees(DUTCH.one)
    hanna.presses("Toon lijst", near=told)
    hanna.sees("Jan Pietersen · 00104")
    hanna.goes_back()
    hanna.ticks(tick)
    hanna.sees(DUTCH.two)
    hanna.does_not_see("Toon lijst")
    hanna.unticks(tick)
    hanna.sees(DUTCH.one)
    hanna.ticks(tick)
    hanna.sees(DUTCH.two)
    hanna.chooses(DUTCH.template, DUTCH.link_template)
    hanna.sees(DUTCH.link)
    hanna.sees(DUTCH.one)


def test_who_has_no_address_is_named(company, admin_channel):
    company.cards.add_login()
    company.cards.add_card(email=None, last_name="Zonder", number="00200")
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.presses("Toon lijst", near="heeft geen bruikbaar e-mailadres")
    hanna.sees("Jan Zonder · 00200")


def test_who_has_an_address_and_no_login_is_named(company, admin_channel):
    company.cards.add_login()
    company.cards.add_card(last_name="Nieuw", number="00201")
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees("Eén medewerker krijgt een e-mail.")
    hanna.presses("Toon lijst", near="heeft nog geen werknemerslogin")
    hanna.sees("Nog geen werknemerslogin")
    hanna.sees("Jan Nieuw · 00201")


@pytest.mark.parametrize("mails", [False])
def test_without_mail_nothing_is_offered_to_be_sent(company):
    company.cards.add_login()
    for only_new in (False, True):
        opens_dry_run(company.hanna, only_new=only_new)
        company.hanna.sees("E-mail is nog niet ingesteld, dus er is niets verstuurd.")
        company.hanna.closes()


def test_a_branch_without_admin_channel_mails_all_the_same(company):
    company.cards.add_login()
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees("Deze vestiging heeft geen bruikbaar beheerkanaal.")
    hanna.submits()
    hanna.sees("De taak is gestart; u krijgt de voortgang in een direct bericht.")
    assert [run.channel_id for run in runs(company)] == [hanna.id]


def test_a_public_admin_channel_is_not_used(company):
    company.cards.add_login()
    channel = company.slack.add_channel("open", ["hanna", "bram"])
    with company.office.database.transaction() as session:
        branch = session.get_one(Branch, company.branch)
        branch.admin_channel_id = channel.id
    opens_dry_run(company.hanna)
    company.hanna.sees("Deze vestiging heeft geen bruikbaar beheerkanaal.")
    company.hanna.submits()
    company.hanna.sees("De taak is gestart; u krijgt de voortgang in een direct")
    assert [run.channel_id for run in runs(company)] == [company.hanna.id]


def test_more_than_25_people_ask_for_the_number(company, admin_channel):
    company.cards.add_logins(26)
    hanna = company.hanna
    opens_dry_run(hanna)
    label = "Dit gaat over 26 mensen. Typ 26 om door te gaan."
    for wrong in ("62", "geen idee", "26 en nog wat 1"):
        hanna.fills(label, wrong)
        hanna.submits()
        hanna.sees_error(label, "Het gaat om 26 mensen.")
    assert runs(company) == []
    hanna.fills(label, "26")
    hanna.submits()
    hanna.sees(DUTCH.started)
    assert [run.row_count for run in runs(company)] == [26]


def test_a_number_that_changed_since_the_dry_run_is_shown_anew(company, admin_channel):
    company.cards.add_login()
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(DUTCH.one)
    company.cards.add_login()
    hanna.submits()
    hanna.sees("Het aantal is intussen veranderd.")
    hanna.sees(DUTCH.two)
    assert runs(company) == []
    hanna.submits()
    hanna.sees(DUTCH.started)
    assert [run.row_count for run in runs(company)] == [2]


def test_a_template_that_was_changed_since_is_shown_anew(company, admin_channel):
    company.cards.add_login()
    template_id = add_template(company)
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(DUTCH.one)
    chooses_template(company, hanna, OWN_TEMPLATE)
    change_template(company, template_id, body="{{ wachtwoord }}")
    hanna.submits()
    hanna.sees("De emailtemplate is intussen veranderd.")
    hanna.sees("Let op: deze emailtemplate zet een wachtwoord in de e-mail.")
    assert runs(company) == []
    hanna.submits()
    hanna.sees(DUTCH.started)


def test_a_template_that_was_deleted_since_gives_way_to_the_default(
    company, admin_channel
):
    company.cards.add_login()
    template_id = add_template(company, body="{{ wachtwoord }}")
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.chooses(DUTCH.template, OWN_TEMPLATE)
    hanna.sees("Let op: deze emailtemplate")
    with company.office.database.transaction() as session:
        email_templates.mark_deleted(
            session,
            template_id,
            actor=company.cards.hanna,
            now=company.office.clock(),
        )
    hanna.submits()
    hanna.sees("De emailtemplate is intussen veranderd.")
    hanna.sees(DUTCH.link)
    assert runs(company) == []
    hanna.submits()
    hanna.sees(DUTCH.started)


def test_a_template_chosen_in_the_last_instant_is_shown_before_it_is_sent(
    company, admin_channel
):
    company.cards.add_login()
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(DUTCH.link)
    held = company.slack.next_call("views.update").is_held()
    hanna.chooses(DUTCH.template, DUTCH.password_template)
    held.is_reached()
    hanna.submits()
    hanna.sees("De emailtemplate is intussen veranderd.")
    hanna.sees("Let op: deze emailtemplate zet een wachtwoord in de e-mail.")
    held.release()
    assert runs(company) == []


def test_who_comes_second_is_told_before_anything_else(company, admin_channel):
    company.cards.add_login()
    opens_dry_run(company.bram)
    company.bram.sees(DUTCH.one)
    company.bram.submits()
    company.bram.sees(DUTCH.started)
    opens_dry_run(company.hanna)
    told = company.hanna.sees("@bram startte die op 20 november 2026 10:30")
    assert DUTCH.one not in told.text


def test_of_two_at_once_one_starts_the_task(company, admin_channel):
    company.cards.add_login()
    for person in (company.bram, company.hanna):
        opens_dry_run(person)
        person.sees(DUTCH.one)
    company.hanna.submits()
    company.hanna.sees(DUTCH.started)
    company.bram.submits()
    company.bram.sees("@hanna startte die op 20 november 2026 10:30")
    assert len(runs(company)) == 1


def test_a_submission_that_arrives_twice_starts_one_task(company, admin_channel):
    company.cards.add_login()
    opens_dry_run(company.hanna)
    company.hanna.sees(DUTCH.one)
    company.slack.next_payloads(1).arrive_twice()
    company.hanna.submits()
    company.hanna.sees("Sluiten")
    assert len(runs(company)) == 1


def test_a_double_click_opens_one_dry_run(company, admin_channel):
    company.cards.add_login()
    opens_branch(company.hanna)
    company.hanna.presses(DUTCH.act, times=2)
    company.hanna.sees("U drukte twee keer; sluit dit venster.")
    company.hanna.goes_back()
    company.hanna.sees(DUTCH.one)
    company.hanna.goes_back()
    company.hanna.sees("Stamkaarten:")


def test_a_role_taken_away_before_the_submit_starts_nothing(company, admin_channel):
    company.cards.add_login()
    opens_dry_run(company.bram)
    company.bram.sees(DUTCH.one)
    kind = company.cards.bram.account_type
    company.appoint(company.bram, kind, company.cards.amsterdam)
    company.bram.submits()
    company.bram.sees(NOT_THERE)
    assert runs(company) == []


def test_a_second_task_within_a_day_warns_of_the_first(company, admin_channel, clock):
    login = company.cards.add_login()
    with company.office.database.transaction() as session:
        add_run_of_yesterday(session, company, login)
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees("@bram stuurde op 19 november 2026")


def add_run_of_yesterday(session, company, login):
    """A mailing that Bram ended twenty hours ago."""
    at = company.office.clock() - timedelta(hours=20)
    run = Run(
        branch_id=company.branch,
        started_by=company.cards.bram.administrator_id,
        kind=RunKind.MAIL,
        phase=RunPhase.DONE,
        channel_id="C1",
        row_count=1,
        due_at=at,
        created_at=at,
        ended_at=at,
    )
    session.add(run)
    session.flush()
    session.add(
        RunRow(run_id=run.id, login_id=login, state=RowState.SENT, credential_version=1)
    )


def test_a_password_given_since_the_dry_run_is_shown_before_anything_is_sent(
    company, admin_channel
):
    login = company.cards.add_login()
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(DUTCH.one)
    with company.office.database.transaction() as session:
        given = session.get_one(Login, login)
        given.password_kind = PasswordKind.INITIAL
        given.password_set_at = company.office.clock()
    hanna.submits()
    hanna.sees("Er zijn intussen wachtwoorden of links uitgedeeld.")
    hanna.sees("Let op: één van deze mensen kreeg in de afgelopen 24 uur al")
    assert runs(company) == []
    hanna.submits()
    hanna.sees(DUTCH.started)
