"""A PDF of one's own: put in with the template, or refused without losing a word."""

import pytest
from structlog.testing import capture_logs

from domain.letters import attachments
from domain.letters.model import Attached, Attachment
from domain.outbox import OutboxMessage
from tests.scenarios.templates.writing import LINK_TEXT

OWN = "Een eigen pdf"
FILE = "Eigen pdf"
MEGABYTE = 1024 * 1024


def pdf(size=1000):
    """Bytes that a reader takes for a PDF."""
    head, tail = b"%PDF-1.7\n", b"\n%%EOF\n"
    return head + b"x" * (size - len(head) - len(tail)) + tail


@pytest.fixture
def file(tmp_path):
    def saved(content, name="Huisregels.pdf"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return saved


def puts_in(templates, who, path, text=LINK_TEXT):
    templates.opens_list(who)
    templates.begins(who, text=text)
    who.ticks(OWN)
    who.attaches(path, FILE)
    who.submits()


def promises(company):
    with company.office.database.reading() as session:
        return session.query(OutboxMessage).filter_by(ended_at=None).all()


def kept(company):
    with company.office.database.reading() as session:
        return session.query(Attachment).all()


def test_a_pdf_goes_along_with_the_template_and_with_its_copy(company, templates, file):
    hanna = company.hanna
    puts_in(templates, hanna, file(pdf()))
    hanna.sees("Opgeslagen: Welkom.")
    hanna.sees("Bijlage: Huisregels.pdf")
    hanna.sees("Huisregels.pdf blijft in Slack staan")
    hanna.goes_back()
    hanna.sees("Opgeslagen: Welkom.")
    version = templates.version()
    assert version.attached is Attached.FILE
    with company.office.database.reading() as session:
        content = attachments.content_of(session, version.attachment_id)
    assert content == pdf()
    templates.opens(hanna)
    hanna.sees("Een eigen pdf: Huisregels.pdf")
    templates.looks_at(hanna)
    hanna.sees("Bijlage: Huisregels.pdf")
    hanna.goes_back()
    hanna.presses("Kopiëren")
    hanna.sees("Kopie van Welkom")
    hanna.submits()
    hanna.sees("Opgeslagen: Kopie van Welkom.")
    copy = templates.version("Kopie van Welkom")
    assert copy.attachment_id == version.attachment_id
    assert promises(company) == []


def test_a_file_that_slack_lets_go_of_is_gone_from_there(company, templates, file):
    company.slack.files.app_may_delete_any = True
    company.slack.tolerates("file_deleted", "files.info")
    hanna = company.hanna
    puts_in(templates, hanna, file(pdf()))
    hanna.sees("Bijlage: Huisregels.pdf")
    hanna.does_not_see("blijft in Slack staan")
    (theirs,) = company.slack.files.all.values()
    assert theirs.deleted
    assert len(kept(company)) == 1
    assert promises(company) == []


def test_who_closes_the_window_while_the_pdf_is_fetched_finds_it_on_the_list(
    company, templates, file
):
    hanna = company.hanna
    held = company.slack.next_call("url_private").is_held()
    puts_in(templates, hanna, file(pdf()))
    hanna.sees("De pdf wordt opgehaald.")
    hanna.goes_back()
    held.release()
    hanna.sees("Opgeslagen: Welkom.")
    assert len(kept(company)) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (pdf(6 * MEGABYTE), "Huisregels.pdf is groter dan 5 MB."),
        (b"%PDX no such thing", "Huisregels.pdf is geen pdf, of beschadigd."),
        (pdf()[:-7], "Huisregels.pdf is geen pdf, of beschadigd."),
        (
            pdf().replace(b"xxxxxxxxxxxxxxxxxxxx", b"/Encrypt 12 0 R     ", 1),
            "Huisregels.pdf is beveiligd, zodat niet iedereen het kan openen.",
        ),
    ],
    ids=["6 MB", "no PDF", "damaged", "protected"],
)
def test_a_refused_pdf_says_why_and_nothing_typed_is_lost(
    company, templates, file, content, why
):
    hanna = company.hanna
    puts_in(templates, hanna, file(content))
    hanna.sees(why)
    assert templates.names() == []
    assert kept(company) == []
    assert promises(company) == []
    hanna.attaches(file(pdf()), FILE)
    hanna.submits()
    hanna.sees("Opgeslagen: Welkom.")
    assert templates.version().body_nl == LINK_TEXT


def test_a_pdf_is_not_taken_while_something_else_is_wrong(company, templates, file):
    hanna = company.hanna
    puts_in(templates, hanna, file(pdf()), text="Zonder")
    hanna.sees_error("Tekst (Nederlands)", "In de tekst hoort {{ link }}")
    assert promises(company) == []
    hanna.fills("Tekst (Nederlands)", LINK_TEXT)
    hanna.submits()
    hanna.sees("Bijlage: Huisregels.pdf")


def test_a_pdf_and_the_choice_above_it_have_to_agree(company, templates, file):
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.begins(hanna)
    hanna.ticks(OWN)
    hanna.submits()
    hanna.sees_error(FILE, "Kies de pdf die meegaat")
    hanna.attaches(file(pdf()), FILE)
    hanna.ticks("Geen bijlage")
    hanna.submits()
    hanna.sees_error(FILE, "Kies hierboven “Een eigen pdf”")
    assert templates.names() == []
    hanna.ticks(OWN)
    hanna.submits()
    hanna.sees("Bijlage: Huisregels.pdf")


def test_nobody_hands_in_somebody_elses_file(company, templates, file):
    hanna, slack = company.hanna, company.slack
    theirs = slack.files.announce("geheim.pdf", len(pdf()), company.bram.id)
    theirs.content, theirs.completed = pdf(), True
    templates.opens_list(hanna)
    templates.begins(hanna)
    hanna.ticks(OWN)
    hanna.attaches(file(pdf()), FILE)
    view = hanna.client.top_view()
    (place,) = (at for at, held in view.values.items() if held["type"] == "file_input")
    forged = [each | {"id": theirs.id} for each in view.values[place]["files"]]
    view.values[place] = view.values[place] | {"files": forged}
    hanna.submits()
    hanna.sees("Slack heeft dit bestand niet meer.")
    assert not theirs.deleted
    assert templates.names() == []
    assert kept(company) == []


def test_a_file_that_slack_withholds_is_logged_and_chosen_once_more(
    company, templates, file
):
    hanna, slack = company.hanna, company.slack
    slack.next_call("url_private").fails(503)
    with capture_logs() as logged:
        puts_in(templates, hanna, file(pdf()))
        hanna.sees("Slack gaf dit bestand niet aan ons door.")
    events = [each for each in logged if each["event"] == "given_file.withheld"]
    assert [each["why"] for each in events] == ["http_503"]
    hanna.attaches(file(pdf()), FILE)
    hanna.submits()
    hanna.sees("Bijlage: Huisregels.pdf")


def test_another_pdf_takes_the_place_of_the_one_before(company, templates, file):
    hanna = company.hanna
    puts_in(templates, hanna, file(pdf()))
    hanna.sees("Bijlage: Huisregels.pdf")
    hanna.goes_back()
    templates.opens(hanna)
    hanna.attaches(file(pdf(2000), "Nieuw.pdf"), "Andere pdf")
    hanna.submits()
    hanna.sees("Bijlage: Nieuw.pdf")
    hanna.goes_back()
    templates.opens(hanna)
    hanna.presses("Geschiedenis")
    hanna.sees("Gewijzigd: Bijlage")
    hanna.presses("Versie 1")
    hanna.sees("Bijlage: Huisregels.pdf")
