"""A database that is busy or broken: nothing is imported, and one may try again."""

from contextlib import contextmanager

from sqlalchemy import text
from structlog.testing import capture_logs

from domain.audit import AuditAct
from tests.scenarios.importing.conftest import person


@contextmanager
def somebody_holds_the_database(company):
    with company.office.database.transaction() as session:
        session.execute(text("UPDATE branch SET name = name"))
        yield


def test_a_busy_database_at_handing_in_is_told_under_the_entry(company, importing):
    hanna = company.hanna
    hanna.types("/personeel")
    hanna.presses("Importeren")
    hanna.attaches(importing.file(person("1")), "Personeelslijst")
    with somebody_holds_the_database(company):
        hanna.submits()
        hanna.sees_error("Personeelslijst", "Er wordt op dit moment veel gewijzigd.")
    hanna.submits()
    hanna.sees("Nieuw: 1")


def test_a_busy_database_at_confirming_leaves_the_preview_to_confirm_again(
    company, importing
):
    hanna = company.hanna
    importing.sees_preview(hanna, importing.file(person("1")))
    with somebody_holds_the_database(company):
        hanna.submits()
        hanna.sees("Er wordt op dit moment veel gewijzigd.")
        hanna.sees("Nieuw: 1")
    assert importing.numbers() == []
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    assert importing.numbers() == ["1"]


def test_a_busy_database_after_reading_asks_for_the_file_again(company, importing):
    hanna, slack = company.hanna, company.slack
    held = slack.next_call("url_private").is_held()
    importing.hands_in(hanna, importing.file(person("1")))
    held.is_reached()
    with somebody_holds_the_database(company):
        held.release()
        hanna.sees("Er wordt op dit moment veel gewijzigd.")
    hanna.attaches(importing.file(person("1")), "Personeelslijst")
    hanna.submits()
    hanna.sees("Nieuw: 1")


def test_an_error_nobody_foresaw_gets_a_number_and_imports_nothing(company, importing):
    hanna = company.hanna
    importing.sees_preview(hanna, importing.file(person("1")))
    with company.office.database.transaction() as session:
        session.execute(text("ALTER TABLE record_card RENAME TO weg"))
    with capture_logs() as logged:
        hanna.submits()
        hanna.sees("Er ging iets mis, en dat ligt niet aan u.")
    with company.office.database.transaction() as session:
        session.execute(text("ALTER TABLE weg RENAME TO record_card"))
    [entry] = [entry for entry in logged if entry["event"] == "slack.unexpected"]
    assert "Wit" not in str(entry)
    assert importing.numbers() == []
    assert company.cards.events(AuditAct.CARDS_IMPORTED) == []
