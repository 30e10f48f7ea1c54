"""Why a file is no template for letters, and what to do, in words."""

from collections.abc import Mapping
from typing import Final

from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.exports.word_problems import WordProblem, WordTemplateRefusedError

_WORDS: Final[Mapping[WordProblem, str]] = {
    WordProblem.EMPTY: msgid("{file} is empty. Choose another file."),
    WordProblem.TOO_LARGE: msgid(
        "{file} has more than 5 MB. Make it smaller, for instance with smaller "
        "pictures, and choose it again."
    ),
    WordProblem.PROTECTED: msgid(
        "{file} is protected with a password, or of an old kind (.doc). Open it in "
        "Word and save it without a password as a Word Document (.docx)."
    ),
    WordProblem.NO_WORD: msgid(
        "{file} is not a Word document. Open it in Word and save it as a Word Document "
        "(.docx)."
    ),
    WordProblem.DAMAGED: msgid(
        "{file} can't be read as a whole. Copy what is in it into a new Word document, "
        "and put the merge fields in anew."
    ),
    WordProblem.MACROS: msgid(
        "{file} has macros. Save it as a Word Document (.docx) without them."
    ),
    WordProblem.POINTS_OUTSIDE: msgid(
        "{file} fetches something from elsewhere: {found}. Put pictures into the "
        "document itself, and choose Normal as its template in Word."
    ),
    WordProblem.EMBEDS: msgid(
        "{file} has another file or a control in it. Take it out, or put a picture in "
        "its place."
    ),
    WordProblem.NOTES: msgid(
        "{file} has footnotes, endnotes or comments. Take them out, since letters "
        "can't have them."
    ),
    WordProblem.CHANGES_TRACKED: msgid(
        "{file} still shows what was changed. Accept all changes in Word, and save it "
        "again."
    ),
    WordProblem.OTHER_FIELD: msgid(
        "{file} has a field that letters can't have: {found}. Take it out, or put a "
        "merge field in its place."
    ),
    WordProblem.FIELD_IN_FIELD: msgid(
        "{file} has a field within another one: {found}. Put it beside the other."
    ),
    WordProblem.FIELD_CHANGES_VALUE: msgid(
        "The field {found} of {file} changes what it shows, with a switch such as "
        "Upper. Put it in anew without one, since a changed password would not work."
    ),
    WordProblem.UNKNOWN_FIELD: msgid(
        "{file} has fields that the letters do not know: {found}. Names are written "
        "exactly as the headings of the workbook."
    ),
    WordProblem.NO_FIELDS: msgid(
        "{file} has no merge fields, so every letter would be the same. Put them in "
        "with Insert, Quick Parts, Field, MergeField; or begin with the built-in "
        "letter."
    ),
    WordProblem.NO_PASSWORD: msgid(
        "{file} does not say the password, so nobody gets in with the letter. Put the "
        "merge field Wachtwoord into it."
    ),
}
_NEAREST: Final = msgid("Do you mean {nearest}?")


def worded(error: WordTemplateRefusedError, file_name: str, t: Translator) -> str:
    """One or two sentences."""
    found = on_one_line(", ".join(error.found[:10]), 300)
    said = t(_WORDS[error.problem], file=on_one_line(file_name, 100), found=found)
    if not error.nearest:
        return said
    return f"{said} {t(_NEAREST, nearest=error.nearest)}"
