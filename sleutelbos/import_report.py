"""The report of an import as plain lines, in Dutch and in English."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from domain.importing.headings import Column
from domain.importing.report import Problem, Report
from domain.importing.unreadable import Unreadable, UnreadableListError
from domain.plain_text import clean
from domain.record_cards.fields import Reason
from sleutelbos.wording import CommandError, Language, Wording

_VALUE_LENGTH: Final = 60
_RANGES_SHOWN: Final = 12

COLUMNS: Final[Mapping[Column, Wording]] = {
    Column.NUMBER: Wording("Personeelsnummer", "Employee number"),
    Column.FIRST_NAME: Wording("Voornaam", "First name"),
    Column.PREFIX: Wording("Tussenvoegsel", "Prefix"),
    Column.LAST_NAME: Wording("Achternaam", "Last name"),
    Column.EMAIL: Wording("E-mailadres", "Email"),
    Column.BRANCH: Wording("Vestiging", "Branch"),
    Column.JOB_TITLE: Wording("Functie", "Job title"),
    Column.CONTRACT: Wording("Dienstverband", "Contract"),
    Column.START_ON: Wording("Datum in dienst", "Start date"),
    Column.END_ON: Wording("Datum uit dienst", "End date"),
    Column.PHONE: Wording("Telefoon", "Phone"),
    Column.STREET: Wording("Adres", "Address"),
    Column.POSTAL_CODE: Wording("Postcode", "Postal code"),
    Column.CITY: Wording("Plaats", "City"),
    Column.BIRTH_ON: Wording("Geboortedatum", "Date of birth"),
}
REASONS: Final[Mapping[Reason, Wording]] = {
    Reason.MISSING: Wording("is niet ingevuld", "is not filled in"),
    Reason.TOO_LONG: Wording("is te lang", "is too long"),
    Reason.NOT_A_WHOLE_NUMBER: Wording(
        "is geen heel getal; maak de cel op als tekst",
        "is no whole number; format the cell as text",
    ),
    Reason.NUMBER_TWICE: Wording(
        "staat meer dan één keer in de lijst", "is in the list more than once"
    ),
    Reason.NOT_A_DATE: Wording("is geen bestaande datum", "is no existing date"),
    Reason.NOT_YET_BORN: Wording("ligt in de toekomst", "is in the future"),
    Reason.BORN_AFTER_START: Wording(
        "ligt niet voor de datum in dienst", "is not before the start date"
    ),
    Reason.ENDS_BEFORE_START: Wording(
        "ligt voor de datum in dienst", "is before the start date"
    ),
    Reason.ADDRESS_UNUSABLE: Wording(
        "is geen bruikbaar e-mailadres", "is no usable e-mail address"
    ),
    Reason.ADDRESS_IN_USE: Wording(
        "is al de gebruikersnaam van een andere werknemerslogin",
        "is the user name of another employee login already",
    ),
    Reason.ADDRESS_SHARED: Wording(
        "staat in deze lijst bij meer dan één werknemerslogin",
        "belongs to more than one employee login in this list",
    ),
}
_UNREADABLE: Final[Mapping[Unreadable, Wording]] = {
    Unreadable.NO_FILE: Wording(
        "{file} is niet te lezen: controleer de naam en of het een bestand is dat u "
        "mag openen.",
        "{file} can't be read: check the name, and that it is a file that you may "
        "open.",
    ),
    Unreadable.EMPTY: Wording(
        "{file} is leeg: bewaar de lijst opnieuw als Excel-werkmap (.xlsx).",
        "{file} is empty: save the list again as an Excel workbook (.xlsx).",
    ),
    Unreadable.NOT_A_WORKBOOK: Wording(
        "{file} is geen Excel-werkmap: open de lijst in Excel en bewaar haar als "
        ".xlsx.",
        "{file} is no Excel workbook: open the list in Excel and save it as .xlsx.",
    ),
    Unreadable.ENCRYPTED: Wording(
        "{file} is beveiligd met een wachtwoord: bewaar de lijst zonder wachtwoord.",
        "{file} is protected by a password: save the list without one.",
    ),
    Unreadable.TOO_LARGE: Wording(
        "{file} is uitgepakt te groot: verwijder wat geen personeelslijst is, of "
        "splits de lijst.",
        "{file} is too large once unpacked: remove what is no staff list, or split "
        "the list.",
    ),
    Unreadable.NO_HEADING_ROW: Wording(
        "{file} heeft in de eerste 20 rijen geen koppen die we herkennen: zet er een "
        "rij boven met Personeelsnummer, Achternaam en Vestiging.",
        "{file} has no headings that we recognise in its first 20 rows: put a row "
        "above it with Employee number, Last name and Branch.",
    ),
    Unreadable.COLUMNS_MISSING: Wording(
        "{file} mist een kolom die nodig is: {columns_nl}.",
        "{file} lacks a column that is needed: {columns_en}.",
    ),
}

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
    columns = [COLUMNS[Column(column)] for column in error.columns]
    return CommandError(
        _UNREADABLE[error.reason],
        file=_shown(file),
        columns_nl=", ".join(column.nl for column in columns),
        columns_en=", ".join(column.en for column in columns),
    )


def _changes(report: Report, language: Language) -> Iterator[str]:
    yield _CHANGED.say(language, count=len(report.changed))
    for row, number, columns in report.changed:
        names = ", ".join(COLUMNS[column].say(language) for column in columns)
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
    column = COLUMNS[problem.column].say(language)
    reason = REASONS[problem.reason].say(language)
    value = f' "{_shown(problem.value)}"' if problem.value else ""
    return f"{column}{value} {reason}"


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
