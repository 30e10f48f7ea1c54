"""Who may do what, every cell of it, written down once more by hand."""

import itertools

import pytest

from domain.actor import (
    EMPLOYEE,
    OPERATOR,
    SCHEDULE,
    AccountType,
    Actor,
    ActorKind,
    AdministratorId,
    BranchId,
    Surface,
)
from domain.errors import NotFoundError, NotPermittedError
from domain.permissions import Act, may, require

OWN, FOREIGN = BranchId(1), BranchId(2)
NEWCOMER = Actor(ActorKind.NEWCOMER, Surface.SLACK)

MANAGERS = {AccountType.MANAGER}
APPOINTING = {AccountType.MANAGER, AccountType.BRANCH_MANAGER}
EVERYBODY = {AccountType.MANAGER, AccountType.BRANCH_MANAGER, AccountType.USER}
NOBODY = set()

# The manual: managers come by both routes, branch managers and users only by
# Personeel and for their own branches; the rest of Beheer is the managers'.
BY_TYPE = {
    Act.OPEN_MANAGEMENT_MENU: MANAGERS,
    Act.OPEN_STAFF_MENU: EVERYBODY,
    Act.SEE_LOGINS: EVERYBODY,
    Act.CREATE_LOGINS: EVERYBODY,
    Act.ACTIVATE_LOGINS: EVERYBODY,
    Act.DEACTIVATE_LOGIN: EVERYBODY,
    Act.RESET_PASSWORDS: EVERYBODY,
    Act.EXPORT_PASSWORDS: EVERYBODY,
    Act.MAIL_PASSWORDS: EVERYBODY,
    Act.EDIT_TEMPLATES: MANAGERS,
    Act.REMOVE_SECOND_FACTOR: EVERYBODY,
    Act.SEE_TIMELINE: EVERYBODY,
    Act.IMPORT_RECORD_CARDS: EVERYBODY,
    Act.APPOINT_ADMINISTRATORS: APPOINTING,
    Act.SET_UP_BRANCHES: MANAGERS,
    Act.SEE_AUDIT_LOG: MANAGERS,
    Act.CLOSE_LOGINS_OF_LEAVERS: NOBODY,
    Act.SEND_REMINDERS: NOBODY,
    Act.SEND_DIGESTS: NOBODY,
    Act.GIVE_UP_KEYS: NOBODY,
    Act.SEE_RECORD_CARDS: EVERYBODY,
    Act.EDIT_RECORD_CARDS: EVERYBODY,
    Act.LINK_SLACK_ACCOUNTS: EVERYBODY,
    Act.MOVE_EMPLOYEE_DATA: EVERYBODY,
    Act.SEE_ADMINISTRATORS: APPOINTING,
    Act.GIVE_CODES: EVERYBODY,
    Act.REQUIRE_CODES: MANAGERS,
    Act.LIFT_STEP_UP: MANAGERS,
    Act.APPROVE_RUNS: EVERYBODY,
    Act.COMPARE_WITH_SLACK: NOBODY,
    Act.APPLY_RETENTION: NOBODY,
    Act.EXPORT_PERSONS: NOBODY,
    Act.ERASE_PERSONS: NOBODY,
    Act.SEE_EXPORTS: NOBODY,
    Act.EXPIRE_EXPORTS: NOBODY,
}
BY_KIND = {
    ActorKind.OPERATOR: {
        Act.IMPORT_RECORD_CARDS,
        Act.APPOINT_ADMINISTRATORS,
        Act.SET_UP_BRANCHES,
        Act.SEE_AUDIT_LOG,
        Act.GIVE_UP_KEYS,
        Act.SEE_ADMINISTRATORS,
        Act.EXPORT_PERSONS,
        Act.ERASE_PERSONS,
        Act.SEE_EXPORTS,
        Act.EXPIRE_EXPORTS,
    },
    ActorKind.SCHEDULE: {
        Act.CLOSE_LOGINS_OF_LEAVERS,
        Act.SEND_REMINDERS,
        Act.SEND_DIGESTS,
        Act.COMPARE_WITH_SLACK,
        Act.APPLY_RETENTION,
        Act.ERASE_PERSONS,
    },
    ActorKind.NEWCOMER: set(),
    ActorKind.EMPLOYEE: set(),
}
ACTORS = {
    ActorKind.OPERATOR: OPERATOR,
    ActorKind.SCHEDULE: SCHEDULE,
    ActorKind.NEWCOMER: NEWCOMER,
    ActorKind.EMPLOYEE: EMPLOYEE,
}


def administrator(account_type):
    return Actor(
        ActorKind.ADMINISTRATOR,
        Surface.SLACK,
        AdministratorId(1),
        account_type,
        frozenset({OWN}),
    )


def refusal(actor, act, branch_id):
    try:
        require(actor, act, branch_id)
    except (NotFoundError, NotPermittedError) as error:
        return type(error)
    return None


def test_every_act_every_account_type_and_every_kind_has_a_row():
    assert set(BY_TYPE) == set(Act)
    assert set(AccountType) == EVERYBODY
    assert set(BY_KIND) | {ActorKind.ADMINISTRATOR} == set(ActorKind)


@pytest.mark.parametrize(
    ("act", "account_type"), list(itertools.product(Act, AccountType)), ids=str
)
def test_an_account_type_may_what_its_row_says_in_its_own_branches(act, account_type):
    actor = administrator(account_type)
    expected = None if account_type in BY_TYPE[act] else NotPermittedError
    for branch_id in (None, OWN):
        assert refusal(actor, act, branch_id) is expected
        assert may(actor, act, branch_id) is (expected is None)


@pytest.mark.parametrize(
    ("act", "account_type"), list(itertools.product(Act, AccountType)), ids=str
)
def test_a_foreign_branch_is_not_there_for_whoever_is_bound_to_branches(
    act, account_type
):
    actor = administrator(account_type)
    if account_type not in BY_TYPE[act]:
        expected = NotPermittedError
    elif account_type is AccountType.MANAGER:
        expected = None
    else:
        expected = NotFoundError
    assert refusal(actor, act, FOREIGN) is expected
    assert may(actor, act, FOREIGN) is (expected is None)


@pytest.mark.parametrize(
    ("act", "kind"), list(itertools.product(Act, BY_KIND)), ids=str
)
def test_who_is_no_administrator_may_only_what_the_kind_is_there_for(act, kind):
    expected = None if act in BY_KIND[kind] else NotPermittedError
    for branch_id in (None, OWN, FOREIGN):
        assert refusal(ACTORS[kind], act, branch_id) is expected
        assert may(ACTORS[kind], act, branch_id) is (expected is None)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("account_type", [AccountType.BRANCH_MANAGER, AccountType.USER])
def test_an_administrator_without_branches_reaches_none(act, account_type):
    actor = Actor(
        ActorKind.ADMINISTRATOR, Surface.SLACK, AdministratorId(1), account_type
    )
    assert not may(actor, act, OWN)


def test_a_refusal_names_the_act():
    with pytest.raises(NotPermittedError) as refused:
        require(NEWCOMER, Act.CREATE_LOGINS)
    assert refused.value.fields == {"act": "create_logins"}


def test_a_refusal_of_a_foreign_branch_does_not_name_it():
    with pytest.raises(NotFoundError) as refused:
        require(administrator(AccountType.USER), Act.SEE_LOGINS, FOREIGN)
    assert refused.value.fields == {"kind": "branch"}
