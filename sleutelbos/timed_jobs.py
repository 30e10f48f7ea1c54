"""The timed jobs: deleting exports, closing logins of leavers, sealing, cleaning up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from functools import partial

import structlog

from domain import audit_seals, outbox, scheduled_ticks, slack_deliveries
from domain.actor import SCHEDULE
from domain.appointments import slack_standing
from domain.appointments.slack_standing import SlackMembers
from domain.clock import Clock
from domain.database import Database
from domain.exports.channel import Channel, DeliveryRefusedError
from domain.exports.deletion import delete_due
from domain.importing import uploads
from domain.letters import settling, undelivered
from domain.logins import address_notices, leaving, links, moves, resets, weekly
from domain.runs import reminders, unused_files
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
    step_up_keys,
    step_up_ways,
)
from domain.sign_in.spraying_rule import is_spraying
from sleutelbos import retention
from sleutelbos.retention import DEFAULTS, Kept
from sleutelbos.timetable import Every, GoOn, Nightly, TimedJob, Weekly

_MONDAY = 0
_log = structlog.get_logger()


@dataclass(frozen=True)
class JobTools:
    """What the timed jobs need; `mails` says that letters can leave.

    `list_members` asks Slack for everybody in the workspace; without it nobody is
    compared.
    """

    database: Database
    keyring: Keyring
    clock: Clock
    channel: Channel
    mails: bool = True
    list_members: Callable[[GoOn], SlackMembers] | None = None
    kept: Kept = DEFAULTS


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
        TimedJob("remind", Every(timedelta(minutes=10)), job(_remind)),
        TimedJob("compare_with_slack", Nightly(time(3, 30)), job(_compare_with_slack)),
        TimedJob("apply_retention", Nightly(time(2)), job(_apply_retention)),
        TimedJob("close_week", Weekly(_MONDAY, weekly.TOLD_AT), job(_close_week)),
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
    for seal_some_anew in (app_keys.seal_anew, step_up_keys.seal_anew):
        last: int | None = 0
        while last is not None:
            go_on()
            with tools.database.transaction() as session:
                last = seal_some_anew(session, last, keyring=tools.keyring)


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


def _remind(tools: JobTools, go_on: GoOn) -> None:
    if not tools.mails:
        return
    outcome: reminders.Outcome | None = reminders.Outcome.BEGUN
    while outcome is not None:
        go_on()
        with tools.database.transaction() as session:
            outcome = reminders.begin_next(session, now=tools.clock())
        if outcome is not None:
            _log.info("reminder.due", outcome=outcome.value)


def _compare_with_slack(tools: JobTools, go_on: GoOn) -> None:
    if tools.list_members is None:
        return
    try:
        members = tools.list_members(go_on)
    except DeliveryRefusedError as error:
        _log.warning("administrators.not_compared", code=error.code)
        return
    with tools.database.transaction() as session:
        compared = slack_standing.compare(
            session, members, actor=SCHEDULE, now=tools.clock()
        )
    _log.info(
        "administrators.compared",
        members=len(members.profiles),
        dismissed=compared.dismissed,
    )
    for administrator_id in compared.absent:
        _log.warning("administrators.not_listed", administrator_id=administrator_id)
    for administrator_id in compared.last_manager:
        _log.warning(
            "administrators.last_manager_left", administrator_id=administrator_id
        )


def _apply_retention(tools: JobTools, go_on: GoOn) -> None:
    retention.apply(tools.database, tools.kept, tools.clock, go_on)


def _close_week(tools: JobTools, _go_on: GoOn) -> None:
    with tools.database.transaction() as session:
        count = weekly.close_week(session, actor=SCHEDULE, now=tools.clock())
    if count:
        _log.info("week.closed", branches=count)


def _clean_up(tools: JobTools, go_on: GoOn) -> None:
    what: tuple[Callable[..., None], ...] = (
        slack_deliveries.forget_old,
        outbox.forget_ended,
        scheduled_ticks.forget_old,
        resets.forget_unapplied,
        links.forget_old,
        address_notices.forget_old,
        recovery_limits.forget_old,
        slack_links.forget_leavers,
        moves.forget_old,
        sessions.forget_ended,
        devices.forget_unused,
        counters.forget_old,
        forgetting.forget_marks,
        lockouts.forget_old,
        weekly.forget_old,
        mail_codes.forget_old,
        code_tries.forget_old,
        app_enrolment.forget_abandoned,
        step_up_ways.forget_pending,
        unused_files.forget_attachments,
        unused_files.forget_word_templates,
    )
    for forget in what:
        go_on()
        with tools.database.transaction() as session:
            forget(session, now=tools.clock())
