"""`serve` with its HTTP server: the pages alone, and the bot called by Slack."""

import http.client
import json
import os
import re
import signal
import socket
import threading
from urllib.parse import urlencode

import pytest

from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.clock import utc_now
from domain.database import Database
from domain.slack_users import SlackIdentity
from sandbox.slack import Workspace
from sleutelbos import manifest
from tests import ports
from tests.domain.office import forget_notices
from tests.sleutelbos.processes import Serving


@pytest.fixture
def port():
    return ports.free_port()


@pytest.fixture
def address(port):
    return {
        "SLEUTELBOS_LISTEN": f"127.0.0.1:{port}",
        "SLEUTELBOS_PORTAL_URL": f"http://127.0.0.1:{port}",
    }


@pytest.fixture
def start(machine):
    """Start a process; it is gone at the end of the test."""
    started = []

    def start(*arguments, **env):
        process = Serving(machine, arguments, env)
        started.append(process)
        return process

    yield start
    for process in started:
        process.is_gone()


@pytest.fixture
def ask(port):
    """Status, headers and body of one request."""

    def send(path, method="GET", body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        given = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return given

    return send


def test_the_pages_alone_need_no_slack(start, address, ask):
    process = start("--only", "portal", **address)
    process.logs("serve.started")
    status, headers, page = ask("/")
    assert status == 200
    assert b"<form" in page
    assert len(page) < 50_000
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert json.loads(ask("/readyz")[2]) == {"status": "ready"}
    assert ask("/", headers={"Host": "evil.example"})[0] == 400
    process.is_told_to_stop()
    assert process.ends() == (0, "")
    events = [event["event"] for event in process.events]
    assert events.index("http.listening") < events.index("serve.started")


def test_it_answers_before_it_says_that_it_started(start, address, ask):
    start("--only", "portal", **address).logs("http.listening")
    assert ask("/healthz")[0] == 200


def test_a_canary_in_every_place_of_a_request_is_in_no_log(start, address, ask):
    process = start("--only", "portal", **address)
    process.logs("serve.started")
    canary = "kanarie-beef"
    form = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"x={canary}",
    }
    ask(f"/herstel/{canary}")
    ask(f"/{canary}?token={canary}")
    ask("/", "POST", f"user_name={canary}&password={canary}", form)
    ask("/slack/events", "POST", canary)
    process.is_told_to_stop()
    code, errors = process.ends()
    assert (code, errors) == (0, "")
    assert canary not in "".join(process.lines)
    assert sum(event["event"] == "http.request" for event in process.events) == 4


def test_a_form_that_is_under_way_is_answered_after_sigterm(start, address, port):
    process = start("--only", "portal", **address)
    process.logs("serve.started")
    # Half of a body: the request is not in hand yet, and hung up on.
    half = socket.create_connection(("127.0.0.1", port), timeout=60)
    half.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nuser")
    answers = []

    def sign_in():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/")
        answers.append(connection.getresponse().read())
        connection.close()

    signing_in = [threading.Thread(target=sign_in) for _ in range(8)]
    for thread in signing_in:
        thread.start()
    for thread in signing_in:
        thread.join(60)
    process.is_told_to_stop(signal.SIGTERM)
    assert process.ends() == (0, "")
    assert half.recv(100) == b""
    half.close()
    assert len(answers) == 8
    assert process.events[-1]["event"] == "serve.stopped"


class Visitor:
    """One browser: it fetches the form, then sends it."""

    def __init__(self, port):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._connection.request("GET", "/")
        answer = self._connection.getresponse()
        page = answer.read().decode()
        self._cookie = answer.headers["Set-Cookie"].partition(";")[0]
        self._token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    def signs_in(self, name):
        fields = {"csrf_token": self._token, "user_name": name, "password": "verkeerd"}
        self._connection.request(
            "POST",
            "/",
            urlencode(fields),
            {
                "Cookie": self._cookie,
                "Content-Type": "application/x-www-form-urlencoded",
                # One proxy is counted, so that each has an address of her own.
                "X-Forwarded-For": f"10.1.0.{name[4:]}",
            },
        )
        answer = self._connection.getresponse()
        answer.read()
        self._connection.close()
        return answer.status, answer.headers["Retry-After"]


def test_two_hundred_sign_ins_at_once_leave_room_for_health(start, address, ask, port):
    env = address | {"SLEUTELBOS_TRUSTED_PROXIES": "1"}
    process = start("--only", "portal", **env)
    process.logs("serve.started")
    visitors = [Visitor(port) for _ in range(200)]
    begin = threading.Barrier(201)
    outcomes, health = [], []

    def sign_in(number):
        begin.wait()
        outcomes.append(visitors[number].signs_in(f"name{number}"))

    signing_in = [threading.Thread(target=sign_in, args=(n,)) for n in range(200)]
    for thread in signing_in:
        thread.start()
    begin.wait()
    while any(thread.is_alive() for thread in signing_in):
        health.append(ask("/healthz")[0])
    statuses = {status for status, _ in outcomes}
    assert len(outcomes) == 200
    assert statuses <= {403, 503}
    assert 403 in statuses
    assert all(bool(retry) == (status == 503) for status, retry in outcomes)
    assert set(health) == {200}
    assert process.peak_mib < os.cpu_count() * 19 + 150


def test_a_taken_port_ends_it_with_one_line(start, address, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        code, errors = start("--only", "portal", **address).ends()
    assert code == 2
    assert errors.startswith(f"sleutelbos: Op 127.0.0.1:{port} kan niet geluisterd")
    assert errors.count("\n") == 1


@pytest.fixture
def slack(tmp_path):
    path = tmp_path / "http.yml"
    path.write_text(manifest.for_http("https://inloggen.voorbeeld.nl"))
    workspace = Workspace.from_manifest(path, rate_limits=False, patience=60)
    with workspace.serve() as served:
        yield served


def test_slack_calls_the_bot_over_http(start, address, ask, slack, office_file, port):
    hanna = slack.add_person("hanna", "Hanna de Vries", email="hanna@example.nl")
    slack.add_channel("algemeen", ["hanna"])
    database = Database(f"sqlite:///{office_file}")
    with database.transaction() as session:
        appointing.appoint(
            session,
            SlackIdentity(slack.team_id, hanna.id),
            AccountType.MANAGER,
            actor=OPERATOR,
            now=utc_now(),
        )
        forget_notices(session)
    database.close()
    tokens = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }
    process = start("--only", "bot", **address, **tokens)
    process.logs("slack.connected")
    assert json.loads(ask("/readyz")[2]) == {"status": "ready"}
    slack.call_app_at(f"http://127.0.0.1:{port}/slack/events")
    hanna.types("/personeel")
    hanna.sees("Werknemerslogins beheren")
    assert ask("/slack/events", "POST", "{}")[0] == 401
    assert b'reason="timestamp"} 1.0' in ask("/metrics")[2]
    assert ask("/")[0] == 404
    slack.assert_all_read()
    process.is_told_to_stop()
    assert process.ends() == (0, "")
    logged = "".join(process.lines)
    for unwanted in (hanna.id, *tokens.values()):
        assert unwanted not in logged


def test_a_bot_that_slack_does_not_know_ends_with_one_line(start, address, slack):
    code, errors = start(
        "--only",
        "bot",
        **address,
        SLACK_BOT_TOKEN=slack.bot_token + "x",
        SLACK_SIGNING_SECRET=slack.signing_secret,
        SLACK_API_URL=slack.api_url,
    ).ends()
    assert code == 2
    assert errors.startswith("sleutelbos: Slack weigert SLACK_BOT_TOKEN (invalid_auth)")
