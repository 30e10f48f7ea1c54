"""Double clicks, repeated deliveries, others at work, and what is not set up."""

import pytest

from domain.administrators import Administrator
from domain.audit import AuditAct
from domain.letters.queueing import KIND
from domain.outbox import OutboxMessage
from domain.runs.model import Reminder, Run
from tests.bot.in_slack import eventually
from tests.domain.runs import mailing
from tests.scenarios.templates.writing import HER_ADDRESS, LINK_TEXT, PASSWORD_TEXT

THEIRS = "Van een ander {{ link }}"


def letters(company):
    with company.office.database.reading() as session:
        return session.query(OutboxMessage).filter_by(kind=KIND).all()


def all_acked(slack):
    return all(sent.outcome == "acked" for sent in slack.deliveries())


def opens_preview(templates, hanna):
    templates.opens_list(hanna)
    templates.opens(hanna)
    templates.looks_at(hanna)
    hanna.sees("Zoals Jan Jansen")


def test_a_submission_that_arrives_twice_saves_once(company, templates):
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.begins(hanna)
    company.slack.next_payloads(1).arrive_twice()
    hanna.submits()
    hanna.sees("Opgeslagen: Welkom.")
    eventually(lambda: all_acked(company.slack))
    assert templates.names() == ["Welkom"]
    assert len(company.cards.events(AuditAct.TEMPLATE_ADDED)) == 1


def test_two_submissions_of_one_window_save_once(company, templates):
    """What a client might send that does not wait for the first answer."""
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.begins(hanna)
    workspace = hanna.client.workspace
    view = hanna.client.top_view()
    hanna.client.submit(view)
    view.submitting = False
    hanna.client.submit(view)
    hanna.sees("Opgeslagen: Welkom.")
    eventually(lambda: all_acked(workspace))
    assert templates.names() == ["Welkom"]
    assert len(company.cards.events(AuditAct.TEMPLATE_ADDED)) == 1


def test_a_double_click_on_the_test_sends_one(company, templates):
    templates.add()
    hanna = company.hanna
    opens_preview(templates, hanna)
    company.slack.tolerates("hash_conflict")
    hanna.presses("Stuur test naar mijzelf", times=2)
    hanna.sees("Er is een test onderweg naar h•••@example.nl.")
    eventually(lambda: all_acked(company.slack))
    assert len(letters(company)) == 1


def test_a_press_for_a_test_that_arrives_twice_sends_one(company, templates):
    templates.add()
    hanna = company.hanna
    opens_preview(templates, hanna)
    company.slack.tolerates("hash_conflict")
    company.slack.next_payloads(1).arrive_twice()
    hanna.presses("Stuur test naar mijzelf")
    hanna.sees("Er is een test onderweg naar h•••@example.nl.")
    eventually(lambda: all_acked(company.slack))
    assert len(letters(company)) == 1


def test_a_double_click_on_delete_deletes_once_and_says_so(company, templates):
    templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.opens(hanna)
    company.slack.tolerates("hash_conflict")
    hanna.presses("Verwijderen", confirming=True, times=2)
    hanna.sees("Verwijderd: Welkom.")
    eventually(lambda: all_acked(company.slack))
    hanna.sees("Verwijderd: Welkom.")
    assert len(company.cards.events(AuditAct.TEMPLATE_DELETED)) == 1


def test_what_somebody_else_saved_is_told_and_not_overwritten(company, templates):
    template_id = templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.opens(hanna)
    hanna.fills("Tekst (Nederlands)", PASSWORD_TEXT)
    templates.changes(template_id, THEIRS)
    hanna.submits()
    hanna.sees("Niet opgeslagen, want hanna heeft deze template gewijzigd op")
    hanna.sees("Tekst (Nederlands)")
    assert templates.version().body_nl == THEIRS
    hanna.sees("Uw wachtwoord:")
    hanna.submits()
    hanna.sees("Opgeslagen: Welkom.")
    version = templates.version()
    assert (version.number, version.body_nl) == (3, PASSWORD_TEXT)


