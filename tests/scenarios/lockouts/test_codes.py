"""*Activeer en reset wachtwoord* takes a code before anything is activated."""

import pytest

from domain.logins.model import LoginState
from tests.domain.step_up.giving import Codes
from tests.scenarios.lockouts.people import (
    AND_RESET,
    CHANNEL,
    LOCKED,
    is_locked_out,
)

pytestmark = pytest.mark.usefixtures("worker", "channel")


def test_a_code_comes_before_the_login_is_activated(
    company, desk, piet, keyring, clock
):
    codes = Codes(company.cards, keyring, clock)
    app = codes.has_app(company.cards.ursula)
    is_locked_out(desk)
    ursula = company.ursula
    ursula.sees(LOCKED, in_channel=CHANNEL)
    ursula.presses(AND_RESET, in_channel=CHANNEL, confirming=True)
    ursula.sees("Typ de zes cijfers die uw authenticator-app nu toont.")
    assert company.cards.login(piet).state is LoginState.LOCKED
    ursula.fills("Code", app.at(clock()))
    ursula.submits()
    ursula.sees("Bevestigd tot")
    ursula.closes()
    assert company.cards.login(piet).state is LoginState.LOCKED
    ursula.presses(AND_RESET, in_channel=CHANNEL, confirming=True)
    ursula.sees("Nieuw wachtwoord van Piet Pietersen:")
    ursula.closes()
    company.hanna.sees("met een nieuw wachtwoord.", in_channel=CHANNEL)
    assert company.cards.login(piet).state is LoginState.ACTIVE
