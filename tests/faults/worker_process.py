"""A worker in a process of its own, which ends, stops or waits at a named step.

Processes are forked off a server that has everything imported, so that a test can
afford many of them; each opens its own database and reaches Slack by its own.
"""

import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing.connection import Connection

from slack_sdk import WebClient

from bot.office import Office
from bot.worker_tools import run_tools
from domain.clock import utc_now
from domain.database import Database
from domain.leases import release_every_lease
from domain.runs.tools import HashingPool, RunTools, Step
from domain.runs.working import work_once
from domain.secret import Keyring, Secret

SIGN_IN_PAGE = "https://inloggen.example.nl"
KEY = "a key for tests only of 32 characters or more"
_PATIENCE = 60

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


@dataclass(frozen=True)
class Orders:
    """What a worker is told: where it works, and what happens at which step.

    `at` names the step, `then` says what happens there the first time: "kill" and
    "stop" are signals to itself, "wait" goes on at a word from the test.
    `ahead` is how far its clock is set forward.
    """

    database_url: str
    api_url: str
    token: str
    at: Step | None = None
    then: str = "kill"
    ahead: timedelta = timedelta(0)
    only_process: bool = False


class WorkerProcess:
    """A worker process as the test sees it."""

    def __init__(self, orders: Orders) -> None:
        self._pipe, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=_work, args=(orders, theirs))
        self._process.start()
        theirs.close()
        self.steps: list[Step] = []

    def reaches(self, step: Step) -> None:
        """Wait until it says that it reached this step."""
        while step not in self.steps:
            assert self._hears(), f"never came to {step}, only to {self.steps}"

    def is_killed(self) -> None:
        """Wait until it was killed."""
        while self._hears():
            pass
        self._process.join(_PATIENCE)
        assert self._process.exitcode == -signal.SIGKILL

    def is_killed_after(self, steps: int, seconds: float) -> None:
        """Kill it so long after so many steps, or after its last one."""
        while len(self.steps) < steps and Step.RESULT_SHOWN not in self.steps:
            assert self._hears(), f"ended by itself after {self.steps}"
        threading.Event().wait(seconds)
        self._process.kill()
        self.is_killed()

    def goes_on(self) -> None:
        """Let it go on where it waits, or wake it where it stopped."""
        os.kill(self._process.pid, signal.SIGCONT)
        self._pipe.send("go on")

    def ends(self) -> None:
        """Tell it to finish what is in hand and end."""
        self._pipe.send("end")
        while self._hears():
            pass
        self._process.join(_PATIENCE)
        assert self._process.exitcode == 0

    def is_ended_by_force(self) -> None:
        """For the end of a test that failed half way."""
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _hears(self) -> bool:
        assert self._pipe.poll(_PATIENCE), f"nothing after {self.steps}"
        try:
            self.steps.append(Step(self._pipe.recv()))
        except (EOFError, ConnectionResetError):
            return False
        return True


class _Pauses(threading.Event):
    """The worker's pauses, none of them long."""

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(min(timeout, 0.05) if timeout else timeout)


def _work(orders: Orders, pipe: Connection) -> None:
    database = Database(orders.database_url)
    if orders.only_process:
        with database.transaction() as session:
            release_every_lease(session)
    office = Office(
        database=database,
        clock=lambda: utc_now() + orders.ahead,
        keyring=Keyring.from_setting(Secret(KEY)),
        company="De Gouden Lepel",
        language="nl",
    )
    hashing, stopping = HashingPool(), _Pauses()
    client = WebClient(token=orders.token, base_url=orders.api_url, timeout=10)
    tools = run_tools(
        office, client, hashing=hashing, sign_in_page=SIGN_IN_PAGE, stopping=stopping
    )
    _until_told(tools, orders, pipe)
    hashing.close()
    database.close()


def _until_told(tools: RunTools, orders: Orders, pipe: Connection) -> None:
    told, going_on = threading.Event(), threading.Event()
    reached = _Reached(orders, pipe, going_on)
    tools = replace(tools, reached=reached, apply_at_once=2)

    def listen() -> None:
        while pipe.recv() != "end":
            going_on.set()
        told.set()

    threading.Thread(target=listen, daemon=True).start()
    while not told.is_set():
        if not work_once(tools):
            tools.wait(0.05)


class _Reached:
    """Tells the test each step, and obeys at the one that is named."""

    def __init__(
        self, orders: Orders, pipe: Connection, going_on: threading.Event
    ) -> None:
        self._orders = orders
        self._pipe = pipe
        self._going_on = going_on
        self._obeyed = False

    def __call__(self, step: Step) -> None:
        self._pipe.send(step.value)
        if step is not self._orders.at or self._obeyed:
            return
        self._obeyed = True
        if self._orders.then == "wait":
            assert self._going_on.wait(_PATIENCE)
            return
        ending = signal.SIGKILL if self._orders.then == "kill" else signal.SIGSTOP
        os.kill(os.getpid(), ending)
