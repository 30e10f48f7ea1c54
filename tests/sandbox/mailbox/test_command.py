"""`python -m sandbox.mailbox`, as somebody runs it."""

import re
import signal
import socket
import subprocess
import sys
from smtplib import SMTP
from urllib.request import urlopen

import pytest

from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.letters import MO
from tests.sandbox.mailbox.sending import HOST, SECONDS

PROGRAM = (sys.executable, "-W", "error", "-m", "sandbox.mailbox")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_mailbox_runs_until_it_is_told_to_end(number):
    command = [*PROGRAM, "--port", "0", "--smtp-port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as program:
        said = [program.stdout.readline() for _ in range(4)]
        page = re.search(r"http://127\.0\.0\.1:\d+/", said[2])
        port = re.search(r"smtp://127\.0\.0\.1:(\d+)", said[3])
        with urlopen(page.group()) as answer:  # noqa: S310
            assert b"<title>Mailbox</title>" in answer.read()
        with SMTP(HOST, int(port[1]), timeout=SECONDS) as smtp:
            smtp.sendmail("hr@example.nl", MO, letters.text())
            program.send_signal(number)
            assert program.wait(SECONDS) == 0
        assert program.stderr.read() == ""


@pytest.mark.parametrize("option", ["--port", "--smtp-port"])
def test_taken_port_is_said_in_one_line(option):
    with socket.create_server((HOST, 0)) as taken:
        port = str(taken.getsockname()[1])
        other = "--smtp-port" if option == "--port" else "--port"
        command = [*PROGRAM, option, port, other, "0"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == f"port {port} is taken; choose another with {option}\n"


def test_number_that_is_no_port_is_refused():
    ended = subprocess.run(
        [*PROGRAM, "--port", "70000"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "70000 is not a port" in ended.stderr
