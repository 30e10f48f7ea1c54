"""`sleutelbos check`: says in words what is missing or wrong, all of it at once."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import typer

from domain.clock import Clock
from sleutelbos import (
    database_check,
    findings,
    mail_check,
    portal_check,
    retention,
    settings,
    slack_check,
    variable_names,
)
from sleutelbos.settings import SettingsError
from sleutelbos.wording import CommandError, Language


def check(clock: Clock) -> bool:
    """Print a line for each thing that is missing or wrong; whether all is well."""
    found = list(_problems(clock))
    language: Language = settings.language_of_complaints()
    for problem in found:
        typer.echo(f"- {problem.say(language)}")
    if not found:
        typer.echo(findings.ALL_WELL.say(language))
    _show_periods(language)
    return not found


def _show_periods(language: Language) -> None:
    try:
        lines = retention.lines(settings.load(), language)
    except SettingsError:
        return
    for line in lines:
        typer.echo(line)


def _problems(clock: Clock) -> Iterator[CommandError]:
    yield from _env_file()
    yield from variable_names.unknown_names()
    try:
        given = settings.load()
    except SettingsError as error:
        yield from error.all
        return
    if not given.names_company:
        yield CommandError(findings.COMPANY_UNSET)
    yield from portal_check.find_problems(given)
    database = database_check.look(given, clock)
    yield from database.problems
    yield from mail_check.find_problems(given)
    yield from slack_check.find_problems(given, database.channels, clock)


def _env_file() -> Iterator[CommandError]:
    path = Path(settings.ENV_FILE)
    if path.is_dir():
        yield CommandError(findings.ENV_FILE_IS_FOLDER)
    if os.name != "posix" or not path.is_file():
        return
    if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield CommandError(findings.ENV_FILE_OPEN_TO_OTHERS)
