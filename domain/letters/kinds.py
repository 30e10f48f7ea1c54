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
    # Of a changed address: to the new one, and to the one it replaced.
    ADDRESS_ADDED = "address_added"
    ADDRESS_REPLACED = "address_replaced"
    # To administrators: the code for an act in Slack, and how they get codes.
    STEP_UP_CODE = "step_up_code"
    STEP_UP_SET = "step_up_set"
    # In the words of a template; the second hands out nothing.
    ACCESS = "access"
    TEMPLATE_TEST = "template_test"


FROM_TEMPLATES: Final = frozenset({LetterKind.ACCESS, LetterKind.TEMPLATE_TEST})


@dataclass(frozen=True)
class Contents:
    """What a kind of letter is made of.

    `life` is how long it is worth sending; `required` and `optional` name the
    values that its wording has, `one_of` those of which it has exactly one.
    """

    life: timedelta = NOTICE_LIFE
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()

    def are_made_of(self, given: frozenset[str]) -> bool:
        """Whether a letter has all the values that it needs, and no others."""
        known = self.required | self.optional | self.one_of
        has_one = not self.one_of or len(given & self.one_of) == 1
        return self.required <= given <= known and has_one


_OF_TEMPLATES: Final = Contents(
    # `valid_until` is an instant (ISO 8601), until when the link or password works.
    required=frozenset({"first_name", "name", "branch", "user_name", "valid_until"}),
    one_of=frozenset({"token", "password"}),
)

# `asked_in` is "slack", and left out where somebody asked on the sign-in page.
_ASKED_FOR: Final = frozenset({"asked_in"})

CONTENTS: Final[Mapping[LetterKind, Contents]] = {
    LetterKind.CODE: Contents(CODE_LIFE, frozenset({"code"})),
    LetterKind.RECOVERY_LINK: Contents(
        LINK_LIFE, required=frozenset({"token"}), optional=_ASKED_FOR
    ),
    LetterKind.RECOVERY_LOCKED: Contents(optional=_ASKED_FOR),
    LetterKind.RECOVERY_INACTIVE: Contents(optional=_ASKED_FOR),
    LetterKind.LOCKED_OUT: Contents(),
    LetterKind.WRONG_CODES: Contents(),
    LetterKind.PASSWORD_CHANGED: Contents(),
    LetterKind.FACTOR_SET: Contents(
        required=frozenset({"factor"}), optional=frozenset({"by"})
    ),
    LetterKind.FACTOR_REMOVED: Contents(optional=frozenset({"by"})),
    LetterKind.SLACK_LINKED: Contents(optional=frozenset({"by"})),
    LetterKind.SIGNED_OUT_EVERYWHERE: Contents(),
    LetterKind.ADDRESS_ADDED: Contents(),
    # `new_address` is masked: whoever reads the old mailbox may be anybody by now.
    LetterKind.ADDRESS_REPLACED: Contents(required=frozenset({"new_address", "token"})),
    LetterKind.STEP_UP_CODE: Contents(CODE_LIFE, frozenset({"code"})),
    # `way` is "mail", "app" or "off"; `by` says that a lost key was the reason.
    LetterKind.STEP_UP_SET: Contents(
        required=frozenset({"way"}), optional=frozenset({"by"})
    ),
    LetterKind.ACCESS: _OF_TEMPLATES,
    LetterKind.TEMPLATE_TEST: _OF_TEMPLATES,
}
