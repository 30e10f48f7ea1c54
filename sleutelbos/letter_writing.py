"""Letters written out: words and attachments of templates, read once per version."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from domain.database import Database
from domain.letters import attachments, email_templates
from domain.letters.attachments import AttachedFile
from domain.letters.composing import ComposedLetter, Office, compose, language_of
from domain.letters.email_templates import Template
from domain.letters.queueing import QueuedLetter
from domain.letters.translator import Language

# A run has one, reminders another; each may hold a file of 5 MB.
_VERSIONS_KEPT: Final = 4


@dataclass(frozen=True)
class _Version:
    template: Template
    files: dict[Language, AttachedFile | None]


class LetterWriter:
    """Writes out letters; versions never change, so what was read once stays good."""

    def __init__(self, database: Database, office: Office) -> None:
        self._database = database
        self._office = office
        self._version: Callable[[int], _Version] = lru_cache(_VERSIONS_KEPT)(self._read)

    def write(self, letter: QueuedLetter) -> ComposedLetter:
        """The letter as the mail server gets it.

        Raises UndeliverableAddressError when it is not to exactly one address.
        """
        if letter.template_version_id is None:
            return compose(letter, self._office)
        version = self._version(letter.template_version_id)
        language = language_of(letter, self._office, version.template)
        return compose(letter, self._office, version.template, version.files[language])

    def _read(self, version_id: int) -> _Version:
        with self._database.reading() as session:
            template = email_templates.read_version(session, version_id)
            wording = template.wording
            files = {
                language: attachments.attached_to(session, wording, language)
                for language in wording.languages
            }
        return _Version(template, files)
