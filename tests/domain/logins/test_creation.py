import pytest
from sqlalchemy import insert

from domain.actor import SCHEDULE, BranchId
from domain.audit import AuditAct
from domain.errors import CountChangedError, NotFoundError, NotPermittedError
from domain.logins import provisioning
from domain.logins.model import LoginState, PasswordKind
from domain.record_cards.model import RecordCard
from tests.domain.logins.acting import create, plan_creation
from tests.domain.office import day

TODAY = day("2026-11-20")
NOWHERE = BranchId(999_999)


def test_each_employed_card_with_an_address_gets_one_inactive_login(office):
    card_id = office.add_card(email="Anna@Example.nl")
    assert create(office) == 1
    login = office.login_of(card_id)
    assert login.user_name == "Anna@Example.nl"
    assert login.user_name_key == "anna@example.nl"
    assert (login.state, login.password_kind) == (LoginState.NEW, PasswordKind.NONE)
    assert (login.password_hash, login.sign_in_count) == (None, 0)
    assert (login.credential_version, login.created_at) == (1, office.now)


def test_each_created_login_has_one_event_in_the_same_transaction(office):
    card_id = office.add_card()
    create(office)
    (event,) = office.events(AuditAct.LOGIN_CREATED)
    assert event.login_id == office.login_of(card_id).id
    assert (event.record_card_id, event.branch_id) == (card_id, office.utrecht)
    assert (event.administrator_id, event.at) == (
        office.ursula.administrator_id,
        office.now,
    )
    assert event.details == {}


def test_pressing_twice_changes_nothing_the_second_time(office):
    office.add_card()
    assert [create(office), create(office)] == [1, 0]
    assert len(office.events(AuditAct.LOGIN_CREATED)) == 1


def test_on_the_last_day_of_an_employment_a_login_is_created(office):
    office.add_card(end_on=TODAY)
    assert create(office) == 1


def test_only_cards_of_the_branch_get_a_login(office):
    mine = office.add_card()
    theirs = office.add_card(branch_id=office.amsterdam)
    assert create(office) == 1
    assert office.login_of(mine) is not None
    assert office.login_of(theirs) is None


def test_a_branch_is_served_in_batches_and_each_batch_is_whole(office):
    with office.database.transaction() as session:
        rows = [office.card_values() for _ in range(25)]
        session.execute(insert(RecordCard), rows)
    assert [create(office, limit=10) for _ in range(4)] == [10, 10, 5, 0]
    assert len(office.events(AuditAct.LOGIN_CREATED)) == 25


def test_a_batch_that_is_rolled_back_leaves_nothing(office):
    office.add_card()
    with office.database.transaction() as session:
        provisioning.create_logins(
            session, office.utrecht, actor=office.hanna, now=office.now
        )
        session.rollback()
    assert plan_creation(office).count == 1
    assert office.events(AuditAct.LOGIN_CREATED) == []


@pytest.mark.parametrize("act", [plan_creation, create])
def test_a_foreign_branch_is_refused_as_if_it_were_not_there(office, act):
    refusals = []
    for actor, branch_id in (
        (office.ursula, office.amsterdam),
        (office.ursula, NOWHERE),
        (office.hanna, NOWHERE),
    ):
        with pytest.raises(NotFoundError) as refused:
            act(office, actor=actor, branch_id=branch_id)
        refusals.append(refused.value.fields)
    assert refusals == [{"kind": "branch"}] * 3


@pytest.mark.parametrize("act", [plan_creation, create])
def test_the_schedule_creates_no_logins(office, act):
    with pytest.raises(NotPermittedError):
        act(office, actor=SCHEDULE)


def test_another_number_than_was_shown_creates_nothing(office):
    for _ in range(2):
        office.add_card()
    with pytest.raises(CountChangedError) as caught:
        create(office, expected_count=1)
    assert caught.value.fields == {"count": 2}
    assert office.events(AuditAct.LOGIN_CREATED) == []
    assert create(office, expected_count=2) == 2
