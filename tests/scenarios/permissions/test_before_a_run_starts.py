"""A role that went away between the submit and the start of the run's work.

Nobody gets a password, nothing is posted, and the message of the run says why.
"""

import pytest

from domain.exports.model import PostedFile
from domain.letters.queueing import KIND as LETTER
from domain.logins.model import Login
from domain.outbox import OutboxMessage
from domain.runs.model import Run, RunFailure
from tests.bot.in_slack import eventually
from tests.scenarios.permissions.journeys import CHANNEL, in_channel
from tests.scenarios.permissions.of_runs import (
    EXPORT,
    MAIL,
    MAIL_NEW,
    approval,
    reset,
    retrying,
)
from tests.scenarios.permissions.test_roles_taken_away import (
    SECRETS,
    takes_away,
    told_since,
)

MAY_NOT = "mag geen wachtwoorden van deze vestiging meer"
RUNS = {
    "export": reset(EXPORT),
    "mail": reset(MAIL),
    "mail who never signed in": reset(MAIL_NEW),
    "try again": retrying,
}


def handed_out(company):
    """All that a run gives people: passwords, letters, files."""
    with company.office.database.reading() as session:
        logins = session.query(
            Login.id, Login.password_hash, Login.credential_version
        ).all()
        letters = session.query(OutboxMessage).filter_by(kind=LETTER).count()
        files = session.query(PostedFile).count()
    return logins, letters, files


def newest_run(company):
    with company.office.database.reading() as session:
        return session.query(Run).order_by(Run.id.desc()).first()


def ends_without_anything(scene, before, failure):
    company = scene.company
    calls = len(company.slack.calls())
    scene.work.is_done()
    run = newest_run(company)
    assert (run.failure, run.result_shown) == (failure, True)
    assert handed_out(company) == before
    told = told_since(company, calls)
    assert [each.findall(told) for each in SECRETS] == [[]] * len(SECRETS)
    for person in (company.hanna, company.bram, company.ursula):
        assert MAY_NOT in person.reads_channel(CHANNEL)
        person.reads_dm()


@pytest.mark.parametrize("way", ["dismissed", "moved"])
@pytest.mark.parametrize("kind", RUNS)
def test_who_lost_the_role_after_submitting_hands_out_nothing(scene, kind, way):
    company, bram = scene.company, scene.company.bram
    RUNS[kind](scene, bram)
    bram.submits()
    bram.sees("De taak")
    bram.closes()
    takes_away(company, bram, way)
    before = handed_out(company)
    ends_without_anything(scene, before, RunFailure.NOT_PERMITTED)


@pytest.mark.parametrize("way", ["dismissed", "moved"])
@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("ursula", RunFailure.NOT_PERMITTED),
        ("bram", RunFailure.APPROVER_NOT_PERMITTED),
    ],
)
def test_of_two_who_began_and_approved_neither_may_lose_it(scene, name, failure, way):
    company, bram = scene.company, scene.company.bram
    approval(scene, bram)
    in_channel("Akkoord", sure=True)(bram)
    eventually(lambda: "U hebt akkoord gegeven" in bram.reads_channel(CHANNEL))
    takes_away(company, company.slack.person(name), way)
    before = handed_out(company)
    ends_without_anything(scene, before, failure)
