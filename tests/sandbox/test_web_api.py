"""Tokens, scopes, arguments, rates: the Web API says no as Slack does."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack import Workspace
from tests.conftest import SetClock
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.pieces import home, modal, section


def refused(call, *arguments, **options) -> dict:
    with pytest.raises(SlackApiError) as refusal:
        call(*arguments, **options)
    return refusal.value.response


def manifest_without(tmp_path, *scopes):
    text = MANIFEST.read_text()
    for scope in scopes:
        text = text.replace(f"      - {scope}\n", "")
    path = tmp_path / "manifest.yml"
    path.write_text(text)
    return path


def test_auth_test_says_who_the_app_is_and_what_it_may(slack, client):
    answer = client.auth_test()
    assert answer["bot_id"] == slack.bot_id
    assert answer["team_id"] == slack.team_id
    assert "users:read.email" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth")],
)
def test_a_wrong_token_is_refused(slack, token, error):
    stranger = WebClient(token=token, base_url=slack.api_url)
    assert refused(stranger.auth_test)["error"] == error
    slack.sees_fault(error)


def test_each_token_opens_only_its_own_methods(slack, client):
    app = WebClient(token=slack.app_token, base_url=slack.api_url)
    refusal = refused(app.users_list)
    assert refusal["error"] == "not_allowed_token_type"
    refusal = refused(client.apps_connections_open, app_token=slack.bot_token)
    assert refusal["error"] == "not_allowed_token_type"
    assert client.apps_connections_open(app_token=slack.app_token)["url"].startswith(
        "ws://127.0.0.1:"
    )


def test_an_unknown_method_is_refused(client):
    assert refused(client.conversations_join, channel="C1")["error"] == "unknown_method"


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("chat:write", "chat.postMessage", {"channel": "C1", "text": "x"}),
        ("users:read", "users.list", {}),
        ("users:read.email", "users.lookupByEmail", {"email": "a@b.nl"}),
        ("files:write", "files.getUploadURLExternal", {"filename": "a", "length": 1}),
        ("files:read", "files.info", {"file": "F1"}),
        ("im:write", "conversations.open", {"users": "U1"}),
    ],
)
def test_a_method_needs_its_scope(tmp_path, scope, method, arguments):
    # An event that hangs on the scope would not be accepted without it.
    path = manifest_without(tmp_path, scope)
    path.write_text(path.read_text().replace("      - user_change\n", ""))
    with Workspace.from_manifest(path).serve() as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        refusal = refused(client.api_call, method, params=arguments)
    assert refusal["error"] == "missing_scope"
    assert scope in refusal["needed"].split(",")
    assert scope not in refusal["provided"].split(",")


def test_a_private_channel_needs_a_scope_of_its_own(tmp_path):
    path = manifest_without(tmp_path, "groups:read")
    with Workspace.from_manifest(path).serve() as slack:
        public = slack.add_channel("algemeen")
        private = slack.add_channel("beheer", private=True)
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        assert client.conversations_info(channel=public.id)["ok"]
        refusal = refused(client.conversations_info, channel=private.id)
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", "groups:read")


def test_an_address_is_shown_only_with_its_scope(tmp_path):
    path = manifest_without(tmp_path, "users:read.email")
    with Workspace.from_manifest(path).serve() as slack:
        hanna = slack.add_person("hanna", email="hanna@example.nl")
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        user = client.users_info(user=hanna.id)["user"]
    assert "email" not in user["profile"]


def test_users_info_gives_flags_and_locale(slack, client, hanna):
    slack.change_person("hanna", is_owner=True)
    user = client.users_info(user=hanna.id, include_locale=True)["user"]
    assert user["profile"]["email"] == "hanna@example.nl"
    assert (user["locale"], user["is_owner"], user["is_bot"]) == ("nl-NL", True, False)
    assert "locale" not in client.users_info(user=hanna.id)["user"]
    assert refused(client.users_info, user="U9")["error"] == "user_not_found"


def test_somebody_of_another_workspace_shows_no_address(slack, client):
    kees = slack.add_person(
        "kees", email="kees@elders.nl", team_id="T999", is_stranger=True
    )
    user = client.users_info(user=kees.id)["user"]
    assert (user["team_id"], user["is_stranger"]) == ("T999", True)
    assert "email" not in user["profile"]


def test_lookup_by_address_finds_only_active_members(slack, client, hanna):
    found = client.users_lookupByEmail(email="Hanna@Example.nl")
    assert found["user"]["id"] == hanna.id
    slack.change_person("hanna", deleted=True)
    refusal = refused(client.users_lookupByEmail, email="hanna@example.nl")
    assert refusal["error"] == "users_not_found"


def test_users_list_comes_in_pages(slack, client):
    for number in range(5):
        slack.add_person(f"p{number}")
    first = client.users_list(limit=4)
    assert len(first["members"]) == 4
    cursor = first["response_metadata"]["next_cursor"]
    second = client.users_list(limit=4, cursor=cursor)
    names = [member["name"] for member in first["members"] + second["members"]]
    assert sorted(names) == ["p0", "p1", "p2", "p3", "p4", "proefapp"]
    assert second["response_metadata"]["next_cursor"] == ""
    assert refused(client.users_list, limit=1001)["error"] == "invalid_limit"
    assert refused(client.users_list, cursor="x")["error"] == "invalid_cursor"


def test_a_private_channel_without_the_app_does_not_exist_for_it(slack, client):
    hidden = slack.add_channel("directie", private=True, with_app=False)
    refusal = refused(client.conversations_info, channel=hidden.id)
    assert refusal["error"] == "channel_not_found"
    refusal = refused(client.chat_postMessage, channel=hidden.id, text="x")
    assert refusal["error"] == "channel_not_found"
    listed = client.conversations_list(types="public_channel,private_channel")
    assert listed["channels"] == []


def test_conversations_info_tells_what_kind_of_channel_it_is(slack, client):
    shared = slack.add_channel("gedeeld", is_ext_shared=True, private=True)
    described = client.conversations_info(channel=shared.id)["channel"]
    assert (described["is_private"], described["is_ext_shared"]) == (True, True)
    assert described["is_member"]
    slack.change_channel("gedeeld", is_archived=True)
    assert client.conversations_info(channel=shared.id)["channel"]["is_archived"]


def test_members_come_in_pages(slack, client, hanna):
    channel = slack.add_channel("beheer", ["hanna"])
    first = client.conversations_members(channel=channel.id, limit=1)
    cursor = first["response_metadata"]["next_cursor"]
    second = client.conversations_members(channel=channel.id, cursor=cursor)
    everybody = first["members"] + second["members"]
    assert sorted(everybody) == sorted([hanna.id, slack.bot_user.id])


def test_a_direct_message_is_opened_once(slack, client, hanna):
    first = client.conversations_open(users=hanna.id)["channel"]["id"]
    assert client.conversations_open(users=[hanna.id])["channel"]["id"] == first
    slack.change_person("hanna", deleted=True)
    refusal = refused(client.conversations_open, users=hanna.id)
    assert refusal["error"] == "user_disabled"


@pytest.mark.parametrize(
    ("state", "error"),
    [({"with_app": False}, "not_in_channel"), ({"is_archived": True}, "is_archived")],
)
def test_posting_needs_an_open_channel_with_the_app_in_it(slack, client, state, error):
    channel = slack.add_channel("beheer", **state)
    refusal = refused(client.chat_postMessage, channel=channel.id, text="x")
    assert refusal["error"] == error


def test_only_its_own_messages_can_be_changed_and_deleted(slack, client, hanna):
    channel = slack.add_channel("beheer", ["hanna"])
    hers = hanna.writes("hallo", channel="beheer")
    where = {"channel": channel.id, "ts": hers.ts}
    assert refused(client.chat_update, text="x", **where)["error"] == (
        "cant_update_message"
    )
    assert refused(client.chat_delete, **where)["error"] == "cant_delete_message"
    refusal = refused(client.chat_delete, channel=channel.id, ts="1.0")
    assert refusal["error"] == "message_not_found"


def test_limits_are_told_with_pointers(slack, client, hanna):
    channel = slack.add_channel("beheer")
    refusal = refused(
        client.chat_postMessage,
        channel=channel.id,
        text="x",
        blocks=[section("x" * 3001)],
    )
    told = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert refusal["error"] == "invalid_blocks"
    assert refusal["errors"] == [told]
    assert refusal["response_metadata"]["messages"] == [f"[ERROR] {told}"]
    view = home(section("x" * 3001))
    refusal = refused(client.views_publish, user_id=hanna.id, view=view)
    assert refusal["error"] == "invalid_arguments"
    assert "[json-pointer:/view/blocks/0/text/text]" in str(refusal.data)


def test_a_view_of_the_wrong_kind_is_refused(client, hanna):
    refusal = refused(client.views_publish, user_id=hanna.id, view=modal())
    assert refusal["error"] == "invalid_arguments"


def test_forms_and_json_say_the_same(slack, client):
    channel = slack.add_channel("beheer")
    arguments = {"channel": channel.id, "text": "x", "blocks": [section("hoi")]}
    client.api_call("chat.postMessage", json=arguments)
    as_form = arguments | {"blocks": '[{"type": "divider"}]'}
    client.api_call("chat.postMessage", data=as_form)
    client.api_call("chat.postMessage", params=as_form)
    kinds = [each.blocks[0]["type"] for each in slack.messages("beheer")]
    assert kinds == ["section", "divider", "divider"]


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "users.info"])
def test_some_methods_refuse_json(slack, client, method):
    refusal = refused(client.api_call, method, json={"filename": "a", "length": 1})
    assert refusal["error"] == "invalid_arguments"
    assert refusal["response_metadata"]["messages"]


def test_a_missing_argument_is_named(client):
    refusal = refused(client.api_call, "users.info")
    assert "missing required field: user" in str(refusal["response_metadata"])


@pytest.fixture
def strict():
    """A workspace with rate limits and a clock that is set by hand."""
    clock = SetClock(datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    with Workspace.from_manifest(MANIFEST, clock=clock).serve() as slack:
        yield slack, WebClient(token=slack.bot_token, base_url=slack.api_url), clock


def test_the_21st_users_list_in_a_minute_must_wait(strict):
    slack, client, clock = strict
    for _ in range(20):
        client.users_list()
    clock.forward(timedelta(seconds=20))
    refusal = refused(client.users_list)
    assert (refusal.status_code, refusal["error"]) == (429, "ratelimited")
    assert refusal.headers["Retry-After"] == "40"
    clock.forward(timedelta(seconds=40))
    assert client.users_list()["ok"]
    slack.sees_fault("ratelimited")


def test_a_burst_of_messages_in_one_channel_must_wait(strict):
    slack, client, _ = strict
    first, second = slack.add_channel("een"), slack.add_channel("twee")
    for _ in range(10):
        client.chat_postMessage(channel=first.id, text="x")
    assert refused(client.chat_postMessage, channel=first.id, text="x")["error"] == (
        "ratelimited"
    )
    assert client.chat_postMessage(channel=second.id, text="x")["ok"]


def test_calls_are_kept_without_their_token(slack, client, hanna):
    client.users_info(user=hanna.id)
    client.api_call("users.info", params={"user": hanna.id, "token": slack.bot_token})
    first, second = slack.calls("users.info")
    assert first.arguments == second.arguments == {"user": hanna.id}
    assert first.ok
    assert first.token_kind == "xoxb"
    assert first.answer["user"]["id"] == hanna.id


def test_everything_the_app_sent_can_be_searched(slack, client):
    channel = slack.add_channel("beheer")
    client.chat_postMessage(channel=channel.id, text="Zoë & “Ko”")
    client.api_call("users.list", params={"cursor": ""})
    client.api_call("chat.postMessage", data={"channel": channel.id, "text": "a+b c"})
    assert "Zoë & “Ko”" in slack.recorded_text()
    assert "a+b c" in slack.recorded_text()
