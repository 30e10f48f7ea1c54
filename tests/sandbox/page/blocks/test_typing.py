"""What somebody types is hers until she leaves it, and is never lost."""

import pytest
from playwright.sync_api import expect

from tests.sandbox.page.blocks import gallery
from tests.sandbox.pieces import button, field, home, modal, plain, section, text_input

BUTTONS = {"submit": plain("Opslaan"), "close": plain("Annuleren")}
NAME = field("Naam", text_input("naam"), "naam")


def form(*blocks, **more):
    return modal(*blocks, **(BUTTONS | more))


def loud(**config):
    """A field that tells the app of what is typed."""
    triggers = {"dispatch_action_config": {"trigger_actions_on": config["on"]}}
    element = text_input("luid", **(triggers if config["on"] else {}))
    return field("Luid", element, "luid", dispatch_action=True)


def values(body):
    return {
        place: next(iter(held.values()))["value"]
        for place, held in body["view"]["state"]["values"].items()
    }


def typed(client, hanna):
    """What the workspace knows to be in the fields of the top modal."""
    return hanna.client.top_view().values


def test_typing_and_submitting_at_once_loses_nothing(shows, opens, listener):
    shows(view=form(NAME, field("Plaats", text_input("plaats"), "plaats")))
    page = opens()
    page.get_by_label("Naam").press_sequentially("Jan")
    page.get_by_label("Plaats").press_sequentially("Ede")
    page.get_by_role("button", name="Opslaan").click()
    assert values(listener.next()) == {"naam": "Jan", "plaats": "Ede"}


def test_enter_in_a_single_line_submits(shows, opens, listener):
    shows(view=form(NAME))
    page = opens()
    page.get_by_label("Naam").press_sequentially("Jan")
    page.keyboard.press("Enter")
    assert values(listener.next()) == {"naam": "Jan"}


def test_enter_in_several_lines_is_a_new_line(shows, opens, listener):
    shows(view=form(field("Tekst", text_input("tekst", multiline=True), "tekst")))
    page = opens()
    page.get_by_label("Tekst").press_sequentially("een\ntwee")
    page.keyboard.press("ControlOrMeta+Enter")
    assert values(listener.next()) == {"tekst": "een\ntwee"}


def test_a_press_waits_for_what_was_typed_before_it(shows, opens, listener):
    press = section("Ernaast", accessory=button("Verder"))
    shows(view=form(NAME, press))
    page = opens()
    page.get_by_label("Naam").press_sequentially("Jan")
    page.get_by_role("button", name="Verder").click()
    assert values(listener.next())["naam"] == "Jan"


def test_what_is_typed_stays_when_the_app_updates_the_modal(
    shows, opens, listener, client, hanna
):
    shows(view=form(NAME))
    page = opens()
    box = page.get_by_label("Naam")
    box.press_sequentially("Jan Bakker")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    view_id = hanna.client.top_view().id
    news = section("Er is nieuws")
    client.views_update(view_id=view_id, view=form(news, NAME, title="Anders"))
    expect(page.get_by_role("dialog", name="Anders")).to_be_visible()
    expect(page.get_by_text("Er is nieuws")).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.type("_")
    expect(box).to_have_value("Jan Bak_ker")
    page.keyboard.press("Enter")
    assert values(listener.next()) == {"naam": "Jan Bak_ker"}


def test_caret_and_text_stay_when_the_field_itself_is_changed(
    shows, opens, listener, client, hanna
):
    shows(view=form(NAME))
    page = opens()
    page.get_by_label("Naam").press_sequentially("Jan")
    page.keyboard.press("ArrowLeft")
    view_id = hanna.client.top_view().id
    changed = field("Voornaam", text_input("naam", placeholder=plain("Wie?")), "naam")
    client.views_update(view_id=view_id, view=form(changed))
    box = page.get_by_label("Voornaam")
    expect(box).to_be_focused()
    page.keyboard.type("a")
    expect(box).to_have_value("Jaan")


def test_another_block_id_is_another_field(shows, opens, client, hanna):
    shows(view=form(NAME))
    page = opens()
    page.get_by_label("Naam").press_sequentially("Jan")
    other = field("Naam", text_input("naam", initial_value="Piet"), "nieuw")
    client.views_update(view_id=hanna.client.top_view().id, view=form(other))
    expect(page.get_by_label("Naam")).to_have_value("Piet")


