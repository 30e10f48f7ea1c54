"""Why a file is no template for ready letters."""

from collections.abc import Sequence
from enum import StrEnum

from domain.errors import DomainError


class WordProblem(StrEnum):
    """What is wrong with a file; `found` of the error names where."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PROTECTED = "protected"
    NO_WORD = "no_word"
    DAMAGED = "damaged"
    MACROS = "macros"
    POINTS_OUTSIDE = "points_outside"
    EMBEDS = "embeds"
    NOTES = "notes"
    CHANGES_TRACKED = "changes_tracked"
    OTHER_FIELD = "other_field"
    FIELD_IN_FIELD = "field_in_field"
    FIELD_CHANGES_VALUE = "field_changes_value"
    UNKNOWN_FIELD = "unknown_field"
    NO_FIELDS = "no_fields"
    NO_PASSWORD = "no_password"  # noqa: S105 (the name of a problem)


class WordTemplateRefusedError(DomainError):
    """The file is no template for letters.

    `found` are the fields, or the address, that are in the way; of an unknown field
    `nearest` is the right name that looks most like the first of them.
    """

    code = "word_template_refused"
    concerns = "file"

    def __init__(
        self, problem: WordProblem, found: Sequence[str] = (), nearest: str = ""
    ) -> None:
        super().__init__(problem=problem.value, nearest=nearest)
        self.problem = problem
        self.found = tuple(found)
        self.nearest = nearest
