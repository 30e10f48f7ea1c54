"""`sleutelbos audit`: compare the log with its seals, and write it to a workbook."""

from datetime import datetime
from pathlib import Path

import typer

from bot.audit_log import workbook
from bot.locale import translator
from domain import audit_log, audit_seals
from domain.actor import OPERATOR
from domain.audit_log import EVERYTHING
from domain.audit_seals import Verification
from sleutelbos import (
    answers,
    audit_words,
    complaints,
    new_file,
    opening,
)
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError, Language


def verify(settings: Settings) -> bool:
    """Print what the seals say of the log; whether it is as it was sealed."""
    opening.require_database(settings)
    with opening.opened(settings) as database:
        keyring = opening.keyring(settings, database)
        with database.reading() as session:
            found = audit_seals.verify(session, keyring, actor=OPERATOR)
    for line in _lines(found, settings.language):
        typer.echo(line)
    return not found.breaks


def _lines(found: Verification, language: Language) -> list[str]:
    wording = answers.SEALED if found.sealed_until else answers.NOTHING_SEALED
    lines = [wording.say(language, day=found.sealed_until, count=found.unsealed_count)]
    if found.sealed_until:
        lines.append(answers.HEAD.say(language, head=found.head))
    if found.forgotten_until:
        lines.append(answers.FORGOTTEN.say(language, day=found.forgotten_until))
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


def export(settings: Settings, path: Path, *, now: datetime) -> None:
    """Write the whole log to a workbook that does not exist yet; the log says so."""
    if path.suffix.lower() != ".xlsx":
        raise CommandError(complaints.NOT_AN_XLSX, path=path)
    opening.require_database(settings)
    with opening.opened(settings) as database, new_file.create(path) as file:
        with database.transaction() as session:
            count = audit_log.count(session, actor=OPERATOR)
            audit_log.record_export(session, EVERYTHING, count, actor=OPERATOR, now=now)
        with database.reading() as session:
            count = audit_log.count(session, actor=OPERATOR)
            entries = audit_log.entries(session, actor=OPERATOR)
            workbook.write(file, entries, count, translator(settings.language))
    typer.echo(answers.EXPORTED.say(settings.language, count=count, path=path))
