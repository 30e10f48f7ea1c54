"""What the worker does, done at once and in the test's own thread."""

from functools import partial

from slack_sdk import WebClient

from bot.office import Office
from bot.worker_tools import alert_handlers, outbox_handlers, run_tools
from domain.runs.mailing import mail_once, prepare_once
from domain.runs.telling import tell_once
from domain.runs.tools import HashingPool
from domain.runs.working import work_once
from sleutelbos.delivering import deliver_next
from tests.scenarios.handing_out.conftest import SIGN_IN_PAGE, Hurried


class Work:
    """Everything that is due, of alerts, messages, runs and mailings."""

    def __init__(self, office: Office, client: WebClient) -> None:
        self._hashing = HashingPool()
        tools = run_tools(
            office,
            client,
            hashing=self._hashing,
            sign_in_page=SIGN_IN_PAGE,
            stopping=Hurried(),
        )
        deliver = partial(deliver_next, office.database, clock=office.clock)
        self._steps = (
            partial(deliver, alert_handlers(office, client)),
            partial(deliver, outbox_handlers(office, client)),
            partial(work_once, tools),
            partial(prepare_once, tools),
            partial(mail_once, tools),
            partial(tell_once, tools),
        )

    def is_done(self) -> None:
        """Go on until there is nothing to do."""
        while any(step() for step in self._steps):
            pass

    def ends(self) -> None:
        """Let the hashing processes go."""
        self._hashing.close()
