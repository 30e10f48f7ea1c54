"""What a record card means whose data moved to another card: nothing any more."""

from sqlalchemy import select

from domain.logins import finding, listing, proposing
from domain.logins.eligibility import LeftOutReason
from domain.logins.moved_fields import MovedField
from domain.record_cards import register
from domain.record_cards.model import RecordCard
from domain.record_cards.register import employed_on
from tests.domain.logins.acting import create, left_out_of_creation, plan_creation
from tests.domain.logins.moving_data import move, undo, with_login
from tests.domain.office import day


def closed(office, **card):
    """A card without login whose data moved: (card id, the card it moved to)."""
    old, new = (
        office.add_card(**{"number": "00104"} | card),
        office.add_card(number="00900"),
    )
    move(office, old, new, [MovedField.PHONE])
    return old, new


def counts(office):
    with office.database.reading() as session:
        return listing.counts(
            session, office.utrecht, actor=office.ursula, now=office.now
        )


def test_nobody_is_employed_on_a_closed_card(office):
    _old, new = closed(office)
    with office.database.reading() as session:
        query = select(RecordCard.id).where(employed_on(day("2026-11-20")))
        assert session.scalars(query).all() == [new]


def test_no_login_is_created_for_it_and_it_is_left_out_of_the_count(office):
    old, new = closed(office)
    plan = plan_creation(office)
    assert (plan.count, plan.left_out) == (1, {})
    assert left_out_of_creation(office, LeftOutReason.DATA_MOVED).lines == ()
    assert create(office) == 1
    assert office.login_of(old) is None
    assert office.login_of(new) is not None


def test_its_address_keeps_nobody_from_a_login(office):
    _old, new = closed(office, email="samen@example.nl")
    office.change_card(new, email="samen@example.nl", email_key="samen@example.nl")
    assert create(office) == 1
    with office.database.reading() as session:
        assert proposing.number_for(session, "samen@example.nl") == "00900"


def test_the_branch_screen_counts_it_nowhere(office):
    before = counts(office)
    _old, _ = closed(office, end_on=day("2026-10-31"), email=None)
    after = counts(office)
    assert (after.cards, after.without_login) == (before.cards + 1,) * 2
    assert after.no_longer_employed == before.no_longer_employed
    assert after.without_email == before.without_email


def test_the_search_marks_it_and_names_the_card_that_has_the_data(office):
    old, _ = closed(office)
    look = {"actor": office.ursula, "now": office.now}
    with office.database.reading() as session:
        (found,) = finding.find(session, office.utrecht, "00104", limit=5, **look)
        assert found.why_none is LeftOutReason.DATA_MOVED
        person = finding.without_login(session, old, **look)
    assert (person.reason, person.other_number) == (LeftOutReason.DATA_MOVED, "00900")


def test_a_card_of_another_branch_is_not_named(office):
    old, new = closed(office)
    office.change_card(new, branch_id=office.amsterdam)
    with office.database.reading() as session:
        person = finding.without_login(
            session, old, actor=office.ursula, now=office.now
        )
    assert (person.reason, person.other_number) == (LeftOutReason.DATA_MOVED, None)


def test_the_last_card_of_a_row_of_moves_is_the_one_in_use(office):
    first, _ = with_login(office, number="1")
    second, third = office.add_card(number="2"), office.add_card(number="3")
    move(office, first, second)
    last_move = move(office, second, third)
    with office.database.reading() as session:
        assert register.in_use(session, " 1 ").number == "3"
        assert register.in_use(session, "3").number == "3"
        assert register.in_use(session, "4") is None
    undo(office, last_move)
    with office.database.reading() as session:
        assert register.in_use(session, "1").number == "2"
