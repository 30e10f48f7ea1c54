"""The report of an import as plain lines, in Dutch and in English."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.importing import wording as words
from bot.importing.wording import COLUMNS, REASONS
from bot.locale import translator
from domain.importing.report import Problem, Report
from domain.importing.unreadable import UnreadableListError
from domain.plain_text import clean
from sleutelbos.wording import LANGUAGES, CommandError, Language, Wording

_VALUE_LENGTH: Final = 60
_RANGES_SHOWN: Final = 12

# The sentence that the bot has in each language.
_SAID: Final = Wording("{nl}", "{en}")
_DRY_RUN: Final = Wording(
    "Proef: er is niets opgeslagen.", "Dry run: nothing was saved."
)
_SHEET: Final = Wording(
    "Blad {sheet}, koppen in rij {row}", "Sheet {sheet}, headings in row {row}"
)
_UNKNOWN_COLUMNS: Final = Wording(
    "Onbekende kolommen, overgeslagen: {names}", "Unknown columns, ignored: {names}"
)
_NEW_BRANCHES: Final = Wording("Nieuwe vestigingen: {names}", "New branches: {names}")
_NEW: Final = Wording("Nieuw: {count}{rows}", "New: {count}{rows}")
_CHANGED: Final = Wording("Gewijzigd: {count}", "Changed: {count}")
_UNCHANGED: Final = Wording("Ongewijzigd: {count}{rows}", "Unchanged: {count}{rows}")
_REFUSED: Final = Wording("Geweigerd: {count}", "Refused: {count}")
_WARNINGS: Final = Wording(
    "Verwerkt zonder het e-mailadres in de lijst: {count}",
    "Taken without the e-mail address in the list: {count}",
)
_ADDRESS_CHANGES: Final = Wording(
    "Ander e-mailadres, en dus andere gebruikersnaam: {count}",
    "Other e-mail address, and so another user name: {count}",
)
_ROWS: Final = Wording("(rij {ranges})", "(row {ranges})")
_ROW: Final = Wording("rij {row}, nummer {number}", "row {row}, number {number}")
_ROW_WITHOUT_NUMBER: Final = Wording("rij {row}", "row {row}")


def report_lines(
    report: Report, language: Language, *, is_dry_run: bool
) -> Iterator[str]:
    """Every row of the list by what becomes of it, refused ones with the reason."""
    if is_dry_run:
        yield _DRY_RUN.say(language)
    yield _SHEET.say(language, sheet=_shown(report.sheet), row=report.heading_row)
    for wording, names in (
        (_UNKNOWN_COLUMNS, report.unknown_columns),
        (_NEW_BRANCHES, report.new_branches),
    ):
        if names:
            yield wording.say(language, names=", ".join(map(_shown, names)))
    for wording, listed in ((_NEW, report.new), (_UNCHANGED, report.unchanged)):
        rows = _rows([line.row for line in listed], language)
        yield wording.say(language, count=len(listed), rows=rows)
    yield from _changes(report, language)
    yield from _refusals(report, language)


def complaint(error: UnreadableListError, file: str) -> CommandError:
    """The one line about a file that is refused whole, and what to do about it."""
    name = clean(file)
    said = {
        language: words.unreadable(error, name, translator(language))
        for language in LANGUAGES
    }
    return CommandError(_SAID, **said)


def _changes(report: Report, language: Language) -> Iterator[str]:
    yield _CHANGED.say(language, count=len(report.changed))
    for row, number, columns in report.changed:
        t = translator(language)
        names = ", ".join(t(COLUMNS[column]) for column in columns)
        yield f"  {_row(row, number, language)}: {names}"
    if report.address_changes:
        yield _ADDRESS_CHANGES.say(language, count=len(report.address_changes))
    for row, number, old, new in report.address_changes:
        where = _row(row, number, language)
        yield f"  {where}: {_shown(old or '')} -> {_shown(new)}"


def _refusals(report: Report, language: Language) -> Iterator[str]:
    if report.warnings:
        yield _WARNINGS.say(language, count=len(report.warnings))
    for row, number, problem in report.warnings:
        yield f"  {_row(row, number, language)}, {_problem(problem, language)}"
    yield _REFUSED.say(language, count=len(report.refused))
    for row, number, problems in report.refused:
        for problem in problems:
            yield f"  {_row(row, number, language)}, {_problem(problem, language)}"


def _row(row: int, number: str, language: Language) -> str:
    if not number:
        return _ROW_WITHOUT_NUMBER.say(language, row=row)
    return _ROW.say(language, row=row, number=_shown(number))


def _problem(problem: Problem, language: Language) -> str:
    t = translator(language)
    value = f' "{_shown(problem.value)}"' if problem.value else ""
    return f"{t(COLUMNS[problem.column])}{value} {t(REASONS[problem.reason])}"


def _rows(rows: Iterable[int], language: Language) -> str:
    """`(rij 3-8, 10)`; rows that follow each other are one range."""
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    if not ranges:
        return ""
    shown = [
        str(first) if first == last else f"{first}-{last}"
        for first, last in ranges[:_RANGES_SHOWN]
    ]
    if len(ranges) > _RANGES_SHOWN:
        shown.append("…")
    return " " + _ROWS.say(language, ranges=", ".join(shown))


def _shown(text: str) -> str:
    """On one line of a terminal: no control characters, not too long."""
    line = clean(text)
    return line if len(line) <= _VALUE_LENGTH else line[: _VALUE_LENGTH - 1] + "…"
