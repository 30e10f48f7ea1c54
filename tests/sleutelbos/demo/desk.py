"""A demo as one starts it: a program of its own, in a folder of its own."""

import http.client
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.sandbox.page.window import Window

PATIENCE = 300
KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "SYSTEMROOT")
# A real installation's settings, that a demo has nothing to do with.
ELSEWHERE = {
    "SLACK_BOT_TOKEN": "xoxb-of-a-real-workspace",
    "SLEUTELBOS_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:9/nothing",
    "SLEUTELBOS_SECRET_KEY": "a key of a real installation, 32 characters",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
}
# The rule below everything that it says of itself.
READY = "─" * 100 + "\n"


@dataclass(frozen=True)
class Desk:
    """A folder to type in, and the only place for temporary files."""

    folder: Path
    temporary: Path

    def starts(self, *arguments, out=subprocess.PIPE, **env):
        """The program, started."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        temporary = {"TMPDIR": str(self.temporary)}
        with _hanging_up_heard():
            return subprocess.Popen(
                [sys.executable, *arguments],
                cwd=self.folder,
                env=kept | temporary | env,
                stdout=out,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )

    def plays(self, *arguments, **env):
        """The demo from beginning to end: its exit code, and what it said."""
        with self.starts("-m", "sleutelbos", "demo", *arguments, **env) as process:
            try:
                out, err = process.communicate(timeout=PATIENCE)
            finally:
                process.kill()
        return process.returncode, out, err

    @contextmanager
    def opens(self, *arguments, **env):
        """A demo that runs while the block does, on ports that were free."""
        with self.starts("-m", "sleutelbos", "demo", *arguments, **env) as process:
            demo = Demo(process)
            try:
                yield demo
            finally:
                process.kill()

    def has_nothing_left(self):
        """Whether nothing is left but what stands in the folder."""
        return list(self.temporary.iterdir()) == []


def make_desk(path):
    """A desk in a folder that is there."""
    desk = Desk(path / "desk", path / "temporary")
    desk.folder.mkdir()
    desk.temporary.mkdir()
    return desk


@contextmanager
def _hanging_up_heard():
    """Under nohup a program would start deaf to SIGHUP, and be right to stay so."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)


class Demo:
    """A running demo, and what it said so far."""

    def __init__(self, process):
        self.process = process
        self.said = ""
        self._lines = queue.Queue()
        reader = threading.Thread(target=self._read, daemon=True)
        reader.start()

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def says(self, words):
        """Wait until it says this."""
        until = time.monotonic() + PATIENCE
        while words not in self.said:
            line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
            assert line is not None, self.said + self.process.stderr.read()
            self.said += line
        return self.said

    def is_ready(self):
        """Wait until it has said what there is to try."""
        self.says(READY)
        return self

    def address(self, name):
        """An address that it printed."""
        return re.search(rf"^  {name} +(\S+)$", self.said, re.MULTILINE)[1]

    def window(self, name):
        """The workspace as somebody has it in their browser."""
        return Window(self.address("Slack").rstrip("/"), name)

    def ends(self, number=signal.SIGINT):
        """Tell it to end; the exit code, the rest that it said, and its complaints."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        rest = ""
        while (line := self._lines.get(timeout=PATIENCE)) is not None:
            rest += line
        return code, rest, self.process.stderr.read()

    def has_no_children_left(self):
        """Whether every process of its session has ended."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False


def get(address):
    """The status and the body of a page."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
    connection.request("GET", parts.path or "/")
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def is_free(port):
    """Whether nothing listens there."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def free_block():
    """The first of four ports that are free at this moment."""
    # Tests that run beside each other begin to look at different places.
    start = 20_000 + os.getpid() % 1_000 * 8
    for first in range(start, 60_000, 4):
        if all(is_free(first + step) for step in range(4)):
            return first
    raise AssertionError("no four ports are free")
