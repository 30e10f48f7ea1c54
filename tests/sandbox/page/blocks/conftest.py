"""Blocks of a real app in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.sandbox.page.blocks.listener import Listener

# Not where Hanna's account says she is: its zone counts.
HERE = {"timezone_id": "America/New_York", "locale": "en-GB"}


@pytest.fixture
def beheer(slack, hanna):
    """The private channel of Hanna and the app."""
    return slack.add_channel("beheer", ["hanna"], private=True)


@pytest.fixture
def listener(slack, beheer, app, connect) -> Listener:
    slack.patience = 10
    listener = Listener(app)
    connect(app)
    return listener


@pytest.fixture
def opens(windows, slack, listener) -> Callable[..., Page]:
    """Open the page as somebody."""

    def open_page(name: str = "hanna", place: str = "in=beheer", **how) -> Page:
        return windows.open(f"{slack.server.url}/?as={name}&{place}", **(HERE | how))

    return open_page


@pytest.fixture
def page(opens) -> Page:
    """Hanna's page, in the channel."""
    return opens()


@pytest.fixture
def shows(client, listener, hanna, beheer) -> Callable[..., None]:
    """Show blocks in the channel, or a view before Hanna."""

    def show(*blocks, view=None):
        if view is None:
            client.chat_postMessage(channel=beheer.id, text="x", blocks=list(blocks))
            return
        listener.view = view
        hanna.types("/proef", channel="beheer")
        hanna.sees(view["title"]["text"])

    return show
