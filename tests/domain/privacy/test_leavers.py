"""Forgetting people some time after they left."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.actor import SCHEDULE
from domain.logins.model import LoginState
from domain.privacy import leavers
from domain.record_cards.model import RecordCard
from tests.domain.office import day

LIMIT = day("2024-11-01")
LEFT_LONG_AGO = day("2024-10-31")
GONE = LoginState.EMPLOYMENT_ENDED


@pytest.fixture
def forget(office, now):
    """Erase batch after batch; gives how many cards went."""

    def act(limit=10):
        total = 0
        while True:
            with office.database.transaction() as session:
                count = leavers.erase_leavers(
                    session, LIMIT, limit=limit, actor=SCHEDULE, now=now
                )
            if not count:
                return total
            total += count

    return act


def is_erased(office, card_id):
    return office.card(card_id).erased_at is not None


def test_who_left_before_that_day_is_erased_and_nobody_else(office, forget):
    gone = [office.add_card(end_on=LEFT_LONG_AGO) for _ in range(3)]
    kept = [office.add_card(end_on=end_on) for end_on in (LIMIT, None)]
    assert forget(limit=2) == 3
    assert forget() == 0
    assert [is_erased(office, card_id) for card_id in gone] == [True] * 3
    assert [is_erased(office, card_id) for card_id in kept] == [False] * 2


def test_a_card_whose_data_went_to_an_erased_one_is_erased_with_it(office, forget, now):
    new = office.add_card(end_on=LEFT_LONG_AGO)
    old = office.add_card(moved_to_card_id=new, closed_at=now - timedelta(days=3))
    assert forget() == 2
    assert is_erased(office, old)


def test_a_login_that_was_activated_again_keeps_its_card(office, forget):
    login_id = office.add_login(card={"end_on": LEFT_LONG_AGO})
    closed = office.add_login(GONE, card={"end_on": LEFT_LONG_AGO})
    assert forget() == 1
    assert not is_erased(office, office.login(login_id).record_card_id)
    assert is_erased(office, office.login(closed).record_card_id)


def test_who_is_taken_back_at_that_moment_stays(office, forget, database):
    if database.is_sqlite:
        pytest.skip("one process writes at a time")
    card_id = office.add_card(end_on=LEFT_LONG_AGO)
    with database.transaction() as session:
        card = select(RecordCard).where(RecordCard.id == card_id).with_for_update()
        session.scalars(card).one().end_on = None
        session.flush()
        assert forget() == 0
    assert forget() == 0
    assert not is_erased(office, card_id)
