"""Who is told of a change, and of which branches."""

import pytest
from sqlalchemy import select

from domain import branch_settings
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.appointments.notices import Change
from domain.outbox import OutboxMessage
from tests.domain.appointments.conftest import NOOR

MANAGER, BRANCH_MANAGER, USER = AccountType


@pytest.fixture
def channels(office):
    """Utrecht and Rotterdam have channels; Amsterdam's is the company's."""
    for branch_id, channel_id in ((office.utrecht, "CUTR"), (office.rotterdam, "CROT")):
        with office.database.transaction() as session:
            branch_settings.save_settings(
                session,
                branch_id,
                {"admin_channel_id": channel_id},
                actor=office.hanna,
                now=office.now,
            )


def by_reader(told):
    return {
        "person" if each.to_person else each.channel_id or "company": (
            each.branch_ids,
            each.lost_branch_ids,
        )
        for each in told
    }


@pytest.mark.usefixtures("channels")
def test_the_person_hears_of_all_branches_and_each_channel_of_its_own(office, desk):
    desk.appoints(
        office.hanna, NOOR, USER, office.utrecht, office.amsterdam, office.rotterdam
    )
    told = desk.notices()
    every = tuple(sorted((office.utrecht, office.amsterdam, office.rotterdam)))
    assert by_reader(told) == {
        "person": (every, ()),
        "CUTR": ((office.utrecht,), ()),
        "CROT": ((office.rotterdam,), ()),
        "company": ((office.amsterdam,), ()),
    }
    assert {each.by for each in told} == {office.hanna.administrator_id}
    assert {each.change for each in told} == {Change.APPOINTED}


@pytest.mark.usefixtures("channels")
def test_a_branch_that_somebody_lost_hears_of_it(office, desk):
    noor = desk.appoints(office.hanna, NOOR, USER, office.utrecht)
    desk.notices()
    desk.changes(office.hanna, noor, USER, office.rotterdam)
    assert by_reader(desk.notices()) == {
        "person": ((office.rotterdam,), (office.utrecht,)),
        "CUTR": ((), (office.utrecht,)),
        "CROT": ((office.rotterdam,), ()),
    }


@pytest.mark.usefixtures("channels")
def test_a_channel_whose_branches_stay_hears_nothing_of_others(office, desk):
    noor = desk.appoints(office.hanna, NOOR, USER, office.utrecht, office.amsterdam)
    desk.notices()
    desk.changes(office.hanna, noor, USER, office.utrecht, office.rotterdam)
    assert by_reader(desk.notices()) == {
        "person": ((office.utrecht, office.rotterdam), (office.amsterdam,)),
        "CROT": ((office.rotterdam,), ()),
        "company": ((), (office.amsterdam,)),
    }


@pytest.mark.usefixtures("channels")
def test_of_managers_the_companys_channel_hears_too(office, desk):
    noor = desk.appoints(office.hanna, NOOR, MANAGER)
    assert by_reader(desk.notices()) == {"person": ((), ()), "company": ((), ())}
    desk.changes(office.hanna, noor, USER, office.utrecht)
    assert set(by_reader(desk.notices())) == {"person", "company", "CUTR"}
    desk.dismisses(office.hanna, noor)
    assert set(by_reader(desk.notices())) == {"person", "CUTR"}


def test_nobody_is_told_directly_of_what_they_did_themselves(office, desk):
    desk.appoints(office.hanna, NOOR, MANAGER)
    desk.notices()
    desk.changes(office.hanna, office.hanna, MANAGER, email="h@example.nl")
    assert set(by_reader(desk.notices())) == {"company"}


def test_of_the_first_manager_the_companys_channel_hears(database, now):
    with database.transaction() as session:
        appointing.appoint_first_manager(
            session, NOOR, is_workspace_owner=True, now=now
        )
        told = session.scalars(select(OutboxMessage)).all()
    assert [(each.payload["to_person"], each.payload["by_kind"]) for each in told] == [
        (False, "newcomer")
    ]


def test_what_changes_nothing_tells_nobody(office, desk):
    noor = desk.appoints(OPERATOR, NOOR, USER, office.utrecht)
    desk.notices()
    desk.changes(office.hanna, noor, USER, office.utrecht)
    assert desk.notices() == []


def test_no_address_is_in_a_notice(office, desk):
    noor = desk.appoints(office.hanna, NOOR, USER, office.utrecht, email="n@x.nl")
    desk.changes(office.hanna, noor, USER, office.utrecht, email="m@x.nl")
    assert "@" not in str(desk.notices())


def test_a_refused_change_tells_nobody(office, desk):
    with pytest.raises(Exception, match="not_permitted"):
        desk.appoints(office.ursula, NOOR, USER, office.utrecht)
    assert desk.notices() == []
