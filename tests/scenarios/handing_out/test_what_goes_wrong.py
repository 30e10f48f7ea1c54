"""Posting that fails, logins that change meanwhile, answers that get lost."""

from datetime import timedelta

import pytest

from domain.logins.model import Login, PasswordKind
from domain.runs.model import Run, RunRow
from tests.bot.in_slack import eventually
from tests.handed_over import assert_passwords_work
from tests.scenarios.handing_out.people import (
    CHANNEL,
    asks_opening_password,
    sees_result,
    starts,
)

FILE = "werknemerslogins-utrecht-2026-11-20.xlsx"
TWO = "2 medewerkers krijgen een nieuw eerste wachtwoord."
UNDER_THE_FILE = "voor een mailmerge in Word"
RETRY = "Probeer de mislukte opnieuw"
PIET = {"first_name": "Piet", "last_name": "Pietersen", "number": "00104"}


def test_after_a_refused_file_the_failed_ones_are_tried_again(
    company, admin_channel, worker, canaries
):
    logins = [company.cards.add_login() for _ in range(2)]
    company.slack.next_call("files.completeUploadExternal").answers(
        "posting_to_channel_denied"
    )
    company.slack.tolerates("posting_to_channel_denied")
    worker.starts()
    bram, hanna = company.bram, company.hanna
    starts(bram, TWO)
    sees_result(bram, "Mislukt: Slack nam het bestand niet aan.")
    bram.presses("Toon lijst", near="2 medewerkers kregen geen nieuw wachtwoord")
    bram.sees("Jan Jansen")
    bram.closes()
    kinds = {company.cards.login(login).password_kind for login in logins}
    assert kinds == {PasswordKind.NONE}
    hanna.presses(RETRY, in_channel=CHANNEL)
    hanna.sees(TWO)
    hanna.submits()
    hanna.sees("De taak is gestart; voortgang in #beheer-utrecht.")
    hanna.closes()
    second = sees_result(hanna, "Klaar: 2 medewerkers")
    assert "Opnieuw geprobeerd door @hanna" in second.text
    sees_result(hanna, UNDER_THE_FILE)
    password = asks_opening_password(hanna, on=second.surface)
    rows = canaries.read_workbook(hanna, FILE, password)
    assert_passwords_work(company.office.database, rows)
    first = sees_result(bram, "De mislukte zijn opnieuw geprobeerd in een andere taak.")
    assert RETRY not in first.text


def test_the_second_workbook_holds_only_the_failed_ones(
    company, admin_channel, worker, canaries
):
    worker.starts()
    company.cards.add_login()
    broken = company.cards.add_login(card={"last_name": "de\x0bWit", "number": "00104"})
    hanna = company.hanna
    starts(hanna, TWO)
    done = sees_result(hanna, "Klaar: één medewerker heeft een nieuw eerste wachtwoord")
    assert "Eén medewerker staat niet in het bestand" in done.text
    sees_result(hanna, UNDER_THE_FILE)
    rows = canaries.read_workbook(
        hanna, FILE, asks_opening_password(hanna, on=done.surface)
    )
    assert len(rows) == 1
    assert_passwords_work(company.office.database, rows)
    card_id = company.cards.login(broken).record_card_id
    company.cards.change_card(card_id, last_name="de Wit")
    company.slack.tolerates("file_deleted")
    hanna.presses(RETRY, on=done.surface)
    hanna.sees("Eén medewerker krijgt een nieuw eerste wachtwoord.")
    hanna.submits()
    hanna.sees("De taak is gestart")
    hanna.closes()
    eventually(lambda: all(run.result_shown for run in runs(company)))
    second = company.slack.messages(CHANNEL)[-2]
    sees_result(hanna, "Opnieuw geprobeerd door @hanna")
    assert company.cards.login(broken).password_kind is PasswordKind.INITIAL
    assert [run.row_count for run in runs(company)] == [2, 1]
    password = asks_opening_password(hanna, on=second)
    content = newest_file(company)
    (row,) = canaries.rows_of(content, password)
    assert row["Personeelsnummer"] == "00104"
    assert_passwords_work(company.office.database, [row])
    company.bram.reads_channel(CHANNEL)


