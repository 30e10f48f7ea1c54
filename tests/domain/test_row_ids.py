import pytest
from sqlalchemy import select

from domain.branches import Branch
from domain.errors import NotFoundError
from domain.row_ids import row_id


@pytest.mark.parametrize("text", ["0", "7", "007", "999999999"])
def test_digits_are_an_id_that_either_database_can_be_asked_for(database, text):
    with database.reading() as session:
        asked = select(Branch).where(Branch.id == row_id(text))
        assert session.scalars(asked).all() == []


@pytest.mark.parametrize(
    "text", ["", "-1", "1.0", "x", "1 OR 1=1", "9" * 10, "9" * 30, "٣", "³"]
)
def test_anything_else_reads_as_not_found(text):
    with pytest.raises(NotFoundError) as refused:
        row_id(text, kind="page")
    assert refused.value.fields == {"kind": "page"}
