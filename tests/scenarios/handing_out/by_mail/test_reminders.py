"""Reminders: planned in the dry run, begun by the schedule, stopped by a button."""

from datetime import timedelta

import pytest

from bot.delivery.exports import export_channel
from domain.actor import AccountType
from domain.runs.model import Reminder
from sleutelbos.timed_jobs import JobTools, timed_jobs
from tests.scenarios.handing_out.by_mail.people import (
    DUTCH,
    ENGLISH,
    follows_link,
    letter_to,
    opens_dry_run,
    reads_all,
    runs,
    sees_result,
    ticks,
)
from tests.scenarios.handing_out.people import CHANNEL

SANNE = {"first_name": "Sanne", "last_name": "Kanarie", "email": "sanne@example.nl"}
DONE_ONE = "Klaar: één medewerker heeft een e-mail gekregen."
TICKS = {DUTCH: ("Na 3 dagen", "Na 7 dagen"), ENGLISH: ("After 3 days", "After 7 days")}


def reminders(company):
    with company.office.database.reading() as session:
        return session.query(Reminder).order_by(Reminder.after_days).all()


@pytest.fixture
def schedule(company, worker):
    """The job of the schedule, as every replica does it."""
    office = company.office

    def remind(*, mails=True):
        channel = export_channel(worker.client)
        tools = JobTools(
            office.database, office.keyring, office.clock, channel, mails=mails
        )
        (job,) = [job for job in timed_jobs(tools) if job.name == "remind"]
        job.work(lambda: None)
        worker.wakes()

    return remind


@pytest.fixture(params=[DUTCH, ENGLISH], ids=["nl", "en"])
def mailed(request, company, admin_channel, worker, mailbox):
    """One employee was mailed, with reminders after three and seven days."""
    words = request.param
    hanna = company.hanna
    if words is ENGLISH:
        hanna.opens_home()
        hanna.presses("English")
        hanna.sees("You are a manager")
    worker.starts()
    login_id = company.cards.add_login(card=SANNE)
    opens_dry_run(hanna, words, only_new=True)
    hanna.sees(words.one)
    for tick in TICKS[words]:
        ticks(company, hanna, tick)
    hanna.submits()
    hanna.sees(words.started)
    hanna.closes()
    sees_result(hanna, DONE_ONE)
    letter_to(mailbox, SANNE["email"])
    return login_id


def test_who_has_not_signed_in_is_written_to_again_until_she_has(
    mailed, company, mailbox, schedule, counter, clock
):
    clock.forward(timedelta(days=3))
    schedule()
    second = letter_to(mailbox, SANNE["email"], 2)
    sees_result(company.hanna, "Herinnering volgens plan")
    reads_all(company)
    somebody, _page = follows_link(counter, second)
    password = "zeven blauwe theepotten"
    answer = somebody.sends("/herstel", new=password, again=password)
    somebody.follows(answer)
    clock.forward(timedelta(days=4))
    schedule()
    assert all(each.ended_at for each in reminders(company))
    assert len(runs(company)) == 2
    reads_all(company)


def test_the_schedule_comes_twice_and_writes_once(
    mailed, company, mailbox, schedule, clock
):
    clock.forward(timedelta(days=3))
    schedule()
    schedule()
    letter_to(mailbox, SANNE["email"], 2)
    reads_all(company)
    assert len(runs(company)) == 2


def test_without_a_mail_server_a_reminder_waits(mailed, company, schedule, clock):
    clock.forward(timedelta(days=3))
    schedule(mails=False)
    assert len(runs(company)) == 1
    assert not any(each.ended_at for each in reminders(company))


def test_who_lost_the_branch_does_not_stop_them(mailed, company):
    company.appoint(company.bram, AccountType.USER, company.cards.amsterdam)
    company.bram.presses("Herinneringen stoppen", in_channel=CHANNEL, confirming=True)
    company.bram.sees("Dit bestaat niet, of niet in een van uw vestigingen.")
    assert not any(each.ended_at for each in reminders(company))
