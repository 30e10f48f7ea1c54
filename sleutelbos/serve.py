"""`sleutelbos serve`: portal, bot and worker in one process, until told to stop."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Final
from urllib.parse import urlsplit

import structlog
from slack_sdk import WebClient

from bot.office import Office
from domain import clock
from domain.database import Database
from domain.exports.channel import DeliveryRefusedError
from sleutelbos import complaints, logs, memory, opening, slack_workspace
from sleutelbos.mail import mail_of
from sleutelbos.parts import Part, Running
from sleutelbos.settings import THIS_MACHINE, Settings
from sleutelbos.wording import CommandError

_log = structlog.get_logger()
# Of the ten seconds that are promised, one is left for what must be cut off.
STOPPED_WITHIN: Final = 9.0
_LOOK_UP_EVERY: Final = 0.5


class _Ending:
    """When the process ends, and for what reason if nobody asked it to."""

    def __init__(self) -> None:
        # An Event that a signal handler sets can deadlock with who waits for it;
        # putting into a SimpleQueue is safe there (docs.python.org, queue).
        self._reasons: SimpleQueue[CommandError | None] = SimpleQueue()

    def because(self, error: CommandError) -> None:
        """End, for something that waiting does not mend."""
        self._reasons.put(error)

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """End in good order; asked a second time, at once."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        self._reasons.put(None)

    def awaited(self) -> CommandError | None:
        """Wait for the end; gives the reason, None when somebody asked for it."""
        while True:
            # A signal that arrives in the instant before the wait begins is not
            # handled until the wait ends, so no wait is for ever.
            with suppress(Empty):
                return self._reasons.get(timeout=_LOOK_UP_EVERY)


def serve(settings: Settings, parts: Collection[Part]) -> None:
    """Run the named parts, or all there are; returns after SIGTERM or SIGINT.

    Raises CommandError when a setting is missing, somebody else works on the
    same SQLite file, the database is old or Slack refuses a token.
    """
    wanted = set(parts) or set(Part)
    client = _client(settings, wanted)
    if Part.PORTAL in wanted:
        _require_good_address(settings)
    with opening.opened_alone(settings) as database:
        office = office_of(settings, database)
        logs.configure(sys.stdout)
        memory.give_back_large_blocks()
        # Bolt would read them too, and warn at every start that it has two.
        for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
            os.environ.pop(name, None)
        if client is not None:
            _require_good_token(client)
        _run(settings, office, client, wanted)


def _client(settings: Settings, wanted: set[Part]) -> WebClient | None:
    """Slack's Web API; the portal alone does without."""
    if wanted == {Part.PORTAL}:
        return None
    client = slack_workspace.client(settings)
    if (
        Part.BOT in wanted
        and settings.slack_app_token is None
        and not settings.is_http_mode
    ):
        raise CommandError(complaints.APP_TOKEN_MISSING)
    return client


def _require_good_address(settings: Settings) -> None:
    """Refuse an address at which passwords could be read, or links lead nowhere."""
    url = urlsplit(settings.portal_url)
    if url.scheme != "https" and url.hostname not in THIS_MACHINE:
        raise CommandError(complaints.PORTAL_URL_PLAIN, url=settings.portal_url)
    if url.path:
        raise CommandError(complaints.PORTAL_URL_WITH_PATH, url=settings.portal_url)


def office_of(settings: Settings, database: Database) -> Office:
    """What the surfaces need of the office, as it is set."""
    return Office(
        database=database,
        clock=clock.utc_now,
        keyring=opening.keyring(settings, database),
        company=settings.company,
        language=settings.language,
        default_admin_channel=settings.admin_channel,
        mails=mail_of(settings) is not None,
        portal_url=settings.portal_url,
    )


def start(
    settings: Settings,
    office: Office,
    client: WebClient | None,
    wanted: Collection[Part],
    refused: Callable[[CommandError], None],
) -> Sequence[Callable[[], None]]:
    """Start the parts; gives what stops each of them.

    `refused` is told when Slack will have nothing of us any more. Raises
    CommandError when the server can't listen, before anything is started.
    """
    running = Running(settings, office, client, wanted, refused)
    running.start()
    return running.stops


def stop(stops: Sequence[Callable[[], None]]) -> bool:
    """Stop everything side by side; whether nothing hangs.

    What is cut off holds leases, which end by themselves.
    """
    threads = [threading.Thread(target=stop, daemon=True) for stop in stops]
    for thread in threads:
        thread.start()
    until = time.monotonic() + STOPPED_WITHIN
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return not any(thread.is_alive() for thread in threads)


def _require_good_token(client: WebClient) -> None:
    """Refuse a bad token at once; a Slack that is away may come back."""
    try:
        with slack_workspace.asking_with():
            client.auth_test()
    except DeliveryRefusedError as error:
        raise CommandError(
            complaints.SLACK_REFUSED, name="SLACK_BOT_TOKEN", error=error.code
        ) from error
    except CommandError as error:
        if error.wording is not complaints.SLACK_UNREACHABLE:
            raise
        _log.warning("slack.unreachable", code=error.fields["error"])


def _run(
    settings: Settings, office: Office, client: WebClient | None, wanted: set[Part]
) -> None:
    ending = _Ending()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ending.on_signal)
    stops = start(settings, office, client, wanted, ending.because)
    _log.info("serve.started", parts=sorted(part.value for part in wanted))
    error = ending.awaited()
    _log.info("serve.stopping")
    if not stop(stops):
        _log.warning("serve.cut_off")
        sys.stdout.flush()
        # Python itself would wait for the threads that hang.
        os._exit(0)
    _log.info("serve.stopped")
    if error is not None:
        raise error
