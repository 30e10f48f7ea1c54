"""The worker: delivers the outbox, carries out runs, does the timed jobs."""

import threading
from collections.abc import Callable
from functools import partial

from slack_sdk import WebClient

from bot.office import Office
from bot.worker_tools import alert_handlers, outbox_handlers, run_tools
from domain.runs.tools import HashingPool
from domain.runs.working import work_once
from domain.sign_in.recovery_letters import answer_next
from sleutelbos.delivering import Handlers, deliver_next
from sleutelbos.mail import Mail
from sleutelbos.schedule import Schedule
from sleutelbos.timed_jobs import JobTools, timed_jobs
from sleutelbos.work_loop import WorkLoop


class Worker:
    """One process' share of the work; others may share it on one PostgreSQL.

    Alerts, messages, letters, runs and requests for links each have a loop, so that
    an upload or a mail server that takes its time delays no message. Without `mail`
    letters wait.
    """

    def __init__(
        self,
        office: Office,
        client: WebClient,
        sign_in_page: str,
        mail: Mail | None = None,
    ) -> None:
        self._stopping = threading.Event()
        self._hashing = HashingPool()
        tools = run_tools(
            office,
            client,
            hashing=self._hashing,
            sign_in_page=sign_in_page,
            stopping=self._stopping,
        )
        self._database = office.database

        def deliver(handlers: Handlers) -> Callable[[], bool]:
            return partial(deliver_next, office.database, handlers, office.clock)

        self._letters = mail.delivery(office, self._stopping) if mail else None
        loops = [
            WorkLoop("alerts", deliver(alert_handlers(office, client))),
            WorkLoop("outbox", deliver(outbox_handlers(office, client))),
            WorkLoop("runs", partial(work_once, tools)),
            WorkLoop(
                "link_requests",
                partial(
                    answer_next,
                    office.database.transaction,
                    office.keyring,
                    office.clock,
                ),
            ),
        ]
        if self._letters is not None:
            loops.append(WorkLoop("letters", self._letters.deliver_due))
        self._loops = tuple(loops)
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
        self._database.when_queued(self.wake)
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
        self._database.when_queued(None)
        for loop in self._loops:
            loop.stop()
        for loop in self._loops:
            loop.join()
        if self._letters is not None:
            self._letters.close()
        self._schedule.stop()
        self._hashing.close()
