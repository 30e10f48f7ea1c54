"""The worker of `serve` in a process of its own, with a mail server, to be killed."""

import os
import signal
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection

from slack_sdk import WebClient

from bot.office import Office
from domain.clock import utc_now
from domain.database import Database
from domain.leases import release_every_lease
from domain.letters import composing
from domain.letters.mail_server import MailServer, Sender
from domain.letters.wording.words import Letterhead
from domain.secret import Keyring, Secret
from sleutelbos.mail import Mail
from sleutelbos.worker import Worker
from tests.faults.worker_process import KEY, PROCESSES, SIGN_IN_PAGE

_PATIENCE = 60
COMPANY = "De Gouden Lepel"


@dataclass(frozen=True)
class MailOrders:
    """Where a process works; `ahead` is how far its clock is set forward."""

    database_url: str
    api_url: str
    token: str
    smtp_url: str
    ahead: timedelta = timedelta(0)


class MailProcess:
    """Such a process as the test sees it."""

    def __init__(self, orders: MailOrders) -> None:
        self._pipe, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=_work, args=(orders, theirs))
        self._process.start()
        theirs.close()
        assert self._pipe.poll(_PATIENCE), "it never began to work"
        self._pipe.recv()

    def is_killed(self) -> None:
        """With SIGKILL, whatever it is at."""
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join(_PATIENCE)
        assert self._process.exitcode == -signal.SIGKILL

    def ends(self) -> None:
        """Let it finish what is in hand."""
        self._pipe.send("end")
        self._process.join(_PATIENCE)
        assert self._process.exitcode == 0

    def is_ended_by_force(self) -> None:
        """For the end of a test that failed half way."""
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(orders: MailOrders, pipe: Connection) -> None:
    database = Database(orders.database_url)
    if database.is_sqlite:
        # As `serve` does, which is alone on such a database.
        with database.transaction() as session:
            release_every_lease(session)
    office = Office(
        database=database,
        clock=lambda: utc_now() + orders.ahead,
        keyring=Keyring.from_setting(Secret(KEY)),
        company=COMPANY,
        language="nl",
    )
    mail = Mail(
        MailServer.from_url(orders.smtp_url),
        composing.Office(
            Sender.from_text("Personeelszaken <hr@example.nl>"),
            Letterhead(COMPANY, SIGN_IN_PAGE),
            "nl",
        ),
    )
    client = WebClient(token=orders.token, base_url=orders.api_url, timeout=10)
    worker = Worker(office, client, SIGN_IN_PAGE, mail)
    worker.start()
    pipe.send("working")
    pipe.recv()
    worker.stop()
    database.close()
