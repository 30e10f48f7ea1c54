from domain.importing.checking import check_rows
from domain.importing.headings import Column
from domain.importing.report import Problem
from domain.record_cards.fields import Reason

COLUMNS = (
    Column.NUMBER,
    Column.LAST_NAME,
    Column.BRANCH,
    Column.EMAIL,
    Column.START_ON,
    Column.END_ON,
)


def test_every_row_of_a_list_is_in_one_place(now):
    rows = [["1", "Wit", "Utrecht", "geen", None, None], [None] * 6]
    rows += [["2", None, "Utrecht", None, None, None], [" ", "\u200b", "", None, 0, ""]]
    numbered = list(enumerate(rows, 2))
    checked = check_rows(COLUMNS, numbered, today=now.date())
    assert [card.row for card in checked.cards] == [2]
    assert [line.row for line in checked.refused] == [4, 5]
    assert [line.row for line in checked.warnings] == [2]


def test_a_birth_date_is_before_today_and_before_the_first_day(now):
    columns = (Column.NUMBER, Column.LAST_NAME, Column.BRANCH)
    columns += (Column.BIRTH_ON, Column.START_ON)
    days = ["2026-11-20", "2026-11-21", "1-1-2000"]
    rows = [
        (row, [f"{row}", "Wit", "Utrecht", born, "1-2-2001" if row > 3 else None])
        for row, born in enumerate([*days, "1-2-2001"], 2)
    ]
    checked = check_rows(columns, rows, today=now.date())
    assert [card.row for card in checked.cards] == [2, 4]
    assert [(line.row, line.problems) for line in checked.refused] == [
        (3, (Problem(Column.BIRTH_ON, "2026-11-21", Reason.NOT_YET_BORN),)),
        (5, (Problem(Column.BIRTH_ON, "2001-02-01", Reason.BORN_AFTER_START),)),
    ]
