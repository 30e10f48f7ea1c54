"""What the server itself refuses: requests too large, or no HTTP at all."""

from http import HTTPStatus

from waitress.task import ErrorTask

from bot import http_mode
from sleutelbos.http.answers import SAFE, TEXT


class RefusalTask(ErrorTask):  # type: ignore[misc] # waitress has no types
    """A short answer that quotes nothing of the request.

    Whoever asks at Slack's address gets the one refusal of the bot's guard.
    """

    def execute(self) -> None:
        """Write the answer and end the connection."""
        status, body = self._answer()
        self.status = f"{status.value} {status.phrase}"
        self.response_headers = [
            ("Content-Type", TEXT),
            *SAFE,
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)

    def _answer(self) -> tuple[HTTPStatus, bytes]:
        if getattr(self.request, "path", "") == http_mode.PATH:
            return HTTPStatus.UNAUTHORIZED, http_mode.REFUSAL
        status = HTTPStatus(self.request.error.code)
        return status, status.phrase.encode()
