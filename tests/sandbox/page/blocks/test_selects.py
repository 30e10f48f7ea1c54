"""Selects and menus, by mouse and by keyboard."""

import threading

import pytest
from playwright.sync_api import expect

from tests.sandbox.page.blocks import gallery
from tests.sandbox.page.blocks.gallery import element
from tests.sandbox.pieces import actions, button, mrkdwn, option, plain, section

DESCRIBED = [option("Utrecht"), option("Úbbergen", "ub"), option("Zeist")]


def static(**more):
    return element("static_select", options=DESCRIBED, **more)


@pytest.fixture
def box(page):
    return page.get_by_role("combobox", name="Kies")


def chosen(listener):
    """The words of what the app hears to be chosen."""
    [action] = listener.next()["actions"]
    several = action.get("selected_options")
    kept = several if several is not None else [action["selected_option"]]
    return [each["text"]["text"] for each in kept]


def test_the_keyboard_opens_goes_through_and_picks(shows, page, box, listener):
    shows(actions(static()))
    box.focus()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    active = page.locator(".bk-is-active")
    expect(active).to_have_text("Utrecht")
    page.keyboard.press("ArrowDown")
    expect(active).to_have_text("Úbbergen")
    page.keyboard.press("End")
    expect(active).to_have_text("Zeist")
    page.keyboard.press("ArrowDown")
    expect(active).to_have_text("Zeist")
    page.keyboard.press("Home")
    expect(active).to_have_text("Utrecht")
    page.keyboard.press("End")
    told = active.get_attribute("id")
    expect(box).to_have_attribute("aria-activedescendant", told)
    page.keyboard.press("Enter")
    assert chosen(listener) == ["Zeist"]
    expect(box).to_have_value("Zeist")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")


def test_typing_narrows_the_list_whatever_the_accents(shows, page, box, listener):
    shows(actions(static()))
    box.focus()
    page.keyboard.type("ubb")
    expect(page.get_by_role("option")).to_have_text(["Úbbergen"])
    page.keyboard.type("x")
    expect(page.get_by_text("No results")).to_be_visible()
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    assert chosen(listener) == ["Úbbergen"]


@pytest.mark.parametrize("leave", ["Escape", "Tab"])
def test_leaving_a_list_changes_nothing(shows, page, box, listener, leave):
    shows(actions(static(initial_option=DESCRIBED[0]), element("users_select")))
    box = page.get_by_role("combobox", name="Kies static")
    box.click()
    page.keyboard.type("zei")
    page.keyboard.press(leave)
    expect(box).to_have_value("Utrecht")
    expect(page.get_by_role("option")).to_have_count(0)
    assert listener.hears_nothing()


def test_options_have_groups_and_descriptions(shows, page, box):
    shows(actions(element("static_select", option_groups=gallery.GROUPS)))
    box.click()
    middle = page.get_by_role("group", name="Midden")
    expect(middle.get_by_role("option")).to_contain_text(["Utrecht", "Zeist"])
    expect(middle.get_by_role("option").first).to_contain_text("Oudegracht 12")
    page.keyboard.type("slotlaan")
    expect(page.get_by_role("option")).to_contain_text(["Zeist"])
    expect(page.get_by_role("group", name="Oost")).to_have_count(0)


def test_what_is_chosen_is_marked_in_the_list(shows, page, box):
    shows(actions(static(initial_option=DESCRIBED[2])))
    expect(box).to_have_value("Zeist")
    box.click()
    expect(page.get_by_role("option", selected=True)).to_have_text("Zeist")
    expect(page.locator(".bk-is-active")).to_have_text("Zeist")


def test_the_app_is_searched_once_enough_is_typed(shows, page, box, listener):
    shows(actions(element("external_select", min_query_length=2)))
    box.click()
    expect(page.get_by_text("Type at least 2 characters to search.")).to_be_visible()
    page.keyboard.type("u")
    page.keyboard.type("tr")
    expect(page.get_by_role("option")).to_have_text(["Utrecht"])
    assert listener.searches.get(timeout=10) == "utr"
    assert listener.searches.empty()


