"""What the text after a command asks for."""

import pytest

from bot.commands import NotUnderstood, OpenLogins, OpenMenu, parse


@pytest.mark.parametrize("text", ["", "   ", "\t"])
def test_nothing_opens_the_menu(text):
    assert parse(text) == OpenMenu()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("logins", ""),
        ("logins utrecht", "utrecht"),
        ("  LOGINS   Den   Haag ", "Den Haag"),
        ("werknemerslogins utrecht", "utrecht"),
    ],
)
def test_logins_opens_the_logins_of_a_branch(text, part):
    assert parse(text) == OpenLogins(part)


@pytest.mark.parametrize(
    "text", ["logns utrecht", "lgoins", "loggins", "Werknemerlogins"]
)
def test_a_slip_of_the_finger_is_recognised(text):
    assert parse(text) == NotUnderstood(text, is_near=True)


@pytest.mark.parametrize("text", ["utrecht", "help", "00104", "<!channel>"])
def test_something_else_is_not_understood(text):
    assert parse(text) == NotUnderstood(text, is_near=False)
