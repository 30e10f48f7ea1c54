"""A workspace with people and an app in it, and windows on its page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from sandbox import page
from sandbox.slack import Workspace
from tests.chromium import Windows
from tests.sandbox.page.shell import office

MANIFEST = Path(__file__).parent / "manifest.yml"


@pytest.fixture
def slack() -> Iterator[Workspace]:
    # Nothing here is about acks that come too late, and machines are shared.
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False, ack_seconds=15)
    page.add_to(workspace)
    with workspace.serve() as served:
        stage(served)
        yield served


def stage(slack: Workspace) -> None:
    """Three people, two channels."""
    slack.add_person("hanna", "Hanna de Vries", locale="nl-NL", note="manager")
    slack.add_person("bram", "Bram Bakker", locale="nl-NL", note="branch manager")
    slack.add_person("gerda", "Gerda Gast", note="guest", is_restricted=True)
    slack.add_channel("algemeen", ["hanna", "bram", "gerda"])
    slack.add_channel("beheer", ["hanna", "bram"], private=True)


@pytest.fixture
def hanna(slack):
    return slack.person("hanna")


@pytest.fixture
def bram(slack):
    return slack.person("bram")


@pytest.fixture
def heard(app, connect):
    """What the app at work here was told."""
    told = office.listen(app)
    connect(app)
    return told


@pytest.fixture
def post(slack, client) -> Callable[..., str]:
    """Let the app write in a channel; gives the `ts`."""

    def write(text: str, channel: str = "algemeen", **more) -> str:
        at = slack.channel(channel).id
        return client.chat_postMessage(channel=at, text=text, **more)["ts"]

    return write


@pytest.fixture
def open_page(slack, windows: Windows) -> Callable[..., Page]:
    """A window of somebody on the workspace; `at` is more of the address."""

    def opened(name: str = "hanna", at: str = "in=algemeen", **more) -> Page:
        return windows.open(f"{slack.server.url}/?as={name}&{at}", **more)

    return opened


@pytest.fixture
def composer() -> Callable[[Page], Locator]:
    """Where somebody writes."""
    return lambda window: window.get_by_role("combobox", name="Message")
