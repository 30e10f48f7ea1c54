"""Passwords: made, brought to one form, hashed; pure, no database."""

import secrets
import unicodedata
from collections.abc import Callable
from typing import Final

from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import InvalidHashError

from domain.secret import Secret

LETTERS: Final = "abcdefghjkmnpqrstuvwxyz"
DIGITS: Final = "23456789"
# Without i, l, o, 0 and 1, which look alike on paper.
ALPHABET: Final = LETTERS + DIGITS
LENGTH: Final = 16
GROUP: Final = 4

Choose = Callable[[str], str]

# OWASP Password Storage Cheat Sheet: the minimum for argon2id.
_MEMORY_KIB: Final = 19 * 1024
_PASSES: Final = 2
_LANES: Final = 1
_HASH_BYTES: Final = 32
_SALT_BYTES: Final = 16
_HASHER: Final = PasswordHasher(
    time_cost=_PASSES,
    memory_cost=_MEMORY_KIB,
    parallelism=_LANES,
    hash_len=_HASH_BYTES,
    salt_len=_SALT_BYTES,
    type=Type.ID,
)

# White space, control characters and whatever Unicode shows as nothing
# (Default_Ignorable_Code_Point, U+2800). Listed, not asked of `unicodedata`: its
# tables change with Python, and the form of a stored password may not.
_INVISIBLE_RANGES: Final = (
    (0x0000, 0x0020),
    (0x007F, 0x00A0),
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x1680, 0x1680),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2000, 0x200F),
    (0x2028, 0x202F),
    (0x205F, 0x206F),
    (0x2800, 0x2800),
    (0x3000, 0x3000),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
_INVISIBLE: Final = "".join(
    chr(code) for first, last in _INVISIBLE_RANGES for code in range(first, last + 1)
)
# Word processors turn a typed hyphen into one of its relatives.
_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_NOT_COMPARED: Final = dict.fromkeys(map(ord, _INVISIBLE + _DASHES))


def new_initial_password(choose: Choose = secrets.choice) -> Secret:
    """A password to hand out: `kq7m-3xwe-...`, a letter first, groups of four.

    16 symbols, the first of 23 and the rest of 31: 78 bits. `choose` picks one
    symbol of a text at random.
    """
    symbols = choose(LETTERS) + "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    groups = (symbols[start : start + GROUP] for start in range(0, LENGTH, GROUP))
    return Secret("-".join(groups))


def canonical_form(password: Secret) -> Secret:
    """The one form of a typed password: NFC, nothing invisible around it.

    Used when a password is set and when it is checked, so that a pasted blank
    (tip 3 of the manual) costs nobody an attempt.
    """
    return Secret(unicodedata.normalize("NFC", password.reveal()).strip(_INVISIBLE))


def canonical_code_form(code: Secret) -> Secret:
    """The form in which codes are read: no blanks, no hyphens, no capitals."""
    text = canonical_form(code).reveal().translate(_NOT_COMPARED).lower()
    return Secret(unicodedata.normalize("NFC", text))


def canonical_initial_form(password: Secret) -> Secret:
    """The form in which initial passwords are compared: of the alphabet, no capitals.

    Whatever else is typed or copied along with it, a full stop or quotes, goes; none
    of it is in the alphabet, so two different initial passwords never become one.
    """
    text = canonical_code_form(password).reveal()
    return Secret("".join(symbol for symbol in text if symbol in ALPHABET))


def hash_password(password: Secret) -> str:
    """Hash the canonical form of an employee's own password (argon2id)."""
    return _hash(canonical_form(password))


def hash_initial_password(password: Secret) -> str:
    """Hash the canonical initial form of a password that we made (argon2id)."""
    return _hash(canonical_initial_form(password))


def _hash(form: Secret) -> str:
    # Half of a surrogate pair is no text, and still what somebody typed.
    return _HASHER.hash(form.reveal().encode(errors="surrogatepass"))


def meets_floor(password_hash: str) -> bool:
    """Whether a stored hash was made with today's parameters or dearer ones."""
    try:
        found = extract_parameters(password_hash)
    except InvalidHashError:
        return False
    return (
        found.type is Type.ID
        and found.memory_cost >= _MEMORY_KIB
        and found.time_cost >= _PASSES
        and found.parallelism >= _LANES
        and found.hash_len >= _HASH_BYTES
        and found.salt_len >= _SALT_BYTES
    )
