"""A company that works in English, and somebody who chose it for herself."""

import pytest

from tests.scenarios.lockouts.people import CHANNEL, is_locked_out

pytestmark = pytest.mark.usefixtures("worker", "channel")


@pytest.fixture
def language():
    return "en"


def test_the_alert_and_its_answers_are_in_english(company, desk, piet):
    is_locked_out(desk)
    told = company.bram.sees(
        "Employee login locked: Piet Pietersen", in_channel=CHANNEL
    ).text
    assert "10 attempts with a wrong password, from 1 network address." in told
    assert "It looks like one person: one user name, from one place" in told
    company.bram.presses("Activate login", in_channel=CHANNEL)
    company.hanna.sees("Activated by @bram on 20 November 2026", in_channel=CHANNEL)


def test_a_new_password_is_shown_in_english(company, desk, piet):
    is_locked_out(desk)
    label = "Activate and reset password"
    company.ursula.presses(label, in_channel=CHANNEL, confirming=True)
    company.ursula.sees("New password of Piet Pietersen:")
    company.hanna.sees("with a new password.", in_channel=CHANNEL)


def test_who_comes_late_is_told_so_in_english(company, desk, piet):
    is_locked_out(desk)
    company.bram.presses("Do not activate", in_channel=CHANNEL, times=2)
    company.bram.sees("bram was first, and decided on 20 November 2026")
    company.hanna.sees("Not activated: @bram decided so", in_channel=CHANNEL)


def test_the_timeline_tells_of_it_in_english(company, desk, piet):
    is_locked_out(desk)
    company.bram.presses("Do not activate", in_channel=CHANNEL)
    company.hanna.sees("Not activated: @bram decided so", in_channel=CHANNEL)
    company.hanna.presses("Open", in_channel=CHANNEL)
    company.hanna.presses("Timeline")
    company.hanna.sees("Too many wrong passwords were tried. This login was locked.")
    company.hanna.sees("bram decided to leave this login locked.")
