"""Who is on the list of administrators, in which order, with what."""

import pytest
from sqlalchemy import update

from domain.actor import OPERATOR, AccountType
from domain.appointments import listing
from domain.company_rules import CompanyRules
from domain.errors import NotFoundError, NotPermittedError
from tests.domain.appointments.conftest import NOOR, profile
from tests.domain.office import BRAM, HANNA, URSULA


@pytest.fixture
def lists(office):
    def read(who):
        with office.database.reading() as session:
            return listing.list_administrators(session, actor=who)

    return read


def identities(lines):
    return [line.identity for line in lines]


def test_managers_come_first_and_then_it_goes_by_name(office, desk, lists):
    desk.hears_of(URSULA, profile(display_name="Zus"))
    desk.hears_of(NOOR, profile(display_name="aad"))
    desk.appoints(office.hanna, NOOR, AccountType.USER, office.amsterdam)
    assert identities(lists(office.hanna)) == [HANNA, BRAM, NOOR, URSULA]
    assert identities(lists(OPERATOR)) == [HANNA, BRAM, NOOR, URSULA]


def test_a_branch_manager_sees_users_of_the_own_branches(office, desk, lists):
    desk.appoints(office.hanna, NOOR, AccountType.USER, office.amsterdam)
    assert identities(lists(office.bram)) == [URSULA]
    desk.changes(
        office.hanna,
        office.ursula,
        AccountType.USER,
        office.utrecht,
        office.amsterdam,
        email="u@example.nl",
    )
    [line] = lists(office.bram)
    assert line.branches == ((office.utrecht, "Utrecht"),)


def test_what_a_branch_manager_does_not_see_changes_no_mark(office, desk, lists):
    desk.changes(
        office.hanna, office.ursula, AccountType.USER, office.utrecht, email="u@x.nl"
    )
    before = lists(office.bram)[0].mark, lists(office.hanna)[-1].mark
    desk.changes(
        office.hanna, office.ursula, AccountType.USER, office.utrecht, office.amsterdam
    )
    after = lists(office.bram)[0].mark, lists(office.hanna)[-1].mark
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_a_user_sees_no_list(office, lists):
    with pytest.raises(NotPermittedError):
        lists(office.ursula)


def test_who_was_dismissed_is_not_on_it(office, desk, lists):
    desk.dismisses(office.hanna, office.bram)
    assert identities(lists(office.hanna)) == [HANNA, URSULA]


def test_it_says_who_gives_codes_and_who_is_blocked(office, desk, lists):
    desk.gives_codes(office.bram, blocked_at=office.now)
    desk.gives_codes(office.ursula, way=None, sealed_totp_seed=None, is_required=True)
    hanna, bram, ursula = lists(office.hanna)
    assert [each.gives_codes for each in (hanna, bram, ursula)] == [False, True, True]
    assert [each.must_give_codes for each in (bram, ursula)] == [False, True]
    assert [each.is_blocked for each in (bram, ursula)] == [True, False]
    with office.database.transaction() as session:
        session.execute(update(CompanyRules).values(codes_for_all=True))
    assert all(each.gives_codes for each in lists(office.hanna))


@pytest.mark.parametrize("target", ["hanna", "bram"])
def test_a_branch_manager_opens_nobody_above(office, desk, target):
    whom = getattr(office, target)
    refused = pytest.raises((NotFoundError, NotPermittedError))
    with office.database.reading() as session, refused:
        listing.find(session, whom.administrator_id, actor=office.bram)
