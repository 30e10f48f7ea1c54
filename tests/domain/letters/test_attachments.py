"""A PDF that goes along with letters, and the guide."""

import pypdfium2
import pytest
from sqlalchemy import func, select

from domain.errors import NotFoundError, NotPermittedError
from domain.letters import attachments
from domain.letters.attachments import AttachmentProblem, AttachmentRefusedError
from domain.letters.model import Attached, Attachment
from tests.domain.letters.templating import wording

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def add(office):
    def one(content=PDF, file_name="Uitleg.pdf", actor=None):
        with office.database.transaction() as session:
            return attachments.add(
                session,
                file_name,
                content,
                actor=actor or office.hanna,
                now=office.now,
            )

    return one


def _count(office):
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Attachment))


def test_a_pdf_is_kept_as_it_is(office, add):
    attachment_id = add()
    with office.database.reading() as session:
        assert attachments.name_of(session, attachment_id) == "Uitleg.pdf"
        assert attachments.content_of(session, attachment_id) == PDF


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", AttachmentProblem.EMPTY),
        (b"%PDF-" + b"x" * (5 * 1024 * 1024) + b"%%EOF", AttachmentProblem.TOO_LARGE),
        (b"MZ" + PDF[5:], AttachmentProblem.NO_PDF),
        (PDF[:-7], AttachmentProblem.NO_PDF),
        (b"x" * 1024 + PDF, AttachmentProblem.NO_PDF),
        (b"PK\x03\x04 word/document.xml", AttachmentProblem.NO_PDF),
        (
            PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"),
            AttachmentProblem.ENCRYPTED,
        ),
        (PDF.replace(b"/Root", b"/Encrypt<</V 4>>"), AttachmentProblem.ENCRYPTED),
    ],
)
def test_what_not_everybody_can_open_is_refused(office, add, content, problem):
    with pytest.raises(AttachmentRefusedError) as refused:
        add(content)
    assert refused.value.problem is problem
    assert _count(office) == 0


def test_five_megabytes_are_just_allowed(add):
    size = 5 * 1024 * 1024
    assert add(PDF[:9] + b"x" * (size - len(PDF)) + PDF[9:])


def test_only_managers_add_attachments(office, add):
    for actor in (office.bram, office.ursula):
        with pytest.raises(NotPermittedError):
            add(actor=actor)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Uitleg.PDF", "Uitleg.pdf"),
        ("C:\\Users\\x\\Uitleg.pdf", "Uitleg.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("uit\r\nBcc: x@example.nl\u202e.pdf", "uit Bcc- x@example.nl.pdf"),
        ('a"b;c.pdf', "a-b;c.pdf"),
        (".pdf", "bijlage.pdf"),
        ("", "bijlage.pdf"),
        ("é" * 300 + ".pdf", "é" * 196 + ".pdf"),
        ("virus.pdf.exe", "virus.pdf.exe.pdf"),
    ],
)
def test_a_file_gets_a_name_for_any_disk(office, add, given, kept):
    attachment_id = add(file_name=given)
    with office.database.reading() as session:
        assert attachments.name_of(session, attachment_id) == kept


def test_what_is_not_there_is_not_found(office):
    with office.database.reading() as session:
        for read in (attachments.name_of, attachments.content_of):
            with pytest.raises(NotFoundError):
                read(session, 999)


def test_what_goes_along_follows_from_the_wording(office, add):
    own = wording(attached=Attached.FILE, attachment_id=add())
    with office.database.reading() as session:
        assert attachments.attached_to(session, wording(), "nl") is None
        file = attachments.attached_to(session, own, "nl")
        assert (file.file_name, file.content) == ("Uitleg.pdf", PDF)
        guide = attachments.attached_to(session, wording(attached=Attached.GUIDE), "en")
        assert (guide.file_name, guide.content) == attachments.guide_of("en")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_guide_is_a_pdf_that_can_go_along(language):
    file_name, content = attachments.guide_of(language)
    assert attachments.problem_of(content) is None
    assert file_name.endswith(".pdf")
    with pypdfium2.PdfDocument(content) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert ("wachtwoord" if language == "nl" else "password") in text.lower()
