"""Who gets to see the password that opens a workbook, and until when."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.actor import AccountType
from domain.audit import AuditAct
from domain.exports.model import PostedFile
from domain.runs.model import Run
from tests.bot.in_slack import eventually
from tests.passwords import OPENING_PASSWORD
from tests.scenarios.handing_out.people import (
    CHANNEL,
    asks_opening_password,
    sees_result,
    starts,
)

SHOWN = AuditAct.EXPORT_OPENING_PASSWORD_SHOWN
FILE = "werknemerslogins-utrecht-2026-11-20.xlsx"


@pytest.fixture
def export(company, admin_channel, worker):
    """Bram's workbook is in the channel."""
    worker.starts()
    company.cards.add_login()
    starts(company.bram, "Eén medewerker krijgt een nieuw eerste wachtwoord.")
    sees_result(company.bram, "Klaar: één medewerker")
    company.bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)


def test_a_double_click_shows_one_modal_and_is_logged_once(company, export):
    # The second modal takes the place of the first, whose password comes too late.
    company.slack.tolerates("not_found", method="views.update")
    company.bram.presses("Toon openingswachtwoord", in_channel=CHANNEL, times=2)
    shown = company.bram.sees("Hiermee opent u werknemerslogins-")
    assert OPENING_PASSWORD.search(shown.text)
    eventually(lambda: len(company.cards.events(SHOWN)) == 1)
    company.bram.closes()


def test_the_same_password_is_shown_each_time_and_each_time_is_logged(
    company, export, clock
):
    first = asks_opening_password(company.bram)
    clock.forward(timedelta(minutes=1))
    second = asks_opening_password(company.bram)
    assert first.reveal() == second.reveal()
    events = company.cards.events(SHOWN)
    bram = company.cards.bram.administrator_id
    assert [event.administrator_id for event in events] == [bram, bram]


@pytest.mark.parametrize("name", ["hanna", "ursula"])
def test_other_administrators_are_told_politely(company, export, name):
    person = getattr(company, name)
    person.presses("Toon openingswachtwoord", in_channel=CHANNEL)
    shown = person.sees("Alleen wie deze taak startte, krijgt het openingswachtwoord")
    assert OPENING_PASSWORD.search(shown.text) is None
    assert company.cards.events(SHOWN) == []


def test_who_administers_nothing_is_told_so(company, export):
    company.slack.join(CHANNEL, "mo")
    company.mo.presses("Toon openingswachtwoord", in_channel=CHANNEL)
    company.mo.sees("U beheert geen logins in Sleutelbos.")
    assert company.cards.events(SHOWN) == []


def test_who_lost_the_branch_does_not_get_it_any_more(company, export):
    company.appoint(company.bram, AccountType.USER, company.cards.amsterdam)
    company.bram.presses("Toon openingswachtwoord", in_channel=CHANNEL)
    company.bram.sees("Dit bestaat niet, of niet in een van uw vestigingen.")
    assert company.cards.events(SHOWN) == []


def test_after_24_hours_the_file_is_gone_and_the_password_with_it(
    company, export, worker, clock, canaries
):
    bram = company.bram
    canaries.read_workbook(bram, FILE, asks_opening_password(bram))
    clock.forward(timedelta(hours=24))
    bram.presses("Toon openingswachtwoord", in_channel=CHANNEL)
    bram.sees("Het bestand is verwijderd, en het openingswachtwoord ook.")
    bram.closes()
    # That the file is gone is asked of Slack, and this is its answer.
    company.slack.tolerates("file_deleted", method="files.info")
    worker.restarts()
    result = sees_result(bram, "Het bestand is uit #beheer-utrecht verwijderd.")
    assert "Toon openingswachtwoord" not in result.text
    (deleted,) = company.slack.calls("files.delete")
    assert deleted.ok
    assert len(company.cards.events(AuditAct.EXPORT_DELETED)) == 1
    assert FILE not in bram.reads_channel(CHANNEL)
    assert len(company.slack.messages(CHANNEL)) == 2


def test_that_the_file_is_gone_is_told_by_whoever_works_after_a_stop(
    company, export, worker, clock
):
    company.slack.tolerates("file_deleted", method="files.info")
    company.slack.next_call("chat.update").fails()
    told = len(company.slack.calls("chat.update"))
    clock.forward(timedelta(hours=24))
    worker.restarts()
    eventually(lambda: len(company.slack.calls("chat.update")) > told)
    worker.stops()
    company.bram.sees("wordt daar na 24 uur verwijderd", in_channel=CHANNEL)
    clock.forward(timedelta(minutes=5))
    worker.starts()
    sees_result(company.bram, "Het bestand is uit #beheer-utrecht verwijderd.")


def test_a_message_that_somebody_deleted_is_not_posted_anew_for_a_file_that_is_gone(
    company, export, worker, clock
):
    company.slack.tolerates("file_deleted", method="files.info")
    company.slack.next_call("chat.update").answers("message_not_found")
    company.slack.tolerates("message_not_found", method="chat.update")
    clock.forward(timedelta(hours=24))
    worker.restarts()
    eventually(lambda: not company.slack.calls("chat.update")[-1].ok)
    worker.stops()
    assert len(company.slack.calls("chat.postMessage")) == 1
    with company.office.database.reading() as session:
        assert session.scalar(select(Run.result_shown))


def attempts(company):
    with company.office.database.reading() as session:
        return session.scalar(select(PostedFile.deletion_attempts))


def test_a_file_that_slack_keeps_is_to_be_deleted_by_hand(
    company, export, worker, clock
):
    company.slack.tolerates("cant_delete_file", method="files.delete")
    clock.forward(timedelta(hours=24))
    for attempt in range(1, 4):
        # What is in hand is over before the file is due once more.
        worker.stops()
        clock.forward(timedelta(minutes=11))
        company.slack.next_call("files.delete").answers("cant_delete_file")
        worker.starts()
        eventually(lambda attempt=attempt: attempts(company) == attempt)
    worker.wakes()
    sees_result(company.bram, "Het bestand moet met de hand uit #beheer-utrecht")
    told = "Vraag een eigenaar of beheerder van deze Slack-werkruimte om het bestand"
    company.hanna.sees(f"{told} {FILE} in", in_channel=CHANNEL)
