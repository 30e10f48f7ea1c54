"""A mail server that is away, refused addresses, and trying those again."""

from datetime import timedelta

import pytest

from domain.logins.model import Login
from domain.runs.model import Run
from sandbox.slack.blocks import interactive_elements
from tests.bot.in_slack import eventually
from tests.scenarios.handing_out.by_mail.people import (
    DUTCH,
    OWN_TEMPLATE,
    add_template,
    change_template,
    chooses_template,
    letter_to,
    link_in,
    opens_dry_run,
    sees_result,
    starts,
)
from tests.scenarios.handing_out.people import CHANNEL

NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."
REFUSED = {"first_name": "Piet", "last_name": "Pietersen", "email": "piet@example.nl"}
RETRY = "Probeer de mislukte opnieuw"


def runs(company):
    with company.office.database.reading() as session:
        return session.query(Run).all()


def time_goes_on(clock, condition):
    """Pauses are by the office's clock; move it until it is so."""

    def passed():
        clock.forward(timedelta(seconds=20))
        return condition()

    eventually(passed)


def channel_says(company, words):
    return any(words in str(each) for each in company.slack.messages(CHANNEL))


def test_a_mail_server_that_is_away_is_told_and_the_task_goes_on_by_itself(
    company, admin_channel, worker, mailbox, clock
):
    login = company.cards.add_login()
    company.cards.add_login()
    mailbox.go_down()
    worker.starts()
    hanna = company.hanna
    starts(hanna, DUTCH.two)
    waits = "De mailserver neemt nu geen e-mails aan; de taak wacht."
    time_goes_on(clock, lambda: channel_says(company, waits))
    hanna.sees("Oorzaak: die is niet te bereiken.", in_channel=CHANNEL)
    assert company.cards.login(login).credential_version == 2
    mailbox.come_up()
    time_goes_on(clock, lambda: channel_says(company, DUTCH.done_two))
    hanna.sees(DUTCH.done_two, in_channel=CHANNEL)
    hanna.does_not_see(waits, in_channel=CHANNEL)
    # The clock ran past leases, so that a letter in flight may have gone twice.
    messages = {letter.headers.get("Message-ID") for letter in mailbox.letters}
    assert len(messages) == 2
    assert len(company.slack.calls("chat.postMessage")) == 1


@pytest.fixture
def refused(company, admin_channel, worker, mailbox):
    """A mailing of two, of which one address was refused; the login's id."""
    login = company.cards.add_login(card=REFUSED)
    company.cards.add_login()
    mailbox.faults.refuse(REFUSED["email"])
    worker.starts()
    starts(company.hanna, DUTCH.two)
    sees_result(company.hanna, "Klaar: één medewerker heeft een e-mail gekregen.")
    return login


def test_one_refused_address_is_named_and_tried_again_once_it_takes_letters(
    refused, company, mailbox, counter
):
    hanna = company.hanna
    told = "De mailserver weigert het adres van één medewerker."
    hanna.sees(told, in_channel=CHANNEL)
    hanna.presses("Toon lijst", in_channel=CHANNEL)
    hanna.sees("Piet Pietersen")
    hanna.closes()
    mailbox.faults.end()
    hanna.presses(RETRY, in_channel=CHANNEL)
    hanna.sees(DUTCH.one)
    hanna.sees("Emailtemplate: Uitnodiging met een link")
    hanna.sees(DUTCH.link)
    hanna.submits()
    hanna.sees(DUTCH.started)
    hanna.closes()
    letter = letter_to(mailbox, REFUSED["email"])
    assert link_in(letter)
    sees_result(hanna, "Opnieuw geprobeerd door @hanna")
    sees_result(hanna, "De mislukte zijn opnieuw geprobeerd in een andere taak.")
    assert len(runs(company)) == 2
    eventually(lambda: all(run.result_shown for run in runs(company)))
    hanna.reads_channel(CHANNEL)


def test_a_retry_is_shown_anew_when_somebody_got_another_password(refused, company):
    hanna = company.hanna
    hanna.presses(RETRY, in_channel=CHANNEL)
    hanna.sees(DUTCH.one)
    with company.office.database.transaction() as session:
        login = session.get_one(Login, refused)
        login.credential_version += 1
        login.password_set_at = company.office.clock() + timedelta(seconds=1)
    hanna.submits()
    hanna.sees("Er is niemand meer voor wie dit iets zou doen.")
    assert len(runs(company)) == 1


def test_two_who_try_again_at_once_start_one_task(refused, company, mailbox, worker):
    mailbox.faults.end()
    worker.stops()
    hanna, bram = company.hanna, company.bram
    for person in (hanna, bram):
        person.presses(RETRY, in_channel=CHANNEL)
        person.sees(DUTCH.one)
    hanna.submits()
    hanna.sees(DUTCH.started)
    bram.submits()
    bram.sees("@hanna startte die op 20 november 2026")
    assert len(runs(company)) == 2


def test_a_retry_says_when_its_template_says_something_else_by_now(
    company, admin_channel, worker, mailbox
):
    company.cards.add_login(card=REFUSED)
    template_id = add_template(company)
    mailbox.faults.refuse(REFUSED["email"])
    worker.starts()
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(DUTCH.one)
    chooses_template(company, hanna, OWN_TEMPLATE)
    hanna.submits()
    hanna.sees(DUTCH.started)
    hanna.closes()
    sees_result(hanna, "De mailserver weigert het adres van één medewerker.")
    hanna.presses(RETRY, in_channel=CHANNEL)
    hanna.sees(DUTCH.link)
    change_template(company, template_id, body="{{ wachtwoord }}")
    hanna.submits()
    hanna.sees("De emailtemplate is intussen veranderd.")
    hanna.sees("Let op: deze emailtemplate zet een wachtwoord in de e-mail.")
    assert len(runs(company)) == 1


@pytest.mark.parametrize("forged", ["foreign", "0", "x", "9" * 30])
def test_a_forged_mailing_is_neither_listed_nor_retried(forged, refused, company):
    hanna = company.hanna
    hanna.reads_channel(CHANNEL)
    message = company.slack.messages(CHANNEL)[-1]
    (run,) = runs(company)
    if forged == "foreign":
        company.appoint(
            company.bram, company.cards.bram.account_type, company.cards.amsterdam
        )
        forged = str(run.id)
    bram = company.bram
    forge_button(message, "resets.show_reason", f"{forged} address_refused")
    bram.presses("Toon lijst", on=message)
    bram.sees(NOT_THERE)
    bram.closes()
    forge_button(message, "resets.retry_failed", forged)
    bram.presses(RETRY, on=message)
    bram.sees(NOT_THERE)
    bram.closes()
    assert len(runs(company)) == 1


def forge_button(surface, action_id, value):
    """Give a button another value."""
    for _, element in interactive_elements(surface.blocks):
        if element["action_id"] == action_id:
            element["value"] = value
