"""A password in a message is noticed; words about passwords are not taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.help.pasted_password import seems_to_hold_a_password
from domain.logins.passwords import new_initial_password

HOLDING = (
    "kq7m-2v9x-abcd-ef3g",
    "kq7m 2v9x abcd ef3g",
    "KQ7M-2V9X-ABCD-EF3G",
    "kq7m2v9xabcdef3g",
    "ik log in met kq7m-2v9x-abcd-ef3g maar het lukt niet",
    "Zomer2026!",
    "Welkom01",
    "welkom2026",
    "mijn wachtwoord is Zomer2026! en dat werkt niet",
    "wachtwoord: geheim",
    "wachtwoord = geheimpje",
    "ww: 1234",
    "wachtwoord is 123456",
    "password: hunter2",
    "my password is hunter2 and it fails",
    "my password is Sunflower",
    "Mijn wachtwoord is Zonnebloem",
    'wachtwoord "zonnebloem" werkt niet',
    "wachtwoord zonnebloem7 doet het niet",
    "ik probeer P@ssw0rd maar kom er niet in",
    "jan@example.nl Geheim#2026",
    "<mailto:jan@example.nl|jan@example.nl> W&amp;lkom2026",
    "correct_horse_battery",
    "pw hunter22!",
    "`Zomer2026!`",
    "wachtwoord:Zomer2026!",
)
NOT_HOLDING = (
    "",
    "wachtwoord vergeten",
    "wachtwoord: vergeten",
    "wachtwoord?",
    "wachtwoord is verlopen",
    "mijn wachtwoord is geblokkeerd!",
    "my password is wrong",
    "my password is EXPIRED",
    "password reset",
    "password: how do I change it",
    "mijn wachtwoord is niet goed meer",
    "wachtwoord werkt niet",
    "is mijn wachtwoord al veranderd?",
    "ik kan niet inloggen",
    "jan@example.nl",
    "<mailto:jan@example.nl|jan@example.nl>",
    "https://example.nl/Pad2026!",
    "00104",
    "A-00104",
    "P00104567",
    "06-12345678",
    "+31 6 12345678",
    "22-11-2026",
    "22/11/2026 18:35",
    "24/7-bereikbaarheid",
    "mijn iPhone14 is kapot",
    "Office365 werkt niet",
    "dat was in 2026!",
    "COVID-19",
    "gefeliciteerd!!!!!",
    "doe-het-zelf-winkel",
    "arbeidsongeschiktheidsverzekering",
    "Wat?!?!?!?!",
    "<@U0BOT> hallo",
    ":white_check_mark:",
    ":tada: :100:",
    "wachtwoord 👍",
    "Utrecht-Overvecht",
)


@pytest.mark.parametrize("message", HOLDING)
def test_a_password_in_a_message_is_noticed(message):
    assert seems_to_hold_a_password(message)


@pytest.mark.parametrize("message", NOT_HOLDING)
def test_what_is_no_password_is_not_taken_for_one(message):
    assert not seems_to_hold_a_password(message)


def test_every_initial_password_is_noticed():
    for _ in range(200):
        password = new_initial_password().reveal()
        assert seems_to_hold_a_password(password)
        assert seems_to_hold_a_password(f"dit is hem: {password}.")


@given(st.text())
def test_any_text_is_read(message):
    assert seems_to_hold_a_password(message) in (True, False)
