"""A workspace with its page, and a window on it."""

from collections.abc import Iterator

import pytest

from sandbox import page
from sandbox.slack import Workspace
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.page.window import Stream, Window


@pytest.fixture
def slack() -> Iterator[Workspace]:
    # Machines are shared: what is about late acks sets a shorter time.
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False, ack_seconds=15)
    page.add_to(workspace)
    with workspace.serve() as served:
        yield served


@pytest.fixture
def window(slack, hanna) -> Window:
    """Hanna's window."""
    return Window(slack.server.url, "hanna")


@pytest.fixture
def inspector(slack) -> Iterator[Stream]:
    netloc = slack.server.url.removeprefix("http://")
    with Stream(netloc, "/inspector/live") as stream:
        yield stream
