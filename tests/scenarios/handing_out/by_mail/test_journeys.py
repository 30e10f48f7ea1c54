"""From the branch screen to letters in the mailbox to somebody who signs in."""

import pytest

from domain.audit import AuditAct
from domain.logins.model import PasswordKind
from domain.runs.model import Reminder
from domain.secret import Secret
from tests.bot.in_slack import eventually
from tests.portal.counter import OWN
from tests.scenarios.handing_out.by_mail.people import (
    DUTCH,
    ENGLISH,
    OWN_TEMPLATE,
    add_template,
    chooses_template,
    follows_link,
    letter_to,
    opens_dry_run,
    password_in,
    reads_all,
    sees_result,
    starts,
    ticks,
)
from tests.scenarios.handing_out.people import CHANNEL

DONE_ONE = "Klaar: één medewerker heeft een e-mail gekregen."
SANNE = {"first_name": "Sanne", "last_name": "Kanarie", "email": "sanne@example.nl"}


def signs_in_through(counter, letter, address):
    """By the link: a password of her own, and in."""
    somebody, page = follows_link(counter, letter)
    assert "Hallo Sanne," in page.text
    answer = somebody.sends("/herstel", new=OWN, again=OWN)
    assert "Uw nieuwe wachtwoord is opgeslagen" in somebody.follows(answer).text
    assert "Mijn gegevens" in somebody.signs_in(address, Secret(OWN)).text


def test_manager_mails_a_branch_and_an_employee_signs_in_through_the_link(
    company, admin_channel, worker, mailbox, counter
):
    worker.starts()
    sanne = company.cards.add_login(card=SANNE)
    company.cards.add_login()
    hanna = company.hanna
    starts(hanna, DUTCH.two)
    sees_result(hanna, DUTCH.done_two)
    hanna.sees("Gestart door @hanna op 20 november 2026 10:30", in_channel=CHANNEL)
    hanna.sees("Emailtemplate: Uitnodiging met een link", in_channel=CHANNEL)
    hanna.sees("tot 27 november 2026 10:30", in_channel=CHANNEL)
    assert len(mailbox.letters) == 2
    letter = letter_to(mailbox, SANNE["email"])
    assert company.cards.login(sanne).password_kind is PasswordKind.NONE
    signs_in_through(counter, letter, SANNE["email"])
    login = company.cards.login(sanne)
    assert (login.password_kind, login.sign_in_count) == (PasswordKind.OWN, 1)
    assert len(company.cards.events(AuditAct.ACCESS_MAILED)) == 2
    assert len(company.slack.calls("chat.postMessage")) == 1


def test_user_mails_initial_passwords_in_english_to_who_never_signed_in(
    company, admin_channel, worker, mailbox, counter
):
    worker.starts()
    company.cards.add_login(card=SANNE)
    at_work = company.cards.add_login(sign_in_count=4)
    ursula = company.ursula
    ursula.opens_home()
    ursula.presses("English")
    ursula.sees("You are a user")
    opens_dry_run(ursula, ENGLISH, only_new=True)
    ursula.sees(ENGLISH.one)
    ursula.chooses(ENGLISH.template, ENGLISH.password_template)
    ursula.sees("Mind: this template puts a password into the e-mail.")
    ursula.sees(ENGLISH.password)
    ursula.submits()
    ursula.sees(ENGLISH.started)
    ursula.closes()
    sees_result(ursula, DONE_ONE)
    letter = letter_to(mailbox, SANNE["email"])
    somebody = counter.visitor()
    page = somebody.signs_in(SANNE["email"], password_in(letter))
    assert "Kies een wachtwoord" in page.text
    assert company.cards.login(at_work).credential_version == 1
    assert len(mailbox.letters) == 1


