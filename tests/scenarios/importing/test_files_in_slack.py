"""Staff lists do not linger in Slack, and a list to check is read by one person."""

import io
from datetime import timedelta

import openpyxl
import pytest

from bot.app import web_client
from bot.worker_tools import outbox_handlers
from domain.secret import Secret
from sandbox.slack import ImpossibleError
from sleutelbos.delivering import deliver_next
from tests.bot.in_slack import eventually
from tests.conftest import DATA
from tests.domain.importing.workbooks import EMAIL
from tests.scenarios.importing.conftest import person

MESSY = DATA / "stamkaarten-rommelig.xlsx"
LEFT = "Verwijder lijst.xlsx zelf uit Slack"


@pytest.fixture
def worker_delivers(company, clock):
    """Let the worker deliver what is due after so long."""
    slack = company.slack
    client = web_client(Secret(slack.bot_token), slack.api_url)

    def deliver(later=timedelta()):
        clock.forward(later)
        handlers = outbox_handlers(company.office, client)
        while deliver_next(company.office.database, handlers, clock):
            pass

    return deliver


def test_a_file_that_slack_lets_go_is_gone_when_the_preview_is_there(
    company, importing
):
    company.slack.files.app_may_delete_any = True
    company.slack.tolerates("file_deleted", "files.info")
    importing.sees_preview(company.hanna, importing.file(person("1")))
    (file,) = importing.files()
    assert file.deleted
    assert "zelf uit Slack" not in company.hanna.screen()
    assert importing.promises() == []
    company.hanna.submits()
    company.hanna.sees("De lijst is geïmporteerd.")
    assert "zelf uit Slack" not in company.hanna.screen()


def test_a_file_that_slack_keeps_is_for_its_owner_to_delete(
    company, importing, worker_delivers
):
    importing.sees_preview(company.hanna, importing.file(person("1")), LEFT)
    assert importing.promises() == []
    company.hanna.submits()
    company.hanna.sees("De lijst is geïmporteerd.")
    company.hanna.sees(LEFT)
    worker_delivers(timedelta(hours=1))
    assert company.hanna.reads_dm() == ""


def test_an_unreadable_file_goes_too(company, importing):
    company.slack.files.app_may_delete_any = True
    company.slack.tolerates("file_deleted", "files.info")
    importing.hands_in(company.hanna, importing.saved(b"a;b"))
    company.hanna.sees("is geen Excel-werkmap")
    (file,) = importing.files()
    assert file.deleted


def test_an_unreadable_file_that_slack_keeps_is_told_of(company, importing):
    importing.hands_in(company.hanna, importing.saved(b"a;b"))
    company.hanna.sees("is geen Excel-werkmap")
    company.hanna.sees(LEFT)


def test_a_slack_that_is_not_well_gets_the_file_deleted_later(
    company, importing, worker_delivers
):
    company.slack.files.app_may_delete_any = True
    company.slack.tolerates("file_deleted", "files.info")
    company.slack.next_call("files.delete").fails(503)
    importing.sees_preview(company.hanna, importing.file(person("1")))
    assert "zelf uit Slack" not in company.hanna.screen()
    (file,) = importing.files()
    assert not file.deleted
    worker_delivers(timedelta(minutes=9))
    assert not file.deleted
    worker_delivers(timedelta(minutes=1))
    assert file.deleted
    assert importing.promises() == []


def test_what_slack_refuses_later_its_owner_is_told_in_a_message(
    company, importing, worker_delivers
):
    company.slack.next_call("files.delete").fails(503)
    importing.sees_preview(company.hanna, importing.file(person("1")))
    worker_delivers(timedelta(minutes=10))
    assert LEFT in company.hanna.reads_dm()
    assert importing.promises() == []


def test_a_bot_that_dies_while_it_reads_leaves_no_file_behind(
    company, importing, worker_delivers
):
    """The promise was kept before anything was asked of Slack."""
    company.slack.files.app_may_delete_any = True
    company.slack.tolerates("file_deleted", "files.info")
    held = company.slack.next_call("url_private").is_held()
    importing.hands_in(company.hanna, importing.file(person("1")))
    held.is_reached()
    (file,) = importing.files()
    worker_delivers(timedelta(minutes=10))
    assert file.deleted
    held.release()
    company.hanna.sees("Slack heeft dit bestand niet meer.")


# The list to check.

LIST = "import-nakijken-2026-11-20.xlsx"
SENT = "De lijst staat bij uw berichten met Sleutelbos"


def asks_for_list(who):
    who.presses("Stuur mij de lijst")
    who.sees(SENT)


