"""Whatever arrives on the socket is acknowledged, and nothing breaks."""

from concurrent.futures import Executor
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.socket_mode.request import SocketModeRequest
from structlog.testing import capture_logs

from bot import log_safety
from bot.app import build_app, web_client
from bot.socket_mode import SocketMode
from domain import branches
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.secret import Secret
from domain.slack_users import SlackIdentity
from tests.bot.registrations import registered

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
REFUSALS = (
    "channel_not_found",
    "not_found",
    "user_not_found",
    "invalid_arguments",
    "invalid_trigger_id",
)
SERIALS = count()


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
def rate_limits():
    """More payloads than anybody sends."""
    return False


@pytest.fixture
def app(slack, office):
    return build_app(office, web_client(Secret(slack.bot_token), slack.api_url))


@pytest.fixture
def connection(app, slack):
    connection = SocketMode(app, slack.app_token, AtOnce())
    yield connection
    connection.close()


@pytest.fixture
def manager(slack, office):
    """Somebody who may do everything, in a company with a branch."""
    identity = SlackIdentity(slack.team_id, slack.add_person("hanna").id)
    now = office.clock()
    with office.database.transaction() as session:
        branches.ensure(session, ["Utrecht"], actor=OPERATOR, now=now)
        kind = AccountType.MANAGER
        appointing.appoint(session, identity, kind, actor=OPERATOR, now=now)
    return identity


def payloads(identity, ids):
    """What a manager's Slack sends, with any part of it missing or another."""
    known = {
        "type": st.sampled_from(
            ["block_actions", "view_submission", "view_closed", "block_suggestion",
             "event_callback", "shortcut", "message_action"]
        ),
        "command": st.sampled_from(sorted(ids["command"])),
        "text": st.sampled_from(["", "logins", "logins utrecht", "hocus"]),
        "team_id": st.just(identity.team_id),
        "user_id": st.just(identity.user_id),
        "user": st.just({"id": identity.user_id, "team_id": identity.team_id}),
        "team": st.just({"id": identity.team_id}),
        "event": st.fixed_dictionaries(
            {"type": st.sampled_from(sorted(ids["event"]))},
            optional={
                "user": st.just(identity.user_id) | JUNK,
                "tab": SCALARS,
                "channel_type": st.just("im"),
                "channel": st.just("D1") | JUNK,
                "ts": st.text(max_size=20) | JUNK,
                "text": st.sampled_from(["reset", "hallo"]) | JUNK,
                "thread_ts": JUNK,
                "subtype": SCALARS,
            },
        ),
        "actions": st.lists(_actions(ids), min_size=1, max_size=2),
        "view": _views(ids),
        "action_id": st.sampled_from(sorted(ids["options"])),
        "value": SCALARS,
        "trigger_id": st.text(max_size=20),
        "response_url": SCALARS,
    }  # fmt: skip
    nearly = {name: usual | JUNK for name, usual in known.items()}
    return st.fixed_dictionaries({}, optional=nearly) | st.sampled_from(
        ["block_actions", "view_submission", "block_suggestion", "command", "event"]
    ).flatmap(lambda kind: _whole(kind, known))


def _whole(kind, known):
    """Everything by which Bolt and we find the work; the rest is junk."""
    parts = {
        "block_actions": ("actions", "view"),
        "view_submission": ("view",),
        "block_suggestion": ("action_id", "value", "view"),
        "command": ("command", "text"),
        "event": ("event",),
    }[kind]
    types = {"event": {"type": st.just("event_callback")}, "command": {}}
    who = ("team_id", "user_id") if kind == "command" else ("team_id", "user", "team")
    fixed = {name: known[name] for name in (*parts, *who)}
    return st.fixed_dictionaries(
        fixed | types.get(kind, {"type": st.just(kind)}),
        optional={"trigger_id": known["trigger_id"], "container": JUNK},
    )


def _actions(ids):
    return st.fixed_dictionaries(
        {
            "action_id": st.sampled_from(sorted(ids["action"])) | st.text(max_size=5),
            "block_id": SCALARS,
            "type": st.sampled_from(["button", "checkboxes", "external_select"]),
        },
        optional={"value": JUNK, "selected_options": JUNK, "selected_option": JUNK},
    )


def _views(ids):
    callback_ids = st.sampled_from(sorted(ids["view_submission"]))
    return st.fixed_dictionaries(
        {"callback_id": callback_ids, "type": st.sampled_from(["modal", "home"])},
        optional={
            "private_metadata": SCALARS | st.sampled_from(['{"branch": 1}', "[]", "{"]),
            "state": JUNK | st.fixed_dictionaries({"values": JUNK}),
            "id": SCALARS,
            "hash": SCALARS,
            "blocks": JUNK,
        },
    )


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_payload_is_acknowledged_and_its_work_ends(
    connection, app, slack, manager, data
):
    for error in REFUSALS:
        slack.tolerates(error)
    body = data.draw(payloads(manager, registered(app)))
    envelope_id, envelope = f"e{next(SERIALS)}", Envelope()
    with capture_logs():
        request = SocketModeRequest("any", envelope_id, body)
        connection.handle(envelope, request)
    assert envelope.acknowledged == [envelope_id]


def test_a_whole_payload_gets_past_identity_to_its_work(connection, slack, manager):
    slack.tolerates("invalid_trigger_id")
    body = {
        "command": "/beheer",
        "team_id": manager.team_id,
        "user_id": manager.user_id,
        "trigger_id": "T",
    }
    envelope = Envelope()
    with capture_logs():
        connection.handle(envelope, SocketModeRequest("any", "e", body))
    assert envelope.acknowledged == ["e"]
    assert slack.calls("views.open")
