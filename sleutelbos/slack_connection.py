"""The bot's connection to Slack, made as soon as Slack answers."""

import threading
from collections.abc import Callable
from typing import Final

import structlog
from slack_bolt.error import BoltError

from bot.socket_mode import SocketMode
from domain.exports.channel import DeliveryRefusedError
from sleutelbos import complaints, slack_workspace
from sleutelbos.wording import CommandError

_log = structlog.get_logger()
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
_APP_TOKEN: Final = "SLACK_APP_TOKEN"  # noqa: S105 (the name of a setting)


class SlackConnection:
    """Keeps trying until it is connected; from then on the SDK reconnects itself.

    The pauses between tries grow from `first_pause` seconds to a minute. `prepare`
    builds a socket that is not connected yet; `refused` is told when Slack says no
    for good, which no waiting mends.
    """

    def __init__(
        self,
        prepare: Callable[[], SocketMode],
        refused: Callable[[CommandError], None],
        first_pause: float = _FIRST_PAUSE,
    ) -> None:
        self._prepare = prepare
        self._refused = refused
        self._pause = first_pause
        self._stopping = threading.Event()
        self._socket: SocketMode | None = None
        self._thread = threading.Thread(target=self._run, name="slack", daemon=True)

    def start(self) -> None:
        """Begin to connect."""
        self._thread.start()

    def close(self) -> None:
        """Take nothing more from Slack, and finish what it was told is under way."""
        self._stopping.set()
        self._thread.join()
        if self._socket is not None:
            self._socket.close()

    def _run(self) -> None:
        pause = self._pause
        while not self._stopping.is_set():
            try:
                self._socket = self._connected()
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

    def _connected(self) -> SocketMode:
        socket = None
        try:
            with slack_workspace.asking_with(_APP_TOKEN):
                socket = self._prepare()
                socket.client.connect()
        except Exception as error:
            if socket is not None:
                socket.close()
            if isinstance(error, CommandError | DeliveryRefusedError | BoltError):
                raise _as_complaint(error) from error
            raise
        return socket


def _as_complaint(error: Exception) -> CommandError:
    if isinstance(error, CommandError):
        return error
    if isinstance(error, DeliveryRefusedError):
        return CommandError(complaints.SLACK_REFUSED, name=_APP_TOKEN, error=error.code)
    # Bolt asks who it is once more; the token was good a moment ago.
    return CommandError(complaints.SLACK_UNREACHABLE, error=type(error).__name__)
