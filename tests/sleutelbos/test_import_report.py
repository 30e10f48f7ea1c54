import pytest

from bot.importing import wording
from domain.importing.headings import Column
from domain.importing.report import (
    ChangedAddress,
    ChangedRow,
    ListedRow,
    Problem,
    RefusedRow,
    Report,
    Warned,
)
from domain.importing.unreadable import Unreadable, UnreadableListError
from domain.record_cards.fields import Reason
from sleutelbos.import_report import complaint, report_lines

REPORT = Report(
    sheet="Stamkaarten",
    heading_row=2,
    unknown_columns=("Schoenmaat", "BSN"),
    new=tuple(ListedRow(row, f"n{row}") for row in (3, 4, 5, 9)),
    changed=(ChangedRow(6, "00104", (Column.CITY, Column.EMAIL)),),
    unchanged=(ListedRow(7, "00105"),),
    refused=(
        RefusedRow(
            8,
            "00106",
            (
                Problem(Column.START_ON, "01-13-2024", Reason.NOT_A_DATE),
                Problem(Column.LAST_NAME, "", Reason.MISSING),
            ),
        ),
        RefusedRow(10, "", (Problem(Column.NUMBER, "", Reason.MISSING),)),
    ),
    warnings=(
        Warned(7, "00105", Problem(Column.EMAIL, "geen", Reason.ADDRESS_UNUSABLE)),
    ),
    address_changes=(ChangedAddress(6, "00104", "oud@x.nl", "nieuw@x.nl"),),
    new_branches=("Utrecht",),
)


def test_the_report_says_in_dutch_what_becomes_of_each_row():
    assert list(report_lines(REPORT, "nl", is_dry_run=True)) == [
        "Proef: er is niets opgeslagen.",
        "Blad Stamkaarten, koppen in rij 2",
        "Onbekende kolommen, overgeslagen: Schoenmaat, BSN",
        "Nieuwe vestigingen: Utrecht",
        "Nieuw: 4 (rij 3-5, 9)",
        "Ongewijzigd: 1 (rij 7)",
        "Gewijzigd: 1",
        "  rij 6, nummer 00104: Plaats, E-mailadres",
        "Ander e-mailadres, en dus andere gebruikersnaam: 1",
        "  rij 6, nummer 00104: oud@x.nl -> nieuw@x.nl",
        "Verwerkt zonder het e-mailadres in de lijst: 1",
        '  rij 7, nummer 00105, E-mailadres "geen" is geen bruikbaar e-mailadres',
        "Geweigerd: 2",
        '  rij 8, nummer 00106, Datum in dienst "01-13-2024" is geen bestaande datum',
        "  rij 8, nummer 00106, Achternaam is niet ingevuld",
        "  rij 10, Personeelsnummer is niet ingevuld",
    ]


def test_the_report_says_the_same_in_english():
    assert list(report_lines(REPORT, "en", is_dry_run=False)) == [
        "Sheet Stamkaarten, headings in row 2",
        "Unknown columns, ignored: Schoenmaat, BSN",
        "New branches: Utrecht",
        "New: 4 (row 3-5, 9)",
        "Unchanged: 1 (row 7)",
        "Changed: 1",
        "  row 6, number 00104: City, E-mail address",
        "Other e-mail address, and so another user name: 1",
        "  row 6, number 00104: oud@x.nl -> nieuw@x.nl",
        "Taken without the e-mail address in the list: 1",
        '  row 7, number 00105, E-mail address "geen" is no usable e-mail address',
        "Refused: 2",
        '  row 8, number 00106, Start date "01-13-2024" is no existing date',
        "  row 8, number 00106, Last name is not filled in",
        "  row 10, Employee number is not filled in",
    ]


def test_every_column_and_every_reason_has_its_words():
    assert set(wording.COLUMNS) == set(Column)
    assert set(wording.REASONS) == set(Reason)
    assert set(wording.UNREADABLE) == set(Unreadable)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("reason", Unreadable)
def test_a_refused_file_is_one_line_with_its_name(reason, language):
    error = UnreadableListError(reason, ("last_name", "branch"))
    line = complaint(error, "lijst\n\x1b[2J.xlsx").say(language)
    assert line.startswith("lijst [2J.xlsx ")
    assert line.endswith(".")
    assert line.isprintable()
    names = {"nl": "Achternaam, Vestiging", "en": "Last name, Branch"}
    assert (names[language] in line) == (reason is Unreadable.COLUMNS_MISSING)


def test_values_cannot_write_lines_of_their_own():
    problem = Problem(
        Column.LAST_NAME, "x\x1b[2J\r\nGeweigerd: 0" + "y" * 99, "too_long"
    )
    report = Report(
        sheet="a\nb",
        heading_row=1,
        unknown_columns=("\x07\u202eBSN",),
        new=(),
        changed=(),
        unchanged=(),
        refused=(RefusedRow(2, "1\n2", (problem,)),),
        warnings=(),
        address_changes=(),
        new_branches=("\x1b]0;x\x07",),
    )
    lines = list(report_lines(report, "nl", is_dry_run=False))
    assert len(lines) == 8
    assert all(line.isprintable() for line in lines)
    assert len(lines[-1]) < 150


def test_many_loose_rows_are_cut_short():
    new = tuple(ListedRow(row, str(row)) for row in range(2, 100, 2))
    report = Report("x", 1, (), new, (), (), (), (), (), ())
    (line,) = [
        line for line in report_lines(report, "nl", is_dry_run=False) if "Nieuw" in line
    ]
    assert line == "Nieuw: 49 (rij 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, …)"