def test_a_slow_search_says_so_and_an_old_answer_is_dropped(shows, page, box, listener):
    shows(actions(element("external_select", min_query_length=1)))
    answer_first = threading.Event()
    listener.on_search = lambda typed: typed == "u" and answer_first.wait(3)
    box.click()
    page.keyboard.type("u")
    expect(page.get_by_text("Searching…")).to_be_visible()
    assert listener.searches.get(timeout=10) == "u"
    page.keyboard.press("Backspace")
    page.keyboard.type("ze")
    expect(page.get_by_role("option")).to_have_text(["Zeist"])
    answer_first.set()
    page.keyboard.type("q")
    expect(page.get_by_text("No results")).to_be_visible()


def test_a_search_without_answer_says_so(shows, windows, page, box, listener, slack):
    windows.tolerate("409")
    shows(actions(element("external_select", min_query_length=1)))
    may_answer = threading.Event()
    listener.on_search = lambda _: may_answer.wait(10)
    slack.ack_seconds = 0.2
    box.click()
    page.keyboard.type("u")
    expect(page.get_by_text("The list could not be loaded.")).to_be_visible()
    may_answer.set()
    slack.sees_fault("no ack in time")


def test_several_are_chosen_and_taken_away_again(shows, page, box, listener):
    shows(actions(element("multi_static_select", options=DESCRIBED)))
    box.click()
    page.get_by_role("option", name="Zeist").click()
    assert chosen(listener) == ["Zeist"]
    page.keyboard.type("utr")
    page.keyboard.press("Enter")
    assert chosen(listener) == ["Zeist", "Utrecht"]
    expect(page.get_by_role("option", selected=True)).to_have_text(["Utrecht", "Zeist"])
    page.get_by_role("option", name="Zeist").click()
    assert chosen(listener) == ["Utrecht"]
    page.keyboard.press("Backspace")
    assert chosen(listener) == []
    page.get_by_role("option", name="Utrecht").click()
    assert chosen(listener) == ["Utrecht"]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Remove Utrecht").press("Enter")
    assert chosen(listener) == []
    expect(box).to_be_focused()


def test_no_more_than_allowed_are_chosen(shows, page, box, listener):
    several = element("multi_static_select", options=DESCRIBED, max_selected_items=1)
    shows(actions(several))
    box.click()
    page.get_by_role("option", name="Zeist").click()
    assert chosen(listener) == ["Zeist"]
    expect(page.get_by_role("option", name="Utrecht")).to_be_disabled()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert listener.hears_nothing()


def test_an_optional_choice_can_be_taken_back(shows, opens, listener):
    shows(view=gallery.form("Vestiging"))
    dialog = opens().get_by_role("dialog")
    dialog.get_by_role("combobox").click()
    dialog.get_by_role("option", name="Zeist").click()
    dialog.get_by_role("button", name="Clear").click()
    expect(dialog.get_by_role("combobox")).to_have_value("")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    dialog.get_by_role("button", name="Opslaan").click()
    held = listener.next()["view"]["state"]["values"]["town"]["town"]
    assert held["selected_option"] is None


def test_people_are_offered_by_name_and_not_when_they_left(slack, shows, page, box):
    slack.add_person("piet", "Piet Pieters")
    slack.add_person("oud", "Oude Gijs", deleted=True)
    shows(actions(element("users_select")))
    box.click()
    page.keyboard.type("pi")
    expect(page.get_by_role("option")).to_contain_text(["Piet Pieters"])
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("gijs")
    expect(page.get_by_text("No results")).to_be_visible()


def test_channels_are_offered_as_their_filter_says(slack, shows, page, hanna):
    slack.add_channel("open", ["hanna"])
    private = {"filter": {"include": ["private"]}}
    shows(
        actions(element("conversations_select", **private), element("channels_select"))
    )
    page.get_by_role("combobox", name="Kies conversations_select").click()
    expect(page.get_by_role("option")).to_have_text(["#beheer"])
    page.get_by_role("combobox", name="Kies channels_select").click()
    expect(page.get_by_role("option")).to_have_text(["#open"])


