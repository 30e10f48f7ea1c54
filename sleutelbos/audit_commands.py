"""`sleutelbos audit`: compare the log with its seals, and write it to a workbook."""

import os
from pathlib import Path
from typing import IO, Final

import typer

from domain import audit_log, audit_seals
from domain.actor import OPERATOR
from domain.audit_seals import Verification
from sleutelbos import (
    answers,
    audit_words,
    audit_workbook,
    complaints,
    findings,
    opening,
)
from sleutelbos.file_modes import OWNER_ONLY
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError, Language

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def verify(settings: Settings) -> bool:
    """Print what the seals say of the log; whether it is as it was sealed."""
    _require_database(settings)
    with opening.opened(settings) as database:
        keyring = opening.keyring(settings, database)
        with database.reading() as session:
            found = audit_seals.verify(session, keyring, actor=OPERATOR)
    for line in _lines(found, settings.language):
        typer.echo(line)
    return not found.breaks


def _require_database(settings: Settings) -> None:
    """A log that is not there is no log without events."""
    path = settings.sqlite_path
    if path is not None and not path.exists():
        raise CommandError(findings.DATABASE_NOT_MADE, path=path)


def _lines(found: Verification, language: Language) -> list[str]:
    wording = answers.SEALED if found.sealed_until else answers.NOTHING_SEALED
    lines = [wording.say(language, day=found.sealed_until, count=found.unsealed_count)]
    if found.sealed_until:
        lines.append(answers.HEAD.say(language, head=found.head))
    lines += [
        audit_words.BREAKS[item.kind].say(language, day=item.day, event=item.event_id)
        for item in found.breaks
    ]
    if found.sealed_until and not found.breaks:
        lines.append(answers.INTACT.say(language))
    lines += [
        answers.UNPROVEN.say(language, day=days.sealed_until, since=days.since)
        for days in found.unproven
    ]
    return lines


def export(settings: Settings, path: Path) -> None:
    """Write the whole log to a workbook that does not exist yet."""
    if path.suffix.lower() != ".xlsx":
        raise CommandError(complaints.NOT_AN_XLSX, path=path)
    _require_database(settings)
    with (
        opening.opened(settings) as database,
        _new_file(path) as file,
        database.reading() as session,
    ):
        entries = audit_log.entries(session, actor=OPERATOR)
        count = audit_workbook.write(file, entries, settings.language)
    typer.echo(answers.EXPORTED.say(settings.language, count=count, path=path))


def _new_file(path: Path) -> IO[bytes]:
    try:
        # It names people: for the operator alone, who may widen it.
        return os.fdopen(os.open(path, _NEW, OWNER_ONLY), "wb")
    except FileExistsError as error:
        raise CommandError(complaints.FILE_EXISTS, path=path) from error
    except OSError as error:
        raise CommandError(
            complaints.FILE_UNWRITABLE, path=path, error=error.strerror
        ) from error
