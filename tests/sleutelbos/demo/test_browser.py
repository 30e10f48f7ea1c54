"""Opening the browser: only for somebody who sits before one."""

import os
import pty
import select
import signal
from contextlib import contextmanager

import pytest

from tests.sleutelbos.demo.desk import PATIENCE, free_block

SCREEN = {"DISPLAY": ":0"}


@pytest.fixture
def browser(desk):
    """A browser that passes on what it is to show; reading it gives that."""
    told, program = desk.folder / "told", desk.folder / "browser"
    os.mkfifo(told)
    program.write_text(f'#!/bin/sh\nprintf %s "$1" >{told}\n')
    program.chmod(0o700)
    reading = os.open(told, os.O_RDONLY | os.O_NONBLOCK)
    yield str(program), reading
    os.close(reading)


@contextmanager
def on_a_terminal(desk, *arguments, **env):
    """A demo that is ready, on a terminal; it has ended when the block has."""
    ours, theirs = pty.openpty()
    command = ("-m", "sleutelbos", "demo", *arguments)
    with desk.starts(*command, out=theirs, **env) as process:
        os.close(theirs)
        try:
            said = b""
            while b"Ctrl-C" not in said:
                said += os.read(ours, 4096)
            yield
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()
            os.close(ours)


def test_on_a_terminal_with_a_screen_the_workspace_opens_as_hanna(desk, browser):
    program, told = browser
    port = free_block()
    with on_a_terminal(desk, "--port", str(port), BROWSER=program, **SCREEN):
        assert select.select([told], [], [], PATIENCE)[0]
        assert os.read(told, 4096).decode() == f"http://127.0.0.1:{port}/"


@pytest.mark.parametrize(
    ("arguments", "env"),
    [(["--no-browser"], SCREEN), ([], {}), ([], SCREEN | {"CI": "true"})],
    ids=["asked not to", "no screen", "CI"],
)
def test_nothing_opens(desk, browser, arguments, env):
    program, told = browser
    with on_a_terminal(desk, "--port", "0", *arguments, BROWSER=program, **env):
        pass
    assert os.read(told, 4096) == b""


def test_nothing_opens_where_nobody_reads_along(desk, browser):
    program, told = browser
    with desk.opens("--port", "0", BROWSER=program, **SCREEN) as demo:
        assert demo.is_ready().ends()[0] == 0
    assert os.read(told, 4096) == b""
