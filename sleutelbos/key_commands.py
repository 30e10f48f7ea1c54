"""`sleutelbos key lost`: what a lost secret key takes with it, and going on without."""

import typer

from domain import lost_key
from domain.actor import OPERATOR
from domain.clock import Clock
from domain.lost_key import Loss
from domain.secret import Keyring, Secret, new_key_text
from sleutelbos import answers, complaints, findings, key_file, opening
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError, Language


def lost(settings: Settings, clock: Clock, *, confirm: bool) -> None:
    """Say what can't be opened any more; with `confirm`, let go of it.

    Raises CommandError when a `serve` works on the SQLite file, when there is no
    database yet, or no key set where one must be.
    """
    path = settings.sqlite_path
    if path is not None and not path.exists():
        raise CommandError(findings.DATABASE_NOT_MADE, path=path)
    with opening.opened_alone(settings) as database:
        keys = _keyring(settings, confirm=confirm)
        if confirm:
            with database.transaction() as session:
                loss = lost_key.give_up(session, keys, actor=OPERATOR, now=clock())
        else:
            with database.reading() as session:
                loss = lost_key.find_loss(session, keys, actor=OPERATOR)
    for line in _lines(loss, settings.language, confirm=confirm):
        typer.echo(line)


def _keyring(settings: Settings, *, confirm: bool) -> Keyring:
    """The keys there are; beside a SQLite file a new one, if there is none."""
    if settings.secret_key is not None:
        return Keyring.from_setting(settings.secret_key)
    if settings.sqlite_path is None:
        raise CommandError(complaints.SECRET_KEY_MISSING)
    path = key_file.key_path(settings.sqlite_path)
    keys = key_file.read(path)
    if keys is None and confirm:
        key_file.make(path)
        keys = key_file.read(path)
    return keys or Keyring.from_setting(Secret(new_key_text()))


def _lines(loss: Loss, language: Language, *, confirm: bool) -> list[str]:
    if loss.is_nothing:
        return [answers.NO_KEY_LOST.say(language)]
    lines = [
        wording.say(language, count=count)
        for wording, count in (
            (answers.LOST_RUNS, loss.runs),
            (answers.LOST_EXPORTS, loss.exports),
            (answers.LOST_SHOWN, loss.shown),
            (answers.LOST_APPS, loss.apps),
            (answers.LOST_OWN_APPS, loss.own_apps),
            (answers.LOST_PAPERS, loss.papers),
            (answers.LOST_LETTERS, loss.letters),
            (answers.LOST_LINK_REQUESTS, loss.link_requests),
        )
        if count
    ]
    if loss.sealed_until:
        lines.append(answers.LOST_SEALS.say(language, day=loss.sealed_until))
    last = answers.KEY_GIVEN_UP if confirm else answers.KEY_NOT_GIVEN_UP_YET
    return [*lines, last.say(language)]