def runs(company):
    with company.office.database.reading() as session:
        return session.query(Run).order_by(Run.id).all()


def newest_file(company):
    return list(company.slack.files.all.values())[-1].content


ONE = "Eén medewerker krijgt een nieuw eerste wachtwoord."


@pytest.fixture
def failed(company, admin_channel, worker):
    """The message of a run whose file Slack refused; the worker rests."""
    company.cards.add_login()
    company.slack.next_call("files.getUploadURLExternal").answers("invalid_arguments")
    company.slack.tolerates("invalid_arguments")
    worker.starts()
    starts(company.hanna, ONE)
    result = sees_result(company.hanna, "Mislukt: Slack nam het bestand niet aan.")
    worker.stops()
    return result.surface


def test_of_two_who_try_again_the_second_is_told_who_was_first(company, worker, failed):
    for person in (company.hanna, company.bram):
        person.presses(RETRY, on=failed)
        person.sees(ONE)
    company.hanna.submits()
    company.hanna.sees("De taak is gestart")
    company.bram.submits()
    company.bram.sees("Er loopt al een taak voor deze vestiging: @hanna startte die op")
    company.bram.closes()
    company.ursula.presses(RETRY, on=failed)
    company.ursula.sees("@hanna startte die op")
    company.ursula.closes()
    worker.starts()
    eventually(lambda: all(run.result_shown for run in runs(company)))
    company.ursula.reads_channel(CHANNEL)
    assert len(runs(company)) == 2


def test_a_stale_retry_button_says_that_it_was_done(company, worker, failed):
    hanna = company.hanna
    hanna.presses(RETRY, on=failed)
    hanna.sees(ONE)
    company.bram.presses(RETRY, on=failed)
    company.bram.sees(ONE)
    hanna.submits()
    hanna.sees("De taak is gestart")
    worker.starts()
    eventually(lambda: all(run.result_shown for run in runs(company)))
    company.bram.submits()
    company.bram.sees("De mislukte zijn al eerder opnieuw geprobeerd.")
    company.bram.closes()
    company.bram.reads_channel(CHANNEL)


def test_a_failed_login_that_changed_since_is_not_tried_again(company, failed):
    (run,) = runs(company)
    with company.office.database.transaction() as session:
        row = session.query(RunRow).filter_by(run_id=run.id).one()
        session.get_one(Login, row.login_id).credential_version += 1
    company.hanna.presses(RETRY, on=failed)
    company.hanna.sees("Zo krijgt niemand een nieuw wachtwoord.")
    company.hanna.sees("Eén login is intussen door iemand gewijzigd")


def test_trying_again_in_a_spoilt_channel_is_refused(company, failed):
    company.slack.change_channel(CHANNEL, is_ext_shared=True)
    company.bram.presses(RETRY, on=failed)
    company.bram.sees("wordt gedeeld met een andere organisatie")
    company.bram.does_not_see("Opnieuw kijken")
    assert len(runs(company)) == 1


def test_a_login_that_somebody_changed_meanwhile_is_named(
    company, admin_channel, worker, canaries
):
    stays = company.cards.add_login()
    piet = company.cards.add_login(card=PIET)
    held = company.slack.next_call("files.completeUploadExternal").is_held()
    worker.starts()
    hanna, bram = company.hanna, company.bram
    starts(hanna, TWO)
    held.is_reached()
    bram.types("/personeel logins utrecht", channel="algemeen")
    label = "Piet Pietersen · 00104"
    bram.chooses("Zoek op naam of nummer", label, typing="00104")
    bram.sees("Gebruikersnaam: j00104@example.nl")
    bram.presses("Toon nieuw wachtwoord", confirming=True)
    bram.sees("Nieuw wachtwoord van Piet Pietersen")
    eventually(lambda: company.cards.login(piet).credential_version == 2)
    shown = company.cards.login(piet).password_hash
    held.release()
    done = sees_result(hanna, "Eén login is intussen door iemand gewijzigd")
    assert "Klaar: één medewerker" in done.text
    sees_result(hanna, UNDER_THE_FILE)
    hanna.presses("Toon lijst", near="intussen door iemand gewijzigd")
    hanna.sees("Intussen door iemand gewijzigd")
    hanna.sees(label)
    hanna.closes()
    assert company.cards.login(piet).password_hash == shown
    assert company.cards.login(stays).credential_version == 2


