"""A large reset waits in the admin channel until another administrator decides."""

from datetime import timedelta

import pytest

from domain.audit import AuditAct
from domain.logins.model import PasswordKind
from domain.runs.model import RunFailure
from tests.bot.in_slack import eventually
from tests.handed_over import assert_passwords_work
from tests.scenarios.handing_out.people import (
    CHANNEL,
    asks_opening_password,
    opens_dry_run,
    sees_result,
)
from tests.scenarios.handing_out.people import starts as starts_at_once
from tests.scenarios.handing_out.second_administrator import (
    LANGUAGES,
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
    run_of,
    speaks,
    starts,
    still_waits,
)

FILE = "werknemerslogins-utrecht-2026-11-20.xlsx"
WANTS = (
    "@bram wil 2 medewerkers een nieuw wachtwoord geven, in een Excel-bestand. Akkoord "
    "kan tot 21 november 2026 10:30"
)
both_languages = pytest.mark.parametrize("speech", LANGUAGES)


@pytest.fixture
def branch(company, admin_channel, worker):
    """Two people who never signed in, where one is enough to ask a second one."""
    asks_above(company, 1)
    company.cards.add_logins(2)
    worker.starts()
    return company


@pytest.fixture
def waiting(branch):
    """Bram started a reset, and everybody read that it waits."""
    starts(branch.bram)
    everybody_sees(branch, WAITS)
    return branch


@both_languages
def test_another_administrator_approves_and_the_workbook_comes(
    branch, canaries, speech
):
    bram, hanna = branch.bram, branch.hanna
    words, labels = LANGUAGES[speech]
    speaks(bram, speech)
    speaks(hanna, speech)
    starts(bram, speech)
    sees_result(bram, WAITS)
    sees_result(hanna, WANTS)
    assert files(branch) == 0
    approves(hanna)
    hanna.sees(words.approved)
    sees_result(bram, "Akkoord van @hanna op 20 november 2026 10:30")
    sees_result(bram, "Klaar: 2 medewerkers")
    bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    rows = canaries.read_workbook(bram, FILE, asks_opening_password(bram, labels))
    assert len(rows) == 2
    assert_passwords_work(branch.office.database, rows)


@both_languages
def test_nobody_approves_a_task_of_their_own(waiting, speech):
    bram, words = waiting.bram, LANGUAGES[speech][0]
    speaks(bram, speech)
    approves(bram)
    bram.sees(words.own)
    presses(bram, "Niet akkoord")
    eventually(lambda: bram.reads_channel(CHANNEL).count(words.own) == 2)
    still_waits(waiting)


@both_languages
def test_another_administrator_declines_and_nobody_gets_anything(waiting, speech):
    words = LANGUAGES[speech][0]
    speaks(waiting.bram, speech)
    speaks(waiting.hanna, speech)
    presses(waiting.hanna, "Niet akkoord")
    waiting.hanna.sees(words.declined)
    ends_as(waiting, RunFailure.DECLINED, NL.declined_by_hanna)
    is_told(waiting.bram, words.stopped, words.declined_by_hanna)


@both_languages
def test_who_started_it_withdraws_it(waiting, speech):
    speaks(waiting.bram, speech)
    presses(waiting.bram, "Intrekken")
    waiting.bram.sees(LANGUAGES[speech][0].withdrawn)
    ends_as(waiting, RunFailure.WITHDRAWN, "Ingetrokken door @bram")
    assert waiting.bram.reads_dm() == ""


@both_languages
def test_nobody_else_withdraws_it(waiting, speech):
    speaks(waiting.ursula, speech)
    presses(waiting.ursula, "Intrekken")
    waiting.ursula.sees(LANGUAGES[speech][0].not_yours)
    still_waits(waiting)


@both_languages
def test_who_presses_second_is_told_who_was_first(waiting, worker, speech):
    hanna, ursula, words = waiting.hanna, waiting.ursula, LANGUAGES[speech][0]
    speaks(hanna, speech)
    speaks(ursula, speech)
    with nobody_at_work(worker):
        presses(hanna, "Niet akkoord")
        hanna.sees(words.declined)
        approves(ursula)
        ursula.sees(words.too_late)
        approves(hanna)
        hanna.sees(words.you_decided)
        assert waiting.cards.events(AuditAct.RUN_APPROVED) == []
    ends_as(waiting, RunFailure.DECLINED, "Niet akkoord: @hanna wees dit af")
    is_told(waiting.bram, NL.stopped)


def test_a_double_click_on_akkoord_lets_one_task_go_on(waiting, canaries):
    hanna, bram = waiting.hanna, waiting.bram
    presses(hanna, "Akkoord", confirming=True, times=2)
    hanna.sees(NL.approved)
    hanna.sees(NL.you_decided)
    sees_result(bram, "Klaar: 2 medewerkers")
    bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    assert len(waiting.cards.events(AuditAct.RUN_APPROVED)) == 1
    rows = canaries.read_workbook(bram, FILE, asks_opening_password(bram))
    assert_passwords_work(waiting.office.database, rows)
    assert len(waiting.cards.events(AuditAct.PASSWORD_RESET)) == 2


@both_languages
def test_after_a_day_it_ends_by_itself(waiting, clock, worker, speech):
    words = LANGUAGES[speech][0]
    speaks(waiting.hanna, speech)
    worker.stops()
    clock.forward(timedelta(hours=24))
    approves(waiting.hanna)
    waiting.hanna.sees(words.over)
    worker.starts()
    late = "geen andere beheerder ging binnen 24 uur akkoord"
    ends_as(waiting, RunFailure.APPROVAL_EXPIRED, late)
    is_told(waiting.bram, NL.stopped, late)


def test_a_minute_before_that_it_still_goes_on(waiting, clock, canaries):
    clock.forward(timedelta(hours=23, minutes=59))
    approves(waiting.hanna)
    waiting.hanna.sees(NL.approved)
    sees_result(waiting.bram, "Klaar: 2 medewerkers")
    waiting.bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)


@both_languages
def test_who_would_start_another_is_told_whose_waits_and_for_how_many(waiting, speech):
    hanna = waiting.hanna
    words, labels = LANGUAGES[speech]
    speaks(hanna, speech)
    opens_dry_run(hanna, labels)
    told = hanna.sees(words.waits_already)
    assert words.by_bram in told.text
    hanna.closes()


def test_exactly_the_number_does_not_wait(branch, canaries):
    asks_above(branch, 2)
    starts_at_once(branch.bram, "2 medewerkers krijgen een nieuw eerste wachtwoord.")
    sees_result(branch.bram, "Klaar: 2 medewerkers")
    branch.bram.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    assert run_of(branch).approval_until is None


def test_with_the_number_0_every_task_waits(company, admin_channel, worker):
    asks_above(company, 0)
    login = company.cards.add_login()
    worker.starts()
    starts(company.ursula)
    sees_result(company.bram, "@ursula wil één medewerker een nieuw wachtwoord geven")
    still_waits(company)
    presses(company.ursula, "Intrekken")
    company.ursula.sees(NL.withdrawn)
    ends_as(company, RunFailure.WITHDRAWN, "Ingetrokken door @ursula")
    assert company.cards.login(login).password_kind is PasswordKind.NONE
