"""What was said on each SMTP connection; never what AUTH keeps secret."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

# RFC 4954; anything else after AUTH may be a secret that went astray.
MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2", "OAUTHBEARER")
END_OF_DATA = "."
ECHO = re.compile(r'command ".*" not recognized', re.DOTALL)


@dataclass
class Exchange:
    """A command and its answer; the answer has several lines after EHLO and AUTH.

    The greeting and answers to what could not be read have no command. The letter
    itself is not kept here; "." stands for its end.
    """

    command: str
    answer: str = ""


@dataclass
class Conversation:
    """One connection, from the greeting to its end."""

    opened_at: datetime
    exchanges: list[Exchange] = field(default_factory=list)
    # Numbers of the letters that were kept.
    letters: list[int] = field(default_factory=list)
    is_encrypted: bool = False
    is_authenticated: bool = False
    is_open: bool = True
    _is_waiting: bool = field(default=False, repr=False)

    @property
    def commands(self) -> tuple[str, ...]:
        """The verbs of the client, in order, with "." for the end of a letter."""
        verbs = (each.command.partition(" ")[0] for each in self.exchanges)
        return tuple(filter(None, verbs))

    @property
    def answers(self) -> tuple[str, ...]:
        """What the server answered, in order."""
        return tuple(each.answer for each in self.exchanges)

    def hear(self, verb: str, rest: str = "") -> None:
        """Keep a command, without what AUTH brings along."""
        if verb == "AUTH":
            mechanism = rest.partition(" ")[0].upper()
            rest = mechanism if mechanism in MECHANISMS else ""
        self.exchanges.append(Exchange(f"{verb} {rest}".strip()))
        self._is_waiting = True

    def answer(self, line: str) -> None:
        """Keep a line of an answer."""
        # A client and a server out of step: the server repeats what may be a password.
        line = ECHO.sub("command not recognized", line)
        if not self._is_waiting:
            self.exchanges.append(Exchange(END_OF_DATA if self._has_letter() else ""))
        last = self.exchanges[-1]
        last.answer = f"{last.answer}\n{line}" if last.answer else line
        self._is_waiting = line[3:4] == "-" or line.startswith("334")

    def _has_letter(self) -> bool:
        return bool(self.exchanges) and self.exchanges[-1].answer.startswith("354")
