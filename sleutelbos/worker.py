"""The worker: delivers the outbox, carries out runs, does the timed jobs."""

import threading
from functools import partial

from slack_sdk import WebClient

from bot.office import Office
from bot.worker_tools import outbox_handlers, run_tools
from domain.runs.tools import HashingPool
from domain.runs.working import work_once
from sleutelbos.delivering import deliver_next
from sleutelbos.schedule import Schedule
from sleutelbos.timed_jobs import JobTools, timed_jobs
from sleutelbos.work_loop import WorkLoop


class Worker:
    """One process' share of the work; others may share it on one PostgreSQL.

    Messages and runs each have a loop, so that an upload that takes its time
    delays no message.
    """

    def __init__(self, office: Office, client: WebClient, sign_in_page: str) -> None:
        self._stopping = threading.Event()
        self._hashing = HashingPool()
        tools = run_tools(
            office,
            client,
            hashing=self._hashing,
            sign_in_page=sign_in_page,
            stopping=self._stopping,
        )
        deliver = partial(
            deliver_next, office.database, outbox_handlers(office, client), office.clock
        )
        self._loops = (
            WorkLoop("outbox", deliver),
            WorkLoop("runs", partial(work_once, tools)),
        )
        jobs = timed_jobs(
            JobTools(
                database=office.database,
                keyring=office.keyring,
                clock=office.clock,
                channel=tools.channel,
            )
        )
        self._schedule = Schedule(office.database, jobs, office.clock, self._stopping)

    def start(self) -> None:
        """Begin to look for work."""
        for loop in self._loops:
            loop.start()
        self._schedule.start()

    @property
    def is_alive(self) -> bool:
        """Whether every loop still looks for work."""
        return all(loop.is_alive for loop in self._loops)

    def wake(self) -> None:
        """There is work: begin at once."""
        for loop in self._loops:
            loop.wake()

    def stop(self) -> None:
        """Take no more work; what is in hand is finished, leases are given back."""
        self._stopping.set()
        for loop in self._loops:
            loop.stop()
        for loop in self._loops:
            loop.join()
        self._schedule.stop()
        self._hashing.close()
