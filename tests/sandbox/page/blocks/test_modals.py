"""Modals: stack, errors, submitting, closing, and where the keyboard is."""

import threading

import pytest
from playwright.sync_api import expect

from tests.sandbox.page.blocks import gallery
from tests.sandbox.pieces import (
    actions,
    button,
    field,
    modal,
    plain,
    section,
    select,
    text_input,
)

BUTTONS = {"submit": plain("Opslaan"), "close": plain("Annuleren")}
NAME = field("Naam", text_input("naam"), "naam")
PLACE = field("Plaats", text_input("plaats"), "plaats", optional=True)


def form(*blocks, **more):
    return modal(*(blocks or [NAME]), **(BUTTONS | more))


@pytest.fixture
def top(page):
    """The modal that can be reached."""
    return page.get_by_role("dialog")


@pytest.fixture
def save(top):
    return top.get_by_role("button", name="Opslaan")


@pytest.fixture
def pushes(listener):
    """A press shows another modal on top, named by how many there were."""

    def push(body, client):
        deeper = form(actions(button("Dieper")), PLACE, title=f"Dieper {len(shown)}")
        shown.append(client.views_push(trigger_id=body["trigger_id"], view=deeper))

    shown: list = []
    listener.on_action = push
    return shown


def test_the_title_names_the_modal_and_the_first_field_has_the_keyboard(
    shows, page, top
):
    shows(view=form(section("Uitleg"), NAME, title="Naam & adres"))
    expect(page.get_by_role("dialog", name="Naam & adres")).to_be_visible()
    expect(top.get_by_label("Naam", exact=True)).to_be_focused()


def test_an_element_that_asks_for_the_keyboard_gets_it(shows, page, top):
    wanted = text_input("plaats", focus_on_load=True)
    shows(view=form(NAME, field("Plaats", wanted, "plaats")))
    expect(top.get_by_label("Plaats")).to_be_focused()


def test_what_is_below_can_not_be_reached(shows, page, top, pushes, listener):
    shows(view=form(actions(button("Dieper")), NAME))
    top.get_by_role("button", name="Dieper").click()
    expect(page.get_by_role("dialog", name="Dieper 0")).to_be_visible()
    expect(top).to_have_count(1)
    expect(page.locator("dialog")).to_have_count(2)
    expect(page.locator("dialog").first).to_be_hidden()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => !document.querySelector('dialog').contains(document.activeElement)"
        )


def test_three_lie_on_each_other_and_close_one_by_one(
    shows, page, top, pushes, listener
):
    shows(view=form(actions(button("Dieper")), NAME))
    top.get_by_label("Naam").fill("Jan")
    for name in ("Dieper 0", "Dieper 1"):
        top.get_by_role("button", name="Dieper").click()
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
    top.get_by_role("button", name="Annuleren").click()
    expect(page.get_by_role("dialog", name="Dieper 0")).to_be_visible()
    expect(top.get_by_role("button", name="Dieper")).to_be_focused()
    top.get_by_role("button", name="Annuleren").press("Enter")
    expect(page.get_by_role("dialog", name="Proef")).to_be_visible()
    expect(top.get_by_role("button", name="Dieper")).to_be_focused()
    expect(top.get_by_label("Naam")).to_have_value("Jan")


def test_the_keyboard_comes_back_to_a_button_that_was_drawn_anew_meanwhile(
    shows, page, top, pushes, listener, client, hanna
):
    shows(view=form(actions(button("Dieper"), block_id="b"), NAME))
    below = hanna.client.top_view().id
    top.get_by_role("button", name="Dieper").click()
    expect(page.get_by_role("dialog", name="Dieper 0")).to_be_visible()
    more = actions(button("Dieper"), button("Meer", "more"), block_id="b")
    client.views_update(view_id=below, view=form(more, NAME))
    page.keyboard.press("Tab")
    top.get_by_role("button", name="Annuleren").click()
    expect(top.get_by_role("button", name="Meer")).to_be_visible()
    expect(top.get_by_role("button", name="Dieper")).to_be_focused()


@pytest.mark.parametrize("how", ["cross", "Escape"])
def test_cross_and_escape_close_all_of_them(
    shows, page, top, pushes, listener, hanna, how
):
    shows(view=form(actions(button("Dieper")), NAME))
    top.get_by_role("button", name="Dieper").click()
    expect(page.get_by_role("dialog", name="Dieper 0")).to_be_visible()
    if how == "cross":
        top.get_by_role("button", name="Close", exact=True).click()
    else:
        page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert hanna.client.top_view() is None


