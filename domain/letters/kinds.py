"""The letters there are: what each needs, and for how long it makes sense."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

CODE_LIFE: Final = timedelta(minutes=10)
LINK_LIFE: Final = timedelta(minutes=30)
# As long as anybody tries: a mail server may be away for a weekend.
NOTICE_LIFE: Final = timedelta(hours=48)


class LetterKind(StrEnum):
    """Why somebody gets a letter."""

    CODE = "code"
    RECOVERY_LINK = "recovery_link"
    RECOVERY_LOCKED = "recovery_locked"
    RECOVERY_INACTIVE = "recovery_inactive"
    LOCKED_OUT = "locked_out"
    WRONG_CODES = "wrong_codes"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (no password)
    FACTOR_SET = "factor_set"
    FACTOR_REMOVED = "factor_removed"
    SLACK_LINKED = "slack_linked"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"


@dataclass(frozen=True)
class Contents:
    """What a kind of letter is made of.

    `life` is how long it is worth sending; `required` and `optional` name the
    values that its wording has.
    """

    life: timedelta = NOTICE_LIFE
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


CONTENTS: Final[Mapping[LetterKind, Contents]] = {
    LetterKind.CODE: Contents(CODE_LIFE, frozenset({"code"})),
    LetterKind.RECOVERY_LINK: Contents(LINK_LIFE, frozenset({"token"})),
    LetterKind.RECOVERY_LOCKED: Contents(),
    LetterKind.RECOVERY_INACTIVE: Contents(),
    LetterKind.LOCKED_OUT: Contents(),
    LetterKind.WRONG_CODES: Contents(),
    LetterKind.PASSWORD_CHANGED: Contents(),
    LetterKind.FACTOR_SET: Contents(
        required=frozenset({"factor"}), optional=frozenset({"by"})
    ),
    LetterKind.FACTOR_REMOVED: Contents(optional=frozenset({"by"})),
    LetterKind.SLACK_LINKED: Contents(),
    LetterKind.SIGNED_OUT_EVERYWHERE: Contents(),
}
