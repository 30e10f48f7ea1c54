"""What the Web API tells of people and channels, and where the app may post."""

import pytest

from tests.sandbox.running import refused


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


def test_ids_go_on_from_a_number_so_that_two_workspaces_share_none(slack, hanna):
    slack.number_on_from(70_000_000_000_001)
    assert slack.add_channel("beheer").id == "C70000000000001"
    assert slack.add_person("bram").id == "U70000000000002"
