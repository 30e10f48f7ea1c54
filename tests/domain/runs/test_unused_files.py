from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.errors import NotFoundError
from domain.exports.channel import DeliveryRefusedError
from domain.exports.model import ReadyLetters, WordTemplate
from domain.exports.word_templates import WordTemplateGoneError
from domain.letters import attachments, email_templates
from domain.letters.email_templates import Wording
from domain.letters.model import Attached, Attachment
from domain.runs import unused_files
from domain.runs.ledger import plan_retry, retry_failed
from domain.runs.template_use import delete_template
from tests.domain.letters.test_attachments import PDF
from tests.domain.runs.letters import starts_with_letters
from tests.domain.runs.looking import run_of
from tests.domain.runs.mailing import start
from tests.domain.runs.test_ready_letters import own_template, remove_template

MONTH = timedelta(days=30)


@pytest.fixture
def forgets(office):
    """The nightly clean-up, so long after everything here."""

    def forget(after):
        for each in (
            unused_files.forget_attachments,
            unused_files.forget_word_templates,
        ):
            with office.database.transaction() as session:
                each(session, now=office.now + after)

    return forget


def _wording(attachment_id, body):
    attached = Attached.FILE if attachment_id else Attached.NOTHING
    return Wording("Welkom", "Uw login", body, "", "", attached, attachment_id)


def _attachment(office):
    with office.database.transaction() as session:
        return attachments.add(
            session, "Uitleg.pdf", PDF, actor=office.hanna, now=office.now
        )


def _template(office, attachment_id):
    with office.database.transaction() as session:
        return email_templates.add(
            session,
            _wording(attachment_id, "{{ link }}"),
            branch_id=None,
            actor=office.hanna,
            now=office.now,
        )


def _change(office, template_id, attachment_id, after=timedelta(0)):
    with office.database.transaction() as session:
        email_templates.change(
            session,
            template_id,
            _wording(attachment_id, "Dag {{ link }}"),
            expected_number=1,
            actor=office.hanna,
            now=office.now + after,
        )


def _delete(office, template_id):
    with office.database.transaction() as session:
        delete_template(session, template_id, actor=office.hanna, now=office.now)


def _kept(office):
    with office.database.reading() as session:
        found = session.scalars(select(Attachment.id).order_by(Attachment.id)).all()
        return [each for each in found if attachments.is_kept(session, each)]


def _word_content(office, template_id):
    with office.database.reading() as session:
        return session.scalar(
            select(WordTemplate.content).where(WordTemplate.id == template_id)
        )


def test_a_pdf_of_a_template_stays_however_long(office, forgets):
    attachment = _attachment(office)
    template = _template(office, attachment)
    _change(office, template, attachment)
    forgets(20 * MONTH)
    assert _kept(office) == [attachment]


def test_a_pdf_that_came_into_no_template_goes_after_a_month(office, forgets):
    _attachment(office)
    forgets(MONTH - timedelta(minutes=1))
    assert len(_kept(office)) == 1
    forgets(MONTH)
    with office.database.reading() as session:
        assert session.scalars(select(Attachment)).all() == []


def test_a_replaced_pdf_goes_a_month_after_it_was_and_its_name_stays(office, forgets):
    first, second = _attachment(office), _attachment(office)
    template = _template(office, first)
    _change(office, template, second, after=5 * MONTH)
    forgets(6 * MONTH - timedelta(minutes=1))
    assert _kept(office) == [first, second]
    forgets(6 * MONTH)
    assert _kept(office) == [second]
    with office.database.reading() as session:
        assert attachments.name_of(session, first) == "Uitleg.pdf"
        with pytest.raises(NotFoundError):
            attachments.content_of(session, first)
        assert session.get_one(Attachment, first).content == b""
        assert attachments.content_of(session, second) == PDF


def test_a_pdf_of_two_templates_stays_when_one_of_them_is_deleted(office, forgets):
    attachment = _attachment(office)
    template = _template(office, attachment)
    with office.database.transaction() as session:
        email_templates.add(
            session,
            Wording("Ook", "Uw login", "{{ link }}", "", "", Attached.FILE, attachment),
            branch_id=None,
            actor=office.hanna,
            now=office.now,
        )
    _delete(office, template)
    forgets(2 * MONTH)
    assert _kept(office) == [attachment]


def test_a_pdf_of_a_deleted_template_goes_a_month_after_it(office, forgets):
    attachment = _attachment(office)
    _delete(office, _template(office, attachment))
    forgets(MONTH - timedelta(minutes=1))
    assert _kept(office) == [attachment]
    forgets(MONTH)
    assert _kept(office) == []


def test_a_pdf_stays_as_long_as_a_mailing_or_its_letters_need_it(
    office, mailer, forgets
):
    attachment = _attachment(office)
    template = _template(office, attachment)
    office.add_login()
    run_id = start(office, template)
    _change(office, template, None)
    forgets(2 * MONTH)
    assert _kept(office) == [attachment]
    mailer.works()
    assert run_of(office, run_id).ended_at is not None
    forgets(2 * MONTH)
    assert _kept(office) == []


def test_no_version_is_saved_with_a_pdf_that_is_gone(office, forgets):
    attachment = _attachment(office)
    _delete(office, _template(office, attachment))
    forgets(MONTH)
    with pytest.raises(NotFoundError):
        _template(office, attachment)


def test_a_removed_word_template_is_emptied_after_a_month(office, clock, forgets):
    kept, removed = own_template(office, clock), own_template(office, clock)
    remove_template(office, clock, removed)
    forgets(MONTH - timedelta(minutes=1))
    assert _word_content(office, removed)
    forgets(MONTH)
    assert _word_content(office, removed) == b""
    assert _word_content(office, kept)


def test_a_removed_word_template_stays_as_long_as_a_run_makes_letters_from_it(
    office, worker, clock, forgets
):
    office.add_login()
    template = own_template(office, clock)
    starts_with_letters(office, clock, ReadyLetters.OWN, template)
    remove_template(office, clock, template)
    forgets(MONTH)
    assert _word_content(office, template)
    worker.works()
    forgets(2 * MONTH)
    assert _word_content(office, template) == b""


def test_what_failed_is_not_tried_again_once_its_word_template_is_gone(
    office, worker, drawer, clock, forgets
):
    office.add_login()
    template = own_template(office, clock)
    run_id = starts_with_letters(office, clock, ReadyLetters.OWN, template)
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    remove_template(office, clock, template)
    asked = {"actor": office.bram, "now": clock()}
    with office.database.reading() as session:
        assert plan_retry(session, run_id, **asked).count == 1
    forgets(2 * MONTH)
    with (
        office.database.reading() as session,
        pytest.raises(WordTemplateGoneError),
    ):
        plan_retry(session, run_id, **asked)
    with (
        office.database.transaction() as session,
        pytest.raises(WordTemplateGoneError),
    ):
        retry_failed(session, run_id, expected_count=1, channel_id="C1", **asked)
