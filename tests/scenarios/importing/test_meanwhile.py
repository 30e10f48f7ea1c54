"""What happens between a preview and its confirmation, and to those who press twice."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from domain.actor import AccountType
from domain.administrators import Administrator
from domain.audit import AuditAct
from domain.database import Database
from tests.bot.in_slack import bot_at_work, eventually
from tests.domain.importing.workbooks import EMAIL
from tests.scenarios.importing.conftest import person

HALF_AN_HOUR = timedelta(minutes=30)
CHANGED = "De stamkaarten zijn intussen gewijzigd, dus er is niets geïmporteerd."


@contextmanager
def somebody_holds_the_database(company):
    with company.office.database.transaction() as session:
        session.execute(text("UPDATE branch SET name = name"))
        yield


def all_acked(slack):
    return all(sent.outcome == "acked" for sent in slack.deliveries())


def imports_done(company):
    return len(company.cards.events(AuditAct.CARDS_IMPORTED))


# The cards change.


def test_a_preview_that_others_overtook_is_shown_anew_and_then_done(company, importing):
    hanna, bram = company.hanna, company.bram
    importing.sees_preview(hanna, importing.file(person("1"), person("2")), "Nieuw: 2")
    importing.imports(bram, importing.file(person("1"), name="bram.xlsx"))
    hanna.submits()
    hanna.sees(CHANGED)
    hanna.sees("Nieuw: 1")
    hanna.sees("Ongewijzigd: 1")
    assert importing.numbers() == ["1"]
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    assert importing.numbers() == ["1", "2"]
    assert imports_done(company) == 2


def test_a_login_made_meanwhile_is_shown_before_its_user_name_changes(
    company, importing
):
    card_id = company.cards.add_card(number="7", email="oud@example.nl")
    hanna, bram = company.hanna, company.bram
    new = {EMAIL: "nieuw@example.nl"}
    importing.sees_preview(hanna, importing.file(person("7", **new)))
    assert "andere gebruikersnaam" not in hanna.screen()
    bram.types("/personeel logins utrecht")
    bram.presses("Maak werknemerslogins aan")
    bram.submits()
    bram.sees("Eén werknemerslogin is aangemaakt.")
    hanna.submits()
    hanna.sees(CHANGED)
    hanna.sees("Eén werknemerslogin krijgt een andere gebruikersnaam")
    assert company.cards.login_of(card_id).user_name == "oud@example.nl"
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    assert company.cards.login_of(card_id).user_name == "nieuw@example.nl"


def test_two_people_import_other_lists_at_once(company, importing):
    hanna, bram = company.hanna, company.bram
    importing.sees_preview(hanna, importing.file(person("1", "Amsterdam")))
    importing.sees_preview(bram, importing.file(person("2"), name="bram.xlsx"))
    threads = [threading.Thread(target=who.submits) for who in (hanna, bram)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for who in (hanna, bram):
        who.sees("De lijst is geïmporteerd.")
    assert importing.numbers() == ["1", "2"]


# Time passes.


def test_a_preview_is_good_for_half_an_hour(company, importing, clock):
    hanna = company.hanna
    importing.sees_preview(hanna, importing.file(person("1")))
    clock.forward(HALF_AN_HOUR)
    hanna.submits()
    hanna.sees("Dit overzicht is niet meer te gebruiken")
    assert importing.numbers() == []
    hanna.attaches(importing.file(person("1")), "Personeelslijst")
    hanna.submits()
    hanna.sees("Nieuw: 1")


def test_another_bot_than_the_one_that_read_a_list_imports_it(
    slack, office, company, importing
):
    """As after a restart: between preview and confirmation no process is needed."""
    other = replace(office, database=Database(office.database.url))
    with bot_at_work(slack, other):
        importing.sees_preview(company.hanna, importing.file(person("1")))
        company.hanna.submits()
        company.hanna.sees("De lijst is geïmporteerd.")
        handed_in, confirmed = slack.deliveries()[-2:]
        assert handed_in.socket_id != confirmed.socket_id
    other.database.close()
    assert importing.numbers() == ["1"]


def test_cancelling_forgets_the_rows(company, importing):
    for leaves in ("goes_back", "closes"):
        importing.sees_preview(company.hanna, importing.file(person("1")))
        assert len(importing.kept()) == 1
        getattr(company.hanna, leaves)()
        eventually(lambda: importing.kept() == [])
    assert importing.numbers() == []


def test_whoever_closed_the_window_while_it_was_read_cancelled(company, importing):
    hanna, slack = company.hanna, company.slack
    held = slack.next_call("url_private").is_held()
    importing.hands_in(hanna, importing.file(person("1")))
    held.is_reached()
    hanna.closes()
    with capture_logs() as logged:
        held.release()
        eventually(lambda: logged)
    assert [entry["why"] for entry in logged] == ["ViewGoneError"]
    assert importing.kept() == []


def test_a_preview_that_was_closed_is_not_confirmed_from_another_window(
    company, importing
):
    hanna = company.hanna
    importing.sees_preview(hanna, importing.file(person("1")))
    closed = hanna.client.top_view().content["private_metadata"]
    hanna.closes()
    importing.sees_preview(hanna, importing.file(person("2"), name="nieuw.xlsx"))
    hanna.client.top_view().content["private_metadata"] = closed
    hanna.submits()
    hanna.sees("Dit overzicht is niet meer te gebruiken")
    assert importing.numbers() == []


# Twice.


@pytest.mark.parametrize("step", ["reading", "confirming"])
def test_a_submission_that_arrives_twice_has_its_effect_once(company, importing, step):
    hanna, slack = company.hanna, company.slack
    if step == "reading":
        hanna.types("/personeel")
        hanna.presses("Importeren")
        hanna.attaches(importing.file(person("1")), "Personeelslijst")
    else:
        importing.sees_preview(hanna, importing.file(person("1")))
    slack.next_payloads(1).arrive_twice()
    hanna.submits()
    eventually(lambda: all_acked(slack))
    if step == "reading":
        hanna.sees("Nieuw: 1")
        hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    assert imports_done(company) == 1
    assert len(importing.kept()) == 1


def test_a_preview_confirmed_once_more_tells_what_was_done(company, importing):
    """As from another window of the same person, that still shows the preview."""
    hanna = company.hanna
    file = importing.file(person("1"))
    importing.sees_preview(hanna, file)
    seen = hanna.client.top_view().content["private_metadata"]
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    hanna.closes()
    importing.sees_preview(hanna, importing.file(person("2"), name="twee.xlsx"))
    hanna.client.top_view().content["private_metadata"] = seen
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    hanna.sees("lijst.xlsx")
    assert importing.numbers() == ["1"]
    assert imports_done(company) == 1


# Rights.


def dismiss(company, who):
    with company.office.database.transaction() as session:
        user_id = company.identity(who).user_id
        found = session.query(Administrator).filter_by(user_id=user_id).one()
        found.dismissed_at = company.office.clock()


def test_dismissed_before_confirming_imports_nothing(company, importing):
    bram = company.bram
    importing.sees_preview(bram, importing.file(person("1")))
    dismiss(company, bram)
    bram.submits()
    bram.sees("U beheert geen logins in Sleutelbos.")
    assert importing.numbers() == []


def test_dismissed_before_handing_in_is_refused_and_nothing_is_read(company, importing):
    bram = company.bram
    bram.types("/personeel")
    bram.presses("Importeren")
    bram.attaches(importing.file(person("1")), "Personeelslijst")
    dismiss(company, bram)
    bram.submits()
    bram.sees_error("Personeelslijst", "U beheert geen logins in Sleutelbos.")
    assert importing.promises() == []


def test_demoted_before_confirming_is_shown_what_is_left_to_import(company, importing):
    hanna = company.hanna
    file = importing.file(person("1"), person("2", "Amsterdam"))
    importing.sees_preview(hanna, file, "Nieuw: 2")
    company.appoint(company.bram, AccountType.MANAGER)
    company.appoint(hanna, AccountType.USER, company.branch)
    hanna.submits()
    hanna.sees(CHANGED)
    hanna.sees('Vestiging "Amsterdam" is geen vestiging van u')
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")
    assert importing.numbers() == ["1"]


def test_a_preview_of_somebody_else_is_not_confirmed(company, importing):
    hanna, bram = company.hanna, company.bram
    importing.sees_preview(hanna, importing.file(person("1", "Amsterdam")))
    hers = hanna.client.top_view().content["private_metadata"]
    importing.sees_preview(bram, importing.file(person("2"), name="bram.xlsx"))
    bram.client.top_view().content["private_metadata"] = hers
    bram.submits()
    bram.sees("Dit overzicht is niet meer te gebruiken")
    assert importing.numbers() == []
    hanna.submits()
    hanna.sees("De lijst is geïmporteerd.")


@pytest.mark.parametrize("forged", ["{}", "[]", "x", '{"upload":7,"shown":[]}'])
def test_a_forged_preview_reads_as_not_found(company, importing, forged):
    hanna = company.hanna
    importing.sees_preview(hanna, importing.file(person("1")))
    hanna.client.top_view().content["private_metadata"] = forged
    hanna.submits()
    hanna.sees("Dit bestaat niet, of niet in een van uw vestigingen.")
    assert importing.numbers() == []


def test_members_who_administer_nothing_are_told_so(company, importing):
    company.mo.types("/personeel")
    company.mo.sees("U beheert geen logins in Sleutelbos.")
    company.mo.sees_no_modal()


# A busy database.


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
    assert imports_done(company) == 0
