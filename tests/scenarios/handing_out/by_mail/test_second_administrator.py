"""A mailing over more people than the branch says waits for another administrator."""

import pytest

from domain.audit import AuditAct
from domain.runs.model import RunFailure, RunPhase
from tests.bot.in_slack import eventually
from tests.scenarios.handing_out.by_mail.people import (
    DUTCH,
    ENGLISH,
    chooses_template,
    opens_dry_run,
    password_in,
    runs,
    ticks,
)
from tests.scenarios.handing_out.people import CHANNEL, sees_result
from tests.scenarios.handing_out.second_administrator import (
    LANGUAGES,
    NL,
    WAITS,
    approves,
    asks_above,
    ends_as,
    is_told,
    nobody_at_work,
    presses,
    speaks,
    still_waits,
)

LABELS = {"nl": DUTCH, "en": ENGLISH}
LINK = "@bram wil 2 medewerkers een e-mail sturen met een link om een wachtwoord te"
PASSWORD = "@bram wil 2 medewerkers een e-mail met een nieuw wachtwoord sturen."
REMINDERS = "Herinneringen aan wie dan nog niet heeft ingelogd"
both_languages = pytest.mark.parametrize("speech", LABELS)


@pytest.fixture
def branch(company, admin_channel, worker):
    """Two people who never signed in, where one is enough to ask a second one."""
    asks_above(company, 1)
    company.cards.add_logins(2)
    worker.starts()
    return company


def starts(person, speech="nl", *, only_new=False, chooses=None):
    labels, words = LABELS[speech], LANGUAGES[speech][0]
    opens_dry_run(person, labels, only_new=only_new)
    person.sees(labels.two)
    if chooses is not None:
        chooses()
    person.sees(words.needed)
    person.submits()
    person.sees(words.told)
    person.closes()


def everybody_reads(company, text):
    for person in (company.hanna, company.bram, company.ursula):
        eventually(lambda person=person: text in person.reads_channel(CHANNEL))


@both_languages
@pytest.mark.parametrize("only_new", [False, True])
def test_letters_leave_once_another_administrator_approves(
    branch, mailbox, speech, only_new
):
    bram, hanna = branch.bram, branch.hanna
    speaks(bram, speech)
    speaks(hanna, speech)
    starts(bram, speech, only_new=only_new)
    sees_result(bram, WAITS)
    sees_result(hanna, LINK)
    still_waits(branch)
    assert mailbox.letters == ()
    approves(hanna)
    hanna.sees(LANGUAGES[speech][0].approved)
    mailbox.wait_for(lambda: len(mailbox.letters) == 2, 30)
    eventually(lambda: runs(branch)[0].result_shown)
    for told in (DUTCH.done_two, "Akkoord van @hanna op 20 november 2026 10:30"):
        everybody_reads(branch, told)
    assert len({letter.to for letter in mailbox.letters}) == 2
    assert len(branch.cards.events(AuditAct.ACCESS_MAILED)) == 2


def test_the_message_says_when_letters_bring_passwords(branch, mailbox):
    bram = branch.bram
    starts(
        bram,
        chooses=lambda: chooses_template(branch, bram, DUTCH.password_template),
    )
    sees_result(branch.hanna, PASSWORD)
    approves(branch.hanna)
    branch.hanna.sees(NL.approved)
    mailbox.wait_for(lambda: len(mailbox.letters) == 2, 30)
    assert len({password_in(letter) for letter in mailbox.letters}) == 2
    eventually(lambda: runs(branch)[0].result_shown)
    everybody_reads(branch, DUTCH.done_two)


@both_languages
def test_declined_it_mails_nobody_and_reminds_nobody(branch, mailbox, speech):
    bram, hanna, words = branch.bram, branch.hanna, LANGUAGES[speech][0]
    speaks(bram, speech)
    speaks(hanna, speech)
    days = {"nl": "Na 3 dagen", "en": "After 3 days"}[speech]
    starts(bram, speech, only_new=True, chooses=lambda: ticks(branch, bram, days))
    sees_result(hanna, WAITS)
    sees_result(hanna, f"{REMINDERS}: 23 november 2026")
    presses(hanna, "Niet akkoord")
    hanna.sees(words.declined)
    ends_as(branch, RunFailure.DECLINED, NL.declined_by_hanna)
    assert REMINDERS not in hanna.reads_channel(CHANNEL)
    mail = {"nl": "Reset wachtwoorden en stuur email", "en": "Reset passwords and send"}
    is_told(bram, mail[speech], words.declined_by_hanna)
    assert mailbox.letters == ()


def test_an_approver_who_moved_on_since_mails_nobody(branch, mailbox, worker):
    starts(branch.bram)
    sees_result(branch.ursula, WAITS)
    with nobody_at_work(worker):
        approves(branch.ursula)
        branch.ursula.sees(NL.approved)
        kind = branch.cards.ursula.account_type
        branch.appoint(branch.ursula, kind, branch.cards.amsterdam)
    why = "@ursula gaf akkoord, maar mag geen wachtwoorden van deze vestiging meer"
    ends_as(branch, RunFailure.APPROVER_NOT_PERMITTED, why)
    is_told(branch.bram, why, "Niemand kreeg een e-mail.")
    assert mailbox.letters == ()
    assert [run.phase for run in runs(branch)] == [RunPhase.FAILED]
