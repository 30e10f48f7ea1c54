"""The bot's connection to Slack, made as soon as Slack answers."""

import threading
from collections.abc import Callable
from typing import Final, Protocol

import structlog
from slack_bolt.error import BoltError

from domain.exports.channel import DeliveryRefusedError
from sleutelbos import complaints, slack_workspace
from sleutelbos.wording import CommandError

_log = structlog.get_logger()
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
APP_TOKEN: Final = "SLACK_APP_TOKEN"  # noqa: S105 (the name of a setting)


class Line(Protocol):
    """A way by which payloads come: a socket of ours, or Slack's calls over HTTP."""

    @property
    def is_connected(self) -> bool:
        """Whether payloads can come at this moment."""

    def connect(self) -> None:
        """Begin to take payloads."""

    def close(self) -> None:
        """Take no more, finish what is in hand."""


class SlackConnection:
    """Keeps trying until it is connected; from then on the SDK reconnects itself.

    The pauses between tries grow from `first_pause` seconds to a minute. `prepare`
    builds a line that is not connected yet; `refused` is told when Slack says no
    for good, which no waiting mends, of the token that `token_name` holds.
    """

    def __init__(
        self,
        prepare: Callable[[], Line],
        refused: Callable[[CommandError], None],
        first_pause: float = _FIRST_PAUSE,
        token_name: str = APP_TOKEN,
    ) -> None:
        self._prepare = prepare
        self._refused = refused
        self._pause = first_pause
        self._token_name = token_name
        self._stopping = threading.Event()
        self._line: Line | None = None
        self._thread = threading.Thread(target=self._run, name="slack", daemon=True)

    def start(self) -> None:
        """Begin to connect."""
        self._thread.start()

    def close(self) -> None:
        """Take nothing more from Slack, and finish what it was told is under way."""
        self._stopping.set()
        self._thread.join()
        if self._line is not None:
            self._line.close()

    @property
    def is_connected(self) -> bool:
        """Whether payloads can come at this moment."""
        line = self._line
        return line is not None and line.is_connected

    def _run(self) -> None:
        pause = self._pause
        while not self._stopping.is_set():
            try:
                self._line = self._connected()
            except CommandError as error:
                if error.wording is not complaints.SLACK_UNREACHABLE:
                    self._refused(error)
                    return
                _log.warning("slack.unreachable", code=error.fields["error"])
            except Exception:  # noqa: BLE001 (a bot that is gone is worse)
                _log.exception("slack.failed")
            else:
                _log.info("slack.connected")
                return
            self._stopping.wait(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _connected(self) -> Line:
        line = None
        try:
            with slack_workspace.asking_with(self._token_name):
                line = self._prepare()
                line.connect()
        except Exception as error:
            if line is not None:
                line.close()
            if isinstance(error, CommandError | DeliveryRefusedError | BoltError):
                raise self._complaint(error) from error
            raise
        return line

    def _complaint(self, error: Exception) -> CommandError:
        if isinstance(error, CommandError):
            return error
        if isinstance(error, DeliveryRefusedError):
            return CommandError(
                complaints.SLACK_REFUSED, name=self._token_name, error=error.code
            )
        # Bolt asks who it is once more; the token was good a moment ago.
        return CommandError(complaints.SLACK_UNREACHABLE, error=type(error).__name__)
