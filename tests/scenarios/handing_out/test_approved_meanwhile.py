"""Who may not approve, and who may no longer hand out once it was approved."""

import pytest

from domain.actor import AccountType
from domain.appointments import dismissing
from domain.audit import AuditAct
from domain.logins.model import PasswordKind
from domain.runs.model import RunFailure
from tests.bot.in_slack import eventually
from tests.domain import office as cast
from tests.scenarios.handing_out.people import CHANNEL, sees_result
from tests.scenarios.handing_out.second_administrator import (
    NL,
    WAITS,
    approves,
    asks_above,
    ends_as,
    everybody_sees,
    files,
    is_told,
    nobody_at_work,
    presses,
    starts,
    still_waits,
)

NOBODY = "U beheert geen logins in Sleutelbos."
NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."
STARTER = "@bram mag geen wachtwoorden van deze vestiging meer exporteren."
YOURS = "U mag geen wachtwoorden van deze vestiging meer uitdelen."
APPROVER = "@ursula gaf akkoord, maar mag geen wachtwoorden van deze vestiging meer"


@pytest.fixture
def waiting(company, admin_channel, worker):
    """Bram started a reset of two people, and everybody read that it waits."""
    asks_above(company, 1)
    company.cards.add_logins(2)
    worker.starts()
    starts(company.bram)
    everybody_sees(company, WAITS)
    return company


def loses_branch(company, person):
    company.appoint(person, AccountType.BRANCH_MANAGER, company.cards.amsterdam)


def is_dismissed(company, person):
    actor = {company.bram: company.cards.bram, company.ursula: company.cards.ursula}
    with company.office.database.transaction() as session:
        dismissing.dismiss(
            session,
            actor[person].administrator_id,
            actor=company.cards.hanna,
            now=company.office.clock(),
        )
        cast.forget_notices(session)


either_way = pytest.mark.parametrize("goes", [loses_branch, is_dismissed])


@either_way
def test_an_approver_who_lost_the_role_since_hands_out_nothing(waiting, worker, goes):
    with nobody_at_work(worker):
        approves(waiting.ursula)
        waiting.ursula.sees(NL.approved)
        goes(waiting, waiting.ursula)
    ends_as(waiting, RunFailure.APPROVER_NOT_PERMITTED, APPROVER)
    is_told(waiting.bram, NL.stopped, APPROVER)
    assert all_as_before(waiting)


@either_way
def test_a_starter_who_lost_the_role_since_hands_out_nothing(waiting, worker, goes):
    with nobody_at_work(worker):
        approves(waiting.ursula)
        waiting.ursula.sees(NL.approved)
        goes(waiting, waiting.bram)
    ends_as(waiting, RunFailure.NOT_PERMITTED, STARTER)
    is_told(waiting.bram, NL.stopped, YOURS)
    assert all_as_before(waiting)


@either_way
def test_a_starter_who_lost_the_role_before_akkoord_hands_out_nothing(waiting, goes):
    goes(waiting, waiting.bram)
    approves(waiting.ursula)
    waiting.ursula.sees(NL.approved)
    ends_as(waiting, RunFailure.NOT_PERMITTED, STARTER)
    is_told(waiting.bram, NL.stopped, YOURS)


@pytest.mark.parametrize(
    ("goes", "words"), [(loses_branch, NOT_THERE), (is_dismissed, NOBODY)]
)
@pytest.mark.parametrize("label", ["Akkoord", "Niet akkoord"])
def test_who_lost_the_role_decides_on_nothing(waiting, goes, words, label):
    goes(waiting, waiting.ursula)
    presses(waiting.ursula, label, confirming=label == "Akkoord")
    eventually(lambda: words in waiting.ursula.reads_channel(CHANNEL))
    still_waits(waiting)


def test_who_started_it_and_lost_the_role_withdraws_nothing(waiting):
    is_dismissed(waiting, waiting.bram)
    presses(waiting.bram, "Intrekken")
    eventually(lambda: NOBODY in waiting.bram.reads_channel(CHANNEL))
    still_waits(waiting)


def test_who_reads_along_and_administers_nothing_decides_on_nothing(waiting):
    mo = waiting.mo
    waiting.slack.join(CHANNEL, "mo")
    sees_result(mo, WAITS)
    approves(mo)
    eventually(lambda: NOBODY in mo.reads_channel(CHANNEL))
    still_waits(waiting)


def test_a_manager_of_another_branch_alone_decides_on_nothing(waiting):
    mo = waiting.mo
    waiting.appoint(mo, AccountType.BRANCH_MANAGER, waiting.cards.rotterdam)
    waiting.slack.join(CHANNEL, "mo")
    sees_result(mo, WAITS)
    approves(mo)
    eventually(lambda: NOT_THERE in mo.reads_channel(CHANNEL))
    still_waits(waiting)


def test_who_was_appointed_since_may_approve(waiting):
    mo = waiting.mo
    waiting.slack.join(CHANNEL, "mo")
    sees_result(mo, WAITS)
    waiting.appoint(mo, AccountType.USER, waiting.branch)
    approves(mo)
    mo.sees(NL.approved)
    sees_result(waiting.bram, "Akkoord van @mo op 20 november 2026 10:30")
    sees_result(waiting.bram, "Klaar: 2 medewerkers")
    waiting.bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)


def all_as_before(company):
    assert files(company) == 0
    assert company.slack.calls("files.getUploadURLExternal") == []
    return all(
        login.password_kind is PasswordKind.NONE and login.credential_version == 1
        for login in logins_of(company)
    ) and not company.cards.events(AuditAct.PASSWORD_RESET)


def logins_of(company):
    return [company.cards.login(login_id) for login_id in (1, 2)]
