"""The nightly job that forgets what is older than its period, batch by batch."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy.orm import Session

from domain import audit_retention
from domain.actor import SCHEDULE
from domain.clock import Clock
from domain.database import Database
from domain.letters import access_letters
from domain.privacy import leavers, slack_people
from domain.record_cards.employment import office_day
from domain.runs import forgetting as run_forgetting
from domain.sign_in import forgetting
from sleutelbos.periods import (
    ATTEMPTS,
    FIXED,
    FIXED_LINE,
    LEAVERS,
    LETTERS,
    LOG,
    PERIOD_LINE,
    PERIODS,
    PERIODS_HEADING,
    RUNS,
    said,
)
from sleutelbos.settings import Settings
from sleutelbos.timetable import GoOn
from sleutelbos.wording import Language

BATCH: Final = 1000
_log = structlog.get_logger()


@dataclass(frozen=True)
class Kept:
    """How many days each kind of data is kept; the defaults of the settings."""

    attempts: int = ATTEMPTS.days
    log: int = LOG.days
    runs: int = RUNS.days
    letters: int = LETTERS.days
    leavers: int = LEAVERS.days


DEFAULTS: Final = Kept()


def kept_by(settings: Settings) -> Kept:
    """The periods that are set."""
    return Kept(
        attempts=settings.keep_attempts,
        log=settings.keep_log,
        runs=settings.keep_runs,
        letters=settings.keep_letters,
        leavers=settings.keep_leavers,
    )


def lines(settings: Settings, language: Language) -> Iterator[str]:
    """The table of periods in words, as they are set."""
    yield PERIODS_HEADING.say(language)
    kept = asdict(kept_by(settings))
    for period, days in zip(PERIODS, kept.values(), strict=True):
        yield PERIOD_LINE.say(
            language,
            kept_for=said(timedelta(days=days), language),
            what=period.what.say(language),
            by=period.variable,
        )
    for fixed in FIXED:
        yield FIXED_LINE.say(
            language,
            kept_for=said(fixed.kept_for, language),
            what=fixed.what.say(language),
        )


def apply(database: Database, kept: Kept, clock: Clock, go_on: GoOn) -> None:
    """Forget what is too old now; each batch is a transaction of its own.

    What is interrupted goes on the next time, and once more finds nothing.
    """
    now = clock()
    for name, forget in _steps(kept, now).items():
        total = 0
        while True:
            go_on()
            with database.transaction() as session:
                count = forget(session)
            if not count:
                break
            total += count
        if total:
            _log.info("retention.applied", what=name, count=total)


def _steps(kept: Kept, now: datetime) -> dict[str, Callable[[Session], int]]:
    def before(days: int) -> datetime:
        return now - timedelta(days=days)

    return {
        "leavers": lambda session: leavers.erase_leavers(
            session, office_day(before(kept.leavers)), actor=SCHEDULE, now=now
        ),
        "attempts": lambda session: forgetting.forget_attempts(
            session, before(kept.attempts), limit=BATCH, actor=SCHEDULE
        ),
        "log_days": lambda session: int(
            audit_retention.forget_day(
                session, before(kept.log).date(), actor=SCHEDULE, now=now
            )
            is not None
        ),
        "run_rows": lambda session: run_forgetting.forget_rows(
            session, before(kept.runs), limit=BATCH, actor=SCHEDULE, now=now
        ),
        "files": lambda session: run_forgetting.forget_files(
            session, before(kept.runs), limit=BATCH, actor=SCHEDULE
        ),
        "people_in_slack": lambda session: slack_people.forget_old(
            session, before(kept.log), now=now
        ),
        "letters": lambda session: access_letters.forget_old(
            session, before(kept.letters), limit=BATCH, actor=SCHEDULE
        ),
    }
