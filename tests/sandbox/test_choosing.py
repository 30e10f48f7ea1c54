"""The rarer selects, and the rarer answers of the Web API."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack import ImpossibleError
from tests.sandbox.pieces import actions, home, option, plain, section, select


@pytest.fixture
def told(slack, hanna, app, connect):
    """What the app was told; elements go on hanna's home."""
    bodies: list[dict] = []

    @app.action("chosen")
    def action(ack, body):
        bodies.append(body)
        ack()

    @app.event("app_home_opened")
    def opened(ack):
        ack()

    connect(app)
    slack.patience = 3
    return bodies


@pytest.fixture
def on_home(client, hanna):
    def publish(*elements):
        client.views_publish(user_id=hanna.id, view=home(actions(*elements)))
        hanna.opens_home()

    return publish


def element(kind, **more):
    return {
        "type": kind,
        "action_id": "chosen",
        "placeholder": plain("Kies"),
        **more,
    }


def test_channels_are_chosen_by_name(slack, told, on_home, hanna):
    beheer = slack.add_channel("beheer", ["hanna"], private=True)
    slack.add_channel("geheim", private=True)
    on_home(element("conversations_select"))
    hanna.chooses("Kies", "beheer")
    assert told[-1]["actions"][0]["selected_conversation"] == beheer.id
    assert told[-1]["container"]["type"] == "view"
    with pytest.raises(ImpossibleError, match="not in #geheim"):
        hanna.chooses("Kies", "geheim")
    hanna.sees("[#beheer]")


def test_several_options_are_chosen_one_by_one(told, on_home, hanna):
    options = {"options": [option("Utrecht"), option("Zeist"), option("Ede")]}
    on_home(element("multi_static_select", max_selected_items=2, **options))
    hanna.chooses("Kies", "Utrecht")
    hanna.chooses("Kies", "Ede")
    chosen = told[-1]["actions"][0]["selected_options"]
    assert [each["value"] for each in chosen] == ["utrecht", "ede"]
    with pytest.raises(ImpossibleError, match="no more than 2"):
        hanna.chooses("Kies", "Zeist")


def test_a_choice_of_several_is_taken_back_by_its_words(told, on_home, hanna):
    options = {"options": [option("Utrecht"), option("Zeist"), option("Ede")]}
    on_home(element("multi_static_select", **options))
    hanna.chooses("Kies", "Utrecht")
    hanna.chooses("Kies", "Ede")
    hanna.unchooses("Kies", "Utrecht")
    chosen = told[-1]["actions"][0]["selected_options"]
    assert [each["value"] for each in chosen] == ["ede"]
    with pytest.raises(ImpossibleError, match="not offered"):
        hanna.unchooses("Kies", "Zeist")


def test_of_people_chosen_one_is_taken_back(slack, told, on_home, hanna):
    slack.add_person("mo")
    slack.add_channel("samen", ["hanna", "mo"])
    on_home(element("multi_users_select"))
    hanna.chooses("Kies", "mo")
    with pytest.raises(ImpossibleError, match="not chosen"):
        hanna.unchooses("Kies", "hanna")
    hanna.unchooses("Kies", "mo")
    assert told[-1]["actions"][0]["selected_users"] == []


def test_a_select_of_one_holds_nothing_to_take_back(on_home, hanna):
    on_home(element("static_select", options=[option("Utrecht")]))
    with pytest.raises(ImpossibleError, match="no more than one choice"):
        hanna.unchooses("Kies", "Utrecht")


def test_an_option_of_a_group_is_chosen_by_its_words(told, on_home, hanna):
    groups = [
        {"label": plain("Midden"), "options": [option("Utrecht")]},
        {"label": plain("Oost"), "options": [option("Ede")]},
    ]
    on_home(element("static_select", option_groups=groups))
    hanna.chooses("Kies", "Ede")
    assert told[-1]["actions"][0]["selected_option"]["value"] == "ede"


