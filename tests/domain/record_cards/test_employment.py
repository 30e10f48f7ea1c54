from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from domain.record_cards.employment import is_employed, office_day
from domain.record_cards.model import RecordCard
from domain.record_cards.register import employed_on


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        # Winter: an hour ahead of UTC.
        (datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), date(2026, 11, 21)),
        # Summer: two hours.
        (datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        # The nights in which the clock is changed.
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_the_day_changes_at_midnight_in_the_netherlands(instant, day):
    assert office_day(instant) == day


def test_the_last_day_of_an_employment_is_a_day_of_work():
    end_on = date(2026, 11, 20)
    assert is_employed(end_on, date(2026, 11, 19))
    assert is_employed(end_on, date(2026, 11, 20))
    assert not is_employed(end_on, date(2026, 11, 21))


@given(st.dates())
def test_an_employment_without_end_lasts(day):
    assert is_employed(None, day)


@pytest.mark.parametrize("end_on", [None, "2026-11-19", "2026-11-20", "2026-11-21"])
def test_the_database_and_the_rule_agree_on_who_is_employed(office, end_on):
    card_id = office.add_card()
    day = date(2026, 11, 20)
    end = date.fromisoformat(end_on) if end_on else None
    with office.database.transaction() as session:
        session.execute(update(RecordCard).values(end_on=end))
        found = session.scalars(select(RecordCard.id).where(employed_on(day))).all()
    assert (card_id in found) is is_employed(end, day)
