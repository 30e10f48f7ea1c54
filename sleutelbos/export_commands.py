"""`sleutelbos export`: what was handed out, and making it invalid."""

from collections.abc import Sequence
from datetime import datetime

import typer

from domain.actor import OPERATOR
from domain.database import Database
from domain.runs import expiring
from domain.runs.expiring import HandedOut, Member
from domain.runs.model import RunId
from sleutelbos import opening
from sleutelbos import person_words as words
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError, Language, Wording


def list_runs(settings: Settings, *, now: datetime) -> None:
    """Print a line for each export and mailing, the newest first."""
    opening.require_database(settings)
    with opening.opened(settings) as database, database.reading() as session:
        found = expiring.list_runs(session, actor=OPERATOR, now=now)
    if not found:
        typer.echo(words.NO_EXPORTS.say(settings.language))
    for run in found:
        typer.echo(_run(run, settings.language))


def expire(settings: Settings, run: int, *, confirm: bool, now: datetime) -> None:
    """Say who was in it; with `confirm`, make what they got from it invalid.

    Of one so old that nobody knows who was in it, nothing is left to be done.
    Raises CommandError when there is no such export or mailing.
    """
    opening.require_database(settings)
    language, run_id = settings.language, RunId(run)
    with opening.opened(settings) as database:
        with database.reading() as session:
            runs = expiring.list_runs(session, run_id=run_id, actor=OPERATOR, now=now)
            if not runs:
                raise CommandError(words.NO_SUCH_EXPORT, run=run)
            members = expiring.members(session, run_id, actor=OPERATOR, now=now)
        typer.echo(_run(runs[0], language))
        for line in _members(members, language):
            typer.echo(line)
        if not members and not runs[0].files and not runs[0].is_open:
            return
        own = sum(member.has_own_password for member in members)
        if confirm:
            count = _expire(database, run_id, now)
            typer.echo(words.EXPIRED.say(language, count=count, own=own))
            return
    typer.echo(
        words.WOULD_EXPIRE.say(
            language, count=runs[0].valid, own=own, files=runs[0].files
        )
    )


def _expire(database: Database, run_id: RunId, now: datetime) -> int:
    with database.transaction() as session:
        expiring.begin(session, run_id, actor=OPERATOR, now=now)
    total = 0
    while True:
        with database.transaction() as session:
            count = expiring.expire_batch(session, run_id, actor=OPERATOR, now=now)
        if not count:
            break
        total += count
    with database.transaction() as session:
        expiring.end(session, run_id, total, actor=OPERATOR, now=now)
    return total


def _run(run: HandedOut, language: Language) -> str:
    then = words.UNDER_WAY if run.is_open else None
    if run.was_refused:
        then = words.REFUSED
    return words.RUN.say(
        language,
        run=run.run_id,
        kind=words.KINDS[run.kind].say(language),
        branch=run.branch_name,
        at=f"{run.created_at:%Y-%m-%d %H:%M}",
        by=run.by,
        count=run.count,
        valid=run.valid,
        files=run.files,
        then=then.say(language) if then else "",
    )


def _members(members: Sequence[Member], language: Language) -> Sequence[str]:
    if not members:
        return [words.FORGOTTEN.say(language)]
    return [_member(member, language) for member in members]


def _member(member: Member, language: Language) -> str:
    standing = _standing(member).say(language)
    if member.is_erased:
        return words.ERASED_MEMBER.say(language, standing=standing)
    return words.MEMBER.say(
        language, number=member.number, name=member.name, standing=standing
    )


def _standing(member: Member) -> Wording:
    if member.is_valid:
        return words.VALID
    return words.OWN if member.has_own_password else words.NOT_VALID
