"""Tokens, scopes, arguments, rates: the Web API says no as Slack does."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from sandbox.slack import Workspace
from tests.conftest import SetClock
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.pieces import home, modal, section
from tests.sandbox.running import refused


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
