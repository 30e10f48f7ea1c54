"""Letters as the page gets them, as plain data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.mailbox.charsets import decoded
from sandbox.mailbox.html_document import left_out
from sandbox.mailbox.letter import Letter

if TYPE_CHECKING:
    from sandbox.mailbox.mailbox import Mailbox

# What a browser shows of a source without stumbling; the rest is in the download.
MOST_OF_A_SOURCE = 200_000


@dataclass(frozen=True)
class Choice:
    """Whose letters, and with which words in them; "" is all."""

    address: str
    words: str

    def takes(self, letter: Letter) -> bool:
        """Whether the letter is among them."""
        if self.address and not letter.is_to(self.address):
            return False
        text = letter.searched
        return all(each in text for each in self.words.casefold().split())


def summary(mailbox: Mailbox, choice: Choice) -> dict[str, Any]:
    """The list, newest first, and whose mailboxes there are."""
    letters = mailbox.letters
    mailboxes = Counter(
        each for letter in letters for each in {to.casefold() for to in letter.to}
    )
    return {
        "letters": [_line(each) for each in reversed(letters) if choice.takes(each)],
        "mailboxes": [
            {"address": address, "count": count}
            for address, count in sorted(mailboxes.items())
        ],
        "count": len(letters),
        "newest": letters[-1].id if letters else 0,
        "let_go": mailbox.kept.let_go,
        "most_letters": mailbox.kept.most_letters,
        "most_bytes": mailbox.kept.most_bytes,
        "smtp_url": mailbox.smtp_url,
    }


def detail(letter: Letter) -> dict[str, Any]:
    """All of a letter but its HTML, its source and its attachments' content."""
    return _line(letter) | {
        "sender": letter.sender,
        "from": letter.headers.get("From"),
        "text": letter.text,
        "has_html": bool(letter.html),
        "headers": list(letter.headers),
        "attachments": [
            {
                "name": each.name,
                "type": each.content_type,
                "size": len(each.content),
                "is_inline": each.is_inline,
            }
            for each in letter.attachments
        ],
        "defects": letter.defects,
        "left_out": left_out(letter.html),
        "size": len(letter.raw),
    }


def source(letter: Letter) -> dict[str, Any]:
    """The letter as it came, as far as a page can show it."""
    shown = letter.raw[:MOST_OF_A_SOURCE]
    text, _ = decoded(shown, "utf-8")
    return {"text": text.replace("\r\n", "\n"), "is_whole": shown == letter.raw}


def _line(letter: Letter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "to": letter.to,
        "subject": letter.subject,
        "received_at": letter.received_at.isoformat(),
        "has_attachments": any(not each.is_inline for each in letter.attachments),
        "is_broken": letter.is_broken,
    }