def test_leaving_a_field_sends_it_and_no_sooner(shows, opens, hanna, slack):
    shows(view=form(NAME, field("Plaats", text_input("plaats"), "plaats")))
    page = opens()
    held = hanna.client.top_view().values
    page.get_by_label("Naam").press_sequentially("Jan")
    assert held["naam", "naam"]["value"] is None
    page.keyboard.press("Tab")
    assert slack.wait_until(lambda: held["naam", "naam"]["value"] == "Jan", 10)
    page.get_by_label("Naam").fill("")
    page.keyboard.press("Tab")
    assert slack.wait_until(lambda: held["naam", "naam"]["value"] is None, 10)


def test_a_field_tells_the_app_on_enter_only(shows, opens, listener, hanna, slack):
    shows(view=form(loud(on=[]), NAME))
    page = opens()
    page.get_by_label("Luid").press_sequentially("een")
    page.get_by_label("Naam").press_sequentially("Jan")
    held = hanna.client.top_view().values
    assert slack.wait_until(lambda: held["luid", "luid"]["value"] == "een", 10)
    assert listener.hears_nothing()
    page.get_by_label("Luid").press("Enter")
    [action] = listener.next()["actions"]
    assert (action["type"], action["value"]) == ("plain_text_input", "een")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Opslaan").click()
    assert listener.next()["type"] == "view_submission"


def test_a_field_tells_the_app_of_every_character(shows, opens, listener):
    shows(view=form(loud(on=["on_character_entered"])))
    opens().get_by_label("Luid").press_sequentially("abc")
    told = [listener.next()["actions"][0]["value"] for _ in range(3)]
    assert told == ["a", "ab", "abc"]


def test_the_app_home_keeps_what_is_typed_while_it_is_published_again(
    opens, client, hanna, listener
):
    told = section("eerst")
    typing = field("Zoek", text_input("zoek"), "zoek", dispatch_action=True)
    client.views_publish(user_id=hanna.id, view=home(told, typing))
    page = opens(place="app=home")
    page.get_by_label("Zoek").press_sequentially("Jan")
    client.views_publish(user_id=hanna.id, view=home(section("daarna"), typing))
    expect(page.get_by_text("daarna")).to_be_visible()
    expect(page.get_by_label("Zoek")).to_have_value("Jan")
    expect(page.get_by_label("Zoek")).to_be_focused()
    page.keyboard.press("Enter")
    assert listener.next()["actions"][0]["value"] == "Jan"


def test_a_field_takes_no_more_than_fits_and_counts(shows, opens):
    shows(view=form(field("Code", text_input("code", max_length=3), "code")))
    page = opens()
    box = page.get_by_label("Code")
    box.press_sequentially("abcdef")
    expect(box).to_have_value("abc")
    expect(box).to_have_accessible_description("3 / 3")


def test_a_date_that_is_typed_is_sent_when_it_is_whole(shows, opens, listener):
    shows(
        {
            "type": "actions",
            "elements": [gallery.element("datepicker", initial_date="2026-12-01")],
        }
    )
    page = opens()
    box = page.get_by_label("Kies datepicker")
    box.focus()
    page.keyboard.type("12242027")
    assert listener.hears_nothing()
    page.keyboard.press("Enter")
    [action] = listener.next()["actions"]
    assert action["selected_date"] == "2027-12-24"


def test_a_double_click_presses_twice(shows, opens, listener):
    shows({"type": "actions", "elements": [button("Verder")]})
    opens().get_by_role("button", name="Verder").dblclick()
    first, second = listener.next(), listener.next()
    assert first["actions"][0]["action_ts"] < second["actions"][0]["action_ts"]


@pytest.mark.parametrize("times", [1, 2])
def test_a_tick_is_seen_at_once_and_stays(shows, opens, listener, times):
    shows(
        {
            "type": "actions",
            "elements": [
                {**gallery.INPUTS["Toestand"]},
            ],
        }
    )
    page = opens()
    tick = page.get_by_role("checkbox", name="Actief")
    for _ in range(times):
        tick.click()
    expect(tick).to_be_checked(checked=times == 1)
    chosen = [listener.next()["actions"][0]["selected_options"] for _ in range(times)]
    assert len(chosen[-1]) == times % 2
    expect(tick).to_be_checked(checked=times == 1)
