"""One login: *Werknemerslogin*."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    InputBlock,
    Option,
)
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, facts, header, modal, paragraph, plain
from bot.branches import place as places
from bot.branches.place import Place
from bot.confirming import are_you_sure
from bot.locale import Translator, msgid
from bot.logins import sending, states
from bot.logins.sending import Sending
from bot.text import on_one_line
from domain.logins.listing import LoginDetails
from domain.logins.model import LoginId, LoginState, PasswordKind, SecondFactor

CALLBACK_ID: Final = "logins.save"
ACTIVE: Final = "logins.active"
SHOW_NEW_PASSWORD: Final = "logins.show_new_password"  # noqa: S105 (an action id)
REMOVE_SECOND_FACTOR: Final = "logins.remove_second_factor"
UNLINK_SLACK: Final = "logins.unlink_slack"
SHOW_TIMELINE: Final = "logins.show_timeline"

_FACTORS: Final = {
    SecondFactor.MAIL: msgid("code by e-mail"),
    SecondFactor.APP: msgid("authenticator app"),
}


@dataclass(frozen=True)
class LoginScreen:
    """A login and the branch screen from which it was opened.

    `news` says what was just done; `slack_name` is how Slack shows who is linked;
    `sending` is what may be sent by e-mail, None for nothing of it.
    """

    login: LoginDetails
    place: Place
    now: datetime
    news: str = ""
    slack_name: str | None = None
    sending: Sending | None = None


@dataclass(frozen=True)
class Saved:
    """What *Opslaan* asks for."""

    login_id: LoginId
    active: bool
    expected_version: int
    place: Place


def build(data: LoginScreen, t: Translator) -> View:
    """What is known of the login, its tick, and what one may do with it."""
    login = data.login
    return modal(
        t("Employee login"),
        [
            header(on_one_line(login.name, limit=100)),
            *([paragraph(data.news)] if data.news else []),
            _facts(data, t),
            _tick(login, t),
            *(sending.blocks(data.sending, t) if data.sending else []),
            _buttons(data, t),
        ],
        close=t("Back"),
        submit=t("Save"),
        callback_id=CALLBACK_ID,
        ids=data.place.remembered(
            login=login.login_id, version=login.credential_version
        ),
    )


def parse(body: payload.Body) -> Saved:
    """The login and whether it is ticked."""
    ids = payload.remembered(body)
    values = payload.values(body)
    ticks = [values.get(_tick_block(was_active=each), {}) for each in (True, False)]
    return Saved(
        login_id=login_of(body),
        active=any(tick.get(ACTIVE, {}).get("selected_options") for tick in ticks),
        expected_version=payload.whole_number(ids.get("version")),
        place=places.read(body),
    )


def saved(login: LoginDetails, t: Translator) -> str:
    """How the login stands after *Opslaan*, for the screen below."""
    name, state = on_one_line(login.name), states.words(login.state, t)
    return t("Saved. {name}: {state}.", name=name, state=state)


def removed(login: LoginDetails, t: Translator, *, did: bool) -> str:
    """What became of *Verwijder tweede factor*; `did` is False for who came second."""
    if not did:
        return t("There was nothing to do: the second factor was removed already.")
    told = t("Second factor removed. The employee gets a letter about it.")
    if not login.second_factor_required:
        return told
    return " ".join(
        [told, t("The branch requires one: signing in now takes a code by e-mail.")]
    )


def unlinked(t: Translator, *, did: bool) -> str:
    """What became of *Ontkoppel Slack*; `did` is False for who came second."""
    if not did:
        return t("There was nothing to do: no Slack account is linked.")
    return t(
        "Slack account unlinked. Whoever asks for help there is asked for an "
        "employee number again."
    )


def login_of(body: payload.Body) -> LoginId:
    """The login that the view shows."""
    return LoginId(payload.whole_number(payload.remembered(body).get("login")))


def _facts(data: LoginScreen, t: Translator) -> Block:
    login = data.login
    last, factor = login.last_sign_in_at, _FACTORS.get(login.second_factor)
    return facts(
        [
            (t("Employee number"), on_one_line(login.number)),
            (t("Branch"), on_one_line(login.branch_name)),
            (t("User name"), on_one_line(login.user_name, limit=254)),
            (t("State"), states.words(login.state, t)),
            (t("Number of logins"), t.number(login.sign_in_count)),
            (t("Last sign-in"), t.instant(last) if last else t("never")),
            (t("Password"), _password(data, t)),
            *([(t("Second factor"), t(factor))] if factor else []),
            *_slack(data, t),
        ]
    )


def _slack(data: LoginScreen, t: Translator) -> list[tuple[str, str]]:
    if data.slack_name is None:
        return []
    return [(t("Linked in Slack to"), on_one_line(data.slack_name))]


def _password(data: LoginScreen, t: Translator) -> str:
    login = data.login
    if login.password_kind is PasswordKind.NONE:
        is_invited = data.sending is not None and data.sending.last is not None
        return t("not chosen yet") if is_invited else t("none handed out yet")
    if login.password_kind is PasswordKind.OWN:
        return t("chosen by the employee")
    expires_at = login.initial_password_expires_at
    if expires_at is None or expires_at <= data.now:
        return t("initial, expired")
    return t("initial, valid until {instant}", instant=t.instant(expires_at))


def _tick(login: LoginDetails, t: Translator) -> Block:
    option = Option(value="active", text=plain(t("Active")))
    is_active = login.state is LoginState.ACTIVE
    boxes = CheckboxesElement(
        action_id=ACTIVE,
        options=[option],
        initial_options=[option] if is_active else None,
    )
    # A box without a tick is an answer too, which Slack allows only when optional.
    return InputBlock(
        block_id=_tick_block(was_active=is_active),
        label=plain(t("May sign in")),
        element=boxes,
        optional=True,
    )


def _tick_block(*, was_active: bool) -> str:
    """Another one for another state: Slack would keep a tick that is true no more."""
    return "active" if was_active else "inactive"


def _buttons(data: LoginScreen, t: Translator) -> Block:
    login = data.login
    sure = are_you_sure(
        t("Show new password"),
        t(
            "The password that this employee has now will no longer work. The "
            "new one is shown once."
        ),
        t("Show"),
        t,
    )
    return buttons(
        [
            button(SHOW_NEW_PASSWORD, t("Show new password"), confirm=sure),
            *([_remove_factor(t)] if login.second_factor in _FACTORS else []),
            *([_unlink_slack(t)] if data.slack_name is not None else []),
            button(SHOW_TIMELINE, t("Timeline")),
        ],
        "login",
    )


def _unlink_slack(t: Translator) -> ButtonElement:
    sure = are_you_sure(
        t("Unlink Slack"),
        t(
            "This person in Slack will no longer see how the login stands, and has "
            "to type an employee number to ask for help."
        ),
        t("Unlink"),
        t,
    )
    return button(UNLINK_SLACK, t("Unlink Slack"), confirm=sure)


def _remove_factor(t: Translator) -> ButtonElement:
    sure = are_you_sure(
        t("Remove second factor"),
        t(
            "For somebody who lost the phone: the app and the codes on paper will "
            "no longer work, and the employee gets a letter. Be sure that it is "
            "the employee who asks."
        ),
        t("Remove"),
        t,
        danger=True,
    )
    return button(REMOVE_SECOND_FACTOR, t("Remove second factor"), confirm=sure)
