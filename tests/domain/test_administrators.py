import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain import administrators, slack_users
from domain.actor import OPERATOR, AccountType, ActorKind, Surface
from domain.administrators import (
    Administrator,
    AlreadyManagedError,
    BranchesRequiredError,
)
from domain.appointments import appointing
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.slack_users import SlackIdentity
from tests.domain.office import BRAM, HANNA, TEAM, URSULA, member

NOOR = SlackIdentity(TEAM, "U0NOOR")
MEMBER = member("noor")


def appoint(office, identity, account_type, *branch_ids, by=None, **given):
    given = {"email": f"{identity.user_id.lower()}@example.nl"} | given
    with office.database.transaction() as session:
        slack_users.remember(session, identity, MEMBER, now=office.now)
        appointing.appoint(
            session,
            identity,
            account_type,
            branch_ids,
            actor=by or office.hanna,
            now=office.now,
            **given,
        )


def dismiss(office, identity):
    with office.database.transaction() as session:
        session.execute(
            update(Administrator)
            .where(Administrator.user_id == identity.user_id)
            .values(dismissed_at=office.now)
        )


def find(office, identity):
    with office.database.reading() as session:
        return administrators.find_actor(session, identity)


def test_somebody_who_was_never_appointed_is_no_actor(office):
    assert find(office, NOOR) is None


def test_the_same_user_id_in_another_workspace_is_somebody_else(office):
    assert find(office, SlackIdentity("T0OTHER", HANNA.user_id)) is None


def test_an_administrator_acts_in_slack_with_the_type_and_branches_given(office):
    bram = find(office, BRAM)
    assert (bram.kind, bram.surface) == (ActorKind.ADMINISTRATOR, Surface.SLACK)
    assert bram.account_type is AccountType.BRANCH_MANAGER
    assert bram.branch_ids == {office.utrecht}
    assert not bram.reaches(office.amsterdam)


def test_a_manager_reaches_every_branch_and_is_bound_to_none(office):
    hanna = find(office, HANNA)
    assert hanna.reaches_every_branch
    assert hanna.branch_ids == frozenset()


def test_a_dismissed_administrator_is_no_actor_at_once(office):
    dismiss(office, BRAM)
    assert find(office, BRAM) is None
    with office.database.reading() as session:
        assert administrators.actor_of(session, office.bram.administrator_id) is None


def test_an_administrator_is_an_actor_by_todays_rights(office):
    appoint(office, URSULA, AccountType.USER, office.rotterdam)
    with office.database.reading() as session:
        ursula = administrators.actor_of(session, office.ursula.administrator_id)
    assert ursula.branch_ids == {office.rotterdam}


def test_an_unknown_administrator_is_no_actor(office):
    with office.database.reading() as session:
        assert administrators.actor_of(session, 999_999) is None


def test_an_administrator_is_known_in_slack_by_team_and_user(office):
    with office.database.reading() as session:
        identity = administrators.slack_identity(session, office.bram.administrator_id)
    assert identity == BRAM


@pytest.mark.parametrize("account_type", [AccountType.BRANCH_MANAGER, AccountType.USER])
def test_who_is_bound_to_branches_needs_one(office, account_type):
    with pytest.raises(BranchesRequiredError) as refused:
        appoint(office, NOOR, account_type)
    assert refused.value.concerns == "branches"
    assert find(office, NOOR) is None


def test_a_user_appoints_nobody(office):
    with pytest.raises(NotPermittedError):
        appoint(office, NOOR, AccountType.USER, office.utrecht, by=office.ursula)


@pytest.mark.parametrize(
    "account_type", [AccountType.MANAGER, AccountType.BRANCH_MANAGER]
)
def test_a_branch_manager_appoints_users_only(office, account_type):
    with pytest.raises(NotPermittedError):
        appoint(office, NOOR, account_type, office.utrecht, by=office.bram)
    appoint(office, NOOR, AccountType.USER, office.utrecht, by=office.bram)
    assert find(office, NOOR).branch_ids == {office.utrecht}


def test_a_branch_manager_appoints_for_own_branches_only(office):
    with pytest.raises(NotFoundError):
        appoint(office, NOOR, AccountType.USER, office.amsterdam, by=office.bram)
    assert find(office, NOOR) is None


