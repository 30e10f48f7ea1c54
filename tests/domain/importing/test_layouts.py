from datetime import date, datetime

import openpyxl
import pytest

from domain.importing import headings
from domain.importing.headings import LEAD_ROWS, Column
from tests.domain.importing import workbooks
from tests.domain.importing.workbooks import BRANCH, LAST_NAME, NUMBER

DUTCH = [
    "Personeelsnummer", "Voornaam", "Tussenvoegsel", "Achternaam", "E-mailadres",
    "Vestiging", "Functie", "Dienstverband", "Datum in dienst", "Datum uit dienst",
    "Telefoon", "Adres", "Postcode", "Plaats", "Geboortedatum",
]  # fmt: skip
ENGLISH = [
    "Employee number", "First name", "Prefix", "Last name", "Email", "Branch",
    "Job title", "Contract", "Start date", "End date", "Phone", "Address",
    "Postal code", "City", "Date of birth",
]  # fmt: skip
PERSON = [
    "00104", "Femke", "van", "Kempen", "femke@example.nl", "Utrecht", "Kok",
    "werknemer", "14-7-2023", date(2027, 1, 1), 31612345678, "Laan 1", "8978XM",
    "Koningslust", datetime.fromisoformat("2005-10-25 12:30"),
]  # fmt: skip


def _shouted(heading):
    return f" {heading.upper().replace(' ', '  ')}\u00a0:"


@pytest.mark.parametrize("spoken", [DUTCH, ENGLISH, [*DUTCH[:7], *ENGLISH[7:]]])
@pytest.mark.parametrize("written", [str, _shouted, str.lower])
def test_headings_are_found_in_either_language_however_they_are_written(
    spoken, written
):
    found = headings.recognise([written(heading) for heading in spoken])
    assert found.positions == {column: at for at, column in enumerate(Column)}
    assert found.unknown == ()


@pytest.mark.parametrize("spoken", [DUTCH, ENGLISH])
def test_every_column_in_reverse_order_reaches_its_field(desk, spoken):
    file = workbooks.workbook([list(reversed(spoken)), list(reversed(PERSON))])
    assert len(desk.imports(file).new) == 1
    card = desk.card("00104")
    assert card.full_name == "Femke van Kempen"
    assert (card.email, card.phone) == ("femke@example.nl", "31612345678")
    assert (card.job_title, card.contract) == ("Kok", "werknemer")
    assert (card.start_on, card.end_on) == (date(2023, 7, 14), date(2027, 1, 1))
    assert (card.street, card.postal_code, card.city) == (
        "Laan 1",
        "8978XM",
        "Koningslust",
    )
    assert card.birth_on == date(2005, 10, 25)
    assert desk.branch_of("00104") == "Utrecht"


def test_the_heading_row_may_be_the_twentieth_but_not_later(desk):
    person = {NUMBER: "1", LAST_NAME: "Wit", BRANCH: "Utrecht"}
    file = workbooks.staff_list(person, lead=LEAD_ROWS - 1)
    report = desk.imports(file)
    assert report.heading_row == 20
    assert [line.row for line in report.new] == [21]
    found = headings.find([[]] * LEAD_ROWS + [[NUMBER, LAST_NAME, BRANCH]])
    assert found is None


def test_lead_rows_with_text_and_one_known_word_are_no_heading_row(desk):
    file = workbooks.workbook(
        [
            ["Personeelslijst"],
            ["Vestiging", "alle"],
            [None, "stand per", date(2026, 11, 1)],
            [None, NUMBER, LAST_NAME, BRANCH],
            [None, "1", "Wit", "Utrecht"],
        ]
    )
    report = desk.imports(file)
    assert (report.heading_row, desk.numbers()) == (4, ["1"])


def test_of_several_heading_rows_the_most_complete_and_then_the_first_counts():
    partial, whole = ["Naam", "Voornaam", NUMBER], [NUMBER, LAST_NAME, BRANCH]
    assert headings.find([partial, whole, whole, ["x"]])[0] == 1
    index, found = headings.find([["x"], partial, partial[:2], ["Plaats", "Adres"]])
    assert (index, found.missing) == (1, (Column.LAST_NAME, Column.BRANCH))
    assert headings.find([["Vestiging", "x"], []]) is None


