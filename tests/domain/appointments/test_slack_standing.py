"""Administrators held against what Slack says of everybody."""

from datetime import timedelta

import pytest

from domain import slack_users
from domain.actor import OPERATOR, SCHEDULE, AccountType, ActorKind
from domain.appointments import slack_standing
from domain.appointments.slack_standing import SlackMembers
from domain.audit import AuditAct
from domain.errors import NotPermittedError
from tests.domain.appointments.conftest import MEMBER, NOOR, profile
from tests.domain.office import BRAM, HANNA, TEAM, URSULA

EVERYBODY = {each.user_id: MEMBER for each in (HANNA, BRAM, URSULA, NOOR)}
UNFIT = {
    "deactivated": {"is_deleted": True},
    "bot": {"is_bot": True},
    "guest": {"is_guest": True},
    "outsider": {"is_outsider": True},
}


@pytest.fixture
def compares(office):
    """Compare with a list on which some are different, or missing."""

    def compare(actor=SCHEDULE, team_id=TEAM, **others):
        listed = {user_id: one for user_id, one in (EVERYBODY | others).items() if one}
        members = SlackMembers(team_id, listed, office.now)
        with office.database.transaction() as session:
            return slack_standing.compare(session, members, actor=actor, now=office.now)

    return compare


def test_whoever_is_well_stays(office, desk, compares):
    compared = compares()
    assert (compared.dismissed, compared.absent, compared.last_manager) == ([], [], [])
    assert desk.notices() == []
    assert office.events(AuditAct.ADMINISTRATOR_DISMISSED) == []


@pytest.mark.parametrize("reason", UNFIT)
def test_whoever_can_not_administer_any_more_loses_the_role(
    office, desk, compares, reason
):
    compared = compares(**{BRAM.user_id: profile(**UNFIT[reason])})
    assert compared.dismissed == [office.bram.administrator_id]
    assert desk.actor(BRAM) is None
    event = office.events(AuditAct.ADMINISTRATOR_DISMISSED)[-1]
    assert (event.actor_kind, event.details["reason"]) == (ActorKind.SCHEDULE, reason)
    told = desk.notices()
    assert [each.to_person for each in told] == [True, False]
    assert {each.reason for each in told} == {reason}
    assert compares(**{BRAM.user_id: profile(**UNFIT[reason])}).dismissed == []


def test_whoever_is_not_listed_stays_and_is_named(office, desk, compares):
    compared = compares(**{BRAM.user_id: None})
    assert compared.absent == [office.bram.administrator_id]
    assert desk.actor(BRAM) is not None


def test_the_list_of_another_workspace_says_nothing(office, desk, compares):
    compared = compares(team_id="T0OTHER", **{BRAM.user_id: profile(is_deleted=True)})
    assert (compared.dismissed, compared.absent) == ([], [])
    assert desk.actor(BRAM) is not None


def test_the_last_manager_stays_and_is_named(office, desk, compares):
    compared = compares(**{HANNA.user_id: profile(is_deleted=True)})
    assert compared.last_manager == [office.hanna.administrator_id]
    assert desk.actor(HANNA).account_type is AccountType.MANAGER
    with office.database.reading() as session:
        assert slack_standing.unfit_managers(session) == [HANNA]


def test_of_two_managers_who_left_one_stays(office, desk, compares):
    desk.appoints(OPERATOR, NOOR, AccountType.MANAGER)
    gone = profile(is_deleted=True)
    compared = compares(**{HANNA.user_id: gone, NOOR.user_id: gone})
    assert len(compared.dismissed) == len(compared.last_manager) == 1


def test_a_manager_who_is_well_is_no_problem(office, compares):
    compares()
    with office.database.reading() as session:
        assert slack_standing.unfit_managers(session) == []


def test_who_administered_before_is_called_as_last_heard(office, desk, compares):
    with office.database.transaction() as session:
        yesterday = office.now - timedelta(days=1)
        slack_users.remember(session, BRAM, MEMBER, now=yesterday)
    desk.dismisses(office.hanna, office.bram)
    compares(**{BRAM.user_id: profile(display_name="bram.b", is_deleted=True)})
    with office.database.reading() as session:
        names = slack_users.display_names(session, [BRAM, URSULA])
    assert names == {BRAM: MEMBER.display_name, URSULA: "noor"}


def test_the_name_of_an_erased_administrator_does_not_come_back(office, desk, compares):
    compares()
    desk.dismisses(office.hanna, office.bram)
    with office.database.transaction() as session:
        session.delete(slack_users.find(session, BRAM))
    compares()
    with office.database.reading() as session:
        assert slack_users.find(session, BRAM) is None


def test_a_list_makes_nobody_fresh(office, compares):
    compares()
    with office.database.reading() as session:
        assert not slack_users.find(session, BRAM).is_fresh(office.now)


def test_what_was_heard_since_the_question_stays(office, desk, compares):
    desk.hears_of(BRAM, profile(display_name="newer"))
    compares(**{BRAM.user_id: profile(display_name="older")})
    with office.database.reading() as session:
        assert slack_users.display_names(session, [BRAM]) == {BRAM: "newer"}


@pytest.mark.parametrize("who", ["hanna", "bram"])
def test_administrators_compare_nobody(office, compares, who):
    with pytest.raises(NotPermittedError):
        compares(actor=getattr(office, who))


def test_whoever_administers_nothing_is_let_be(office):
    with office.database.transaction() as session:
        settled = slack_standing.dismiss_unfit(
            session, NOOR, profile(is_deleted=True), actor=SCHEDULE, now=office.now
        )
    assert (settled.dismissed, settled.last_manager) == ([], [])


def test_a_list_of_before_takes_no_role_from_who_became_a_member_since(office, desk):
    since = office.now + timedelta(minutes=1)
    with office.database.transaction() as session:
        slack_users.remember(session, NOOR, MEMBER, now=since)
    desk.appoints(office.hanna, NOOR, AccountType.USER, office.utrecht)
    guest = profile(is_guest=True)
    members = SlackMembers(TEAM, EVERYBODY | {NOOR.user_id: guest}, office.now)
    with office.database.transaction() as session:
        compared = slack_standing.compare(session, members, actor=SCHEDULE, now=since)
    assert compared.dismissed == []
    assert desk.actor(NOOR) is not None
