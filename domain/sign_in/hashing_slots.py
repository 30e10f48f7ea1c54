"""Hashing passwords while somebody waits: as many at once as there are cores."""

import os
import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import (
    InvalidHashError,
    VerificationError,
    VerifyMismatchError,
)

from domain.errors import HashingBusyError
from domain.logins import passwords
from domain.secret import Secret
from domain.sign_in.fair_queue import FairQueue

Result = TypeVar("Result")
PATIENCE: Final = timedelta(seconds=2)
# Own passwords have 256 characters at most, and a character four bytes.
LONGEST: Final = 1024
# Seconds; by then the queue of today has been worked off.
_RETRY_AFTER: Final = 2
_PRIORITY: Final = 5
_DUMMY_BYTES: Final = 32
_VERIFIER: Final = PasswordHasher()


class HashingSlots:
    """At most so many argon2 hashes at once; whoever is too late is told to wait.

    More at once would only take memory (19 MiB each) and make all of them late.
    `count` is every hash that was computed, `checked` those of them that compared
    a password with a stored hash.
    """

    def __init__(
        self, slots: int | None = None, *, patience: timedelta = PATIENCE
    ) -> None:
        places = slots or os.cpu_count() or 1
        self._queue = FairQueue(places)
        self._threads = ThreadPoolExecutor(places, "sign-in hash", _below_pages)
        self._patience = patience
        self._counting = threading.Lock()
        self._dummy = passwords.hash_password(
            Secret(secrets.token_urlsafe(_DUMMY_BYTES))
        )
        self.count = 0
        self.checked = 0

    def verify(
        self, password: Secret, password_hash: str | None, *, is_initial: bool = False
    ) -> bool:
        """Whether this is the password; exactly one hash, whatever comes in.

        None is a login that has no say: a dummy hash of the same cost, and False.
        So is a stored value that is no hash, and a text too long to be a password.
        Raises HashingBusyError when no slot is had within two seconds.
        """
        typed = _form(password, is_initial)
        if typed is None or password_hash is None:
            self._verify(b"", self._dummy)
            return False
        return self._verify(typed, password_hash, is_stored=True)

    def hash(self, password: Secret) -> str:
        """Hash an employee's own password; raises HashingBusyError."""
        with self._slot():
            return self._computed(passwords.hash_password, password)

    def rehash(self, password: Secret, *, is_initial: bool) -> str:
        """Hash a password anew that was right; raises HashingBusyError."""
        if not is_initial:
            return self.hash(password)
        with self._slot():
            return self._computed(passwords.hash_initial_password, password)

    def _verify(
        self, typed: bytes, password_hash: str, *, is_stored: bool = False
    ) -> bool:
        with self._slot():
            try:
                is_right = self._computed(_is_right, password_hash, typed)
            except (InvalidHashError, VerificationError):
                # Nothing was computed: what is stored is no hash of ours.
                return self._computed(_is_right, self._dummy, b"")
            with self._counting:
                self.checked += is_stored
            return is_right

    def _computed(self, work: Callable[..., Result], *given: object) -> Result:
        """The outcome of what hashes, out of a thread that lets pages go first."""
        return self._threads.submit(work, *given).result()

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._queue.enter(self._patience):
            raise HashingBusyError(retry_after=_RETRY_AFTER)
        try:
            with self._counting:
                self.count += 1
            yield
        finally:
            self._queue.leave()


def _below_pages() -> None:
    # Whoever asks for a page waits for no hash, and whoever waits for a hash for no
    # run's, which have 10. Elsewhere than on Linux all threads have one priority.
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _PRIORITY)


def _is_right(password_hash: str, typed: bytes) -> bool:
    try:
        return _VERIFIER.verify(password_hash, typed)
    except VerifyMismatchError:
        return False


def _form(password: Secret, is_initial: bool) -> bytes | None:
    """The bytes that are hashed, or None for what can't be a password."""
    if len(password.reveal()) > LONGEST:
        return None
    form = (
        passwords.canonical_initial_form(password)
        if is_initial
        else passwords.canonical_form(password)
    )
    typed = form.reveal().encode(errors="surrogatepass")
    return typed if len(typed) <= LONGEST else None
