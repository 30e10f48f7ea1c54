"""One task of a branch at a time, by somebody who may, over whom they were shown."""

import threading

import pytest

from domain.actor import AccountType
from domain.logins.model import LoginState, PasswordKind
from domain.runs.model import Run
from tests.scenarios.handing_out.people import (
    CHANNEL,
    asks_opening_password,
    opens_branch,
    opens_dry_run,
    sees_result,
    starts,
)

ONE = "Eén medewerker krijgt een nieuw eerste wachtwoord."
FIFTY = 50


def runs(company):
    with company.office.database.reading() as session:
        return session.query(Run).all()


# Fifty commands in a minute are more than Slack lets an app serve.
@pytest.mark.parametrize("rate_limits", [False])
def test_of_fifty_people_who_press_at_once_one_starts_the_task(
    company, admin_channel, worker, canaries
):
    login = company.cards.add_login()
    people = [company.slack.add_person(f"manager{n}") for n in range(FIFTY)]
    for person in people:
        company.slack.join(CHANNEL, person.user.name)
        company.slack.join("algemeen", person.user.name)
        company.appoint(person, AccountType.MANAGER)
        opens_dry_run(person)
        person.sees(ONE)
    gate = threading.Barrier(FIFTY)

    def presses(person):
        gate.wait()
        person.submits()

    threads = [threading.Thread(target=presses, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (run,) = runs(company)
    answers = [person.sees("taak").text for person in people]
    first = [n for n, text in enumerate(answers) if "De taak is gestart" in text]
    assert len(first) == 1
    told = f"@manager{first[0]} startte die op 20 november 2026 10:30"
    assert sum(told in text for text in answers) == FIFTY - 1
    worker.starts()
    sees_result(company.bram, "Klaar: één medewerker")
    company.bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    assert company.cards.login(login).credential_version == 2
    assert [run.id] == [known.id for known in runs(company)]


def test_a_submission_that_arrives_twice_starts_one_task(
    company, admin_channel, worker
):
    company.cards.add_login()
    opens_dry_run(company.hanna)
    company.hanna.sees(ONE)
    company.slack.next_payloads(1).arrive_twice()
    company.hanna.submits()
    # Whichever of the two answers came last: the dry run is gone.
    company.hanna.sees("Sluiten")
    assert len(runs(company)) == 1


def test_who_comes_second_is_told_before_typing_a_number(
    company, admin_channel, worker
):
    company.cards.add_login()
    starts(company.bram, ONE)
    opens_dry_run(company.hanna)
    told = company.hanna.sees("@bram startte die op 20 november 2026 10:30")
    assert ONE not in told.text
    assert len(runs(company)) == 1
    worker.starts()
    sees_result(company.hanna, "Klaar: één medewerker")
    company.bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)


def test_a_role_taken_away_before_the_submit_starts_nothing(company, admin_channel):
    company.cards.add_login()
    opens_dry_run(company.bram)
    company.bram.sees(ONE)
    company.appoint(company.bram, AccountType.USER, company.cards.amsterdam)
    company.bram.submits()
    company.bram.sees("Dit bestaat niet, of niet in een van uw vestigingen.")
    assert runs(company) == []


def test_a_role_taken_away_before_the_task_begins_changes_nobody(
    company, admin_channel, worker
):
    login = company.cards.add_login()
    starts(company.bram, ONE)
    company.appoint(company.bram, AccountType.USER, company.cards.amsterdam)
    worker.starts()
    told = "@bram mag geen wachtwoorden van deze vestiging meer exporteren"
    sees_result(company.hanna, told)
    company.hanna.sees("Niemand kreeg een nieuw wachtwoord.", in_channel=CHANNEL)
    assert company.cards.login(login).password_kind is PasswordKind.NONE
    assert company.slack.calls("files.getUploadURLExternal") == []


def test_ticks_that_the_number_is_not_about_are_shown_before_the_task_starts(
    company, admin_channel, worker
):
    for state in (LoginState.ACTIVE, LoginState.LOCKED, LoginState.SWITCHED_OFF):
        company.cards.add_login(state)
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(ONE)
    first = company.slack.next_call("views.update").is_held()
    hanna.ticks("Ook de geblokkeerde logins")
    first.is_reached()
    hanna.unticks("Ook de geblokkeerde logins")
    hanna.ticks("Ook de uitgezette logins")
    hanna.sees("2 medewerkers krijgen een nieuw eerste wachtwoord.")
    first.release()
    hanna.sees("Eén login is uitgezet door een beheerder.")
    hanna.submits()
    hanna.sees("Het aantal is intussen veranderd.")
    hanna.sees("Eén login is geblokkeerd door verkeerde wachtwoorden.")
    assert runs(company) == []
    hanna.submits()
    hanna.sees("De taak is gestart")
    assert [run.row_count for run in runs(company)] == [2]


def test_a_number_that_changed_since_the_dry_run_is_shown_anew(
    company, admin_channel, worker
):
    company.cards.add_login()
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(ONE)
    company.cards.add_login()
    hanna.submits()
    hanna.sees("Het aantal is intussen veranderd.")
    hanna.sees("2 medewerkers krijgen een nieuw eerste wachtwoord.")
    assert runs(company) == []
    hanna.submits()
    hanna.sees("De taak is gestart")
    assert [run.row_count for run in runs(company)] == [2]


def test_a_second_task_soon_after_warns_of_the_first_and_is_not_forbidden(
    company, admin_channel, worker, canaries
):
    worker.starts()
    company.cards.add_login()
    starts(company.bram, ONE)
    sees_result(company.bram, "Klaar: één medewerker")
    company.bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(
        "@bram gaf op 20 november 2026 10:30 één medewerker van deze vestiging een "
        "nieuw wachtwoord."
    )
    hanna.sees("Wat eerder is uitgedeeld, werkt dan niet meer.")
    hanna.submits()
    hanna.sees("De taak is gestart")
    hanna.closes()
    hanna.sees("@hanna krijgt het wachtwoord waarmee het opengaat", in_channel=CHANNEL)
    ended = "Gestart door @hanna op 20 november 2026 10:30 Klaar: één medewerker"
    sees_result(hanna, ended)
    again = "werknemerslogins-utrecht-2026-11-20-2.xlsx"
    assert len(canaries.read_workbook(hanna, again, asks_opening_password(hanna))) == 1


def test_more_than_25_people_ask_for_the_number(company, admin_channel):
    for _ in range(26):
        company.cards.add_login()
    hanna = company.hanna
    opens_dry_run(hanna)
    label = "Dit gaat over 26 mensen. Typ 26 om door te gaan."
    hanna.fills(label, "62")
    hanna.submits()
    hanna.sees_error(label, "Het gaat om 26 mensen.")
    hanna.fills(label, "26")
    hanna.submits()
    hanna.sees("De taak is gestart")


GROUPS = {
    LoginState.NEW: (
        "Eén login is nog nooit actief geweest.",
        "nog nooit actief waren",
    ),
    LoginState.SWITCHED_OFF: (
        "Eén login is uitgezet door een beheerder.",
        "uitgezette",
    ),
    LoginState.EMPLOYMENT_ENDED: ("van iemand die uit dienst is", "uit dienst zijn"),
    LoginState.LOCKED: ("geblokkeerd door verkeerde wachtwoorden", "geblokkeerde"),
}
TICKS = {
    LoginState.NEW: "Ook de logins die nog nooit actief waren",
    LoginState.SWITCHED_OFF: "Ook de uitgezette logins",
    LoginState.EMPLOYMENT_ENDED: "Ook die van mensen die uit dienst zijn",
    LoginState.LOCKED: "Ook de geblokkeerde logins",
}


@pytest.mark.parametrize("state", GROUPS)
def test_a_group_is_left_out_by_name_unless_it_is_ticked(company, admin_channel, state):
    company.cards.add_login()
    card = {"first_name": "Piet", "last_name": "Pietersen", "number": "00104"}
    company.cards.add_login(state, card=card)
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(ONE)
    hanna.presses("Toon lijst", near=GROUPS[state][0])
    hanna.sees("Piet Pietersen · 00104")
    hanna.goes_back()
    hanna.ticks(TICKS[state])
    hanna.sees("2 medewerkers krijgen een nieuw eerste wachtwoord.")
    hanna.does_not_see("Toon lijst")
    hanna.unticks(TICKS[state])
    hanna.sees(ONE)


def test_a_long_list_is_turned_a_page_at_a_time(company, admin_channel):
    for number in range(1, 42):
        company.cards.add_login(sign_in_count=1, card={"number": f"{number:05}"})
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees("Zo krijgt niemand een nieuw wachtwoord.")
    hanna.presses("Toon lijst", near="41 medewerkers hebben al eens ingelogd")
    hanna.sees("00020")
    hanna.does_not_see("00021")
    hanna.presses("Volgende")
    hanna.sees("00040")
    hanna.presses("Volgende")
    hanna.sees("00041")
    hanna.does_not_see("Volgende")
    hanna.presses("Vanaf het begin")
    hanna.sees("00001")


@pytest.mark.parametrize("name", ["hanna", "bram", "ursula"])
def test_every_account_type_is_offered_the_act(company, admin_channel, name):
    person = company.slack.person(name)
    opens_branch(person)
    person.sees("Reset wachtwoorden en exporteer data")


def test_who_did_not_see_that_others_were_first_is_shown_before_it_starts(
    company, admin_channel, worker
):
    login = company.cards.add_login()
    opens_dry_run(company.hanna)
    company.hanna.sees(ONE)
    starts(company.bram, ONE)
    worker.starts()
    sees_result(company.bram, "Klaar: één medewerker")
    company.bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    company.hanna.submits()
    company.hanna.sees("Er zijn intussen wachtwoorden of links uitgedeeld.")
    company.hanna.sees("Let op: één van deze mensen kreeg in de afgelopen 24 uur al")
    assert len(runs(company)) == 1
    assert company.cards.login(login).credential_version == 2
