"""What a client offers and lets through, apart from any words on a screen."""

import pytest

from sandbox.slack import ImpossibleError, Workspace
from sandbox.slack.blocks import interactive_elements
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.pieces import (
    actions,
    button,
    checkboxes,
    field,
    home,
    option,
    plain,
    select,
)


@pytest.fixture
def on_home(client, hanna):
    """Publish elements on hanna's home; gives what her client acts on."""

    def publish(*elements):
        client.views_publish(user_id=hanna.id, view=home(actions(*elements)))
        view = hanna.client.home()
        return [(view, *each) for each in interactive_elements(view.blocks)]

    return publish


def element(kind, **more):
    return {"type": kind, "action_id": "chosen", **more}


def names(channels):
    return sorted(channel.name for channel in channels)


def test_a_users_select_offers_whom_she_can_see_and_who_is_still_here(slack, hanna):
    slack.add_person("piet")
    slack.add_person("oud", deleted=True)
    gerda = slack.add_person("gerda", is_ultra_restricted=True)
    offered = {user.name for user in hanna.client.offered_users()}
    assert offered == {"proefapp", "hanna", "piet", "gerda"}
    slack.add_channel("samen", ["gerda", "oud"])
    assert {user.name for user in gerda.client.offered_users()} == {"proefapp", "gerda"}


def test_a_channels_select_offers_public_channels(slack, hanna):
    slack.add_channel("open")
    slack.add_channel("beheer", ["hanna"], private=True)
    offered = hanna.client.offered_conversations(element("channels_select"))
    assert names(offered) == ["open"]


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ({}, ["", "beheer", "gedeeld", "open"]),
        ({"include": ["private"]}, ["beheer"]),
        ({"include": ["public"]}, ["gedeeld", "open"]),
        ({"include": ["im"]}, [""]),
        ({"exclude_bot_users": True}, ["beheer", "gedeeld", "open"]),
        ({"exclude_external_shared_channels": True}, ["", "beheer", "open"]),
    ],
)
def test_a_conversations_select_keeps_to_its_filter(slack, hanna, wanted, offered):
    slack.add_channel("open")
    slack.add_channel("gedeeld", is_ext_shared=True)
    slack.add_channel("beheer", ["hanna"], private=True)
    slack.add_channel("geheim", private=True)
    slack.direct_message(hanna.id)
    chooser = element("conversations_select", filter=wanted)
    assert names(hanna.client.offered_conversations(chooser)) == offered


@pytest.mark.parametrize(
    ("chooser", "value"),
    [
        (select("Utrecht"), option("Ede")),
        (checkboxes("Actief"), option("Actief")),
        (element("multi_users_select"), "U0000000004"),
        (element("users_select"), "U9999999999"),
        (element("conversations_select"), "C9999999999"),
        (element("datepicker"), "morgen"),
        (element("datetimepicker"), True),
        (element("datetimepicker"), "2026-11-22"),
        (element("radio_buttons", options=[option("Ja")]), None),
        (element("external_select"), option("Ede")),
        (button("Doe"), "x"),
        (element("overflow", options=[option("Ja")]), option("Ja")),
    ],
)
def test_an_element_takes_only_what_it_can_hold(on_home, hanna, chooser, value):
    spot = on_home(chooser)[0]
    with pytest.raises(ImpossibleError):
        hanna.client.enter(*spot, value)


def test_nothing_is_chosen_twice(on_home, hanna):
    spot = on_home(element("multi_users_select"))[0]
    with pytest.raises(ImpossibleError, match="twice"):
        hanna.client.enter(*spot, [hanna.id, hanna.id])
    hanna.client.enter(*spot, [hanna.id])


def test_only_what_is_there_to_be_pressed_is_pressed(on_home, hanna):
    chooser, pressed = on_home(select("Utrecht"), button("Doe"))
    with pytest.raises(ImpossibleError, match="a static_select is not pressed"):
        hanna.client.press(*chooser)
    with pytest.raises(ImpossibleError, match="overflow"):
        hanna.client.press(*pressed, chosen=option("Ja"))
    with pytest.raises(ImpossibleError, match="nothing is searched in a button"):
        hanna.client.search(*pressed, "Utrecht")


@pytest.mark.parametrize(
    "chooser",
    [select("Utrecht"), element("users_select"), element("file_input")],
    ids=lambda each: each["type"],
)
def test_nothing_is_typed_into_what_is_chosen_from(shows, hanna, chooser):
    shows(field("Vestiging", chooser), submit=plain("Opslaan"))
    with pytest.raises(ImpossibleError, match="Vestiging: nothing is typed into a"):
        hanna.fills("Vestiging", "Utrecht")


def test_a_workspace_can_be_told_to_forget(client):
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False, keep=3)
    with workspace.serve() as slack:
        hanna = slack.add_person("hanna")
        place = slack.add_channel("beheer", ["hanna"])
        for number in range(5):
            hanna.client.type_command(place, f"/proef {number}")
        sent = slack.deliveries()
        assert [each.payload["text"] for each in sent] == ["2", "3", "4"]
        assert slack.wait_until(lambda: all(each.is_settled for each in sent), 5)
        assert len(slack.unexpected_faults()) == 3
        assert slack.recorded_text() == ""
