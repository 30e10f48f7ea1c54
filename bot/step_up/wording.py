"""What is said of a code that was given."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.locale import Translator, msgid
from domain.sign_in.step_up import Given, GivenKind

_REFUSED: Final[Mapping[GivenKind, str]] = {
    GivenKind.WRONG: msgid("This code is wrong."),
    GivenKind.MALFORMED: msgid("A code has six digits."),
    GivenKind.USED: msgid(
        "This code was used already. Wait until your app shows the next one."
    ),
    GivenKind.NONE_WAITING: msgid("This code is no longer valid. Press Send again."),
}


def refused(given: Given, t: Translator) -> str:
    """Why it is not taken, for under the entry."""
    if given.kind is GivenKind.WRONG and given.left:
        return t.plural(
            "This code is wrong. You can try one more time.",
            "This code is wrong. You can try {count} more times.",
            given.left,
        )
    return t(_REFUSED[given.kind])


def confirmed(until: datetime, t: Translator) -> str:
    """That it was right, and what is to be done now."""
    return t(
        "Confirmed until {time}. Close this window and press the button once more.",
        time=t.time(until),
    )
