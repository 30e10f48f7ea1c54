"""The command line: a mailbox until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from sandbox.loopback.command_line import UntilAsked, port
from sandbox.loopback.ports import PortTakenError
from sandbox.mailbox.mailbox import Mailbox

PORT = 8025
SMTP_PORT = 1025


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM; 0 then, 1 when a port is taken."""
    given = _parser().parse_args(arguments)
    ending = UntilAsked()
    try:
        with Mailbox().serve(given.port, given.smtp_port) as mailbox:
            ending.wait(_greeting(mailbox))
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
    for option, number, what in (
        ("--port", PORT, "the page"),
        ("--smtp-port", SMTP_PORT, "SMTP"),
    ):
        parser.add_argument(
            option,
            type=port,
            default=number,
            metavar="PORT",
            help=f"of {what}; {number} unless given, 0 takes a free one",
        )
    return parser


def _greeting(mailbox: Mailbox) -> str:
    return (
        "A mailbox for trying things out; no letter leaves this machine. "
        "Ctrl-C ends it.\n"
        "\n"
        f"  Mailbox  {mailbox.url}/\n"
        f"  SMTP     {mailbox.smtp_url}\n"
    )
