import pytest

from domain.actor import OPERATOR, AccountType
from domain.administrators import LastManagerError
from domain.appointments.rules import (
    AdministratorChangedError,
    AlreadyAdministratorError,
    CodeAddressRequiredError,
    CodeAddressUnusableError,
    NotAppointableError,
)
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.slack_users import SlackIdentity
from domain.step_ups import CodeWay, StepUpBlockedError, StepUpRequiredError
from tests.domain.appointments.conftest import NOOR, profile
from tests.domain.office import TEAM

MANAGER, BRANCH_MANAGER, USER = AccountType
CHANGES = (
    AuditAct.ADMINISTRATOR_APPOINTED,
    AuditAct.ADMINISTRATOR_CHANGED,
    AuditAct.ADMINISTRATOR_DISMISSED,
)


@pytest.mark.parametrize(
    "flags",
    [
        {"is_guest": True},
        {"is_bot": True},
        {"is_deleted": True},
        {"is_outsider": True},
    ],
)
def test_nobody_but_members_is_appointed(office, desk, flags):
    desk.hears_of(NOOR, profile(**flags))
    with pytest.raises(NotAppointableError):
        desk.appoints(office.hanna, NOOR, USER, office.utrecht)
    with pytest.raises(NotAppointableError):
        desk.appoints(OPERATOR, NOOR, USER, office.utrecht)
    assert desk.actor(NOOR) is None
    assert desk.notices() == []


def test_somebody_of_whom_slack_said_nothing_is_appointed_by_the_operator_only(
    office, desk
):
    unknown = SlackIdentity(TEAM, "U0UNKNOWN")
    with pytest.raises(NotAppointableError):
        desk.appoints(office.hanna, unknown, USER, office.utrecht)
    assert desk.appoints(OPERATOR, unknown, USER, office.utrecht).reaches(
        office.utrecht
    )


@pytest.mark.parametrize("email", [None, "", "  "])
def test_appointing_in_slack_takes_an_address_for_codes(office, desk, email):
    with pytest.raises(CodeAddressRequiredError):
        desk.appoints(office.hanna, NOOR, USER, office.utrecht, email=email)
    assert desk.actor(NOOR) is None


@pytest.mark.parametrize(
    "email", ["noor", "noor@", "a@x.nl, b@x.nl", "Noor <n@x.nl>", "n@x.nl\nb@x.nl"]
)
def test_the_address_for_codes_is_one_usable_address(office, desk, email):
    with pytest.raises(CodeAddressUnusableError):
        desk.appoints(office.hanna, NOOR, USER, office.utrecht, email=email)
    assert desk.actor(NOOR) is None


@pytest.mark.parametrize("target", ["hanna", "bram"])
@pytest.mark.parametrize("kind", list(AccountType))
def test_a_branch_manager_changes_neither_managers_nor_branch_managers(
    office, desk, target, kind
):
    whom = getattr(office, target)
    desk.changes(OPERATOR, office.bram, BRANCH_MANAGER, office.utrecht, email="b@x.nl")
    before = desk.today(whom)
    with pytest.raises((NotPermittedError, NotFoundError)):
        desk.changes(office.bram, whom, kind, office.utrecht)
    with pytest.raises((NotPermittedError, NotFoundError)):
        desk.dismisses(office.bram, whom)
    assert desk.today(whom) == before


def test_nobody_raises_oneself(office, desk):
    for who in (office.bram, office.ursula):
        for kind in (MANAGER, BRANCH_MANAGER):
            with pytest.raises(NotPermittedError):
                desk.changes(who, who, kind, office.utrecht, office.amsterdam)
        with pytest.raises(NotPermittedError):
            desk.dismisses(who, who)


def test_a_branch_manager_makes_a_user_no_more_than_a_user(office, desk):
    for kind in (MANAGER, BRANCH_MANAGER):
        with pytest.raises(NotPermittedError):
            desk.changes(
                office.bram, office.ursula, kind, office.utrecht, email="u@x.nl"
            )
    assert desk.today(office.ursula).account_type is USER


