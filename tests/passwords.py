"""Whether a password is the one that a hash was made of."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from domain.secret import Secret


def matches(password_hash: str, password: Secret) -> bool:
    try:
        return PasswordHasher().verify(password_hash, password.reveal())
    except VerifyMismatchError:
        return False
