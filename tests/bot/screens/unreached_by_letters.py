"""The notices about letters that did not arrive."""

from bot.letters import unreached
from bot.letters.unreached import Unreached
from domain.logins.recipients import Person


def _people(text, *codes):
    return tuple(
        (Person(number, text, f"{number:05}", "Utrecht"), code)
        for number, code in enumerate(codes, start=104)
    )


_EVERY_REASON = (
    "recipient_refused_550",
    "address_unusable",
    "smtputf8_missing",
    "letter_refused_554",
    "connection_refused",
)

MESSAGES = {
    "unreached-one": lambda t, text: unreached.build(
        Unreached(_people(text, "recipient_refused_550"), 0, 0), t
    ),
    "unreached-many": lambda t, text: unreached.build(
        Unreached(_people(text, *(_EVERY_REASON * 4)), 1200, 3), t
    ),
    "unreached-unknown": lambda t, _text: unreached.build(Unreached((), 1, 1), t),
}