def test_branches_out_of_a_branch_managers_reach_stay(office, desk):
    desk.changes(
        office.hanna,
        office.ursula,
        USER,
        office.utrecht,
        office.amsterdam,
        email="u@example.nl",
    )
    desk.changes(
        office.hanna,
        office.bram,
        BRANCH_MANAGER,
        office.utrecht,
        office.rotterdam,
        email="b@x.nl",
    )
    bram = desk.today(office.bram)
    desk.changes(bram, office.ursula, USER, office.rotterdam)
    both = {office.rotterdam, office.amsterdam}
    assert desk.today(office.ursula).branch_ids == both


def test_a_branch_manager_appoints_somebody_elses_user_beside(office, desk):
    noor = desk.appoints(office.hanna, NOOR, USER, office.amsterdam)
    with pytest.raises(NotFoundError):
        desk.changes(office.bram, noor, USER, office.utrecht)
    desk.appoints(office.bram, NOOR, USER, office.utrecht, only_new=True)
    both = {office.utrecht, office.amsterdam}
    assert desk.today(noor).branch_ids == both
    with pytest.raises(AlreadyAdministratorError):
        desk.appoints(office.bram, NOOR, USER, office.utrecht, only_new=True)


def test_a_user_of_other_branches_too_loses_a_branch_managers_only(office, desk):
    noor = desk.appoints(office.hanna, NOOR, USER, office.amsterdam, office.utrecht)
    assert desk.dismisses(office.bram, noor) is True
    assert desk.today(noor).branch_ids == {office.amsterdam}
    with pytest.raises(NotFoundError):
        desk.dismisses(office.bram, noor)
    assert [each.act for each in office.events(*CHANGES)][-2:] == [
        AuditAct.ADMINISTRATOR_APPOINTED,
        AuditAct.ADMINISTRATOR_CHANGED,
    ]


def test_who_was_dismissed_is_found_no_more(office, desk):
    desk.dismisses(office.hanna, office.ursula)
    assert desk.today(office.ursula) is None
    for act in (desk.dismisses, lambda a, b: desk.changes(a, b, USER, office.utrecht)):
        with pytest.raises(NotFoundError):
            act(office.hanna, office.ursula)


def test_appointing_anew_brings_nothing_of_before_back(office, desk):
    desk.changes(office.hanna, office.ursula, USER, office.utrecht, email="u@x.nl")
    desk.gives_codes(office.ursula, confirmed_at=office.now, is_required=True)
    desk.dismisses(office.hanna, office.ursula)
    assert desk.row(office.ursula).email is None
    identity = SlackIdentity(TEAM, "U0URSULA")
    desk.hears_of(identity)
    with pytest.raises(CodeAddressRequiredError):
        desk.appoints(office.hanna, identity, USER, office.rotterdam, email=None)
    again = desk.appoints(office.hanna, identity, USER, office.rotterdam)
    assert again.branch_ids == {office.rotterdam}
    step_up = desk.step_up(office.ursula)
    assert (step_up.sealed_totp_seed, step_up.confirmed_at) == (None, None)
    assert step_up.is_required


@pytest.mark.parametrize(
    ("before", "after"),
    [(CodeWay.APP, CodeWay.MAIL), (CodeWay.MAIL, CodeWay.MAIL), (None, None)],
)
def test_who_chose_codes_is_asked_them_by_mail_when_appointed_anew(
    office, desk, before, after
):
    desk.gives_codes(office.ursula, way=before, sealed_totp_seed=None)
    desk.dismisses(office.bram, office.ursula)
    identity = SlackIdentity(TEAM, "U0URSULA")
    desk.hears_of(identity)
    desk.appoints(office.bram, identity, USER, office.utrecht)
    assert desk.step_up(office.ursula).way is after


