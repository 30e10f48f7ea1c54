"""Who is let in, by what Slack says: only members of our own workspace."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.app import web_client
from bot.identity import (
    OutsiderError,
    SlackSilentError,
    UnansweredError,
    profile_from,
    recognise,
)
from domain import slack_users
from domain.actor import OPERATOR, AccountType
from domain.appointments.appointing import appoint
from domain.secret import Secret
from domain.slack_users import SlackIdentity

MEMBER = {
    "id": "U1",
    "team_id": "T1",
    "deleted": False,
    "is_bot": False,
    "is_restricted": False,
    "is_ultra_restricted": False,
    "is_owner": False,
    "locale": "nl-NL",
    "profile": {"display_name": "hanna", "real_name": "Hanna de Vries"},
}
ACCOUNTS = {
    "member": ({}, None),
    "workspace owner": ({"is_owner": True}, None),
    "workspace admin": ({"is_admin": True}, None),
    "guest": ({"is_restricted": True}, OutsiderError),
    "single-channel guest": (
        {"is_restricted": True, "is_ultra_restricted": True},
        OutsiderError,
    ),
    "invited and not yet come": ({"is_invited_user": True}, OutsiderError),
    "stranger": ({"is_stranger": True}, OutsiderError),
    "member of another workspace": ({"team_id": "T0OTHER"}, OutsiderError),
    "stranger of another workspace": (
        {"team_id": "T0OTHER", "is_stranger": True},
        OutsiderError,
    ),
    "bot": ({"is_bot": True}, UnansweredError),
    "deactivated": ({"deleted": True}, UnansweredError),
    "deactivated guest": ({"deleted": True, "is_restricted": True}, UnansweredError),
}


@pytest.fixture
def client(slack):
    return web_client(Secret(slack.bot_token), slack.api_url)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_only_members_of_our_workspace_are_let_in(account, slack, office, client):
    flags, refusal = ACCOUNTS[account]
    user_id = slack.add_person("somebody", **flags).id
    identity = SlackIdentity(slack.team_id, user_id)
    if refusal is None:
        assert recognise(office, client, identity).identity == identity
        return
    with pytest.raises(refusal):
        recognise(office, client, identity)


def test_an_error_of_slack_is_a_refusal(slack, office, client):
    identity = SlackIdentity(slack.team_id, slack.add_person("hanna").id)
    call = slack.next_call("users.info")
    slack.tolerates("fatal_error")
    for fault in (
        lambda: call.answers("fatal_error"),
        call.fails,
        call.is_rate_limited,
        call.loses_its_answer,
    ):
        fault()
        with pytest.raises(SlackSilentError):
            recognise(office, client, identity)
    assert recognise(office, client, identity).display_name == "hanna"


def test_somebody_slack_does_not_know_is_refused(slack, office, client):
    slack.tolerates("user_not_found")
    with pytest.raises(SlackSilentError):
        recognise(office, client, SlackIdentity(slack.team_id, "U0NOBODY"))


@pytest.mark.parametrize(
    "field",
    ["id", "team_id", "deleted", "is_bot", "is_restricted", "is_ultra_restricted",
     "profile"],
)  # fmt: skip
def test_a_missing_field_is_a_refusal(field):
    user = {name: value for name, value in MEMBER.items() if name != field}
    with pytest.raises(SlackSilentError):
        profile_from({"ok": True, "user": user}, "T1")


def test_an_answer_of_another_shape_is_a_refusal():
    for answer in (
        {},
        {"user": None},
        {"user": "U1"},
        {"user": MEMBER | {"profile": 3}},
    ):
        with pytest.raises(SlackSilentError):
            profile_from(answer, "T1")


def test_slack_is_asked_again_after_ten_minutes(slack, office, client, clock):
    identity = SlackIdentity(slack.team_id, slack.add_person("hanna").id)
    recognise(office, client, identity)
    clock.forward(timedelta(minutes=9, seconds=59))
    recognise(office, client, identity)
    assert len(slack.calls("users.info")) == 1
    slack.change_person("hanna", is_restricted=True)
    clock.forward(timedelta(seconds=1))
    with pytest.raises(OutsiderError):
        recognise(office, client, identity)


def test_a_dismissed_or_unknown_member_acts_as_nobody(slack, office, client):
    identity = SlackIdentity(slack.team_id, slack.add_person("mo").id)
    assert recognise(office, client, identity).actor is None
    with office.database.transaction() as session:
        appointed = appoint(
            session, identity, AccountType.MANAGER, actor=OPERATOR, now=office.clock()
        )
        appointed.dismissed_at = office.clock()
    assert recognise(office, client, identity).actor is None


@pytest.mark.parametrize(
    ("chosen", "locale", "expected"),
    [
        (None, "en-US", "nl"),
        (None, "nl-NL", "nl"),
        ("en", "nl-NL", "en"),
        ("nl", "en-US", "nl"),
    ],
)
def test_language_is_ones_own_choice_or_dutch_or_the_companys(
    chosen, locale, expected, slack, office, client
):
    person = slack.add_person("hanna", locale=locale)
    identity = SlackIdentity(slack.team_id, person.id)
    recognise(office, client, identity)
    if chosen:
        with office.database.transaction() as session:
            slack_users.choose_language(session, identity, chosen)
    assert recognise(office, client, identity).language == expected


def test_an_account_that_changes_while_slack_is_asked_is_asked_about_again(
    slack, office, client, clock
):
    identity = SlackIdentity(slack.team_id, slack.add_person("hanna").id)
    recognise(office, client, identity)
    clock.forward(timedelta(minutes=10))
    held = slack.next_call("users.info").is_held()
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(recognise, office, client, identity)
        held.is_reached()
        with office.database.transaction() as session:
            slack_users.expire(session, identity, now=office.clock())
        held.release()
        assert asking.result(timeout=10).identity == identity
    with office.database.reading() as session:
        assert not slack_users.find(session, identity).is_fresh(office.clock())
    slack.change_person("hanna", is_restricted=True)
    with pytest.raises(OutsiderError):
        recognise(office, client, identity)


def test_two_who_meet_for_the_first_time_at_once_are_both_let_in(slack, office, client):
    identity = SlackIdentity(slack.team_id, slack.add_person("hanna").id)
    with office.database.transaction() as session:
        slack_users.remember(
            session, identity, profile_from({"user": MEMBER}, "T1"), now=office.clock()
        )
    assert recognise(office, client, identity).display_name == "hanna"