def test_the_direct_message_with_the_app_is_a_conversation_too(
    client, shows, page, hanna, listener
):
    direct = client.conversations_open(users=hanna.id)["channel"]["id"]
    shows(actions(element("conversations_select")))
    box = page.get_by_role("combobox", name="Kies")
    box.click()
    expect(page.get_by_role("option")).to_have_text(["#beheer", "Proefapp"])
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    [action] = listener.next()["actions"]
    assert action["selected_conversation"] == direct
    expect(box).to_have_value("Proefapp")


def test_a_menu_is_walked_by_keyboard(shows, page, listener):
    shows(actions(gallery.overflow()))
    toggle = page.get_by_role("button", name="More actions")
    toggle.press("ArrowDown")
    items = page.get_by_role("menuitem")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("h")
    expect(items.nth(2)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(items.nth(2)).to_be_focused()
    page.keyboard.press("Escape")
    expect(items.nth(0)).to_be_hidden()
    expect(toggle).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    [action] = listener.next()["actions"]
    assert action["selected_option"]["value"] == "wijzig"
    expect(toggle).to_be_focused()


def test_a_choice_that_is_not_confirmed_is_not_made(shows, page, box, listener):
    shows(actions(static(confirm=gallery.SURE, initial_option=DESCRIBED[0])))
    box.click()
    page.get_by_role("option", name="Zeist").click()
    asked = page.get_by_role("alertdialog", name="Weet u het zeker?")
    expect(asked).to_contain_text("Dit raakt 26 mensen.")
    expect(asked.locator("strong")).to_have_text("26")
    asked.get_by_role("button", name="Terug").click()
    expect(box).to_have_value("Utrecht")
    assert listener.hears_nothing()
    box.click()
    page.get_by_role("option", name="Zeist").click()
    asked.get_by_role("button", name="Doorgaan").click()
    assert chosen(listener) == ["Zeist"]
    expect(box).to_have_value("Zeist")


def test_escape_says_no_to_a_question_and_leaves_the_modal_open(shows, opens, listener):
    ticks = {**gallery.radio("wie"), "confirm": gallery.SURE}
    view = gallery.form("Naam")
    view["blocks"].append(actions(ticks))
    shows(view=view)
    page = opens()
    page.get_by_role("radio", name="Hele vestiging").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.get_by_role("radio", name="Aantal logins = 0")).to_be_checked()
    expect(page.get_by_role("dialog", name="Proef")).to_be_visible()
    assert listener.hears_nothing()


def test_an_accessory_has_its_name_from_the_words_beside_it(shows, page):
    shows(
        {
            "type": "section",
            "text": mrkdwn("*Taal* van dit scherm"),
            "accessory": static(placeholder=plain("Kies een taal")),
        }
    )
    expect(page.get_by_role("combobox", name="Taal van dit scherm")).to_be_visible()


def test_a_list_stays_open_while_the_message_around_it_changes(
    client, page, box, listener, beheer
):
    blocks = [section("eerst"), actions(static(), block_id="kies")]
    sent = client.chat_postMessage(channel=beheer.id, text="x", blocks=blocks)
    box.click()
    page.keyboard.type("z")
    changed = [section("daarna"), *blocks[1:]]
    client.chat_update(channel=beheer.id, ts=sent["ts"], text="x", blocks=changed)
    expect(page.get_by_text("daarna")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("z")
    page.keyboard.press("Enter")
    assert chosen(listener) == ["Zeist"]


def test_a_select_opens_again_after_its_own_row_has_changed(
    client, page, box, listener, beheer
):
    row = actions(static(), block_id="kies")
    sent = client.chat_postMessage(channel=beheer.id, text="x", blocks=[row])
    box.click()
    expect(page.get_by_role("option")).to_have_count(3)
    row["elements"].append(button("Erbij"))
    client.chat_update(channel=beheer.id, ts=sent["ts"], text="x", blocks=[row])
    expect(page.get_by_role("button", name="Erbij")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert chosen(listener) == ["Zeist"]


def test_the_list_stands_above_whatever_scrolls_or_covers(shows, opens):
    shows(view=gallery.form("Vestiging"))
    page = opens(height=320)
    page.get_by_role("combobox", name="Vestiging").click()
    last = page.get_by_role("option", name="Amersfoort")
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(*middle)
    expect(page.get_by_role("combobox", name="Vestiging")).to_have_value("Amersfoort")