def test_escape_in_an_open_list_closes_only_the_list(shows, page, top):
    shows(view=form(field("Vestiging", select("Ede", "Zeist"))))
    top.get_by_role("combobox").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(top).to_be_visible()
    page.keyboard.press("Escape")
    expect(top).to_have_count(0)


def test_closing_gives_the_keyboard_back(client, page, top, listener, beheer):
    def open_modal(body, client):
        client.views_open(trigger_id=body["trigger_id"], view=form())

    listener.on_action = open_modal
    blocks = [actions(button("Openen"))]
    client.chat_postMessage(channel=beheer.id, text="x", blocks=blocks)
    opener = page.get_by_role("button", name="Openen")
    opener.press("Enter")
    expect(top.get_by_label("Naam")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_closing_tells_the_app_what_was_typed(shows, top, listener):
    shows(view=form(notify_on_close=True))
    top.get_by_label("Naam").press_sequentially("Jan")
    top.get_by_role("button", name="Annuleren").click()
    body = listener.next()
    assert (body["type"], body["is_cleared"]) == ("view_closed", False)
    assert body["view"]["state"]["values"]["naam"]["naam"]["value"] == "Jan"


def test_the_close_button_has_slacks_words_when_the_app_gives_none(shows, page, top):
    shows(view=modal(section("Alleen lezen")))
    close = top.get_by_role("button", name="Close")
    expect(close).to_have_count(2)
    expect(close.last).to_have_text("Close")
    expect(top.get_by_role("heading", name="Proef")).to_be_focused()


def test_a_required_field_is_asked_for_before_anything_is_sent(
    shows, windows, page, top, save, listener
):
    windows.tolerate("409")
    shows(view=form(NAME, field("Vestiging", select("Ede", "Zeist"), "v"), PLACE))
    save.click()
    box = top.get_by_label("Naam")
    expect(box).to_have_accessible_description("This field is required")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_be_focused()
    expect(top.get_by_role("combobox")).to_have_accessible_description(
        "This field is required"
    )
    expect(top.get_by_role("alert").last).to_have_text("2 fields need your attention.")
    expect(page.get_by_role("status").filter(has_text="required")).to_have_count(0)
    assert listener.hears_nothing()
    page.keyboard.type("Jan")
    expect(box).not_to_have_attribute("aria-invalid", "true")
    top.get_by_role("combobox").click()
    top.get_by_role("option", name="Ede").click()
    save.click()
    assert listener.next()["type"] == "view_submission"
    expect(top).to_have_count(0)


@pytest.mark.parametrize(
    ("label", "text", "told"),
    [
        ("Opmerking", "ab", "At least 3 characters"),
        ("E-mailadres", "jan", "Not an e-mail address"),
        ("Website", "example", "Not an address on the web"),
        ("Aantal", "1,5", "Not a whole number"),
        ("Aantal", "100", "At most 99"),
    ],
)
def test_what_slack_would_not_send_is_told_at_the_field(
    shows, windows, top, save, listener, label, text, told
):
    windows.tolerate("409")
    shows(view=gallery.form(label))
    box = top.get_by_label(label)
    box.fill(text)
    save.click()
    expect(box).to_have_accessible_description(f"Toelichting bij {label} {told}")
    assert listener.hears_nothing()


def test_errors_of_the_app_stand_under_their_fields_until_the_next_try(
    shows, page, top, save, listener
):
    shows(view=form(NAME, PLACE))
    listener.submission = {
        "response_action": "errors",
        "errors": {"plaats": "Deze plaats kennen we niet"},
    }
    top.get_by_label("Naam").fill("Jan")
    for _ in range(2):
        save.click()
        listener.next()
        place = top.get_by_label("Plaats")
        expect(place).to_have_accessible_description("Deze plaats kennen we niet")
        expect(place).to_be_focused()
        expect(top.get_by_role("alert").last).to_have_text(
            "1 field needs your attention."
        )
    listener.submission = {}
    save.click()
    expect(top).to_have_count(0)


def test_submitting_turns_a_wheel_and_can_not_be_done_twice(
    shows, top, save, listener, slack
):
    may_answer = threading.Event()
    listener.on_submission = lambda _: may_answer.wait(10)
    slack.ack_seconds = 10
    shows(view=form())
    top.get_by_label("Naam").fill("Jan")
    save.click()
    expect(save).to_be_disabled()
    expect(save.locator(".bk-spinner")).to_be_visible()
    save.click(force=True)
    top.get_by_label("Naam").press("Enter")
    may_answer.set()
    expect(top).to_have_count(0)
    assert listener.next()["type"] == "view_submission"
    assert listener.hears_nothing()


def test_an_answer_that_does_not_come_is_told_and_can_be_tried_again(
    shows, page, top, save, listener, slack
):
    shows(view=form())
    listener.submission = {"response_action": "unknown"}
    top.get_by_label("Naam").fill("Jan")
    save.click()
    trouble = "We had some trouble connecting. Try again?"
    expect(top.get_by_role("alert").first).to_have_text(trouble)
    slack.sees_fault("unknown")
    expect(save).to_be_enabled()
    listener.submission = {}
    save.click()
    expect(top).to_have_count(0)


def test_an_answer_may_show_another_modal_in_its_place_or_on_top(
    shows, page, top, save, listener
):
    listener.submission = {
        "response_action": "update",
        "view": form(NAME, PLACE, title="In plaats"),
    }
    shows(view=form())
    top.get_by_label("Naam").fill("Jan")
    save.click()
    expect(page.get_by_role("dialog", name="In plaats")).to_be_visible()
    expect(top.get_by_label("Naam")).to_have_value("Jan")
    expect(save).to_be_enabled()
    listener.submission = {
        "response_action": "push",
        "view": form(PLACE, title="Erop"),
    }
    save.click()
    expect(page.get_by_role("dialog", name="Erop")).to_be_visible()
    listener.submission = {"response_action": "clear"}
    save.click()
    expect(page.locator("dialog")).to_have_count(0)


def test_a_loading_modal_becomes_the_real_one_and_gets_the_keyboard(
    shows, page, top, client, hanna
):
    shows(view=modal(section("Laden…"), title="Even wachten"))
    expect(top.get_by_role("heading", name="Even wachten")).to_be_focused()
    view_id = hanna.client.top_view().id
    client.views_update(view_id=view_id, view=form(title="Klaar"))
    expect(page.get_by_role("dialog", name="Klaar")).to_be_visible()
    expect(top.get_by_label("Naam")).to_be_focused()


def test_news_elsewhere_does_not_move_somebody_who_reads(
    shows, page, top, client, beheer
):
    shows(view=form(section("Lees dit rustig"), NAME))
    top.get_by_text("Lees dit rustig").click(click_count=3)
    expect(top.get_by_label("Naam")).not_to_be_focused()
    client.chat_postMessage(channel=beheer.id, text="Er is nieuws")
    expect(page.get_by_text("Er is nieuws").first).to_be_attached()
    expect(top.get_by_label("Naam")).not_to_be_focused()
    assert page.evaluate("() => String(getSelection())").strip() == "Lees dit rustig"


def test_the_keyboard_stays_in_a_modal_whose_button_is_gone(
    shows, page, top, listener, hanna
):
    def change(body, client):
        view_id = body["view"]["id"]
        client.views_update(view_id=view_id, view=modal(section("Gedaan")))

    listener.on_action = change
    shows(view=modal(actions(button("Doe het"))))
    top.get_by_role("button", name="Doe het").press("Enter")
    expect(top.get_by_text("Gedaan")).to_be_visible()
    expect(top.get_by_role("heading", name="Proef")).to_be_focused()


def test_a_long_text_is_scrolled_by_keyboard(shows, opens):
    shows(view=modal(section("\n".join(f"regel {n}" for n in range(90)))))
    page = opens(height=500)
    body = page.locator(".bk-modal-body")
    expect(body).to_have_attribute("tabindex", "0")
    body.focus()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Close").last).to_be_in_viewport()
    page.wait_for_function(
        "() => document.querySelector('.bk-modal-body').scrollTop > 100"
    )


def test_two_windows_of_one_person_show_the_same(shows, opens, hanna, slack):
    shows(view=form())
    one, other = opens(), opens()
    one.get_by_label("Naam").fill("Jan")
    one.get_by_label("Naam").blur()
    expect(other.get_by_label("Naam")).to_have_value("Jan")
    one.keyboard.press("Escape")
    expect(one.get_by_role("dialog")).to_have_count(0)
    expect(other.get_by_role("dialog")).to_have_count(0)
