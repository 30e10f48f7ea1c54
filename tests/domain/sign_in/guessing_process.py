"""A process of the sign-in page that guesses when it is told to: one line, one volley.

Started as `python -m tests.domain.sign_in.guessing_process`, so that several have
nothing in common but the database.
"""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import IO, cast

import domain.tables  # noqa: F401 (a process knows every table)
from domain.database import Database
from domain.secret import Keyring, Secret
from domain.sign_in.gate import Visit
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.sign_in import OutcomeKind, sign_in
from domain.sign_in.tools import SignInTools


@dataclass(frozen=True)
class Volley:
    """Guesses to send at once: `first` is the number of the first of them."""

    name: str
    first: int
    guesses: int
    now: str


class GuessingProcess:
    """The process as its test holds it."""

    def __init__(self, url: str, key: str, *, pauses: bool) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, "pauses" if pauses else "no pauses"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"GUESSING_URL": url, "GUESSING_KEY": key},
        )
        self._answer()

    def starts(self, volley: Volley) -> None:
        """Let the guesses go."""
        print(json.dumps(asdict(volley)), file=self._stdin, flush=True)

    def reached_hash(self) -> int:
        """How many of the last volley were compared with the stored hash."""
        answer = self._answer()
        assert set(answer["outcomes"]) <= set(OutcomeKind), answer
        return answer["checked"]

    def end(self) -> None:
        """No more volleys."""
        self._stdin.close()
        assert self._process.wait(timeout=60) == 0
        cast(IO[str], self._process.stdout).close()

    @property
    def _stdin(self) -> IO[str]:
        return cast(IO[str], self._process.stdin)

    def _answer(self) -> dict:
        return json.loads(cast(IO[str], self._process.stdout).readline())


def guess(tools: SignInTools, volley: Volley) -> dict:
    """Send a volley, each guess from an address of its own, all at one instant."""
    together = threading.Barrier(volley.guesses)
    outcomes: Counter[str] = Counter()
    before = tools.hashing.checked

    def one(number: int) -> None:
        visit = Visit(f"10.0.{number // 250}.{number % 250}")
        together.wait()
        try:
            outcome = sign_in(
                tools,
                volley.name,
                Secret(f"gok {number}"),
                visit=visit,
                now=datetime.fromisoformat(volley.now),
            )
        except Exception as error:  # noqa: BLE001 (counted, and shown by the test)
            outcomes[repr(error)] += 1
            return
        outcomes[outcome.kind.value] += 1

    threads = [
        threading.Thread(target=one, args=(volley.first + number,))
        for number in range(volley.guesses)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"checked": tools.hashing.checked - before, "outcomes": dict(outcomes)}


def main() -> None:
    """Take volleys from standard input until it ends."""
    database = Database(os.environ["GUESSING_URL"])
    tools = SignInTools(
        # Patient, as nobody is to be refused for a machine that is busy.
        partial(database.transaction, timedelta(minutes=2)),
        Keyring.from_setting(Secret(os.environ["GUESSING_KEY"])),
        HashingSlots(patience=timedelta(minutes=5)),
        pauses=sys.argv[1] == "pauses",
    )
    _tell({})
    for line in sys.stdin:
        _tell(guess(tools, Volley(**json.loads(line))))
    database.close()


def _tell(answer: dict) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
