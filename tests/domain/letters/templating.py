"""Letters in the words of templates, made up for tests and taken apart again."""

import email
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy

from domain.letters import built_in_templates
from domain.letters.attachments import AttachedFile
from domain.letters.composing import ComposedLetter, Office, compose
from domain.letters.kinds import LetterKind
from domain.letters.model import BuiltIn, EmailTemplateId, TemplateVersionId
from domain.letters.queueing import QueuedLetter, Recipient
from domain.letters.template_versions import Template
from domain.letters.template_wording import Wording
from domain.secret import Secret

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ADDRESS = "sanne@example.nl"
TOKEN = "aVeryLongToken_-" * 2 + "0123456789a"
PASSWORD = "kq7m-3xwe-h9ta-v4nd"
LINK = f"https://inloggen.example.nl/herstel/{TOKEN}"
HEADERS = [
    "From",
    "To",
    "Reply-To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Subject",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
]


def wording(body_nl="{{ link }}", subject_nl="Uw login", **more) -> Wording:
    """A wording that can be saved, in Dutch only."""
    return Wording("Welkom", **{"subject_nl": subject_nl, "body_nl": body_nl} | more)


def template(said: Wording) -> Template:
    """The only version of a template of the company."""
    return Template(TemplateVersionId(1), EmailTemplateId(1), 1, said, None)


def built_in(which: BuiltIn) -> Template:
    """A built-in template."""
    said = built_in_templates.wording_of(which, "nl")
    return Template(TemplateVersionId(1), EmailTemplateId(1), 1, said, which)


def access_letter(
    kind=LetterKind.ACCESS,
    *,
    language="nl",
    number=1,
    address=ADDRESS,
    password=None,
    **values,
) -> QueuedLetter:
    """A letter to Sanne with a link, or with this password."""
    known = {
        "first_name": "Sanne",
        "name": "Sanne de Vries",
        "branch": "Utrecht",
        "user_name": ADDRESS,
        "valid_until": (NOW + timedelta(days=7)).isoformat(),
    } | values
    known |= {"password": password} if password else {"token": TOKEN}
    return QueuedLetter(
        kind,
        Recipient(address, known["first_name"], language),
        {name: Secret(value) for name, value in known.items()},
        f"{number:032x}",
        NOW,
        NOW + timedelta(days=2),
    )


@dataclass(frozen=True)
class Read:
    """A letter as a mail program reads it."""

    composed: ComposedLetter
    headers: list[str]
    recipients: list[str]
    subject: str
    language: str
    text: str
    html: str
    attached: list[tuple[str, str, bytes]]


def read(composed: ComposedLetter) -> Read:
    """Take a letter apart."""
    letter = email.message_from_bytes(composed.content, policy=policy.default)
    return Read(
        composed,
        letter.keys(),
        [address.addr_spec for address in letter["To"].addresses],
        letter["Subject"],
        letter["Content-Language"],
        letter.get_body(("plain",)).get_content().replace("\r\n", "\n"),
        letter.get_body(("html",)).get_content().replace("\r\n", "\n"),
        [
            (part.get_filename(), part.get_content_type(), part.get_content())
            for part in letter.iter_attachments()
        ],
    )


def written(
    said: Wording | Template,
    office: Office,
    letter: QueuedLetter | None = None,
    attachment: AttachedFile | None = None,
) -> Read:
    """What arrives of a letter in these words."""
    words = said if isinstance(said, Template) else template(said)
    return read(compose(letter or access_letter(), office, words, attachment))