def test_unknown_columns_are_named_and_ignored(desk):
    file = workbooks.workbook(
        [
            [NUMBER, "Schoenmaat", LAST_NAME, BRANCH, "Achternaam", None, " BSN "],
            ["1", "43", "Wit", "Utrecht", "Zwart", "x", "123456782"],
            [None, "44", None, None, None, None, None],
        ]
    )
    report = desk.imports(file)
    assert report.unknown_columns == ("Schoenmaat", "Achternaam", "BSN")
    assert desk.card("1").last_name == "Wit"
    assert report.refused == ()
    assert "123456782" not in repr(desk.dump())


def test_the_first_sheet_with_a_heading_row_is_the_list(desk):
    empty, notes = [], [["Toelichting"], ["Vestiging", "Utrecht"]]
    first = [[NUMBER, LAST_NAME, BRANCH], ["1", "Wit", "Utrecht"]]
    second = [[NUMBER, LAST_NAME, BRANCH], ["2", "Zwart", "Utrecht"]]
    report = desk.imports(workbooks.workbook(empty, notes, first, second))
    assert report.sheet == "Sheet2"
    assert desk.numbers() == ["1"]


def test_a_hidden_sheet_is_not_the_list(desk):
    book = openpyxl.Workbook()
    book.active.append([NUMBER, LAST_NAME, BRANCH])
    book.active.append(["1", "Oud", "Utrecht"])
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("Nu")
    shown.append([NUMBER, LAST_NAME, BRANCH])
    shown.append(["2", "Nieuw", "Utrecht"])
    book.active = 1
    book.create_chartsheet("Grafiek", 0)
    assert desk.imports(workbooks.saved(book)).sheet == "Nu"
    assert desk.numbers() == ["2"]


def test_rows_are_counted_as_the_spreadsheet_counts_them(desk):
    book = openpyxl.Workbook()
    for at, value in zip(("C5", "D5", "E5"), (NUMBER, LAST_NAME, BRANCH), strict=True):
        book.active[at] = value
    for at, value in zip(("C9", "D9", "E9"), ("1", "Wit", "Utrecht"), strict=True):
        book.active[at] = value
    book.active["C12"] = "2"
    report = desk.imports(workbooks.saved(book))
    assert report.heading_row == 5
    assert [line.row for line in report.new] == [9]
    assert [line.row for line in report.refused] == [12]


def test_merged_cells_count_as_their_first_cell(desk):
    book = openpyxl.Workbook()
    for row in (
        ["Personeel"],
        [NUMBER, LAST_NAME, BRANCH],
        ["1", "Wit", "Utrecht"],
        ["2", "Zwart", None],
    ):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("C3:C4")
    report = desk.imports(workbooks.saved(book))
    assert [line.number for line in report.new] == ["1"]
    assert [line.number for line in report.refused] == ["2"]


def test_a_formula_is_what_excel_last_computed_and_never_run(desk):
    data = (
        workbooks.text_row(1, NUMBER, LAST_NAME, BRANCH, "Voornaam")
        + '<row r="2"><c t="str"><f>"00"&amp;"7"</f><v>007</v></c>'
        '<c t="inlineStr"><is><t>=1+1</t></is></c>'
        '<c t="inlineStr"><is><t>Utrecht</t></is></c>'
        '<c><f>WEBSERVICE("http://127.0.0.1:9/x")</f></c></row>'
    )
    desk.imports(workbooks.package(workbooks.sheet_xml(data)))
    assert desk.card("007").last_name == "=1+1"
    assert desk.card("007").first_name is None


def test_control_characters_are_gone_before_they_are_stored(desk):
    data = workbooks.text_row(1, NUMBER, LAST_NAME, BRANCH) + workbooks.text_row(
        2, "1", "Jan_x000B_sen_x0000_ _x001B_[31m", "Utrecht_x0007_"
    )
    desk.imports(workbooks.package(workbooks.sheet_xml(data)))
    assert desk.card("1").last_name == "Jan sen [31m"
    assert desk.branch_of("1") == "Utrecht"