def test_reminders_are_planned_and_stopped_with_the_button_of_the_message(
    company, admin_channel, worker, mailbox
):
    worker.starts()
    company.cards.add_login(card=SANNE)
    hanna = company.hanna
    opens_dry_run(hanna, only_new=True)
    hanna.sees(DUTCH.one)
    ticks(company, hanna, "Na 3 dagen")
    ticks(company, hanna, "Na 14 dagen")
    hanna.submits()
    hanna.sees(DUTCH.started)
    hanna.closes()
    sees_result(hanna, DONE_ONE)
    days = "Herinneringen aan wie dan nog niet heeft ingelogd: 23 november 2026"
    hanna.sees(days, in_channel=CHANNEL)
    hanna.does_not_see("27 november 2026,", in_channel=CHANNEL)
    planned = reminders_of(company)
    assert [each.after_days for each in planned] == [3, 14]
    hanna.presses("Herinneringen stoppen", in_channel=CHANNEL, confirming=True)
    eventually(lambda: all(each.ended_at for each in reminders_of(company)))
    eventually(lambda: "Herinneringen aan wie" not in hanna.reads_channel(CHANNEL))
    hanna.sees("De herinneringen zijn gestopt.")


def reminders_of(company):
    with company.office.database.reading() as session:
        return session.query(Reminder).order_by(Reminder.after_days).all()


def test_branch_manager_mails_the_branchs_own_template(
    company, admin_channel, worker, mailbox, counter
):
    worker.starts()
    company.cards.add_login(card=SANNE)
    body = "Dag {{ voornaam }}, welkom in de keuken van {{ vestiging }}.\n\n{{ link }}"
    add_template(company, body=body, branch_id=company.branch)
    bram = company.bram
    opens_dry_run(bram)
    bram.sees(DUTCH.one)
    chooses_template(company, bram, OWN_TEMPLATE)
    bram.sees(DUTCH.link)
    bram.submits()
    bram.sees(DUTCH.started)
    bram.closes()
    sees_result(bram, f"Emailtemplate: {OWN_TEMPLATE}")
    sees_result(bram, DONE_ONE)
    letter = letter_to(mailbox, SANNE["email"])
    assert letter.subject == "Welkom"
    assert "Dag Sanne, welkom in de keuken van Utrecht." in letter.text
    signs_in_through(counter, letter, SANNE["email"])


def test_who_was_mailed_today_is_left_out_of_the_next_mailing_unless_ticked(
    company, admin_channel, worker, mailbox, counter
):
    worker.starts()
    company.cards.add_login(card=SANNE)
    hanna = company.hanna
    starts(hanna, DUTCH.one)
    sees_result(hanna, DONE_ONE)
    first = letter_to(mailbox, SANNE["email"])
    opens_dry_run(hanna)
    hanna.sees(DUTCH.nobody)
    hanna.sees("Eén medewerker kreeg in de afgelopen 24 uur al een e-mail.")
    ticks(company, hanna, "Ook wie de afgelopen 24 uur al een e-mail kreeg")
    hanna.sees(DUTCH.one)
    hanna.sees("@hanna stuurde op 20 november 2026 10:30 één medewerker")
    hanna.sees("Wat eerder is uitgedeeld, werkt dan niet meer.")
    hanna.submits()
    hanna.sees(DUTCH.started)
    hanna.closes()
    letter = letter_to(mailbox, SANNE["email"], count=2)
    _, page = follows_link(counter, first)
    assert "Deze link werkt niet meer" in page.text
    signs_in_through(counter, letter, SANNE["email"])
    reads_all(company)


def test_without_admin_channel_the_message_goes_to_who_started_it(
    company, worker, mailbox
):
    worker.starts()
    company.cards.add_login(card=SANNE)
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees("in een direct bericht")
    hanna.submits()
    hanna.sees("De taak is gestart; u krijgt de voortgang in een direct bericht.")
    hanna.closes()
    hanna.opens_messages()
    hanna.sees(DONE_ONE)
    hanna.sees("Alleen u kunt dit lezen: de vestiging heeft geen bruikbaar")
    letter_to(mailbox, SANNE["email"])
    assert company.slack.calls("files.getUploadURLExternal") == []


@pytest.mark.parametrize("only_new", [False, True])
def test_a_role_taken_away_before_the_task_begins_mails_nobody(
    only_new, company, admin_channel, worker, mailbox
):
    login = company.cards.add_login(card=SANNE)
    starts(company.bram, DUTCH.one, only_new=only_new)
    company.appoint(
        company.bram, company.cards.bram.account_type, company.cards.amsterdam
    )
    worker.starts()
    told = "@bram mag geen wachtwoorden van deze vestiging meer versturen."
    sees_result(company.hanna, told)
    company.hanna.sees("Niemand kreeg een e-mail.", in_channel=CHANNEL)
    assert company.cards.login(login).credential_version == 1
    assert mailbox.letters == ()
