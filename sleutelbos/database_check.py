"""What is missing or wrong with the database, its files and its keys."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import select, text

from domain import administrators, migrations
from domain.appointments import slack_standing
from domain.branches import Branch
from domain.clock import Clock
from domain.database import Database
from sleutelbos import complaints, file_modes, findings, mail_check, opening
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError

LARGEST_SKEW: Final = 30


@dataclass
class DatabaseLook:
    """What is wrong, and where exports would go: None is a channel that is unset."""

    problems: list[CommandError] = field(default_factory=list)
    channels: set[str | None] = field(default_factory=set)


def look(settings: Settings, clock: Clock) -> DatabaseLook:
    """Look at everything that can be looked at; writes nothing."""
    found = DatabaseLook(channels={settings.admin_channel})
    path = settings.sqlite_path
    if path is not None:
        found.problems += file_modes.find_problems(path)
        if not found.problems and not path.exists():
            # Looking into it would make it.
            found.problems.append(CommandError(findings.DATABASE_NOT_MADE, path=path))
    if found.problems:
        return found
    try:
        with opening.connected(settings) as database:
            _look_into(settings, database, clock, found)
    except CommandError as error:
        found.problems.append(error)
    return found


def _look_into(
    settings: Settings, database: Database, clock: Clock, found: DatabaseLook
) -> None:
    if not migrations.is_up_to_date(database):
        found.problems.append(CommandError(complaints.DATABASE_OLD))
        return
    try:
        opening.existing_keyring(settings, database)
    except CommandError as error:
        found.problems.append(error)
    with database.reading() as session:
        if not administrators.has_managers(session):
            found.problems.append(CommandError(findings.NO_MANAGER))
        found.problems += [
            CommandError(findings.MANAGER_LEFT_SLACK, user=manager.user_id)
            for manager in slack_standing.unfit_managers(session)
        ]
        found.problems += mail_check.find_undelivered(session, settings, clock())
        chosen = set(session.scalars(select(Branch.admin_channel_id).distinct()))
    if chosen:
        found.channels = {channel or settings.admin_channel for channel in chosen}
    if not database.is_sqlite:
        found.problems += _skew(database, clock, settings)


def _skew(
    database: Database, clock: Clock, settings: Settings
) -> Iterator[CommandError]:
    with database.reading() as session:
        theirs: datetime = session.scalars(text("SELECT now()")).one()
    other = findings.THE_DATABASE.say(settings.language)
    yield from skew_problems(theirs, clock(), other)


def skew_problems(
    theirs: datetime, ours: datetime, other: str
) -> Iterator[CommandError]:
    """Whether two clocks differ by more than half a minute."""
    seconds = round(abs((theirs - ours).total_seconds()))
    if seconds > LARGEST_SKEW:
        yield CommandError(findings.CLOCK_OFF, seconds=seconds, other=other)
