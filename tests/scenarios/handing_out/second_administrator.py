"""A large reset that waits for a second administrator, in people's own words."""

from contextlib import contextmanager
from dataclasses import dataclass

from domain import branch_settings
from domain.audit import AuditAct
from domain.exports.model import PostedFile
from domain.runs.model import Run, RunPhase
from tests.bot.in_slack import eventually
from tests.scenarios.handing_out.people import (
    CHANNEL,
    DUTCH,
    ENGLISH,
    opens_dry_run,
    sees_result,
)

# Messages in channels are in the company's language, whoever reads them.
WAITS = "Wacht op akkoord van een andere beheerder"


@dataclass(frozen=True)
class Words:
    """What the people themselves read, in one language."""

    needed: str
    told: str
    approved: str
    declined: str
    withdrawn: str
    own: str
    not_yours: str
    too_late: str
    you_decided: str
    over: str
    waits_already: str
    by_bram: str
    stopped: str
    declined_by_hanna: str


NL = Words(
    needed="Voor dit aantal mensen is het akkoord van een andere beheerder nodig.",
    told="De taak wacht op akkoord van een andere beheerder, hoogstens 24 uur.",
    approved="U hebt akkoord gegeven voor deze taak.",
    declined="U bent niet akkoord gegaan met deze taak.",
    withdrawn="U hebt deze taak ingetrokken.",
    own="U bent zelf met deze taak begonnen",
    not_yours="Alleen wie met deze taak begon, kan hem intrekken.",
    too_late="hanna was eerder en heeft al over deze taak beslist.",
    you_decided="U hebt al over deze taak beslist.",
    over="Deze taak wacht niet meer op akkoord.",
    waits_already="Een taak van deze vestiging, voor 2 medewerkers, wacht op akkoord",
    by_bram="@bram startte die op 20 november 2026 10:30",
    stopped="Uw taak is gestopt: Reset wachtwoorden en exporteer data · Utrecht",
    declined_by_hanna="Niet akkoord: @hanna wees dit af op 20 november 2026 10:30.",
)
EN = Words(
    needed="For this number of people another administrator has to approve.",
    told="The task waits for the approval of another administrator, at most 24 hours.",
    approved="You approved this task.",
    declined="You declined this task.",
    withdrawn="You withdrew this task.",
    own="You started this task yourself",
    not_yours="Only who started this task can withdraw it.",
    too_late="hanna was first and decided on this task already.",
    you_decided="You decided on this task already.",
    over="This task does not wait for an approval any more.",
    waits_already="A task of this branch for 2 people waits for the approval",
    by_bram="@bram started it on 20 November 2026 10:30",
    stopped="Your task was stopped: Reset passwords and export data · Utrecht",
    declined_by_hanna="Not approved: @hanna declined this on 20 November 2026 10:30.",
)
LANGUAGES = {"nl": (NL, DUTCH), "en": (EN, ENGLISH)}


def asks_above(company, number):
    """From now on more people than this wait."""
    with company.office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            company.branch,
            {"second_administrator_above": number},
            actor=company.cards.hanna,
            now=company.office.clock(),
        )


def speaks(person, language):
    """Choose it on the App Home, where it is not the company's."""
    if language == "en":
        person.opens_home()
        person.presses("English")
        person.sees("You are a")


def starts(person, language="nl"):
    """From the branch screen to a task that waits."""
    words, labels = LANGUAGES[language]
    opens_dry_run(person, labels)
    person.sees(words.needed)
    person.submits()
    person.sees(words.told)
    person.closes()


def everybody_sees(company, text):
    for person in (company.hanna, company.bram, company.ursula):
        sees_result(person, text)


def presses(person, label, *, confirming=False, times=1):
    person.presses(label, in_channel=CHANNEL, confirming=confirming, times=times)


def approves(person):
    presses(person, "Akkoord", confirming=True)


@contextmanager
def nobody_at_work(worker):
    """Nobody rewrites the message meanwhile, so its buttons still stand there."""
    worker.stops()
    yield
    worker.starts()


def run_of(company):
    with company.office.database.reading() as session:
        return session.query(Run).one()


def files(company):
    with company.office.database.reading() as session:
        return session.query(PostedFile).count()


def ends_as(company, failure, sight):
    """It ended without anything handed out, and everybody in the channel reads so."""
    eventually(lambda: run_of(company).result_shown)
    run = run_of(company)
    assert (run.phase, run.failure) == (RunPhase.FAILED, failure)
    for person in (company.hanna, company.bram, company.ursula):
        said = person.reads_channel(CHANNEL)
        assert sight in said
        assert "[ Akkoord ]" not in said
    assert files(company) == 0
    for act in (AuditAct.PASSWORD_RESET, AuditAct.ACCESS_MAILED):
        assert company.cards.events(act) == []


def still_waits(company):
    assert run_of(company).phase is RunPhase.AWAITING_APPROVAL
    assert company.cards.events(AuditAct.RUN_APPROVED) == []


def is_told(person, *sights):
    """Directly, by the app."""
    eventually(lambda: all(each in person.reads_dm() for each in sights))
