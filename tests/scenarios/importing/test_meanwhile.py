"""What happens between a preview and its confirmation, and to those who press twice."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from domain.audit import AuditAct
from domain.database import Database
from tests.bot.in_slack import bot_at_work, eventually
from tests.domain.importing.workbooks import EMAIL
from tests.scenarios.importing.conftest import person

HALF_AN_HOUR = timedelta(minutes=30)
CHANGED = "De stamkaarten zijn intussen gewijzigd, dus er is niets geïmporteerd."


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
