"""The command line: a small workspace with one app in it, until Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sandbox import page
from sandbox.loopback.command_line import UntilAsked, port
from sandbox.slack import ManifestError, Workspace
from sandbox.slack.request_url import loopback_address

PORT = 8080
# A day of trying must not fill the memory.
KEPT = 500
CAST = ("olivia:owner", "max:member", "nora:member", "gus:guest")
ROLES: dict[str, dict[str, Any]] = {
    "owner": {"is_owner": True, "is_admin": True},
    "member": {},
    "guest": {"is_restricted": True},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM; 0 then, 1 when it can't begin."""
    given = _given(arguments)
    ending = UntilAsked()
    try:
        workspace = Workspace.from_manifest(
            given.manifest, domain="sandbox", keep=KEPT, request_url=given.request_url
        )
        _stage(workspace, given.cast)
        page.add_to(workspace)
        with workspace.serve(given.port):
            ending.wait(_greeting(workspace))
    except (ManifestError, OSError) as error:
        sys.stderr.write(f"{_words(error, given)}\n")
        return 1
    return 0


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    given = parser.parse_args(arguments)
    names = [name for name, _ in given.cast]
    for name in names:
        if names.count(name) > 1:
            parser.error(f"argument --cast: {name} is named twice")
    return given


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="Run a Slack workspace in the browser, with your app in it.",
    )
    parser.add_argument(
        "--manifest", type=Path, required=True, help="the app's manifest (YAML or JSON)"
    )
    parser.add_argument(
        "--port",
        type=port,
        default=PORT,
        help=f"{PORT} unless given; 0 takes a free one",
    )
    parser.add_argument(
        "--request-url",
        type=_address,
        metavar="URL",
        help="post payloads there, signed; http://127.0.0.1:PORT/... (no Socket Mode)",
    )
    parser.add_argument(
        "--cast",
        nargs="+",
        type=_player,
        default=[_player(each) for each in CAST],
        metavar="NAME:ROLE",
        help="who works here; the role is owner, member (unless given) or guest",
    )
    return parser


def _address(words: str) -> str:
    try:
        return loopback_address(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _player(words: str) -> tuple[str, str]:
    name, _, role = words.partition(":")
    role = role or "member"
    if not name.isidentifier() or role not in ROLES:
        raise argparse.ArgumentTypeError(
            f"{words!r} is not NAME:ROLE with a role of {', '.join(ROLES)}"
        )
    return name, role


def _stage(workspace: Workspace, cast: Sequence[tuple[str, str]]) -> None:
    for name, role in cast:
        email = f"{name}@example.com"
        workspace.add_person(name, email=email, note=role, **ROLES[role])
    everybody = [name for name, _ in cast]
    workspace.add_channel("general", everybody)
    insiders = [name for name, role in cast if role != "guest"]
    workspace.add_channel("office", insiders, private=True)


def _greeting(workspace: Workspace) -> str:
    api = workspace.api_url
    return (
        f"{workspace.manifest.name} has a workspace. Ctrl-C ends it.\n"
        "\n"
        f"  Workspace  {workspace.server.url}/\n"
        f"  Web API    {api}\n"
        "\n"
        "For the app's environment:\n"
        "\n"
        f"export SLACK_BOT_TOKEN={workspace.bot_token}\n"
        f"{_own_secret(workspace)}\n"
        f"export SLACK_API_URL={api}\n"
    )


def _own_secret(workspace: Workspace) -> str:
    """What the app proves Slack by, or itself to Slack."""
    if workspace.sockets.request_url.is_used:
        return f"export SLACK_SIGNING_SECRET={workspace.signing_secret}"
    return f"export SLACK_APP_TOKEN={workspace.app_token}"


def _words(error: ManifestError | OSError, given: argparse.Namespace) -> str:
    if isinstance(error, ManifestError):
        return str(error)
    if error.errno == errno.EADDRINUSE:
        return f"port {given.port} is taken; choose another with --port"
    return f"{error.filename or given.port}: {error.strerror}"
