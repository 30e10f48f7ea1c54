"""A file put into a letter that is ready otherwise."""

from email.message import EmailMessage, MIMEPart
from typing import Final

from domain.letters.attachments import AttachedFile

# No line of base64 has these characters, and nothing but a boundary comes after it.
_PLACE: Final = "=_place_="


def add_place(message: EmailMessage, file_name: str, boundary: str) -> None:
    """Let a PDF stand behind the letter's text; `with_file` puts it there."""
    message.make_mixed(boundary)
    part = MIMEPart(message.policy)
    part.set_content(b"", maintype="application", subtype="pdf", filename=file_name)
    part.set_payload(f"{_PLACE}\r\n")
    message.attach(part)  # type: ignore[arg-type]


def with_file(message: EmailMessage, attachment: AttachedFile) -> bytes:
    """The letter as bytes, with the file as it was encoded once.

    email would encode and fold its millions of bytes anew for every letter.
    """
    before, _, after = message.as_bytes().rpartition(f"{_PLACE}\r\n".encode())
    return before + attachment.encoded + after