def test_a_template_that_somebody_deleted_is_not_saved(company, templates):
    template_id = templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.opens(hanna)
    templates.deletes(template_id)
    hanna.fills("Tekst (Nederlands)", PASSWORD_TEXT)
    hanna.submits()
    hanna.sees_error("Naam", "Dit bestaat niet")
    hanna.sees("Uw wachtwoord:")
    assert templates.names() == []


def test_a_template_that_changed_since_its_preview_is_not_tried(company, templates):
    template_id = templates.add()
    hanna = company.hanna
    opens_preview(templates, hanna)
    templates.changes(template_id, THEIRS)
    hanna.presses("Stuur test naar mijzelf")
    hanna.sees("Iemand heeft deze template intussen gewijzigd")
    hanna.sees("Van een ander")
    assert letters(company) == []
    hanna.presses("Stuur test naar mijzelf")
    hanna.sees("Er is een test onderweg naar h•••@example.nl.")


def test_who_has_no_address_is_told_what_to_do(company, templates):
    templates.add()
    hanna = company.hanna
    with company.office.database.transaction() as session:
        session.query(Administrator).filter_by(email=HER_ADDRESS).one().email = None
    opens_preview(templates, hanna)
    hanna.presses("Stuur test naar mijzelf")
    hanna.sees("Van u is geen e-mailadres bekend, dus er is geen test verstuurd.")
    hanna.sees(f"sleutelbos administrator add {hanna.id} --type manager --email")
    assert letters(company) == []


@pytest.mark.parametrize("mails", [False])
def test_without_mail_no_test_is_promised(company, templates, mails):
    templates.add()
    hanna = company.hanna
    opens_preview(templates, hanna)
    hanna.presses("Stuur test naar mijzelf")
    hanna.sees("E-mail is nog niet ingesteld, dus er is niets verstuurd.")
    assert letters(company) == []


def test_a_name_that_is_taken_is_refused_under_it(company, templates):
    templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.begins(hanna, text=LINK_TEXT)
    hanna.submits()
    hanna.sees_error("Naam", "Een andere template heeft deze naam al.")


def test_many_templates_are_turned_page_by_page(company, templates):
    for number in range(20):
        templates.add(f"Welkom {number:02}")
    hanna = company.hanna
    templates.opens_list(hanna)
    hanna.sees("Pagina 1 van 2")
    hanna.presses("Volgende")
    hanna.sees("Welkom 19")
    templates.opens(hanna, "Welkom 19")
    hanna.fills("Naam", "Welkom 99")
    hanna.submits()
    hanna.sees("Opgeslagen: Welkom 99.")
    hanna.sees("Pagina 2 van 2")
    hanna.presses("Vorige")
    hanna.sees("Uitnodiging met een link")


def test_a_template_that_a_task_or_a_reminder_uses_is_not_deleted(company, templates):
    template_id = templates.add()
    hanna, cards = company.hanna, company.cards
    run_id = mailing.start(cards, template_id, remind_after=frozenset({3}))
    templates.opens_list(hanna)
    templates.opens(hanna)
    hanna.presses("Verwijderen", confirming=True)
    hanna.sees("Met deze template worden nu e-mails verstuurd: Utrecht.")
    hanna.goes_back()
    with cards.database.transaction() as session:
        session.get_one(Run, run_id).ended_at = company.office.clock()
    hanna.presses("Verwijderen", confirming=True)
    hanna.sees("Met deze template worden nog herinneringen verstuurd: Utrecht.")
    hanna.goes_back()
    with cards.database.transaction() as session:
        session.query(Reminder).one().ended_at = company.office.clock()
    hanna.presses("Verwijderen", confirming=True)
    hanna.sees("Verwijderd: Welkom.")
    assert templates.names() == []
