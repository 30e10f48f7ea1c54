"""What `/metrics` tells: counts, never a name, an address or a number of a person."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import case, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.http_mode import Remark
from domain.clock import Clock
from domain.database import Database
from domain.outbox import OutboxMessage
from domain.runs.model import Run
from domain.sign_in.model import PasswordAttempt

_log = structlog.get_logger()
_RECENT: Final = timedelta(hours=1)
_SECONDS: Final = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The counters of this process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "sleutelbos_http_requests",
            "Requests answered.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "sleutelbos_http_request_seconds",
            "How long requests took.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._remarks = Counter(
            "sleutelbos_slack_deliveries_without_effect",
            "Requests at Slack's address that were refused or did nothing.",
            ("reason",),
            registry=self.registry,
        )
        for remark in Remark:
            self._remarks.labels(remark.value)

    def count_request(
        self, route: str, method: str, status: int, seconds: float
    ) -> None:
        """A request was answered."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_delivery(self, remark: Remark) -> None:
        """A delivery had no effect."""
        self._remarks.labels(remark.value).inc()

    def watch(self, name: str, words: str, count: Callable[[], int]) -> None:
        """Tell a count that somebody else keeps, whenever it is asked for."""
        self.registry.register(_Kept(name, words, count))

    def watch_database(self, database: Database, clock: Clock) -> None:
        """Tell what the database counts: for all processes, in each the same."""
        self.registry.register(_Records(database, clock))

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)


class _Kept(Collector):
    def __init__(self, name: str, words: str, count: Callable[[], int]) -> None:
        self._name, self._words, self._count = name, words, count

    def collect(self) -> Iterable[Metric]:
        yield CounterMetricFamily(self._name, self._words, self._count())

    def describe(self) -> Iterable[Metric]:
        return [CounterMetricFamily(self._name, self._words)]


class _Records(Collector):
    """Counts rows; a database that is away leaves these out, not the rest."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def collect(self) -> Iterable[Metric]:
        try:
            with self._database.reading() as session:
                return list(self._counted(session))
        except SQLAlchemyError as error:
            _log.warning("metrics.database_away", why=type(error).__name__)
            return []

    def describe(self) -> Iterable[Metric]:
        return []

    def _counted(self, session: Session) -> Iterator[Metric]:
        yield self._attempts(session)
        yield _outbox(session)
        yield _runs(session)

    def _attempts(self, session: Session) -> Metric:
        family = GaugeMetricFamily(
            "sleutelbos_password_attempts_last_hour",
            "Passwords that were typed on the sign-in page, by what came of them.",
            labels=["outcome"],
        )
        counted = session.execute(
            select(PasswordAttempt.outcome, func.count())
            .where(PasswordAttempt.at > self._clock() - _RECENT)
            .group_by(PasswordAttempt.outcome)
        )
        for outcome, count in counted:
            family.add_metric([outcome.value], count)
        return family


def _outbox(session: Session) -> Metric:
    family = GaugeMetricFamily(
        "sleutelbos_outbox_messages",
        "Messages that wait, and those that were given up in the last month.",
        labels=["kind", "state"],
    )
    state = case((OutboxMessage.ended_at.is_(None), "waiting"), else_="dead")
    counted = session.execute(
        select(OutboxMessage.kind, state, func.count())
        .where(
            OutboxMessage.ended_at.is_(None)
            | (~OutboxMessage.delivered & OutboxMessage.last_error.is_not(None))
        )
        .group_by(OutboxMessage.kind, state)
    )
    for kind, name, count in counted:
        family.add_metric([kind, name], count)
    return family


def _runs(session: Session) -> Metric:
    family = GaugeMetricFamily(
        "sleutelbos_runs", "Resets of a branch, by how far they are.", labels=["phase"]
    )
    counted = session.execute(select(Run.phase, func.count()).group_by(Run.phase))
    for phase, count in counted:
        family.add_metric([phase.value], count)
    return family
