"""Ids of rows as they come back from outside: digits, or nothing that is there."""

from typing import Final

from domain.errors import NotFoundError

# What a PostgreSQL integer surely holds.
_DIGITS_AT_MOST: Final = 9


def row_id(text: str, *, kind: str = "id") -> int:
    """The id that this text is.

    Raises NotFoundError for any other text, as for an id that no row has.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS_AT_MOST):
        raise NotFoundError(kind=kind)
    return int(text)
