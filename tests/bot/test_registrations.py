"""Nothing on a screen or in a message is there to press in vain."""

import pytest

from bot.app import build_app, web_client
from bot.locale import translator
from domain.secret import Secret
from tests.bot.registrations import registered
from tests.bot.screens import SCREENS
from tests.bot.screens.messages import MESSAGES
from tests.bot.test_screens import built

EXTERNAL = ("external_select", "multi_external_select")


@pytest.fixture
def listened_for(slack, office):
    client = web_client(Secret(slack.bot_token), slack.api_url)
    return registered(build_app(office, client))


@pytest.fixture(scope="module")
def views():
    return [built(name, "nl") for name in SCREENS]


@pytest.fixture(scope="module")
def blocks(views):
    messages = [build(translator("nl"), "Utrecht") for build in MESSAGES.values()]
    shown = [block for view in views for block in view["blocks"]]
    return [*shown, *(block.to_dict() for each in messages for block in each.blocks)]


def pressable(block):
    """Elements of a block of which Slack tells at once."""
    if block["type"] == "input":
        return [block["element"]] if block.get("dispatch_action") else []
    found = [*block.get("elements", []), block.get("accessory") or {}]
    return [element for element in found if "action_id" in element]


def test_everything_that_can_be_pressed_is_listened_for(blocks, listened_for):
    ids = {each["action_id"] for block in blocks for each in pressable(block)}
    assert len(ids) > 20
    assert ids <= listened_for["action"]


def test_every_search_is_listened_for(blocks, listened_for):
    searches = {
        element["action_id"]
        for block in blocks
        for element in [*pressable(block), block.get("element") or {}]
        if element.get("type") in EXTERNAL
    }
    assert searches
    assert searches == listened_for["options"]


def test_every_modal_that_tells_of_its_closing_is_listened_for(views, listened_for):
    ids = {view["callback_id"] for view in views if view.get("notify_on_close")}
    assert ids == listened_for["view_closed"]


def test_every_modal_that_can_be_submitted_is_listened_for(views, listened_for):
    ids = {view["callback_id"] for view in views if view.get("submit")}
    assert ids == listened_for["view_submission"]