LOST = ("files.getUploadURLExternal", "files.completeUploadExternal", "files.info")


@pytest.mark.parametrize("method", LOST)
@pytest.mark.parametrize("fault", ["lost", "error", "limited"])
def test_a_call_that_goes_wrong_once_is_made_up_for(
    company, admin_channel, worker, clock, canaries, method, fault
):
    company.cards.add_login()
    trouble = company.slack.next_call(method)
    {
        "lost": trouble.loses_its_answer,
        "error": trouble.fails,
        "limited": lambda: trouble.is_rate_limited(2),
    }[fault]()
    company.slack.tolerates("file_not_found", method="files.info")
    company.slack.tolerates("file_not_found", method="files.delete")
    company.slack.tolerates("file_deleted", method="files.info")
    worker.starts_hurried()
    hanna = company.hanna
    starts(hanna, "Eén medewerker krijgt een nieuw eerste wachtwoord.")
    eventually(lambda: len(company.slack.calls(method)) >= 1)
    eventually(lambda: moved_on(company, clock, worker))
    sees_result(hanna, "Klaar: één medewerker")
    shared = [file for file in company.slack.files.all.values() if file.shares]
    assert len(shared) == 1
    sees_result(hanna, UNDER_THE_FILE)
    rows = canaries.read_workbook(hanna, FILE, asks_opening_password(hanna))
    (login,) = assert_passwords_work(company.office.database, rows)
    assert login.credential_version == 2


def moved_on(company, clock, worker):
    """Whether the task is told to its end; what waits for its time comes nearer."""
    (run,) = runs(company)
    if run.result_shown:
        return True
    clock.forward(timedelta(seconds=1))
    worker.wakes()
    return False


def test_nothing_is_valid_before_the_share_is_seen(
    company, admin_channel, worker, canaries
):
    login = company.cards.add_login()
    company.slack.files.hold_sharing()
    worker.starts()
    starts(company.hanna, "Eén medewerker krijgt een nieuw eerste wachtwoord.")
    eventually(lambda: len(company.slack.calls("files.info")) >= 2)
    assert company.cards.login(login).password_kind is PasswordKind.NONE
    company.slack.files.release_sharing()
    sees_result(company.hanna, "Klaar: één medewerker")
    sees_result(company.hanna, UNDER_THE_FILE)
    assert company.cards.login(login).password_kind is PasswordKind.INITIAL


def test_a_progress_that_takes_its_time_is_one_message_rewritten(
    company, admin_channel, worker, clock
):
    for _ in range(26):
        company.cards.add_login()
    hanna = company.hanna
    hanna.types("/personeel logins utrecht", channel="algemeen")
    hanna.presses("Exporteren")
    hanna.fills("Dit gaat over 26 mensen. Typ 26 om door te gaan.", "26")
    hanna.submits()
    hanna.sees("De taak is gestart")
    hanna.closes()
    held = company.slack.next_call("files.getUploadURLExternal").is_held()
    worker.starts()
    sees_result(hanna, "Bezig: de wachtwoorden zijn gemaakt")
    held.is_reached()
    held.release()
    sees_result(hanna, "Klaar: 26 medewerkers")
    sees_result(hanna, UNDER_THE_FILE)
    assert len(company.slack.calls("chat.postMessage")) == 1
    assert len(company.slack.calls("chat.update")) >= 1


@pytest.mark.parametrize("drop", ["drop", "refresh"])
def test_a_run_goes_on_when_the_socket_is_lost(company, admin_channel, worker, drop):
    company.cards.add_login()
    hanna = company.hanna
    starts(hanna, "Eén medewerker krijgt een nieuw eerste wachtwoord.")
    [lost] = company.slack.connections.open
    getattr(company.slack.connections, drop)()
    worker.starts()
    sees_result(hanna, "Klaar: één medewerker")
    sees_result(hanna, UNDER_THE_FILE)
    # The SDK looks after its socket every few seconds.
    eventually(
        lambda: [each is lost for each in company.slack.connections.open] == [False]
    )
    asks_opening_password(hanna)
