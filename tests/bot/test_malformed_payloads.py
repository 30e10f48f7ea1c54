"""Whatever arrives on the socket is acknowledged, and nothing breaks."""

from concurrent.futures import Executor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.socket_mode.request import SocketModeRequest
from structlog.testing import capture_logs

from bot import log_safety
from bot.app import build_app, web_client
from bot.socket_mode import SocketMode
from domain.secret import Secret

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
TYPES = st.sampled_from(
    ["block_actions", "view_submission", "view_closed", "block_suggestion",
     "event_callback", "shortcut", "message_action", "unheard_of"]
)  # fmt: skip
PAYLOADS = st.fixed_dictionaries(
    {},
    optional={
        "type": TYPES,
        "command": st.sampled_from(["/personeel", "/beheer", "/unknown"]),
        "team_id": st.sampled_from(["T1", "T2"]) | SCALARS,
        "user_id": SCALARS,
        "user": JUNK,
        "team": st.dictionaries(st.sampled_from(["id"]), SCALARS),
        "event": st.dictionaries(st.sampled_from(["type", "user", "tab"]), SCALARS),
        "actions": st.lists(
            st.fixed_dictionaries(
                {"action_id": st.sampled_from(["logins.open", "x"]),
                 "block_id": SCALARS,
                 "type": st.just("button")},
                optional={"value": JUNK},
            ),
            min_size=1,
            max_size=2,
        ),
        "view": st.fixed_dictionaries(
            {"callback_id": st.sampled_from(["logins.save", "x"]),
             "type": st.just("modal")},
            optional={"private_metadata": SCALARS, "state": JUNK, "id": SCALARS},
        ),
        "trigger_id": SCALARS,
    },
)  # fmt: skip


class Envelope:
    """The SDK's side of a socket: keeps what is acknowledged."""

    def __init__(self):
        self.acknowledged = []
        self.logger = log_safety.logger()

    def send_socket_mode_response(self, response):
        self.acknowledged.append(response.envelope_id)


class AtOnce(Executor):
    """Does the work that follows an ack before anything else happens."""

    def submit(self, job):
        job()


@pytest.fixture
def connection(slack, office):
    app = build_app(office, web_client(Secret(slack.bot_token), slack.api_url))
    connection = SocketMode(app, slack.app_token, AtOnce())
    yield connection
    connection.close()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(body=PAYLOADS)
def test_any_payload_is_acknowledged_and_its_work_ends(connection, slack, body):
    for error in (
        "not_found",
        "user_not_found",
        "invalid_arguments",
        "invalid_trigger_id",
    ):
        slack.tolerates(error)
    envelope = Envelope()
    with capture_logs():
        connection.handle(envelope, SocketModeRequest("any", "e1", body))
    assert envelope.acknowledged == ["e1"]
