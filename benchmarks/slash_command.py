"""A slash command: until the ack, and until the branch screen is there.

Floor: an empty Bolt app that opens an empty view over the same transport. Limited
by Bolt's dispatch and by calls to Slack, one for the loading view and one for the
screen. The last figure is the ack's 99th percentile in ms beside a run, over the
300 ms that it may take.
"""

import statistics
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.slack_app import empty_app, our_app, process
from sandbox.slack import Person, Workspace

_MANIFEST = Path(__file__).parents[1] / "manifest.yml"
_WARM_UP = 5
ACK_GOAL, VIEW_GOAL = 1.5, 3.0
_ACK_MAY_TAKE = 0.3


def run(quick: bool) -> list[Figure]:
    """Ack and view when idle, then the ack beside a run in the same process."""
    times = 30 if quick else 200
    hashed_beside = 2_000 if quick else 10_000
    floor_acks, floor_views = _measure(times, "Empty")
    acks, views = _measure(times, "Utrecht 0", run=0)
    busy_acks, _ = _measure(times, "Utrecht 0", run=hashed_beside)
    return [
        Figure(
            job="slash command to ack, p50",
            floor="an empty Bolt app",
            floor_seconds=statistics.median(floor_acks),
            seconds=statistics.median(acks),
            goal=ACK_GOAL,
            limited_by="Bolt's dispatch",
        ),
        Figure(
            job="slash command to branch screen, p50",
            floor="an empty view",
            floor_seconds=statistics.median(floor_views),
            seconds=statistics.median(views),
            goal=VIEW_GOAL,
            limited_by="two calls to Slack",
        ),
        Figure(
            job=f"slash command to ack beside a run of {hashed_beside:,}, p99",
            floor="0.3 s, a tenth of what Slack allows",
            floor_seconds=_ACK_MAY_TAKE,
            seconds=_percentile(busy_acks, 0.99),
            goal=1.0,
            limited_by="the cores that hash",
        ),
    ]


def _measure(
    times: int, shows: str, run: int | None = None
) -> tuple[list[float], list[float]]:
    workspace = Workspace.from_manifest(_MANIFEST, rate_limits=False)
    with workspace.serve() as slack:
        hanna = slack.add_person("hanna", "Hanna de Vries", locale="nl-NL")
        slack.add_channel("beheer", ["hanna"], private=True)
        with _app(slack, hanna, run):
            slack.wait_for_app()
            for _ in range(times + _WARM_UP):
                hanna.types("/personeel logins utrecht 0", channel="beheer")
                hanna.sees(shows)
                hanna.closes()
        commands = slack.deliveries("slash_commands")[_WARM_UP:]
        views = [call.at for call in slack.calls() if call.method.startswith("views.")]
    starts = [command.at for command in commands]
    acks = [command.acked_at - command.at for command in commands if command.acked_at]
    ends = [*starts[1:], max(views) + timedelta(seconds=1)]
    shown = [
        max(at for at in views if start <= at < end) - start
        for start, end in zip(starts, ends, strict=True)
    ]
    return _seconds(acks), _seconds(shown)


def _app(
    slack: Workspace, hanna: Person, run: int | None
) -> AbstractContextManager[None]:
    address = (slack.bot_token, slack.app_token, slack.api_url)
    if run is None:
        return process(empty_app, address)
    return process(our_app, address, (slack.team_id, hanna.id), run)


def _seconds(durations: Iterable[timedelta]) -> list[float]:
    return [duration.total_seconds() for duration in durations]


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
