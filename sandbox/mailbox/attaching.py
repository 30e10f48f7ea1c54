"""Parts of a letter as files that can be saved under a safe name."""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from email.message import Message

from sandbox.mailbox.headers import decoded_words
from sandbox.mailbox.letter import Attachment

UNKNOWN_TYPE = "application/octet-stream"
TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")
# What file systems do not take in a name, or take for a folder.
NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
MOST_OF_A_NAME = 120


def attachment_of(part: Message, number: int) -> Attachment:
    """The part as a file; without a name of its own it is named after its number."""
    kind = part.get_content_type()
    kind = kind if TYPE.fullmatch(kind) else UNKNOWN_TYPE
    return Attachment(
        name=_name(part) or f"part-{number}{_suffix(kind)}",
        content_type=kind,
        content=bytes_of(part),
        content_id=str(part.get("Content-ID", "")).strip().strip("<>"),
    )


def bytes_of(part: Message) -> bytes:
    """Its content, decoded from whatever it was sent in."""
    if part.is_multipart():
        return b"".join(each.as_bytes() for each in parts_of(part))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def parts_of(part: Message) -> list[Message]:
    """The parts of a multipart, or the one message of a message/rfc822."""
    payload = part.get_payload()
    parts = payload if isinstance(payload, list) else []
    return [each for each in parts if isinstance(each, Message)]


def _name(part: Message) -> str:
    claimed = part.get_filename() or ""
    if not claimed and part.get_content_type() == "message/rfc822":
        subject = next((each.get("Subject", "") for each in parts_of(part)), "")
        claimed = f"{_clean(decoded_words(str(subject))[0]) or 'letter'}.eml"
    # Many programs put encoded words into a file name, against RFC 2047.
    return _clean(re.split(r"[/\\]", decoded_words(claimed)[0])[-1])


def _clean(name: str) -> str:
    # Unseen characters can turn a name around, so that "fdp.exe" reads "exe.pdf".
    seen = (each for each in name if unicodedata.category(each)[0] != "C")
    name = NOT_IN_NAMES.sub("_", "".join(seen)).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if len(name) <= MOST_OF_A_NAME or len(suffix) > 10:
        return name[:MOST_OF_A_NAME]
    return f"{stem[: MOST_OF_A_NAME - len(suffix) - 1]}{dot}{suffix}"


def _suffix(kind: str) -> str:
    if kind == "message/rfc822":
        return ".eml"
    return mimetypes.guess_extension(kind) or ".bin"
