"""A worker that a test moves on, step by step."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.runs.ledger import start_reset
from domain.runs.model import RunId
from domain.runs.planning import ResetChoice, plan_reset
from domain.runs.tools import HashingPool, RunTools, Step
from domain.runs.working import work_once
from tests.domain.runs.drawer import Drawer
from tests.domain.runs.mailing import MailWorker
from tests.domain.runs.postman import Postman
from tests.domain.runs.steps import Killed


class NeverWaits(threading.Event):
    """Stands for the worker's pauses: they are over at once."""

    def wait(self, timeout=None):
        return self.is_set()


class Worker:
    """One worker process of the test: works, and may be killed at a step."""

    def __init__(self, tools: RunTools, clock) -> None:
        self.tools = tools
        self._clock = clock

    def works(self, moves: int = 200) -> None:
        """Until nothing is left to do, with the clock going on in between."""
        for _ in range(moves):
            if not work_once(self.tools):
                return
            self._clock.forward(timedelta(milliseconds=100))
        raise AssertionError("the run never ended")

    def works_for(self, duration: timedelta) -> None:
        """For so long on the clock, also when there is nothing to do for a while."""
        end = self._clock() + duration
        while self._clock() < end:
            work_once(self.tools)
            self._clock.forward(timedelta(seconds=10))

    def is_killed_at(self, step: Step, times: int = 1) -> bool:
        """Work until this step is reached; says whether it was."""
        left = times

        def reached(here: Step) -> None:
            nonlocal left
            left -= here is step
            if left == 0:
                raise Killed

        tools = replace(self.tools, reached=reached)
        try:
            while work_once(tools):
                self._clock.forward(timedelta(milliseconds=100))
        except Killed:
            return True
        return False


@pytest.fixture(scope="session")
def hashing() -> Iterator[HashingPool]:
    pool = HashingPool()
    yield pool
    pool.close()


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def worker(office, drawer, keyring, clock, hashing) -> Worker:
    tools = RunTools(
        database=office.database,
        keyring=keyring,
        clock=clock,
        hashing=hashing,
        channel=drawer.channel(),
        show=drawer.show,
        comment=lambda report: f"{report.branch_name}: {report.row_count}",
        sign_in_page="https://inloggen.example.nl",
        apply_at_once=2,
        stopping=NeverWaits(),
    )
    return Worker(tools, clock)


@pytest.fixture
def postman(office, keyring, clock) -> Postman:
    return Postman(office, keyring, clock)


@pytest.fixture
def mailer(worker, clock, postman) -> MailWorker:
    """A worker that carries out mailings; three letters in a batch."""
    return MailWorker(replace(worker.tools, apply_at_once=3), clock, postman)


@pytest.fixture
def start(office, clock):
    """Start a run the way a press does: dry run first, then its number."""

    def starts(choice: ResetChoice | None = None, actor=None, branch=None) -> RunId:
        choice, actor = choice or ResetChoice(), actor or office.bram
        branch_id = branch or office.utrecht
        with office.database.transaction() as session:
            count = plan_reset(
                session, branch_id, choice, actor=actor, now=clock()
            ).count
            return start_reset(
                session,
                branch_id,
                choice,
                expected_count=count,
                channel_id="C1",
                actor=actor,
                now=clock(),
            )

    return starts
