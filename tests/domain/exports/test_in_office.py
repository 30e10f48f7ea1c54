import pytest

from domain.exports.columns import HEADINGS
from domain.exports.workbook import build, new_opening_password
from domain.secret import Secret
from tests.domain.exports import reading
from tests.office_suite import read_with_libreoffice

pytestmark = pytest.mark.office

FORMULA = '=HYPERLINK("http://127.0.0.1/?"&A1;"klik")'


def test_libreoffice_opens_the_workbook_with_its_password_and_sees_only_text(
    row, tmp_path
):
    password = new_opening_password()
    rows = [
        row(),
        row(number="0000", last_name=FORMULA, first_name="=1+1", prefix="#N/A"),
        row(city="+31 6", street="-1", postal_code="@SUM(1+1)", branch="https://a.nl"),
        row(last_name="\u202eneznaJ \u05dd\u05dc\u05d5\u05e2", first_name="👩\u200d🍳"),
    ]
    built = build(rows, opening_password=password)
    path = reading.write(tmp_path, built.content)
    lines = read_with_libreoffice(path, password)
    assert lines == [list(HEADINGS), *(list(row.cells()) for row in rows)]
    assert lines[1][0] == "00104"
    assert lines[2][3] == FORMULA


def test_libreoffice_does_not_open_the_workbook_with_another_password(row, tmp_path):
    built = build([row()], opening_password=new_opening_password())
    path = reading.write(tmp_path, built.content)
    with pytest.raises(AssertionError, match="does not open"):
        read_with_libreoffice(path, Secret("kq7m-3xwe-9hrd-p2ta"))