def receives_list(who):
    """Close the screen, read the message, open the file."""
    who.closes()
    found = sheets(who.downloads(LIST))
    assert "Hier zijn de rijen van" in who.reads_dm()
    return found


def sheets(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    filled = [c for sheet in book for row in sheet for c in row if c.value is not None]
    assert {cell.data_type for cell in filled} == {"s"}
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in book
    }


def test_what_does_not_fit_comes_as_a_workbook_that_only_one_person_reads(
    company, importing
):
    login = {"number": "900", "email": "oud@example.nl"}
    company.cards.add_login(card=login)
    rows = [person(str(at)) | {"Datum in dienst": "31-02-2020"} for at in range(20)]
    file = importing.file(
        *rows,
        person("900", **{EMAIL: "nieuw@example.nl"}),
        person("901", **{EMAIL: "geen"}),
    )
    hanna = company.hanna
    importing.sees_preview(hanna, file, "20 rijen worden geweigerd", "… en nog 5")
    asks_for_list(hanna)
    hanna.goes_back()
    hanna.sees("Er is nog niets opgeslagen.")
    found = receives_list(hanna)
    assert found["Geweigerd"][:2] == [
        ["Rij", "Personeelsnummer", "Kolom", "Waarde", "Wat er mis is"],
        ["2", "0", "Datum in dienst", "31-02-2020", "is geen bestaande datum"],
    ]
    assert len(found["Geweigerd"]) == 21
    assert found["E-mailadres niet overgenomen"][1] == [
        "23", "901", "E-mailadres", "geen", "is geen bruikbaar e-mailadres",
    ]  # fmt: skip
    assert found["Andere gebruikersnaam"][1] == [
        "22", "900", "oud@example.nl", "nieuw@example.nl",
    ]  # fmt: skip
    for other in (company.bram, company.ursula, company.mo):
        with pytest.raises(ImpossibleError):
            company.slack.patience = 0.1
            other.downloads(LIST)


def test_the_list_can_still_be_had_after_importing(company, importing):
    hanna = company.hanna
    importing.imports(hanna, MESSY)
    asks_for_list(hanna)
    found = receives_list(hanna)
    assert len(found["Geweigerd"]) == 11
    assert len(found["E-mailadres niet overgenomen"]) == 4


def test_a_sent_list_is_deleted_after_24_hours(company, importing, worker_delivers):
    company.slack.tolerates("file_deleted", "files.info")
    hanna = company.hanna
    importing.imports(hanna, MESSY)
    asks_for_list(hanna)
    receives_list(hanna)
    sent = importing.files()[-1]
    worker_delivers(timedelta(hours=23, minutes=59))
    assert not sent.deleted
    worker_delivers(timedelta(minutes=1))
    assert sent.deleted
    assert importing.promises() == []


def test_a_press_that_arrives_twice_sends_one_list(company, importing):
    hanna, slack = company.hanna, company.slack
    slack.tolerates("exchanged_trigger_id")
    importing.imports(hanna, MESSY)
    slack.next_payloads(1).arrive_twice()
    asks_for_list(hanna)
    eventually(lambda: all(each.outcome == "acked" for each in slack.deliveries()))
    receives_list(hanna)
    assert hanna.reads_dm().count("Hier zijn de rijen") == 1


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "upload", "chat.postMessage"]
)
def test_a_list_that_slack_does_not_take_is_asked_for_once_more(
    company, importing, method
):
    hanna, slack = company.hanna, company.slack
    importing.imports(hanna, MESSY)
    slack.next_call(method).fails(503)
    hanna.presses("Stuur mij de lijst")
    hanna.sees("Slack nam de lijst zojuist niet aan.")
    hanna.goes_back()
    asks_for_list(hanna)
    receives_list(hanna)


def test_a_list_whose_half_hour_is_over_is_not_sent(company, importing, clock):
    hanna = company.hanna
    importing.imports(hanna, MESSY)
    clock.forward(timedelta(minutes=30))
    hanna.presses("Stuur mij de lijst")
    hanna.sees("Dit overzicht is niet meer te gebruiken")
    hanna.closes()
    assert hanna.reads_dm() == ""


def test_no_value_of_a_list_becomes_a_formula(company, importing):
    rows = [
        person(str(at)) | {"Datum in dienst": value}
        for at, value in enumerate(["+1+1", "@SUM(A1)", "-1", "\t=1"] * 5)
    ]
    hanna = company.hanna
    importing.hands_in(hanna, importing.file(*rows))
    asks_for_list(hanna)
    found = receives_list(hanna)
    values = {row[3] for row in found["Geweigerd"][1:]}
    assert values == {"+1+1", "@SUM(A1)", "-1", "=1"}
