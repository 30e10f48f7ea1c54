"""What is said on the next page, after something was done."""

from typing import Final

from flask import get_flashed_messages
from flask_babel import gettext

from portal.locale import msgid

# The browser carries the code from page to page; the words are ours.
SIGN_IN_ANEW: Final = "sign_in_anew"
CODE_SENT: Final = "code_sent"
RECOVERY_CODE_USED: Final = "recovery_code_used"
PASSWORD_CHOSEN: Final = "password_chosen"  # noqa: S105 (the name of a notice)
PASSWORD_CHANGED: Final = "password_changed"  # noqa: S105 (the name of a notice)
PASSWORD_RECOVERED: Final = "password_recovered"  # noqa: S105 (the name of a notice)
MAIL_ON: Final = "mail_on"
FACTOR_OFF: Final = "factor_off"
FACTOR_KEPT: Final = "factor_kept"
FACTOR_REQUIRED: Final = "factor_required"
SIGNED_OUT_ELSEWHERE: Final = "signed_out_elsewhere"
APP_BEGUN_TOO_LONG_AGO: Final = "app_begun_too_long_ago"
WORDING: Final[dict[str, str]] = {
    SIGN_IN_ANEW: msgid(
        "This sign-in is over: the code was wrong too often, or it took too long. "
        "Please sign in again; you then get a new code."
    ),
    CODE_SENT: msgid("A new code is on its way. The one before no longer works."),
    RECOVERY_CODE_USED: msgid(
        "You used a recovery code. On the page Security you see how many are left."
    ),
    PASSWORD_CHOSEN: msgid("Your password is saved. Welcome!"),
    PASSWORD_CHANGED: msgid(
        "Your password is changed. On other phones and computers you are signed out."
    ),
    PASSWORD_RECOVERED: msgid("Your new password is saved. Sign in with it now."),
    MAIL_ON: msgid(
        "From now on you get a code by e-mail when you sign in with your password."
    ),
    FACTOR_OFF: msgid("From now on you sign in with your password alone."),
    FACTOR_KEPT: msgid(
        "The app is off. Your branch asks for a second step, so you get a code by "
        "e-mail from now on."
    ),
    FACTOR_REQUIRED: msgid(
        "Your branch asks for a second step, so you cannot do without a code."
    ),
    SIGNED_OUT_ELSEWHERE: msgid(
        "On all other phones and computers you are signed out."
    ),
    APP_BEGUN_TOO_LONG_AGO: msgid(
        "Setting up the app took too long. Begin again with a new QR code."
    ),
}


def due() -> list[str]:
    """What is to be said on this page, in its language; each is said once.

    A code that an older version left with the browser says nothing.
    """
    codes = (code for code in get_flashed_messages() if code in WORDING)
    return [str(gettext(WORDING[code])) for code in codes]
