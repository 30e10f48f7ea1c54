"""`python -m sandbox` as people start it, with an app of their own beside it."""

import json
import os
import queue
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.conftest import MANIFEST
from tests.sandbox.page.window import Window, conversation
from tests.sandbox.running import fetch

ROOT = Path(__file__).parents[2]
SECONDS = 30
DOCS = ROOT / "docs" / "sandbox.md"


def documented(language: str) -> str:
    """The first block in this language in docs/sandbox.md."""
    return re.search(rf"```{language}\n(.*?)```", DOCS.read_text(), re.DOTALL).group(1)


class Running:
    """The program, and what it has printed."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: list[str] = []
        self._heard: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._heard.put(line)
        self._heard.put("")

    def greeting(self) -> str:
        """All that it prints before it serves."""
        while not self.lines or "SLACK_API_URL" not in self.lines[-1]:
            line = self._heard.get(timeout=SECONDS)
            assert line, self.process.stderr.read()
            self.lines.append(line)
        return "".join(self.lines)

    @property
    def url(self) -> str:
        return re.search(r"Workspace +(http://\S+)/", self.greeting()).group(1)

    def environment(self) -> dict[str, str]:
        """What one pastes into a shell."""
        exports = re.findall(r"^export (.*)$", self.greeting(), re.MULTILINE)
        return dict(shlex.split(each)[0].split("=", 1) for each in exports)

    def ends_by(self, number: int) -> str:
        """Send a signal; gives what it complained of while ending well."""
        self.process.send_signal(number)
        assert self.process.wait(timeout=SECONDS) == 0
        return self.process.stderr.read()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stdout.close()
        self.process.stderr.close()


@pytest.fixture
def start() -> Iterator:
    started: list[Running] = []

    def run(*arguments: str) -> Running:
        started.append(Running(*arguments))
        return started[-1]

    yield run
    for each in started:
        each.close()


def refused(*arguments: str) -> str:
    """Why it does not begin, in one line."""
    ended = subprocess.run(
        [sys.executable, "-m", "sandbox", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


@pytest.fixture
def bolt_app(tmp_path) -> Iterator:
    """Start a small Bolt app in a process of its own."""
    running: list[subprocess.Popen] = []

    def run(environment: dict[str, str]) -> None:
        source = tmp_path / "app.py"
        source.write_text(documented("python"))
        running.append(
            subprocess.Popen([sys.executable, source], env=os.environ | environment)
        )

    yield run
    for each in running:
        each.kill()
        each.wait()


def test_the_documented_app_works_with_what_was_printed(start, bolt_app, tmp_path):
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(documented("yaml"))
    running = start("--manifest", str(manifest), "--port", "0")
    bolt_app(running.environment())
    window = Window(running.url, "nora")
    shown = window.shows(lambda shown: shown["app"]["is_connected"])
    place = conversation(shown, "general")["id"]
    window.do("type_command", channel=place, text="/echo hello there")
    shown = window.shows(lambda shown: conversation(shown, "general")["messages"])
    message = conversation(shown, "general")["messages"][0]
    assert message["text"] == f"<@{shown['me']['id']}> says: hello there"
    assert message["only_for_me"]
    assert running.ends_by(signal.SIGINT) == ""


def test_there_is_a_cast_and_a_public_and_a_private_channel(start):
    running = start("--manifest", str(MANIFEST), "--port", "0")
    shown = Window(running.url, "olivia").shows()
    assert [(each["name"], each["note"]) for each in shown["cast"]] == [
        ("olivia", "owner"),
        ("max", "member"),
        ("nora", "member"),
        ("gus", "guest"),
    ]
    places = {each["name"]: each for each in shown["conversations"]}
    assert {name: each["is_private"] for name, each in places.items()} == {
        "general": False,
        "office": True,
    }
    assert all(each["with_app"] for each in places.values())
    guest = Window(running.url, "gus").shows()
    assert [each["name"] for each in guest["conversations"]] == ["general"]
    assert guest["me"]["is_guest"]


def test_one_can_bring_a_cast(start):
    running = start(
        "--manifest", str(MANIFEST), "--port", "0", "--cast", "ada:owner", "bob"
    )
    cast = Window(running.url, "ada").shows()["cast"]
    assert [(each["name"], each["note"]) for each in cast] == [
        ("ada", "owner"),
        ("bob", "member"),
    ]


def test_the_web_api_answers_under_the_printed_address(start):
    running = start("--manifest", str(MANIFEST), "--port", "0")
    given = running.environment()
    status, body = fetch(
        f"{given['SLACK_API_URL']}auth.test", b"", given["SLACK_BOT_TOKEN"]
    )
    assert (status, json.loads(body)["ok"]) == (200, True)


def test_an_app_that_is_called_over_http_is_told_its_secret(start):
    url = "http://127.0.0.1:3000/slack/events"
    arguments = ("--manifest", str(MANIFEST), "--port", "0", "--request-url", url)
    environment = start(*arguments).environment()
    assert re.fullmatch("[0-9a-f]{32}", environment["SLACK_SIGNING_SECRET"])
    assert "SLACK_APP_TOKEN" not in environment


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_with_browsers_and_an_app_connected(start, bolt_app, number):
    running = start("--manifest", str(MANIFEST), "--port", "0")
    bolt_app(running.environment())
    window = Window(running.url, "max")
    with window.live() as stream, window.live():
        stream.until(lambda shown: shown["app"]["is_connected"])
        assert running.ends_by(number) == ""


def test_a_library_that_is_missing_is_said():
    without = (
        "import runpy, sys; sys.modules['flask'] = None; "
        "runpy.run_module('sandbox', run_name='__main__')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", without],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert ended.returncode == 1
    words = "the sandbox needs flask: install the extra called sandbox\n"
    assert ended.stderr == words


def test_a_taken_port_is_said(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        words = refused("--manifest", str(MANIFEST), "--port", str(port))
    assert words == f"port {port} is taken; choose another with --port\n"


def test_a_manifest_that_is_not_there_is_said(tmp_path):
    path = tmp_path / "none.yml"
    assert refused("--manifest", str(path)) == f"{path}: No such file or directory\n"


def test_a_manifest_that_slack_would_refuse_is_said(tmp_path):
    path = tmp_path / "manifest.yml"
    path.write_text("display_information: [\n")
    assert "neither YAML nor JSON" in refused("--manifest", str(path))
    path.write_text("display_information:\n  name: x\n")
    assert "names no scope" in refused("--manifest", str(path))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "--manifest"),
        (("--manifest", "x", "--port", "70000"), "70000"),
        (("--manifest", "x", "--port", "web"), "web"),
        (("--manifest", "x", "--request-url", "https://app.nl/x"), "https://app.nl/x"),
        (("--manifest", "x", "--cast", "ada:king"), "owner, member, guest"),
        (("--manifest", "x", "--cast", "a b"), "'a b' is not NAME:ROLE"),
        (("--manifest", "x", "--cast", "ada", "ada"), "ada is named twice"),
    ],
)
def test_what_is_asked_wrongly_is_explained(arguments, complaint):
    ended = subprocess.run(
        [sys.executable, "-m", "sandbox", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert ended.returncode == 2
    assert complaint in ended.stderr.splitlines()[-1]
