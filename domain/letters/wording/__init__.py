"""What each kind of letter says: what happened, what to do, who can help."""

from collections.abc import Callable, Mapping
from typing import Final

from domain.letters.kinds import LetterKind
from domain.letters.queueing import QueuedLetter
from domain.letters.translator import Translator
from domain.letters.wording import changes, signing_in, step_up
from domain.letters.wording.words import Letterhead, Words

_Writing = Callable[[QueuedLetter, Letterhead, Translator], Words]
_WRITING: Final[Mapping[LetterKind, _Writing]] = {
    LetterKind.CODE: signing_in.code,
    LetterKind.RECOVERY_LINK: signing_in.recovery_link,
    LetterKind.RECOVERY_LOCKED: signing_in.recovery_locked,
    LetterKind.RECOVERY_INACTIVE: signing_in.recovery_inactive,
    LetterKind.LOCKED_OUT: signing_in.locked_out,
    LetterKind.WRONG_CODES: signing_in.wrong_codes,
    LetterKind.PASSWORD_CHANGED: changes.password_changed,
    LetterKind.FACTOR_SET: changes.factor_set,
    LetterKind.FACTOR_REMOVED: changes.factor_removed,
    LetterKind.SLACK_LINKED: changes.slack_linked,
    LetterKind.SIGNED_OUT_EVERYWHERE: changes.signed_out,
    LetterKind.ADDRESS_ADDED: changes.address_added,
    LetterKind.ADDRESS_REPLACED: changes.address_replaced,
    LetterKind.STEP_UP_CODE: step_up.code,
    LetterKind.STEP_UP_SET: step_up.way_set,
}


def words_of(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """What the letter says; only a code or a button holds a secret."""
    return _WRITING[letter.kind](letter, head, t)
