"""axe has nothing to say of any block or element, in light and in dark."""

import pytest
from playwright.sync_api import expect

from tests.sandbox.page.blocks import gallery
from tests.sandbox.pieces import section

pytestmark = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture
def page(opens, scheme):
    return opens(color_scheme=scheme, height=2000)


def test_everything_that_is_read(shows, page, axe, hanna, beheer):
    shows(*gallery.text_blocks(hanna.id, beheer.id))
    expect(page.get_by_role("heading", name="Alle *blokken*")).to_be_visible()
    axe(page)


def test_everything_that_is_pressed(shows, page, axe):
    shows(*gallery.element_blocks())
    shows(*(section(gallery.escaped(text)) for text in gallery.HOSTILE))
    page.get_by_role("combobox", name="Kies grouped").click()
    axe(page)
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Kies multi_static").click()
    page.get_by_role("option", name="Zeist").click()
    axe(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More actions").click()
    axe(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Verwijderen").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    axe(page)


def test_every_field_of_a_form(shows, page, axe, windows):
    windows.tolerate("409")
    form = gallery.form()
    for block in form["blocks"]:
        block["optional"] = block["block_id"] == "naam"
    shows(view=form)
    expect(page.get_by_role("dialog", name="Proef")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("This field is required").first).to_be_visible()
    axe(page)


def test_an_app_home(client, opens, axe, hanna, beheer, listener, scheme):
    view = gallery.home_view(hanna.id, beheer.id)
    client.views_publish(user_id=hanna.id, view=view)
    page = opens(place="app=home", color_scheme=scheme, height=2000)
    expect(page.get_by_role("button", name="Gewoon")).to_be_visible()
    axe(page)
