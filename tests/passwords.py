"""Whether a password is the one that a hash was made of."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from domain.logins.passwords import canonical_initial_form
from domain.secret import Secret


def matches(password_hash: str, password: Secret) -> bool:
    try:
        return PasswordHasher().verify(password_hash, password.reveal())
    except VerifyMismatchError:
        return False


def opens_with(password_hash: str, typed: Secret) -> bool:
    """The same for an initial password as it stands on paper."""
    return matches(password_hash, canonical_initial_form(typed))
