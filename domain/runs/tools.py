"""What a worker is handed to carry out runs."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from domain.clock import Clock
from domain.database import Database
from domain.exports.channel import Channel
from domain.logins.passwords import hash_initial_password, new_initial_password
from domain.runs.reporting import MessagePlace, RunReport
from domain.secret import Keyring, Secret

_LOWER_PRIORITY: Final = 10


class Step(StrEnum):
    """The named points of a run; tests end the process at each of them."""

    ANNOUNCED = "announced"
    ROWS_CLAIMED = "rows_claimed"
    ROWS_HASHED = "rows_hashed"
    ROWS_PREPARED = "rows_prepared"
    POSTING_CLAIMED = "posting_claimed"
    FILE_ENSURED = "file_ensured"
    FILE_BUILT = "file_built"
    UPLOAD_RESERVED = "upload_reserved"
    RESERVATION_NOTED = "reservation_noted"
    BYTES_SENT = "bytes_sent"
    UPLOAD_COMPLETED = "upload_completed"
    SHARE_SEEN = "share_seen"
    POSTED_NOTED = "posted_noted"
    BATCH_APPLIED = "batch_applied"
    LETTERS_QUEUED = "letters_queued"
    LETTERS_SETTLED = "letters_settled"
    RUN_ENDED = "run_ended"
    RESULT_SHOWN = "result_shown"


def _go_on(_step: Step) -> None:
    return


def _no_words(_report: RunReport) -> str:
    return ""


class HashingPool:
    """Makes and hashes initial passwords on every core, below other work.

    argon2 gives the interpreter's lock back while it works, so threads do.
    """

    def __init__(self, slots: int | None = None) -> None:
        self.slots = slots or os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(
            self.slots, thread_name_prefix="hashing", initializer=_lower_priority
        )

    def submit(self) -> Future[tuple[Secret, str]]:
        """A new initial password and its hash, some time soon."""
        return self._threads.submit(_new_password)

    def close(self) -> None:
        """Drop what is queued and wait for what is under way."""
        self._threads.shutdown(cancel_futures=True)


def _new_password() -> tuple[Secret, str]:
    password = new_initial_password()
    return password, hash_initial_password(password)


def _lower_priority() -> None:
    # Linux gives each thread a priority of its own; sign-ins go first.
    # Elsewhere it may be refused, and hashing goes on all the same.
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOWER_PRIORITY)


@dataclass(frozen=True)
class RunTools:
    """Everything outside the rules that a run needs.

    `show` posts or rewrites the run's message in the admin channel and says where
    it stands; `comment` words what stands under the workbook, `letters_comment` what
    does under ready letters. All three, like `channel`, may
    raise DeliveryPostponedError or DeliveryRefusedError. `apply_at_once` is how many
    logins change in one transaction.
    """

    database: Database
    keyring: Keyring
    clock: Clock
    hashing: HashingPool
    channel: Channel
    show: Callable[[RunReport], MessagePlace]
    comment: Callable[[RunReport], str]
    sign_in_page: str
    letters_comment: Callable[[RunReport], str] = _no_words
    apply_at_once: int = 500
    stopping: threading.Event = field(default_factory=threading.Event)
    reached: Callable[[Step], None] = _go_on

    def wait(self, seconds: float) -> bool:
        """Pause, unless the worker is stopping; says whether it is."""
        return self.stopping.wait(seconds)
