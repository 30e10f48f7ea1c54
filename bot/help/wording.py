"""What the bot answers to somebody who can't sign in."""

from datetime import datetime

from bot.locale import Translator
from bot.text import on_one_line
from domain.masking import masked
from domain.sign_in.slack_help import Help


def what_i_do(t: Translator) -> str:
    """To anything that does not ask for help."""
    return t(
        "I help when you can't sign in. Have you forgotten your password, or does "
        'signing in not work? Press the button, or write "forgot password".'
    )


def of(found: Help, t: Translator) -> str:
    """To somebody whom we know in Slack."""
    if found.address is not None:
        return on_its_way(found.address, t)
    if found.again_at is not None:
        return later(found.again_at, t)
    return no_login(t)


def on_its_way(address: str, t: Translator) -> str:
    """True of every letter, so that it tells nothing of the login's state."""
    return t(
        "An e-mail is on its way to {address}. It says how to go on; a link in it "
        "works once, for half an hour. Is that not your address any more? Then ask "
        "your administrator to change it on your record card.",
        address=on_one_line(masked(address)),
    )


def later(at: datetime, t: Translator) -> str:
    """The letters of an hour or of a day are used up."""
    return t(
        "You have been sent several e-mails already. Look for the latest one, among "
        "unwanted mail too. You can ask for another on {instant} or later.",
        instant=t.instant(at),
    )


def no_login(t: Translator) -> str:
    """To somebody whose record card has nothing to sign in with."""
    return t("You have no login yet. Ask your administrator for one.")


def number_wanted(t: Translator) -> str:
    """To somebody whom we don't know in Slack."""
    return t(
        "I can help, but I don't know yet which employee you are. Press the button "
        "and type your employee number."
    )


def asked(t: Translator) -> list[str]:
    """The same for every number, right or wrong."""
    return [
        t(
            "If this employee number is known, an e-mail is on its way to the address "
            "on its record card. It says how to go on."
        ),
        t(
            "Nothing after ten minutes? Look among unwanted mail, check the number, or "
            "ask your administrator which address is on your record card."
        ),
    ]


def password_seen(t: Translator) -> str:
    """To a message that seems to hold a password; it is not repeated."""
    return t(
        "That looks like a password. If it is one: delete that message, and never send "
        "a password to anybody. We never ask for it. Then choose a new one, with the "
        "button."
    )
