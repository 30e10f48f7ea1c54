"""The worker: delivers the outbox, carries out runs, does the timed jobs."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from slack_sdk import WebClient

from bot.delivery.members import list_members
from bot.office import Office
from bot.worker_tools import alert_handlers, outbox_handlers, run_tools
from domain.runs.mailing import mail_once, prepare_once
from domain.runs.telling import tell_once
from domain.runs.tools import HashingPool
from domain.runs.working import work_once
from domain.sign_in.recovery_letters import answer_next
from sleutelbos.delivering import Handlers, deliver_next
from sleutelbos.mail import Mail
from sleutelbos.retention import DEFAULTS, Kept
from sleutelbos.schedule import Schedule
from sleutelbos.timed_jobs import JobTools, timed_jobs
from sleutelbos.work_loop import WorkLoop

# Of a mailing at most so many letters wait; they are gone within half a second.
_MAILINGS_REST: Final = 0.2


class Worker:
    """One process' share of the work; others may share it on one PostgreSQL.

    Alerts, messages, letters, runs and requests for links each have a loop, and so
    has each part of a mailing, so that an upload, a mail server or Slack that takes
    its time delays nothing else. Without `mail` letters and mailings wait.
    """

    def __init__(
        self,
        office: Office,
        client: WebClient,
        sign_in_page: str,
        mail: Mail | None = None,
        kept: Kept = DEFAULTS,
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

        self._letters = mail.deliveries(office, self._stopping) if mail else ()
        loops = [
            WorkLoop("alerts", deliver(alert_handlers(office, client))),
            WorkLoop("outbox", deliver(outbox_handlers(office, client))),
            WorkLoop("runs", partial(work_once, tools)),
            WorkLoop("mailing_passwords", partial(prepare_once, tools)),
            WorkLoop("mailing_messages", partial(tell_once, tools)),
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
        if mail is not None:
            # Nobody loses a password to a letter that can't leave.
            mailings = partial(mail_once, tools)
            loops.append(WorkLoop("mailings", mailings, rest=_MAILINGS_REST))
        loops += [WorkLoop("letters", each.deliver_due) for each in self._letters]
        self._loops = tuple(loops)
        jobs = timed_jobs(
            JobTools(
                database=office.database,
                keyring=office.keyring,
                clock=office.clock,
                channel=tools.channel,
                mails=mail is not None,
                kept=kept,
                list_members=partial(
                    list_members, client, office.clock, self._stopping.wait
                ),
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
        for letters in self._letters:
            letters.close()
        self._schedule.stop()
        self._hashing.close()
