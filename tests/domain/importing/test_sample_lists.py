from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from domain.audit import AuditAct, AuditEvent
from domain.database import Database
from domain.importing.headings import Column
from domain.importing.report import Problem, RefusedRow, Warned
from domain.record_cards.fields import Reason
from tests.domain.importing.conftest import Desk

DATA = Path(__file__).parents[2] / "data"
ORDINARY = DATA / "stamkaarten.xlsx"
MESSY = DATA / "stamkaarten-rommelig.xlsx"
LARGE = DATA / "stamkaarten-groot.xlsx"


def _refused(row, number, *problems):
    return RefusedRow(row, number, tuple(Problem(*problem) for problem in problems))


MESSY_REFUSED = (
    _refused(9, "00107", (Column.LAST_NAME, "", Reason.MISSING)),
    _refused(14, "00112", (Column.FIRST_NAME, "X" * 400, Reason.TOO_LONG)),
    _refused(18, "00117", (Column.NUMBER, "00117", Reason.NUMBER_TWICE)),
    _refused(19, "00117", (Column.NUMBER, "00117", Reason.NUMBER_TWICE)),
    _refused(21, "", (Column.NUMBER, "", Reason.MISSING)),
    _refused(23, "00121", (Column.BRANCH, "", Reason.MISSING)),
    _refused(24, "00122", (Column.START_ON, "01-13-2024", Reason.NOT_A_DATE)),
    _refused(28, "00126", (Column.END_ON, "2019-01-01", Reason.ENDS_BEFORE_START)),
    _refused(
        69,
        "Totaal",
        (Column.LAST_NAME, "", Reason.MISSING),
        (Column.BRANCH, "", Reason.MISSING),
    ),
)
MESSY_WARNINGS = tuple(
    Warned(row, number, Problem(Column.EMAIL, value, Reason.ADDRESS_UNUSABLE))
    for row, number, value in (
        (4, "00102", "geen"),
        (5, "00103", "a@b"),
        (27, "00125", "x@example.nl Bcc: all@example.nl"),
    )
)
BLANK_ROW = 29


def test_the_ordinary_list_goes_in_whole(desk):
    report = desk.imports(ORDINARY)
    assert [line.row for line in report.new] == list(range(2, 67))
    assert (report.refused, report.warnings, report.changed) == ((), (), ())
    assert report.unknown_columns == ()
    assert set(report.new_branches) == set(desk.branches())
    card = desk.card("00103")
    assert card.full_name == "Alyssa 't Helmerhorst"
    assert card.email == card.email_key == "alyssa.helmerhorst6@example.nl"
    assert desk.branch_of("00103") == "Amsterdam Centrum"
    assert (card.job_title, card.contract) == ("Bar", "werknemer")
    assert (card.start_on, card.end_on) == (date(2021, 10, 22), None)
    assert (card.street, card.postal_code) == ("Lisannedreef 8", "3967EO")
    assert (card.city, card.phone) == ("Druten", "+31(0)89-7684697")
    assert card.birth_on == date(1999, 8, 9)
    assert card.name_key == "helmerhorst alyssa 't 00103"
    assert desk.card("00106").email is None


def test_the_messy_list_is_sorted_out_row_by_row(desk):
    report = desk.imports(MESSY)
    assert report.heading_row == 2
    assert report.refused == MESSY_REFUSED
    assert report.warnings == MESSY_WARNINGS
    left_out = {line.row for line in report.refused} | {BLANK_ROW}
    assert [line.row for line in report.new] == [
        row for row in range(3, 70) if row not in left_out
    ]
    assert desk.numbers() == sorted(line.number for line in report.new)


def test_the_messy_lists_values_are_stored_as_they_were_meant(desk):
    desk.imports(MESSY)
    assert desk.card("00101").email == "Jan.Jansen@example.nl"
    assert desk.card("00101").email_key == "jan.jansen@example.nl"
    assert desk.card("00104").email_key == desk.card("00105").email_key
    assert [desk.card(number).email for number in ("00102", "00103", "00125")] == [
        None
    ] * 3
    assert desk.card("00108").first_name == "+31 Piet"
    assert desk.card("00109").first_name == "<!channel> Truus"
    assert desk.card("00110").last_name == "O'Neill–Ångström 🍕"
    assert desk.card("00111").first_name == "علي"
    assert desk.card("115").last_name == "Lagerweij"
    assert desk.card("00123").start_on == date(2023, 3, 3)
    assert desk.card("00124").email == "piet@exämple.nl"
    assert desk.card("00124").email_key == "piet@xn--exmple-cua.nl"
    assert desk.card("00190").end_on == date(2025, 12, 31)
    assert set(desk.branches()) == {"Amsterdam Centrum", "Utrecht", "Café 't Hoekje"}
    assert desk.branch_of("00120") == "Utrecht"


def test_a_second_import_of_the_messy_list_changes_nothing(desk):
    first = desk.imports(MESSY)
    before = desk.dump()
    second = desk.imports(MESSY)
    assert desk.dump() == before
    assert (second.new, second.changed) == ((), ())
    assert second.unchanged == first.new
    assert second.refused == first.refused


def test_the_large_list_goes_in_and_again_changes_nothing(sqlite_url, now):
    database = Database(sqlite_url)
    desk = Desk(database, now)
    assert len(desk.imports(LARGE).new) == len(desk.numbers()) == 12_000
    with database.reading() as session:
        rows = session.execute(
            select(AuditEvent.act, func.count()).group_by(AuditEvent.act)
        )
        acts = dict(tuple(row) for row in rows)
    assert acts == {
        AuditAct.CARD_ADDED: 12_000,
        AuditAct.CARDS_IMPORTED: 1,
        AuditAct.BRANCH_ADDED: len(desk.branches()),
    }
    before = desk.dump()
    assert len(desk.imports(LARGE).unchanged) == 12_000
    assert desk.dump() == before
    database.close()
