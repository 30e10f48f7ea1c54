"""The command line: a mailbox until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType

from sandbox.loopback.ports import PortTakenError
from sandbox.mailbox.mailbox import Mailbox

PORT = 8025
SMTP_PORT = 1025


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM; 0 then, 1 when a port is taken."""
    given = _parser().parse_args(arguments)
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    try:
        with Mailbox().serve(given.port, given.smtp_port) as mailbox:
            sys.stdout.write(_greeting(mailbox))
            sys.stdout.flush()
            ended.wait()
    except PortTakenError as error:
        option = "--port" if error.port == given.port else "--smtp-port"
        sys.stderr.write(f"port {error.port} is taken; choose another with {option}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.mailbox",
        description="Take every letter that is sent here, and show it in the browser.",
    )
    for option, port, what in (
        ("--port", PORT, "the page"),
        ("--smtp-port", SMTP_PORT, "SMTP"),
    ):
        parser.add_argument(
            option,
            type=_port,
            default=port,
            metavar="PORT",
            help=f"of {what}; {port} unless given, 0 takes a free one",
        )
    return parser


def _port(words: str) -> int:
    port = int(words)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{words} is not a port")
    return port


def _greeting(mailbox: Mailbox) -> str:
    return (
        "A mailbox for trying things out; no letter leaves this machine. "
        "Ctrl-C ends it.\n"
        "\n"
        f"  Mailbox  {mailbox.url}/\n"
        f"  SMTP     {mailbox.smtp_url}\n"
    )