def test_the_operator_appoints_from_the_command_line(office):
    appoint(office, NOOR, AccountType.MANAGER, by=OPERATOR)
    assert find(office, NOOR).reaches_every_branch


def test_appointing_is_logged_with_ids_and_codes_only(office):
    appoint(office, NOOR, AccountType.USER, office.utrecht, email="noor@example.nl")
    event = office.events(AuditAct.ADMINISTRATOR_APPOINTED)[-1]
    assert event.administrator_id == office.hanna.administrator_id
    assert event.details == {
        "administrator_id": find(office, NOOR).administrator_id,
        "account_type": "user",
        "branch_ids": [office.utrecht],
    }


def test_appointing_again_changes_type_and_branches_and_says_so_in_the_log(office):
    appoint(
        office, URSULA, AccountType.BRANCH_MANAGER, office.rotterdam, office.amsterdam
    )
    ursula = find(office, URSULA)
    assert ursula.administrator_id == office.ursula.administrator_id
    assert ursula.account_type is AccountType.BRANCH_MANAGER
    assert ursula.branch_ids == {office.rotterdam, office.amsterdam}
    assert len(office.events(AuditAct.ADMINISTRATOR_CHANGED)) == 1


def test_appointing_somebody_who_was_dismissed_lets_them_act_again(office):
    dismiss(office, BRAM)
    appoint(office, BRAM, AccountType.USER, office.utrecht)
    assert find(office, BRAM).account_type is AccountType.USER


def test_a_known_address_stays_when_none_is_given(office):
    appoint(office, NOOR, AccountType.MANAGER, email="noor@example.nl")
    appoint(office, NOOR, AccountType.USER, office.utrecht, email=None)
    with office.database.reading() as session:
        noor = session.get_one(Administrator, find(office, NOOR).administrator_id)
    assert noor.email == "noor@example.nl"


def test_a_workspace_owner_becomes_the_first_manager(database, now):
    with database.transaction() as session:
        assert not administrators.has_managers(session)
        appointing.appoint_first_manager(
            session, NOOR, is_workspace_owner=True, now=now
        )
    with database.reading() as session:
        assert administrators.has_managers(session)
        assert administrators.find_actor(session, NOOR).reaches_every_branch


def test_who_does_not_own_the_workspace_does_not_become_the_first_manager(
    database, now
):
    with database.transaction() as session, pytest.raises(NotPermittedError):
        appointing.appoint_first_manager(
            session, NOOR, is_workspace_owner=False, now=now
        )


def test_once_there_is_a_manager_an_owner_becomes_none_by_asking(office):
    with office.database.transaction() as session, pytest.raises(AlreadyManagedError):
        appointing.appoint_first_manager(
            session, NOOR, is_workspace_owner=True, now=office.now
        )


def test_of_owners_who_confirm_at_once_one_is_the_first_manager(database, now):
    gate, outcomes = threading.Barrier(8), []

    def confirms(number):
        owner = SlackIdentity("T1", f"U{number}")
        gate.wait()
        try:
            with database.transaction(timedelta(seconds=30)) as session:
                appointing.appoint_first_manager(
                    session, owner, is_workspace_owner=True, now=now
                )
            outcomes.append("appointed")
        except AlreadyManagedError:
            outcomes.append("refused")

    owners = [threading.Thread(target=confirms, args=(n,)) for n in range(8)]
    for owner in owners:
        owner.start()
    for owner in owners:
        owner.join()
    assert sorted(outcomes) == ["appointed"] + ["refused"] * 7


def test_a_dismissed_manager_does_not_count_as_one(office):
    dismiss(office, HANNA)
    with office.database.reading() as session:
        assert not administrators.has_managers(session)


def test_the_last_manager_stays_one(office):
    with pytest.raises(administrators.LastManagerError):
        appoint(office, HANNA, AccountType.USER, office.utrecht, by=OPERATOR)
    appoint(office, NOOR, AccountType.MANAGER, by=OPERATOR)
    appoint(office, HANNA, AccountType.USER, office.utrecht, by=OPERATOR)
    assert find(office, HANNA).account_type is AccountType.USER
