"""What passwords look like on a screen, and whether a hash was made of one."""

import re

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from domain.logins.passwords import canonical_initial_form
from domain.secret import Secret

# What opens a workbook: six groups of four.
OPENING_PASSWORD = re.compile(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){5}\b")


def matches(password_hash: str, password: Secret) -> bool:
    try:
        return PasswordHasher().verify(password_hash, password.reveal())
    except VerifyMismatchError:
        return False


def opens_with(password_hash: str, typed: Secret) -> bool:
    """The same for an initial password as it stands on paper."""
    return matches(password_hash, canonical_initial_form(typed))
