"""What was refused on a page that can be tried again, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from domain.sign_in.mail_codes import SendOutcome
from domain.sign_in.password_rules import Judgement
from domain.sign_in.second_step import CodeKind, CodeOutcome
from domain.sign_in.sign_in import OutcomeKind, SignInOutcome
from portal.forms import NewPasswordForm
from portal.locale import rounded_up, waiting_time
from portal.password_advice import ADVICE, STRENGTHS, WEAKNESSES

_FORBIDDEN: Final = 403
_TOO_MANY_REQUESTS: Final = 429


@dataclass(frozen=True)
class Refusal:
    """The heading and sentences over a form, and the status of the answer."""

    heading: str
    texts: Sequence[str]
    status: int = _FORBIDDEN
    wait: timedelta | None = None

    def on(self, response: Response) -> Response:
        """Tell programs too when it is worth trying again."""
        if self.wait is not None:
            response.headers["Retry-After"] = str(
                int(rounded_up(self.wait).total_seconds())
            )
        return response


@dataclass(frozen=True)
class Weak:
    """What a refused password is told: how strong it was, and what helps."""

    score: int
    strength: str
    advice: Sequence[str]


def of_password(outcome: SignInOutcome) -> Refusal:
    """Of a user name with a password; unknown, wrong and locked read the same."""
    if outcome.kind is OutcomeKind.PAUSED:
        return paused(outcome.retry_after)
    if outcome.kind is OutcomeKind.INACTIVE:
        return Refusal(
            gettext("Your login is not active"),
            [
                gettext(
                    "Ask the administrator of your branch to activate it. Then sign "
                    "in again."
                )
            ],
        )
    if outcome.kind is OutcomeKind.EXPIRED:
        return Refusal(
            gettext("This first password has expired"),
            [
                gettext(
                    "Choose Forgotten password to get a link by e-mail, or ask the "
                    "administrator of your branch for a new password."
                )
            ],
        )
    return Refusal(
        gettext("Signing in did not work"),
        [
            gettext("User name and password do not belong together."),
            gettext(
                "Look whether Caps Lock is on, and try again. Does it not work? "
                "Choose Forgotten password, or ask the administrator of your branch."
            ),
        ],
    )


def of_current_password(outcome: SignInOutcome) -> Refusal:
    """Of somebody who is signed in and gives the password once more."""
    if outcome.kind is OutcomeKind.PAUSED:
        return paused(outcome.retry_after)
    return Refusal(
        gettext("That did not work"),
        [not_current_password()],
    )


def not_current_password() -> str:
    """Said under the field for the password that is used now."""
    return str(gettext("This is not your current password. Try again."))


def paused(retry_after: timedelta | None) -> Refusal:
    """Of whoever has to wait, and for how long."""
    wait = retry_after or timedelta()
    return Refusal(
        gettext("Wait a moment"),
        [
            gettext("There were too many attempts that went wrong."),
            gettext("Please try again in %(time)s.", time=waiting_time(wait)),
        ],
        _TOO_MANY_REQUESTS,
        wait,
    )


def of_code(outcome: CodeOutcome) -> Refusal:
    """Of a code that did not work."""
    if outcome.kind is CodeKind.BLOCKED:
        return paused(outcome.retry_after)
    left = ngettext(
        "You have one try left.", "You have %(num)d tries left.", outcome.tries_left
    )
    return Refusal(
        gettext("That did not work"),
        [gettext("This code is not right, or it does not work any more."), left],
    )


def of_sending(outcome: SendOutcome, *, is_sent: bool) -> Refusal:
    """Of a letter that may not be sent yet; `is_sent`: an earlier code still works."""
    wait = outcome.retry_after or timedelta()
    texts = [gettext("We sent you several codes already.")]
    if is_sent:
        texts.append(gettext("The last one still works."))
    texts.append(
        gettext("You can ask for another in %(time)s.", time=waiting_time(wait))
    )
    return Refusal(gettext("Wait a moment"), texts, _TOO_MANY_REQUESTS, wait)


def of_new_password(form: NewPasswordForm, judgement: Judgement | None) -> Weak | None:
    """Put what is wrong under the field; gives what would help."""
    if judgement is None:
        return None
    form.new.errors = [gettext(WEAKNESSES[problem]) for problem in judgement.problems]
    return Weak(
        judgement.score,
        gettext(STRENGTHS[judgement.score]),
        [gettext(ADVICE[advice]) for advice in judgement.advice],
    )
