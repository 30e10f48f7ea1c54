"""What happens by itself in the demo's past: runs, timed jobs, notices."""

import threading
from concurrent.futures import Future
from functools import cached_property

from slack_sdk import WebClient

from bot.office import Office
from bot.worker_tools import alert_handlers, outbox_handlers, run_tools
from domain.logins.passwords import hash_initial_password, new_initial_password
from domain.runs.mailing import mail_once, prepare_once
from domain.runs.telling import tell_once
from domain.runs.tools import HashingPool
from domain.runs.working import work_once
from domain.secret import Secret
from sleutelbos.delivering import deliver_next
from sleutelbos.mail import mail_of
from sleutelbos.settings import Settings
from sleutelbos.timed_jobs import JobTools, timed_jobs


class Unattended:
    """A worker that works when it is told to, at the moment the clock says."""

    def __init__(self, office: Office, client: WebClient, facing: Settings) -> None:
        self._office = office
        self._tools = run_tools(
            office,
            client,
            hashing=_OneHash(),
            sign_in_page=facing.portal_url,
            stopping=threading.Event(),
        )
        self._handlers = {
            **outbox_handlers(office, client),
            **alert_handlers(office, client),
        }
        mail = mail_of(facing)
        ever = threading.Event()
        self._letters = mail.deliveries(office, ever, 1) if mail else ()
        tools = JobTools(
            database=office.database,
            keyring=office.keyring,
            clock=office.clock,
            channel=self._tools.channel,
        )
        self._jobs = {job.name: job.work for job in timed_jobs(tools)}

    def finish_runs(self) -> None:
        """Carry out what was started, to the end."""
        while self._goes_round():
            continue

    def do(self, job: str) -> None:
        """Do a timed job, and then what it leaves to be done and told."""
        self._jobs[job](_go_on)
        self.finish_runs()
        self.tell()

    def tell(self) -> None:
        """Deliver every message and every letter that is due."""
        while deliver_next(self._office.database, self._handlers, self._office.clock):
            continue
        while self._hands_in_letters():
            continue

    def _goes_round(self) -> bool:
        """A turn of everything; a mailing ends once its letters are handed in."""
        tools = self._tools
        steps = (work_once, prepare_once, mail_once, tell_once)
        is_more = [step(tools) for step in steps]
        return any([*is_more, self._hands_in_letters()])

    def _hands_in_letters(self) -> bool:
        return any(letters.deliver_due() for letters in self._letters)

    def close(self) -> None:
        """Nothing more is done."""
        self._tools.hashing.close()
        for letters in self._letters:
            letters.close()


def _go_on() -> None:
    """Nobody else could take the job over."""


class _OneHash(HashingPool):
    """The same new password for everybody: nobody has its workbook any more.

    Hashing one for each would keep people waiting for the demo.
    """

    @cached_property
    def _made(self) -> tuple[Secret, str]:
        password = new_initial_password()
        return password, hash_initial_password(password)

    def submit(self) -> Future[tuple[Secret, str]]:
        """The password and its hash, at once."""
        made: Future[tuple[Secret, str]] = Future()
        made.set_result(self._made)
        return made