def test_dismissing_and_appointing_anew_lifts_no_block(office, desk):
    desk.gives_codes(office.ursula, blocked_at=office.now, wrong_codes=5)
    desk.dismisses(office.bram, office.ursula)
    identity = SlackIdentity(TEAM, "U0URSULA")
    desk.hears_of(identity)
    desk.appoints(office.bram, identity, USER, office.utrecht)
    assert desk.step_up(office.ursula).blocked_at is not None


def test_another_address_takes_a_new_code(office, desk):
    desk.changes(office.hanna, office.ursula, USER, office.utrecht, email="u@x.nl")
    desk.gives_codes(office.ursula, confirmed_at=office.now, code_digest="x")
    desk.changes(office.hanna, office.ursula, USER, office.utrecht, email="u@x.nl")
    assert desk.step_up(office.ursula).confirmed_at is not None
    desk.changes(office.hanna, office.ursula, USER, office.utrecht, email="v@x.nl")
    step_up = desk.step_up(office.ursula)
    assert (step_up.confirmed_at, step_up.code_digest) == (None, None)


def test_the_last_manager_is_not_dismissed(office, desk):
    for who in (office.hanna, OPERATOR):
        with pytest.raises(LastManagerError):
            desk.dismisses(who, office.hanna)
    noor = desk.appoints(office.hanna, NOOR, MANAGER)
    desk.dismisses(noor, office.hanna)
    with pytest.raises(LastManagerError):
        desk.dismisses(noor, noor)


def test_what_was_changed_since_it_was_shown_is_not_written_over(office, desk):
    desk.changes(office.hanna, office.ursula, USER, office.utrecht, email="u@x.nl")
    with pytest.raises(AdministratorChangedError):
        desk.changes(office.hanna, office.ursula, MANAGER, mark="of before")
    assert desk.today(office.ursula).account_type is USER


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({}, StepUpRequiredError),
        ({"blocked_at": True, "confirmed_at": True}, StepUpBlockedError),
    ],
)
def test_an_administrator_gives_a_code_before_anybody_is_changed(
    office, desk, values, error
):
    given = dict.fromkeys(values, office.now)
    desk.gives_codes(office.hanna, **given)
    before = len(office.events())
    for act in (
        lambda: desk.appoints(office.hanna, NOOR, USER, office.utrecht),
        lambda: desk.changes(office.hanna, office.ursula, MANAGER, email="u@x.nl"),
        lambda: desk.dismisses(office.hanna, office.ursula),
    ):
        with pytest.raises(error):
            act()
    assert len(office.events()) == before
    assert desk.notices() == []
    assert desk.today(office.ursula).account_type is USER


def test_each_change_is_one_event_and_none_when_nothing_changed(office, desk):
    noor = desk.appoints(office.hanna, NOOR, USER, office.utrecht)
    desk.changes(office.hanna, noor, USER, office.utrecht)
    desk.changes(office.hanna, noor, USER, office.utrecht, email="n@example.nl")
    desk.changes(office.hanna, noor, BRANCH_MANAGER, office.utrecht, office.amsterdam)
    desk.changes(
        office.hanna,
        noor,
        BRANCH_MANAGER,
        office.utrecht,
        office.amsterdam,
        email="z@x.nl",
    )
    desk.dismisses(office.hanna, noor)
    events = office.events(*CHANGES)[-4:]
    assert [event.act for event in events] == [
        AuditAct.ADMINISTRATOR_APPOINTED,
        AuditAct.ADMINISTRATOR_CHANGED,
        AuditAct.ADMINISTRATOR_CHANGED,
        AuditAct.ADMINISTRATOR_DISMISSED,
    ]
    assert [event.details.get("fields") for event in events] == [
        None,
        ["account_type", "branches"],
        ["email"],
        None,
    ]
    assert all("@" not in str(event.details) for event in events)
    assert {event.administrator_id for event in events} == {
        office.hanna.administrator_id
    }
