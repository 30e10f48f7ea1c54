"""`sleutelbos administrator list` and `dismiss`, and what `check` says of managers."""

from dataclasses import replace

import pytest
import structlog
from structlog.testing import capture_logs

from domain import administrators, branches, slack_users
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.appointments.slack_standing import SlackMembers
from domain.database import Database
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.slack_users import SlackIdentity
from sleutelbos.timed_jobs import JobTools, timed_jobs
from tests.domain.appointments.conftest import MEMBER, profile

HANNA = SlackIdentity("T0OFFICE", "U0HANNA")
BRAM = SlackIdentity("T0OFFICE", "U0BRAM")


@pytest.fixture
def office(office_file, now):
    """A database with a manager and a user of Utrecht."""
    database = Database(f"sqlite:///{office_file}")
    with database.transaction() as session:
        ids = branches.ensure(session, ["Utrecht"], actor=OPERATOR, now=now)
        slack_users.remember(session, BRAM, profile(display_name="bram"), now=now)
        for identity, kind, of in (
            (HANNA, AccountType.MANAGER, []),
            (BRAM, AccountType.USER, ids.values()),
        ):
            appointing.appoint(session, identity, kind, of, actor=OPERATOR, now=now)
    yield database
    database.close()


def is_administrator(database, identity):
    with database.reading() as session:
        return administrators.find_actor(session, identity) is not None


@pytest.mark.usefixtures("office")
def test_administrators_are_listed_with_type_branches_and_name(sleutelbos):
    ended = sleutelbos("administrator", "list")
    assert (ended.code, ended.out.splitlines()) == (
        0,
        ["U0HANNA manager", "U0BRAM user van Utrecht (bram)"],
    )


@pytest.mark.usefixtures("office_file")
def test_where_nobody_administers_that_is_said(sleutelbos):
    assert sleutelbos("administrator", "list").out == "Er is nog geen beheerder.\n"


def test_an_administrator_is_dismissed_on_the_command_line(sleutelbos, office):
    ended = sleutelbos("administrator", "dismiss", "U0BRAM")
    assert (ended.code, ended.out) == (0, "U0BRAM is geen beheerder meer.\n")
    assert not is_administrator(office, BRAM)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["U0HANNA"], "U0HANNA is de enige manager"),
        (["U0NOOR"], "U0NOOR is hier geen beheerder"),
        (["U0BRAM", "--team", "T0OTHER"], "U0BRAM is hier geen beheerder"),
        ([""], "is hier geen beheerder"),
    ],
)
def test_who_can_not_be_dismissed_stays(sleutelbos, office, typed, said):
    ended = sleutelbos("administrator", "dismiss", *typed)
    assert (ended.code, said in ended.err) == (2, True)
    assert is_administrator(office, HANNA)
    assert is_administrator(office, BRAM)


def test_a_guest_is_not_appointed_by_what_slack_said_before(sleutelbos, office, now):
    guest = SlackIdentity("T0OFFICE", "U0GAST")
    with office.transaction() as session:
        slack_users.remember(session, guest, profile(is_guest=True), now=now)
    ended = sleutelbos(
        "administrator", "add", "U0GAST", "--type", "manager", "--team", "T0OFFICE"
    )
    assert ended.code == 2
    assert not is_administrator(office, guest)


@pytest.fixture
def compares(office, keyring, clock):
    """Do the nightly comparison with a list, or with what asking for it raises."""
    structlog.reset_defaults()

    def work(listing):
        def list_members(_go_on):
            if isinstance(listing, Exception):
                raise listing
            return SlackMembers("T0OFFICE", listing, clock())

        tools = JobTools(
            office, keyring, clock, channel=None, list_members=list_members
        )
        jobs = {job.name: job.work for job in timed_jobs(tools)}
        with capture_logs() as logs:
            jobs["compare_with_slack"](lambda: None)
        return logs

    return work


GONE = replace(MEMBER, is_deleted=True)


def named(logs, event):
    return [each["administrator_id"] for each in logs if each["event"] == event]


def test_the_nightly_comparison_dismisses_who_left(office, compares):
    logs = compares({"U0HANNA": MEMBER, "U0BRAM": GONE})
    assert not is_administrator(office, BRAM)
    assert logs[0]["dismissed"] == [2]


def test_the_last_manager_is_named_by_the_log_and_by_check(
    sleutelbos, office, compares
):
    logs = compares({"U0HANNA": GONE, "U0BRAM": MEMBER})
    assert named(logs, "administrators.last_manager_left") == [1]
    assert is_administrator(office, HANNA)
    said = sleutelbos("check")
    assert "Manager U0HANNA kan in Slack niets meer" in said.out + said.err


def test_who_is_not_listed_is_named_by_the_log(office, compares):
    logs = compares({"U0HANNA": MEMBER})
    assert named(logs, "administrators.not_listed") == [2]
    assert is_administrator(office, BRAM)


def test_a_list_that_slack_refuses_dismisses_nobody(office, compares):
    logs = compares(DeliveryRefusedError("missing_scope"))
    assert logs[0]["event"] == "administrators.not_compared"
    assert is_administrator(office, BRAM)


def test_a_list_that_slack_postpones_is_asked_for_again(office, compares):
    with pytest.raises(DeliveryPostponedError):
        compares(DeliveryPostponedError("http_503"))
    assert is_administrator(office, BRAM)
