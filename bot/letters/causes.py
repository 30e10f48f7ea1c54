"""Why a letter did not go out, in words that follow a colon."""

from typing import Final

from bot.locale import Translator, msgid
from domain.letters.refusals import Cause, cause_of

_WHY: Final = {
    Cause.ADDRESS_REFUSED: msgid("the mail server does not know the address"),
    Cause.ADDRESS_UNUSABLE: msgid("the address can't be used"),
    Cause.ADDRESS_INTERNATIONAL: msgid(
        "your mail server can't send to an address with such letters"
    ),
    Cause.LETTER_REFUSED: msgid("the mail server refuses the letter"),
}
_WHY_NONE_GO_OUT: Final = {
    Cause.SENDER_REFUSED: msgid("it refuses the address that e-mails are sent from"),
    Cause.PASSWORD_REFUSED: msgid("it refuses the password that Sleutelbos has for it"),
    Cause.NO_PASSWORDS: msgid("it takes no password, and Sleutelbos was given one"),
    Cause.NO_ENCRYPTION: msgid("there is no encrypted connection to it"),
    Cause.CERTIFICATE_REFUSED: msgid("it can't prove that it is the right one"),
    Cause.NAME_UNKNOWN: msgid("its name is not known"),
    Cause.UNREACHABLE: msgid("it can't be reached"),
    Cause.TOO_SLOW: msgid("it does not answer in time"),
    Cause.KEY_LOST: msgid("the secret key of Sleutelbos was lost"),
}


def of_one_letter(code: str, t: Translator) -> str | None:
    """Why the mail server will never take this one; None for another reason."""
    words = _WHY.get(cause_of(code))
    return t(words) if words else None


def is_of_the_server(code: str) -> bool:
    """Whether it keeps other letters too, and not this one alone."""
    return cause_of(code) is not Cause.PUT_OFF


def of_the_server(code: str, t: Translator) -> str:
    """Why it takes no letters now."""
    words = _WHY_NONE_GO_OUT.get(cause_of(code))
    return t(words) if words else t("it says that it can't take any now")
