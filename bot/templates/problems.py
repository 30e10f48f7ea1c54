"""Words for what is wrong with a template, and the entry that each stands under."""

from collections.abc import Mapping
from typing import Final

from bot.failures import EntriesRefusedError
from bot.locale import Translator, msgid
from bot.templates import wording
from bot.templates.entries import FILE_BLOCK
from bot.templates.placeholder_list import written
from domain.letters.model import BODY_LENGTH, NAME_LENGTH, SUBJECT_LENGTH
from domain.letters.placeholders import Placeholder, placeholder_named
from domain.letters.template_wording import (
    MOST_PLACEHOLDERS,
    WordingProblem,
    WordingProblemKind,
    WordingRefusedError,
)

_WORDS: Final[Mapping[WordingProblemKind, str]] = {
    WordingProblemKind.EMPTY: msgid(
        "Fill this in too. Only one of the two languages can be left out, its subject "
        "and its text together."
    ),
    WordingProblemKind.TOO_LONG: msgid("This is too long: {most} characters at most."),
    WordingProblemKind.NAME_TAKEN: msgid(
        "Another template has this name already. Choose another name."
    ),
    WordingProblemKind.UNKNOWN_PLACEHOLDER: msgid(
        "{found} is not in the list above. Did you mean {nearest}?"
    ),
    WordingProblemKind.UNCLOSED: msgid(
        "At “{bare}” braces are missing: two go before it and two behind it. Did you "
        "mean {nearest}?"
    ),
    WordingProblemKind.TOO_MANY_PLACEHOLDERS: msgid(
        "At most {most_placeholders} things can be filled in here."
    ),
    WordingProblemKind.NO_ACCESS: msgid(
        "The text needs {link} or {password}: without it the employee can't get in."
    ),
    WordingProblemKind.BOTH_ACCESSES: msgid(
        "The text has both {link} and {password}. Take one of them out."
    ),
    WordingProblemKind.SECRET_IN_SUBJECT: msgid(
        "Take {found} out of the subject: whoever glances at the mailbox reads it."
    ),
    WordingProblemKind.OTHER_LANGUAGE_HANDS_OVER_OTHER: msgid(
        "The Dutch text has another one of {link} and {password}. Use the same in "
        "both languages."
    ),
    WordingProblemKind.BAD_LINK: msgid(
        "The link “{bare}” can't be sent like this. Write [words](https://...), and no "
        "other web address as its words."
    ),
}
_NAME_MISSING: Final = msgid("Give the template a name.")
_NOTHING_NEAR: Final[Mapping[WordingProblemKind, str]] = {
    WordingProblemKind.UNKNOWN_PLACEHOLDER: msgid(
        "{found} is not in the list above. Use one of those."
    ),
    WordingProblemKind.UNCLOSED: msgid(
        "At “{bare}” braces are missing: two go before a name from the list above, and "
        "two behind it."
    ),
}
_MOST: Final[Mapping[str, int]] = {
    "name": NAME_LENGTH,
    "subject": SUBJECT_LENGTH,
    "body": BODY_LENGTH,
}


def worded(problem: WordingProblem, t: Translator) -> str:
    """What is wrong, and the nearest right one."""
    if problem.field == "name" and problem.kind is WordingProblemKind.EMPTY:
        return t(_NAME_MISSING)
    message = _WORDS[problem.kind]
    if not problem.nearest:
        message = _NOTHING_NEAR.get(problem.kind, message)
    return t(
        message,
        found=_found(problem, t),
        bare=problem.found,
        nearest=in_braces(problem.nearest),
        link=written(Placeholder.LINK, t),
        password=written(Placeholder.PASSWORD, t),
        most=_MOST.get(problem.field.partition("_")[0], BODY_LENGTH),
        most_placeholders=MOST_PLACEHOLDERS,
    )


def _found(problem: WordingProblem, t: Translator) -> str:
    """What stands there; one of ours by its name in the reader's language."""
    known = placeholder_named(problem.found)
    return written(known, t) if known else in_braces(problem.found)


def in_braces(name: str) -> str:
    """A placeholder as one types it."""
    return f"{{{{ {name.strip()} }}}}"


def under_entries(
    error: WordingRefusedError, prefix: str, t: Translator
) -> EntriesRefusedError:
    """Each problem under its own entry of the editor."""
    return EntriesRefusedError(
        {f"{prefix}{_entry(problem)}": worded(problem, t) for problem in error.problems}
    )


def listed(error: WordingRefusedError, t: Translator) -> list[str]:
    """Each problem with the name of its entry, where there are no entries."""
    return [
        f"{t(wording.FIELDS[problem.field])}: {worded(problem, t)}"
        for problem in error.problems
    ]


def _entry(problem: WordingProblem) -> str:
    return FILE_BLOCK if problem.field == "attachment_id" else problem.field
