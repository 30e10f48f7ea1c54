"""The timed jobs: deleting exports, closing logins of leavers, sealing, cleaning up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from functools import partial

import structlog

from domain import audit_seals, outbox, scheduled_ticks, slack_deliveries
from domain.clock import Clock
from domain.database import Database
from domain.exports.channel import Channel
from domain.exports.deletion import delete_due
from domain.importing import uploads
from domain.letters import settling, undelivered
from domain.logins import leaving, links, resets
from domain.secret import Keyring
from domain.sign_in import (
    app_enrolment,
    app_keys,
    code_tries,
    counters,
    devices,
    forgetting,
    lockouts,
    mail_codes,
    recovery_limits,
    sessions,
    slack_links,
    spraying,
)
from domain.sign_in.spraying_rule import is_spraying
from sleutelbos.timetable import Every, GoOn, Nightly, TimedJob

_log = structlog.get_logger()


@dataclass(frozen=True)
class JobTools:
    """What the timed jobs need."""

    database: Database
    keyring: Keyring
    clock: Clock
    channel: Channel


def timed_jobs(tools: JobTools) -> Sequence[TimedJob]:
    """Every timed job; names are stored with their ticks and stay."""

    def job(work: Callable[[JobTools, GoOn], None]) -> Callable[[GoOn], None]:
        return partial(work, tools)

    return (
        TimedJob("delete_exports", Every(timedelta(minutes=5)), job(_delete_exports)),
        TimedJob("close_leavers", Nightly(time(3)), job(_close_leavers)),
        TimedJob("seal_audit", Nightly(time(4)), job(_seal_audit)),
        TimedJob("seal_anew", Every(timedelta(hours=1)), job(_seal_anew)),
        TimedJob("forget_lists", Every(timedelta(minutes=5)), job(_forget_lists)),
        TimedJob("drop_letters", Every(timedelta(minutes=5)), job(_drop_letters)),
        TimedJob("tell_undelivered", Every(timedelta(hours=1)), job(_tell_undelivered)),
        TimedJob("see_spraying", Every(timedelta(seconds=30)), job(_see_spraying)),
        TimedJob("clean_up", Every(timedelta(hours=1)), job(_clean_up)),
    )


def _delete_exports(tools: JobTools, go_on: GoOn) -> None:
    count = delete_due(
        tools.database, tools.channel, clock=tools.clock, before_each=go_on
    )
    if count:
        _log.info("exports.deleted", count=count)


def _close_leavers(tools: JobTools, go_on: GoOn) -> None:
    while True:
        go_on()
        with tools.database.transaction() as session:
            counts = leaving.close_leavers(session, now=tools.clock())
        if not counts:
            return
        _log.info("leavers.closed", count=sum(counts.values()))


def _seal_audit(tools: JobTools, go_on: GoOn) -> None:
    while True:
        go_on()
        with tools.database.transaction() as session:
            seal = audit_seals.seal_next_day(session, tools.keyring, now=tools.clock())
        if seal is None:
            return
        # Kept where whoever writes to the database does not.
        _log.info("audit.sealed", day=seal.day.isoformat(), head=seal.head)


def _seal_anew(tools: JobTools, go_on: GoOn) -> None:
    last: int | None = 0
    while last is not None:
        go_on()
        with tools.database.transaction() as session:
            last = app_keys.seal_anew(session, last, keyring=tools.keyring)


def _see_spraying(tools: JobTools, _go_on: GoOn) -> None:
    with tools.database.reading() as session:
        attempts = spraying.of_late(session, now=tools.clock())
    if not is_spraying(attempts):
        return
    with tools.database.transaction() as session:
        is_news = spraying.raise_alarm(session, attempts, now=tools.clock())
    if is_news:
        _log.warning("sign_in.spraying", **vars(attempts))


def _forget_lists(tools: JobTools, _go_on: GoOn) -> None:
    with tools.database.transaction() as session:
        uploads.forget_expired(session, now=tools.clock())


def _drop_letters(tools: JobTools, go_on: GoOn) -> None:
    while True:
        go_on()
        with tools.database.transaction() as session:
            count = settling.drop_expired(session, now=tools.clock())
        if not count:
            return
        _log.warning("letters.dropped", count=count)


def _tell_undelivered(tools: JobTools, _go_on: GoOn) -> None:
    with tools.database.transaction() as session:
        count = undelivered.tell_managers(session, now=tools.clock())
    if count:
        _log.info("letters.managers_told", count=count)


def _clean_up(tools: JobTools, go_on: GoOn) -> None:
    what: tuple[Callable[..., None], ...] = (
        slack_deliveries.forget_old,
        outbox.forget_ended,
        scheduled_ticks.forget_old,
        resets.forget_unapplied,
        links.forget_old,
        recovery_limits.forget_old,
        slack_links.forget_leavers,
        sessions.forget_ended,
        devices.forget_unused,
        counters.forget_old,
        forgetting.forget_marks,
        forgetting.forget_attempts,
        lockouts.forget_old,
        mail_codes.forget_old,
        code_tries.forget_old,
        app_enrolment.forget_abandoned,
    )
    for forget in what:
        go_on()
        with tools.database.transaction() as session:
            forget(session, now=tools.clock())
