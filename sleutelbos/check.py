"""`sleutelbos check`: says in words what is missing or wrong, all of it at once."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import typer

from domain.clock import Clock
from sleutelbos import database_check, findings, settings, slack_check
from sleutelbos.settings import SettingsError
from sleutelbos.wording import CommandError, Language

_THIS_MACHINE: Final = ("127.0.0.1", "localhost", "::1")


def check(clock: Clock) -> bool:
    """Print a line for each thing that is missing or wrong; whether all is well."""
    found = list(_problems(clock))
    language: Language = settings.language_of_complaints()
    for problem in found:
        typer.echo(f"- {problem.say(language)}")
    if not found:
        typer.echo(findings.ALL_WELL.say(language))
    return not found


def _problems(clock: Clock) -> Iterator[CommandError]:
    yield from _env_file()
    try:
        given = settings.load()
    except SettingsError as error:
        yield from error.all
        return
    yield from _sign_in_page(given.portal_url)
    database = database_check.look(given, clock)
    yield from database.problems
    yield from slack_check.find_problems(given, database.channels, clock)


def _sign_in_page(url: str) -> Iterator[CommandError]:
    if urlsplit(url).hostname in _THIS_MACHINE:
        yield CommandError(findings.PORTAL_URL_LOCAL, url=url)


def _env_file() -> Iterator[CommandError]:
    path = Path(".env")
    if os.name != "posix" or not path.is_file():
        return
    if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield CommandError(findings.ENV_FILE_OPEN_TO_OTHERS)
