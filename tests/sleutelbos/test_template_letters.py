"""Letters in the words of a template, from the outbox to a mailbox."""

import threading

import pytest
from sqlalchemy import update

from bot.office import Office as SlackOffice
from domain.administrators import Administrator
from domain.letters import attachments, email_templates
from domain.letters.attachments import guide_file
from domain.letters.composing import Office
from domain.letters.mail_server import MailServer, Sender
from domain.letters.model import Attached
from domain.letters.wording.words import Letterhead
from domain.logins import template_preview
from sandbox.mailbox import Mailbox
from sleutelbos.mail import Mail
from tests.domain.letters.templating import wording
from tests.domain.office import furnish

OWN = "hanna@example.nl"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 100 + b"\n%%EOF\n"


@pytest.fixture
def office(database, now):
    furnished = furnish(database, now)
    with database.transaction() as session:
        session.execute(update(Administrator).values(email=OWN))
    return furnished


@pytest.fixture
def deliver(database, keyring, clock):
    """Deliver all that waits; gives what arrived."""

    def all_letters():
        letters = Office(
            Sender.from_text("hr@example.nl"),
            Letterhead("De Gouden Lepel", "https://inloggen.example.nl"),
            "nl",
        )
        slack = SlackOffice(database, clock, keyring, "De Gouden Lepel", "nl")
        with Mailbox().serve() as mailbox:
            mail = Mail(MailServer.from_url(mailbox.smtp_url), letters)
            (delivery,) = mail.deliveries(slack, threading.Event(), 1)
            try:
                delivery.deliver_due()
            finally:
                delivery.close()
            return mailbox.letters

    return all_letters


@pytest.fixture
def send_test(office, keyring):
    def send(template_id, login_id):
        with office.database.transaction() as session:
            template = email_templates.get(session, template_id, actor=office.hanna)
            template_preview.send_test(
                session,
                template,
                login_id,
                keyring=keyring,
                actor=office.hanna,
                now=office.now,
            )

    return send


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_test_of_a_built_in_template_arrives_with_the_guide(
    office, send_test, deliver, language
):
    with office.database.reading() as session:
        line = email_templates.list_templates(session, actor=office.hanna)[0]
    send_test(line.template_id, office.add_login(language=language))
    (letter,) = deliver()
    assert (letter.to, letter.defects) == ((OWN,), ())
    (part,) = letter.attachments
    assert (part.name, part.content_type) == (
        guide_file(language).file_name,
        "application/pdf",
    )
    assert part.content == guide_file(language).content


def test_an_attachment_arrives_as_it_was_uploaded(office, send_test, deliver):
    with office.database.transaction() as session:
        actor, now = office.hanna, office.now
        file = attachments.add(session, "Uitleg.pdf", PDF, actor=actor, now=now)
        said = wording(attached=Attached.FILE, attachment_id=file)
        template_id = email_templates.add(
            session, said, branch_id=None, actor=actor, now=now
        )
    send_test(template_id, office.add_login())
    (letter,) = deliver()
    (part,) = letter.attachments
    assert part.content == PDF


def test_what_was_queued_goes_in_the_words_of_that_moment(office, send_test, deliver):
    with office.database.transaction() as session:
        actor, now = office.hanna, office.now
        template_id = email_templates.add(
            session, wording("Vroeger {{ link }}"), branch_id=None, actor=actor, now=now
        )
    send_test(template_id, office.add_login())
    with office.database.transaction() as session:
        email_templates.change(
            session,
            template_id,
            wording("Later {{ link }}"),
            expected_number=1,
            actor=actor,
            now=now,
        )
        email_templates.mark_deleted(session, template_id, actor=actor, now=now)
    (letter,) = deliver()
    assert b"Vroeger" in letter.raw
    assert b"Later" not in letter.raw
