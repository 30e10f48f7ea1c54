"""A file that is no staff list: one clear line, and the way to choose another."""

import io

import msoffcrypto.format.ooxml
import pytest
from structlog.testing import capture_logs

from tests.conftest import DATA
from tests.domain.importing import workbooks
from tests.domain.importing.test_refused_files import GOOD
from tests.domain.importing.workbooks import NUMBER
from tests.scenarios.importing.conftest import person


def encrypted():
    sealed = io.BytesIO()
    with (DATA / "stamkaarten.xlsx").open("rb") as file:
        msoffcrypto.format.ooxml.OOXMLFile(file).encrypt("geheim", sealed)
    return sealed.getvalue()


def unpacks_to_too_much():
    sheet = workbooks.sheet_xml("")
    return workbooks.package(sheet, {"xl/media/x.bin": bytes(200_000_001)})


REFUSED = {
    "no workbook": (
        lambda: b"Personeelsnummer;Achternaam;Vestiging\n1;Wit;Utrecht\n",
        "lijst.xlsx is geen Excel-werkmap: open de lijst in Excel",
        "lijst.xlsx is no Excel workbook: open the list in Excel",
    ),
    "damaged": (
        lambda: GOOD[: len(GOOD) // 2],
        "lijst.xlsx is geen Excel-werkmap",
        "lijst.xlsx is no Excel workbook",
    ),
    "encrypted": (
        encrypted,
        "lijst.xlsx is beveiligd met een wachtwoord: bewaar de lijst zonder wachtwoord",
        "lijst.xlsx is protected by a password: save the list without one",
    ),
    "without headings": (
        lambda: workbooks.workbook([["naam", "plaats"], ["Wit", "Utrecht"]]),
        "geen koppen die we herkennen",
        "no headings that we recognise",
    ),
    "without a column": (
        lambda: workbooks.workbook([[NUMBER, "Voornaam"], ["1", "Jan"]]),
        "lijst.xlsx mist een kolom die nodig is: Achternaam, Vestiging.",
        "lijst.xlsx lacks a column that is needed: Last name, Branch.",
    ),
    "large once unpacked": (
        unpacks_to_too_much,
        "lijst.xlsx is uitgepakt te groot",
        "lijst.xlsx is too large once unpacked",
    ),
}


@pytest.mark.parametrize("content", REFUSED)
def test_a_refused_file_says_why_and_another_one_can_be_chosen(
    company, importing, content
):
    make, dutch, _english = REFUSED[content]
    hanna = company.hanna
    importing.hands_in(hanna, importing.saved(make()))
    hanna.sees(dutch)
    assert importing.kept() == []
    hanna.attaches(importing.file(person("1")), "Personeelslijst")
    hanna.submits()
    hanna.sees("Nieuw: 1")
    assert importing.numbers() == []


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("content", REFUSED)
def test_a_refused_file_says_why_in_english(company, importing, language, content):
    make, _dutch, english = REFUSED[content]
    hanna = company.hanna
    hanna.types("/staff")
    hanna.presses("Import")
    hanna.attaches(importing.saved(make()), "Staff list")
    hanna.submits()
    hanna.sees(english)


def test_a_list_without_people_imports_nobody(company, importing):
    importing.hands_in(company.hanna, importing.file())
    company.hanna.sees("deze lijst heeft geen rij die bruikbaar is")
    company.hanna.sees("Nieuw: 0")


def test_a_file_that_slack_deleted_meanwhile_is_chosen_once_more(company, importing):
    hanna, slack = company.hanna, company.slack
    slack.tolerates("file_deleted")
    hanna.types("/personeel")
    hanna.presses("Importeren")
    hanna.attaches(importing.file(person("1")), "Personeelslijst")
    (file,) = importing.files()
    with slack.changed:
        slack.files.delete(file)
    hanna.submits()
    hanna.sees("Slack heeft dit bestand niet meer.")
    assert importing.promises() == []


@pytest.mark.parametrize("method", ["files.info", "url_private"])
def test_a_file_that_slack_does_not_hand_over_is_tried_again(
    company, importing, method
):
    hanna, slack = company.hanna, company.slack
    hanna.types("/personeel")
    hanna.presses("Importeren")
    hanna.attaches(importing.file(person("1")), "Personeelslijst")
    slack.next_call(method).fails(503)
    with capture_logs() as logged:
        hanna.submits()
        hanna.sees("Slack gaf dit bestand niet aan ons door.")
    [entry] = [entry for entry in logged if entry["event"] == "given_file.withheld"]
    assert entry["why"] == "http_503"
    hanna.attaches(importing.file(person("1")), "Personeelslijst")
    hanna.submits()
    hanna.sees("Nieuw: 1")


def test_a_file_with_more_than_ten_megabytes_is_not_asked_for(company, importing):
    hanna, slack = company.hanna, company.slack
    hanna.types("/personeel")
    hanna.presses("Importeren")
    hanna.attaches(importing.file(person("1")), "Personeelslijst")
    (file,) = importing.files()
    with slack.changed:
        file.content = bytes(10 * 1024 * 1024 + 1)
    held = slack.next_call("url_private").is_held()
    hanna.submits()
    hanna.sees("Dit bestand is groter dan 10 MB.")
    held.release()


def test_nobody_hands_in_somebody_elses_file(company, importing):
    """Whatever a forged payload names, only one's own file is read or deleted."""
    hanna, bram, slack = company.hanna, company.bram, company.slack
    bram.types("/personeel")
    bram.presses("Importeren")
    bram.attaches(importing.file(person("1")), "Personeelslijst")
    (hers,) = importing.files()
    ours = slack.files.announce("export.xlsx", 1, slack.bot_user.id)
    ours.content, ours.completed = b"x", True
    for foreign in (hers, ours):
        hanna.types("/personeel")
        hanna.presses("Importeren")
        hanna.attaches(importing.file(person("2")), "Personeelslijst")
        view = hanna.client.top_view()
        ((place, entered),) = view.values.items()
        forged = [file | {"id": foreign.id} for file in entered["files"]]
        view.values[place] = entered | {"files": forged}
        hanna.submits()
        hanna.sees("Slack heeft dit bestand niet meer.")
        hanna.closes()
        assert not foreign.deleted
    assert importing.promises() == []


@pytest.mark.parametrize(
    "files", [[], [{}], [{"id": 7}], [{"id": "../F1"}], ["F1"], None, "F1", 2 * ["x"]]
)
def test_a_submission_without_just_one_file_says_so_under_the_entry(
    company, importing, files
):
    hanna = company.hanna
    hanna.types("/personeel")
    hanna.presses("Importeren")
    hanna.attaches(importing.file(person("1")), "Personeelslijst")
    view = hanna.client.top_view()
    ((place, entered),) = view.values.items()
    # What the client would not send: it is put there after its own check.
    sent = hanna.client.workspace.sockets
    deliver = sent.deliver

    def forging(kind, body, deed):
        values = body["view"]["state"]["values"]
        values[place[0]][place[1]] = entered | {"files": files}
        return deliver(kind, body, deed)

    sent.deliver = forging
    try:
        hanna.submits()
    finally:
        sent.deliver = deliver
    hanna.sees_error("Personeelslijst", "Kies één bestand")
