"""The page goes on by itself: other windows, lost connections, ended workspaces."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from sandbox import page
from sandbox.slack import Workspace
from tests.sandbox.page.shell.conftest import MANIFEST, stage

STOPPED = "The workspace has stopped"


# Headless windows are always seen, so the browser is told otherwise.
SEE = """(seen) => {
  const state = { value: seen, configurable: true };
  Object.defineProperty(document, "visibilityState", state);
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def is_live(request):
    return request.url.endswith("/live")


def served(serving: ExitStack, port: int = 0) -> Workspace:
    workspace = Workspace.from_manifest(MANIFEST)
    page.add_to(workspace)
    serving.enter_context(workspace.serve(port))
    stage(workspace)
    return workspace


@pytest.fixture
def serving():
    with ExitStack() as stack:
        yield stack


def test_page_says_that_the_workspace_stopped_and_comes_back(
    windows, serving, composer
):
    windows.tolerate("ERR_")
    workspace = served(serving)
    port = int(workspace.server.url.rpartition(":")[2])
    workspace.person("bram").writes("Voor de pauze", channel="algemeen")
    window = windows.open(f"{workspace.server.url}/?as=hanna&in=algemeen")
    expect(window.get_by_text("Voor de pauze")).to_be_visible()
    serving.close()
    expect(window.get_by_text(STOPPED)).to_be_visible()

    composer(window).fill("Hallo?")
    window.keyboard.press("Enter")
    expect(window.get_by_text("The workspace did not answer")).to_be_visible()
    expect(composer(window)).to_have_text("Hallo?")

    again = served(serving, port)
    expect(window.get_by_text(STOPPED)).to_be_hidden()
    expect(window.get_by_text("Voor de pauze")).to_have_count(0)
    again.person("bram").writes("Na de pauze", channel="algemeen")
    expect(window.get_by_text("Na de pauze")).to_be_visible()
    window.keyboard.press("Enter")
    expect(composer(window)).to_have_text("")
    assert again.messages("algemeen")[-1].text == "Hallo?"


def test_inspector_comes_back_with_the_workspace(windows, serving, composer):
    windows.tolerate("ERR_")
    workspace = served(serving)
    port = int(workspace.server.url.rpartition(":")[2])
    window = windows.open(f"{workspace.server.url}/?as=hanna")
    window.get_by_role("button", name="Inspector").click()
    serving.close()
    expect(window.get_by_text(STOPPED)).to_be_visible()
    served(serving, port)
    expect(window.get_by_text(STOPPED)).to_be_hidden()
    window.get_by_role("link", name="Proefapp").click()
    expect(window.locator(".entry", has_text="app_home_opened")).to_be_visible()


def test_window_that_nobody_sees_lets_go_of_its_stream(slack, open_page, hanna):
    window = open_page("bram")
    expect(window.get_by_text("There are no messages yet")).to_be_visible()
    with window.expect_event("requestfailed", is_live):
        window.evaluate(SEE, "hidden")
    hanna.writes("Ben je er?", channel="algemeen")
    with window.expect_request(is_live):
        window.evaluate(SEE, "visible")
    expect(window.get_by_text("Ben je er?")).to_be_visible()
    expect(window.get_by_text(STOPPED)).to_be_hidden()


def test_name_that_changes_changes_everywhere(slack, open_page, bram):
    bram.writes("Dag", channel="algemeen")
    window = open_page()
    author = window.get_by_role("listitem").filter(has_text="Dag").locator("strong")
    expect(author).to_have_text("Bram Bakker")
    slack.change_person("bram", real_name="Bram de Bakker")
    expect(author).to_have_text("Bram de Bakker")
    window.locator("summary").click()
    expect(window.get_by_role("list", name="Be somebody else")).to_contain_text(
        "Bram de Bakker"
    )
