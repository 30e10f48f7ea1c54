"""A letter as bytes for the mail server: headers, text and HTML."""

import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.letters.attachments import AttachedFile
from domain.letters.filling import html_blocks, subject_line, text_blocks, values_of
from domain.letters.header_parsing import INTERNATIONAL, POLICY
from domain.letters.kinds import FROM_TEMPLATES, LetterKind
from domain.letters.mail_server import Sender, deliverable
from domain.letters.markup import parse, parse_line
from domain.letters.mime import add_place, with_file
from domain.letters.placeholders import Placeholder
from domain.letters.queueing import QueuedLetter
from domain.letters.template_versions import Template
from domain.letters.template_wording import LANGUAGES
from domain.letters.translator import Language, Translator, translator
from domain.letters.wording import words_of
from domain.letters.wording.words import Letterhead, Words

# Embeddings, overrides and isolates.
_TURNS: Final = frozenset(
    {"RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}
)
_ENVIRONMENT: Final = Environment(
    autoescape=True,
    loader=FileSystemLoader(Path(__file__).parent),
    undefined=StrictUndefined,
    trim_blocks=True,
)
_WORDS: Final = _ENVIRONMENT.get_template("letter.html")
_TEMPLATE_LETTER: Final = _ENVIRONMENT.get_template("template_letter.html")


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


def compose(
    letter: QueuedLetter,
    office: Office,
    template: Template | None = None,
    attachment: AttachedFile | None = None,
) -> ComposedLetter:
    """Write the letter out; the same letter always gives the same bytes.

    Those of `kinds.FROM_TEMPLATES` are in the words of `template`. Raises
    UndeliverableAddressError when it is not to exactly one address.
    """
    to = deliverable(letter.to.address)
    language = language_of(letter, office, template)
    drafted = _drafted(letter, office, template, translator(language))
    is_international = not to.isascii()
    message = EmailMessage(INTERNATIONAL if is_international else POLICY)
    _add_headers(message, letter, office, to)
    message["Subject"] = drafted.subject
    _add_content(message, letter, drafted)
    if attachment:
        add_place(message, attachment.file_name, f"=_whole_{letter.number}")
    # After the content, which takes away all that begins with Content-.
    message["Content-Language"] = language
    content = with_file(message, attachment) if attachment else message.as_bytes()
    return ComposedLetter(office.sender.address, to, content, is_international)


def language_of(
    letter: QueuedLetter, office: Office, template: Template | None = None
) -> Language:
    """The recipient's language, else the company's, else the one that there is."""
    wanted = (letter.to.language, office.language)
    there = template.wording.languages if template else LANGUAGES
    return next(
        (language for each in wanted for language in there if language == each),
        there[0],
    )


@dataclass(frozen=True)
class _Drafted:
    """A letter in words, before it is mail."""

    subject: str
    text: str
    html: str


def _drafted(
    letter: QueuedLetter, office: Office, template: Template | None, t: Translator
) -> _Drafted:
    if letter.kind in FROM_TEMPLATES:
        if template is None:
            raise ValueError(f"a letter of kind {letter.kind} needs its template")
        return _drafted_from_template(letter, office, template, t)
    words = words_of(letter, office.head, t)
    greeting = t("Hello {first_name},", first_name=_on_one_line(letter.to.first_name))
    return _Drafted(
        words.subject,
        _text(words, greeting, office, t),
        _html(words, greeting, office, t),
    )


def _drafted_from_template(
    letter: QueuedLetter, office: Office, template: Template, t: Translator
) -> _Drafted:
    values = values_of(letter.values, office.head, t)
    tree = parse(template.wording.body(t.language))
    title = parse_line(template.wording.subject(t.language))
    subject = subject_line(title, values)
    if letter.kind is LetterKind.TEMPLATE_TEST:
        subject = t("Test: {subject}", subject=subject)
    label = t("Choose a password")
    return _Drafted(
        subject,
        "\n\n".join(text_blocks(tree, values, label)) + "\n",
        _TEMPLATE_LETTER.render(
            language=t.language,
            subject=subject,
            blocks=tuple(html_blocks(tree, values)),
            button_label=label,
            button_url=values.get(Placeholder.LINK),
            copy_hint=t("Does the button not work? Open this address in your browser:"),
        ),
    )


def _add_headers(
    message: EmailMessage, letter: QueuedLetter, office: Office, to: str
) -> None:
    message["From"] = _address(office.sender.address, office.sender.name)
    message["To"] = _address(to)
    message["Reply-To"] = _address(office.sender.address)
    message["Date"] = letter.queued_at
    message["Message-ID"] = f"<{letter.number}@{office.sender.domain}>"
    # RFC 3834; the second is what Exchange heeds. Nobody's holiday answers.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"


def _add_content(
    message: EmailMessage, letter: QueuedLetter, drafted: _Drafted
) -> None:
    message.set_content(drafted.text, cte="quoted-printable", charset="utf-8")
    message.add_alternative(
        drafted.html, subtype="html", cte="quoted-printable", charset="utf-8"
    )
    # A letter that is repeated after a crash is the same to the byte.
    message.set_boundary(f"=_{letter.number}")


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
    return _WORDS.render(
        language=t.language,
        words=words,
        greeting=greeting,
        copy_hint=t("Does the button not work? Open this address in your browser:"),
        closing=t("Kind regards,"),
        company=office.head.company,
    )
