"""A letter as bytes for the mail server: headers, text and HTML."""

import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.letters.mail_server import Sender, deliverable
from domain.letters.queueing import QueuedLetter
from domain.letters.translator import Language, Translator, translator
from domain.letters.wording import words_of
from domain.letters.wording.words import Letterhead, Words

# Embeddings, overrides and isolates.
_TURNS: Final = frozenset(
    {"RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}
)
_TEMPLATE: Final = Environment(
    autoescape=True,
    loader=FileSystemLoader(Path(__file__).parent),
    undefined=StrictUndefined,
    trim_blocks=True,
).get_template("letter.html")


@dataclass(frozen=True)
class Office:
    """Whose letters they are: sender, letterhead, and the company's language."""

    sender: Sender
    head: Letterhead
    language: Language


@dataclass(frozen=True)
class ComposedLetter:
    """What the mail server gets; `sender` and `to` make the envelope.

    With `is_international` it needs a server that knows SMTPUTF8 (RFC 6531).
    """

    sender: str
    to: str
    content: bytes
    is_international: bool


def compose(letter: QueuedLetter, office: Office) -> ComposedLetter:
    """Write the letter out; the same letter always gives the same bytes.

    Raises UndeliverableAddressError when it is not to exactly one address.
    """
    to = deliverable(letter.to.address)
    language = _language(letter, office)
    t = translator(language)
    words = words_of(letter, office.head, t)
    greeting = t("Hello {first_name},", first_name=_on_one_line(letter.to.first_name))
    is_international = not to.isascii()
    message = EmailMessage(SMTPUTF8 if is_international else SMTP)
    message["From"] = _address(office.sender.address, office.sender.name)
    message["To"] = _address(to)
    message["Reply-To"] = _address(office.sender.address)
    message["Subject"] = words.subject
    message["Date"] = letter.queued_at
    message["Message-ID"] = f"<{letter.number}@{office.sender.domain}>"
    # RFC 3834; the second is what Exchange heeds. Nobody's holiday answers.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(
        _text(words, greeting, office, t), cte="quoted-printable", charset="utf-8"
    )
    message.add_alternative(
        _html(words, greeting, office, t),
        subtype="html",
        cte="quoted-printable",
        charset="utf-8",
    )
    # After the content, which takes away all that begins with Content-.
    message["Content-Language"] = language
    # A letter that is repeated after a crash is the same to the byte.
    message.set_boundary(f"=_{letter.number}")
    return ComposedLetter(
        office.sender.address, to, message.as_bytes(), is_international
    )


def _language(letter: QueuedLetter, office: Office) -> Language:
    match letter.to.language:
        case "nl" | "en" as language:
            return language
        case _:
            return office.language


def _address(address: str, name: str = "") -> Address:
    local_part, _, domain = address.rpartition("@")
    return Address(name, local_part, domain)


def _on_one_line(name: str) -> str:
    """Without what would turn the text around it, or break the line."""
    return " ".join(
        "".join(
            character
            for character in name
            if unicodedata.bidirectional(character) not in _TURNS
        ).split()
    )


def _text(words: Words, greeting: str, office: Office, t: Translator) -> str:
    paragraphs = [greeting, *words.before]
    if words.code:
        paragraphs.append(f"    {words.code.reveal()}")
    if words.button:
        paragraphs.append(f"{words.button.label}:\n{words.button.url.reveal()}")
    paragraphs += words.after
    paragraphs.append(f"{t('Kind regards,')}\n{office.head.company}")
    return "\n\n".join(paragraphs) + "\n"


def _html(words: Words, greeting: str, office: Office, t: Translator) -> str:
    return _TEMPLATE.render(
        language=t.language,
        words=words,
        greeting=greeting,
        copy_hint=t("Does the button not work? Open this address in your browser:"),
        closing=t("Kind regards,"),
        company=office.head.company,
    )
