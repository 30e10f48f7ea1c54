"""What the services of signing in are handed by whoever composes them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from domain.secret import Keyring
from domain.sign_in.hashing_slots import HashingSlots

Transaction = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class SignInTools:
    """The database's transaction itself, because a hash runs between two of them.

    `pauses=False` leaves out the growing pause per login; everything else stays.
    """

    transaction: Transaction
    keyring: Keyring
    hashing: HashingSlots
    pauses: bool = True
    company: str = ""
