"""The demo's ports, one after another, so that one number moves them all."""

import socket
from dataclasses import dataclass
from typing import Final

from sleutelbos.demo import words
from sleutelbos.wording import CommandError, Language

HIGHEST_FIRST: Final = 65_532
_HOST: Final = "127.0.0.1"
_NEXT_BLOCK: Final = 100


@dataclass(frozen=True)
class Ports:
    """Where everything listens; all 0 stands for whatever is free."""

    workspace: int
    mailbox: int
    portal: int
    smtp: int

    @classmethod
    def from_first(cls, first: int) -> "Ports":
        """The block that begins here."""
        if not first:
            return cls(0, 0, 0, 0)
        return cls(first, first + 1, first + 2, first + 3)

    def require_free(self, language: Language) -> None:
        """Refuse a block that can't be had whole.

        Raises CommandError that names the first port that can't be had.
        """
        for port, what in (
            (self.workspace, words.WORKSPACE),
            (self.mailbox, words.MAILBOX),
            (self.portal, words.PORTAL),
            (self.smtp, words.SMTP),
        ):
            self._require_free(port, what.say(language))

    def _require_free(self, port: int, what: str) -> None:
        try:
            socket.create_server((_HOST, port)).close()
        except OSError as error:
            other = self.workspace + _NEXT_BLOCK
            if other > HIGHEST_FIRST:
                other = self.workspace - _NEXT_BLOCK
            raise CommandError(
                words.PORT_TAKEN, port=port, what=what, other=other
            ) from error