def test_a_date_is_picked(told, on_home, hanna):
    on_home(element("datepicker"))
    hanna.fills("Kies", "2026-12-01")
    assert told[-1]["actions"][0]["selected_date"] == "2026-12-01"
    with pytest.raises(ImpossibleError, match="nothing is chosen in a datepicker"):
        hanna.chooses("Kies", "morgen")


def test_an_accessory_is_found_by_the_words_beside_it(client, told, hanna):
    chooser = select("Nederlands", "English")
    view = home(section("*Taal* van dit scherm", accessory=chooser))
    client.views_publish(user_id=hanna.id, view=view)
    hanna.opens_home()
    hanna.chooses("Taal van dit scherm", "English")
    assert told[-1]["actions"][0]["selected_option"]["value"] == "english"


def test_what_is_seen_is_not_unseen(client, hanna):
    client.views_publish(user_id=hanna.id, view=home(section("Klaar")))
    hanna.opens_home()
    with pytest.raises(AssertionError, match="hanna sees 'Klaar'"):
        hanna.does_not_see("Klaar")


def test_an_error_that_is_not_there_is_told(slack, hanna):
    slack.patience = 0.1
    with pytest.raises(ImpossibleError, match="sees no error"):
        hanna.sees_error("Naam", "x")


def test_somebody_leaves_a_channel(slack, client, hanna):
    channel = slack.add_channel("beheer", ["hanna"])
    slack.leave("beheer", "hanna")
    slack.leave("beheer")
    assert channel.members == []
    with pytest.raises(SlackApiError, match="not_in_channel"):
        client.chat_postMessage(channel=channel.id, text="x")
    slack.join("beheer")
    assert client.chat_postMessage(channel=channel.id, text="x")["ok"]


def test_the_bot_is_described(slack, client):
    bot = client.bots_info(bot=slack.bot_id)["bot"]
    assert (bot["name"], bot["user_id"]) == ("Proefapp", slack.bot_user.id)
    with pytest.raises(SlackApiError, match="bot_not_found"):
        client.bots_info(bot="B9")


def test_channels_are_listed_by_kind(slack, client):
    slack.add_channel("open", with_app=False)
    slack.add_channel("dicht", private=True)
    slack.add_channel("oud", is_archived=True)

    def names(**arguments):
        listed = client.conversations_list(**arguments)["channels"]
        return [channel["name"] for channel in listed]

    assert names() == ["open", "oud"]
    assert names(exclude_archived=True) == ["open"]
    assert names(types="private_channel") == ["dicht"]
    with pytest.raises(SlackApiError, match="invalid_types"):
        client.conversations_list(types="geheim")
    with pytest.raises(SlackApiError, match="missing_scope"):
        client.conversations_list(types="mpim")


@pytest.mark.parametrize(
    ("users", "error"),
    [("", "users_list_not_supplied"), ("U9", "user_not_found")],
)
def test_a_direct_message_needs_somebody(client, users, error):
    with pytest.raises(SlackApiError, match=error):
        client.conversations_open(users=users)


def test_nobody_writes_to_a_bot(slack, client):
    with pytest.raises(SlackApiError, match="cannot_dm_bot"):
        client.conversations_open(users=slack.bot_user.id)


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("views.update", {"view": {}}, "invalid_arguments"),
        ("views.update", {"view_id": "V1", "view": {}}, "not_found"),
        ("views.open", {"trigger_id": "1"}, "invalid_arguments"),
        ("views.publish", {"user_id": "U9", "view": {}}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C1", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": "x"}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a"}, "missing_argument"),
        ("users.list", {"limit": "veel"}, "invalid_arguments"),
        ("users.list", {"limit": 1000}, "invalid_limit"),
    ],
)
def test_a_malformed_call_is_refused(client, method, arguments, error):
    with pytest.raises(SlackApiError, match=error):
        client.api_call(method, params=arguments)
