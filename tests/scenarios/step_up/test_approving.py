"""Of whom codes are asked gives one before *Akkoord* on a large reset counts."""

from datetime import timedelta

import pytest

from domain import branch_settings
from domain.audit import AuditAct
from domain.runs.model import Run, RunFailure, RunPhase
from domain.sign_in import step_up_demands
from tests.bot.in_slack import eventually
from tests.domain.office import forget_notices
from tests.domain.step_up.giving import wrong
from tests.scenarios.step_up.people import (
    CHANNEL,
    DUTCH,
    ENGLISH,
    confirms,
    gives,
    mailed_code,
)

LABELS = {DUTCH: "Akkoord", ENGLISH: "Approve"}
WAITS = {DUTCH: "Wacht op akkoord van een", ENGLISH: "Waits for the approval of"}
TOLD = {DUTCH: "De taak wacht op akkoord", ENGLISH: "The task waits for the approval"}
APPROVED = {
    DUTCH: "U hebt akkoord gegeven voor deze taak.",
    ENGLISH: "You approved this task.",
}
DONE = {DUTCH: "Klaar: één medewerker", ENGLISH: "Done: one person has a new"}
both_languages = pytest.mark.parametrize("language", ["nl", "en"])


@pytest.fixture
def branch(company):
    """Every reset of Utrecht waits for a second administrator."""
    with company.office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            company.branch,
            {"second_administrator_above": 0},
            actor=company.cards.hanna,
            now=company.office.clock(),
        )
    return company


@pytest.fixture
def waiting(branch, words):
    """Bram, of whom no code is asked, started one."""
    starts(branch.bram, words)
    branch.ursula.sees(WAITS[words], in_channel=CHANNEL)
    return branch


def starts(person, words):
    person.types(words.command)
    person.presses(words.export)
    person.submits()
    person.sees(TOLD[words])
    person.closes()


def presses(person, words):
    person.presses(LABELS[words], in_channel=CHANNEL, confirming=True)


def asks_codes_of(company, actor):
    with company.office.database.transaction() as session:
        step_up_demands.require_codes(
            session,
            actor.administrator_id,
            required=True,
            mails=True,
            actor=company.cards.hanna,
            now=company.office.clock(),
        )
        forget_notices(session)


def run_of(company):
    with company.office.database.reading() as session:
        return session.query(Run).one()


@both_languages
def test_akkoord_counts_once_the_code_is_given(waiting, mailbox, words):
    ursula = waiting.ursula
    asks_codes_of(waiting, waiting.cards.ursula)
    presses(ursula, words)
    ursula.sees(words.asks_mail)
    code = mailed_code(mailbox, ursula)
    gives(ursula, wrong(code), words)
    ursula.sees(words.four_left)
    assert run_of(waiting).phase is RunPhase.AWAITING_APPROVAL
    gives(ursula, code, words)
    ursula.sees(words.confirmed)
    # Nothing happens that nobody pressed.
    assert waiting.cards.events(AuditAct.RUN_APPROVED) == []
    ursula.closes()
    presses(ursula, words)
    ursula.sees(APPROVED[words])
    waiting.bram.sees(DONE[words], in_channel=CHANNEL)
    waiting.bram.sees("werknemerslogins-", in_channel=CHANNEL)
    assert run_of(waiting).approver_confirmed_at is not None


def test_a_code_of_a_quarter_of_an_hour_ago_is_no_akkoord(waiting, mailbox, clock):
    ursula = waiting.ursula
    asks_codes_of(waiting, waiting.cards.ursula)
    presses(ursula, DUTCH)
    ursula.sees(DUTCH.asks_mail)
    gives(ursula, mailed_code(mailbox, ursula))
    ursula.sees(DUTCH.confirmed)
    ursula.closes()
    clock.forward(timedelta(minutes=15))
    presses(ursula, DUTCH)
    confirms_anew(ursula, mailbox)
    assert run_of(waiting).phase is RunPhase.AWAITING_APPROVAL


def confirms_anew(person, mailbox):
    person.sees(DUTCH.asks_mail)
    mailed_code(mailbox, person, 2)
    person.closes()


def test_declining_takes_no_code(waiting):
    asks_codes_of(waiting, waiting.cards.ursula)
    waiting.ursula.presses("Niet akkoord", in_channel=CHANNEL)
    waiting.ursula.sees("U bent niet akkoord gegaan met deze taak.")
    eventually(lambda: run_of(waiting).result_shown)
    assert run_of(waiting).failure is RunFailure.DECLINED
    eventually(lambda: "Uw taak is gestopt" in waiting.bram.reads_dm())
    for person in (waiting.hanna, waiting.bram, waiting.ursula):
        assert "@ursula wees dit af" in person.reads_channel(CHANNEL)


def test_both_give_a_code_where_everybody_has_to(branch, request, mailbox):
    # Set up before, without a code.
    request.getfixturevalue("required")
    bram, ursula = branch.bram, branch.ursula
    bram.types(DUTCH.command)
    bram.presses(DUTCH.export)
    bram.submits()
    confirms(bram, mailbox)
    bram.submits()
    bram.sees(TOLD[DUTCH])
    bram.closes()
    ursula.sees(WAITS[DUTCH], in_channel=CHANNEL)
    presses(ursula, DUTCH)
    confirms(ursula, mailbox)
    presses(ursula, DUTCH)
    ursula.sees(APPROVED[DUTCH])
    bram.sees(DONE[DUTCH], in_channel=CHANNEL)
    bram.sees("werknemerslogins-", in_channel=CHANNEL)
    assert len(branch.cards.events(AuditAct.STEP_UP_PASSED)) == 2
