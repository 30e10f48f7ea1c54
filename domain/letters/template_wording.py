"""What a template says, and what is wrong with it before it is saved; pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Final

from domain.errors import DomainError
from domain.letters.markup import bad_links_in
from domain.letters.model import BODY_LENGTH, NAME_LENGTH, SUBJECT_LENGTH, Attached
from domain.letters.placeholders import (
    SECRETS,
    BraceProblem,
    Placeholder,
    misspellings_in,
    placeholders_in,
)
from domain.letters.translator import Language
from domain.plain_text import clean

LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
# A letter is bounded: each placeholder may become a long name.
MOST_PLACEHOLDERS: Final = 30


class HandsOver(StrEnum):
    """The way in that a template gives."""

    LINK = "link"
    PASSWORD = "password"  # noqa: S105 (the name of a way in)


class WordingProblemKind(StrEnum):
    """Why a template can't be saved as it is."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NAME_TAKEN = "name_taken"
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"
    UNCLOSED = "unclosed"
    TOO_MANY_PLACEHOLDERS = "too_many_placeholders"
    NO_ACCESS = "no_access"
    BOTH_ACCESSES = "both_accesses"
    SECRET_IN_SUBJECT = "secret_in_subject"  # noqa: S105 (the name of a problem)
    OTHER_LANGUAGE_HANDS_OVER_OTHER = "other_language_hands_over_other"
    BAD_LINK = "bad_link"


@dataclass(frozen=True)
class WordingProblem:
    """One thing that is wrong, and with which field of `Wording`.

    `found` is what stands there, `nearest` the placeholder that was likely meant.
    """

    field: str
    kind: WordingProblemKind
    found: str = ""
    nearest: str = ""


class WordingRefusedError(DomainError):
    """A template that can't be saved; `problems` has at most one for each field."""

    code = "wording_refused"

    def __init__(self, problems: tuple[WordingProblem, ...]) -> None:
        super().__init__(problems=len(problems))
        self.problems = problems


@dataclass(frozen=True)
class Wording:
    """All that a person decides about a template.

    In one language subject and body may both be empty.
    """

    name: str
    subject_nl: str = ""
    body_nl: str = ""
    subject_en: str = ""
    body_en: str = ""
    attached: Attached = Attached.NOTHING
    attachment_id: int | None = None

    def subject(self, language: Language) -> str:
        """The subject in this language, with its placeholders."""
        return self.subject_nl if language == "nl" else self.subject_en

    def body(self, language: Language) -> str:
        """The body in this language, in markup."""
        return self.body_nl if language == "nl" else self.body_en

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that it says anything in."""
        return tuple(language for language in LANGUAGES if self.body(language))

    @property
    def hands_over(self) -> HandsOver:
        """What a letter of it gives; of a wording without problems."""
        bodies = self.body_nl + "\n" + self.body_en
        if Placeholder.PASSWORD in placeholders_in(bodies):
            return HandsOver.PASSWORD
        return HandsOver.LINK


def tidied(wording: Wording) -> Wording:
    """The wording as it is kept: one-line name and subjects, clean lines of text."""
    return replace(
        wording,
        name=clean(wording.name),
        subject_nl=clean(wording.subject_nl),
        body_nl=_clean_lines(wording.body_nl),
        subject_en=clean(wording.subject_en),
        body_en=_clean_lines(wording.body_en),
        attachment_id=(
            wording.attachment_id if wording.attached is Attached.FILE else None
        ),
    )


def problems_of(wording: Wording) -> tuple[WordingProblem, ...]:
    """What is wrong with a tidied wording, the first of each field."""
    found = [
        *_name_problems(wording),
        *_language_problems(wording, "nl"),
        *_language_problems(wording, "en"),
        *_problems_between_languages(wording),
    ]
    if wording.attached is Attached.FILE and wording.attachment_id is None:
        found.append(WordingProblem("attachment_id", WordingProblemKind.EMPTY))
    firsts = {problem.field: problem for problem in reversed(found)}
    return tuple(problem for problem in found if firsts[problem.field] is problem)


def _clean_lines(text: str) -> str:
    # Not splitlines: it also divides at marks that are no line's end.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(clean(line) for line in lines).strip("\n")


def _name_problems(wording: Wording) -> Iterator[WordingProblem]:
    if not wording.name:
        yield WordingProblem("name", WordingProblemKind.EMPTY)
    if len(wording.name) > NAME_LENGTH:
        yield WordingProblem("name", WordingProblemKind.TOO_LONG)


def _language_problems(
    wording: Wording, language: Language
) -> Iterator[WordingProblem]:
    subject, body = wording.subject(language), wording.body(language)
    subject_field, body_field = f"subject_{language}", f"body_{language}"
    is_needed = bool(subject or body) or _says_nothing(wording, language)
    if not is_needed:
        return
    for field, text, longest in (
        (subject_field, subject, SUBJECT_LENGTH),
        (body_field, body, BODY_LENGTH),
    ):
        if not text:
            yield WordingProblem(field, WordingProblemKind.EMPTY)
        if len(text) > longest:
            yield WordingProblem(field, WordingProblemKind.TOO_LONG)
        yield from _brace_problems(field, text)
        if len(placeholders_in(text)) > MOST_PLACEHOLDERS:
            yield WordingProblem(field, WordingProblemKind.TOO_MANY_PLACEHOLDERS)
    for placeholder in placeholders_in(subject):
        if placeholder in SECRETS:
            yield WordingProblem(
                subject_field, WordingProblemKind.SECRET_IN_SUBJECT, placeholder.value
            )
    for link in bad_links_in(body):
        yield WordingProblem(body_field, WordingProblemKind.BAD_LINK, link)
    yield from _access_problems(body_field, body)


def _says_nothing(wording: Wording, language: Language) -> bool:
    """Whether there is no text at all; the Dutch fields are then the empty ones."""
    texts = (wording.subject_nl, wording.body_nl, wording.subject_en, wording.body_en)
    return language == "nl" and not any(texts)


def _brace_problems(field: str, text: str) -> Iterator[WordingProblem]:
    kinds = {
        BraceProblem.UNKNOWN: WordingProblemKind.UNKNOWN_PLACEHOLDER,
        BraceProblem.UNCLOSED: WordingProblemKind.UNCLOSED,
    }
    # The first one is told; thousands would each be compared with every name.
    for wrong in islice(misspellings_in(text), 1):
        yield WordingProblem(field, kinds[wrong.kind], wrong.found, wrong.nearest)


def _access_problems(field: str, body: str) -> Iterator[WordingProblem]:
    given = Counter(placeholders_in(body)).keys() & SECRETS
    if not given:
        yield WordingProblem(field, WordingProblemKind.NO_ACCESS)
    if len(given) > 1:
        yield WordingProblem(field, WordingProblemKind.BOTH_ACCESSES)


def _problems_between_languages(wording: Wording) -> Iterator[WordingProblem]:
    dutch = set(placeholders_in(wording.body_nl)) & SECRETS
    english = set(placeholders_in(wording.body_en)) & SECRETS
    if dutch and english and dutch != english:
        yield WordingProblem(
            "body_en", WordingProblemKind.OTHER_LANGUAGE_HANDS_OVER_OTHER
        )
