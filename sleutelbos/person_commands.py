"""`sleutelbos person`: hand out what is kept of somebody, and forget it."""

import json
from datetime import datetime
from pathlib import Path

import typer

from domain.actor import OPERATOR
from domain.errors import NotFoundError
from domain.privacy import erasing, exporting
from sleutelbos import new_file, opening
from sleutelbos import person_words as words
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError


def export(
    settings: Settings, number: str, path: Path | None, *, now: datetime
) -> None:
    """Write everything that is kept of this person to a new file of JSON.

    Raises CommandError for a number nobody has, or a file that is there already.
    """
    opening.require_database(settings)
    target = path or Path(f"persoon-{now:%Y-%m-%d-%H%M%S}.json")
    with opening.opened(settings) as database, database.transaction() as session:
        try:
            found = exporting.export(session, number, actor=OPERATOR, now=now)
        except NotFoundError as error:
            raise CommandError(words.NO_SUCH_NUMBER, number=number) from error
        file = new_file.create(target)
    # Only now: what is taken along is in the log.
    with file:
        text = json.dumps(found, ensure_ascii=False, indent=2, default=str)
        file.write(text.encode() + b"\n")
    count = sum(len(rows) for rows in found.values())
    typer.echo(
        words.WRITTEN.say(
            settings.language, path=target, count=count, tables=len(found)
        )
    )


def erase(
    settings: Settings,
    number: str,
    *,
    confirm: bool,
    even_employed: bool,
    now: datetime,
) -> None:
    """Say what erasing this person takes; with `confirm`, do it.

    Raises CommandError for a number nobody has, for somebody who is employed unless
    that is asked for, and for somebody who administers logins.
    """
    opening.require_database(settings)
    language = settings.language
    with opening.opened(settings) as database:
        with database.transaction() as session:
            try:
                met = erasing.preview(session, number, actor=OPERATOR, now=now)
            except NotFoundError as error:
                raise CommandError(words.NO_SUCH_NUMBER, number=number) from error
            if met.is_employed and not even_employed:
                raise CommandError(words.STILL_EMPLOYED, number=number)
            if met.administers:
                raise CommandError(
                    words.STILL_ADMINISTERS, number=number, user=met.administers
                )
            if confirm:
                erasing.erase(
                    session,
                    met.person.card_ids[0],
                    even_employed=even_employed,
                    actor=OPERATOR,
                    now=now,
                )
        is_clean = not confirm or database.rewrite()
    lines = [
        words.WOULD_ERASE.say(language, numbers=", ".join(met.numbers), count=met.rows),
        (words.ERASED if confirm else words.REPEAT_TO_ERASE).say(language),
        words.OUTSIDE.say(language),
    ]
    if not is_clean:
        lines.append(words.REMAINS.say(language))
    for line in lines[1 if confirm else 0 :]:
        typer.echo(line)
