"""Role and branch are looked at when somebody presses."""

from datetime import timedelta

import pytest

from domain.actor import AccountType
from domain.administrators import Administrator
from domain.logins import leaving
from domain.logins.model import LoginState
from domain.sign_in.model import LockoutEnd
from tests.scenarios.lockouts.people import (
    ACTIVATE,
    AND_RESET,
    CHANNEL,
    LEAVE,
    LOCKED,
    is_locked_out,
    lockouts,
)

pytestmark = pytest.mark.usefixtures("worker", "channel")
NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."


@pytest.fixture
def alert(company, desk, piet):
    is_locked_out(desk)
    company.hanna.sees(LOCKED, in_channel=CHANNEL)
    return piet


@pytest.mark.parametrize("name", ["hanna", "bram", "ursula"])
def test_every_account_type_of_the_branch_may_activate(company, alert, name):
    company.slack.person(name).presses(ACTIVATE, in_channel=CHANNEL)
    company.hanna.sees(f"Geactiveerd door @{name}", in_channel=CHANNEL)


@pytest.mark.parametrize("label", [ACTIVATE, AND_RESET, LEAVE])
def test_who_was_moved_to_another_branch_presses_in_vain(company, alert, label):
    company.appoint(company.bram, AccountType.BRANCH_MANAGER, company.cards.rotterdam)
    company.bram.presses(label, in_channel=CHANNEL, confirming=label == AND_RESET)
    company.bram.sees(NOT_THERE)
    assert company.cards.login(alert).state is LoginState.LOCKED
    assert lockouts(company)[0].end is None


@pytest.mark.parametrize("label", [ACTIVATE, AND_RESET, LEAVE])
def test_who_administers_nothing_presses_in_vain(company, alert, label):
    company.slack.join(CHANNEL, "mo")
    company.mo.presses(label, in_channel=CHANNEL, confirming=label == AND_RESET)
    company.mo.sees("U beheert geen logins in Sleutelbos.")
    assert company.cards.login(alert).state is LoginState.LOCKED


def test_who_was_dismissed_presses_in_vain(company, alert):
    identity = company.identity(company.ursula)
    with company.office.database.transaction() as session:
        found = session.query(Administrator).filter_by(user_id=identity.user_id).one()
        found.dismissed_at = company.office.clock()
    company.ursula.presses(ACTIVATE, in_channel=CHANNEL)
    company.ursula.sees("U beheert geen logins in Sleutelbos.")
    assert company.cards.login(alert).state is LoginState.LOCKED


@pytest.mark.parametrize("value", ["0", "999", "x", "-1", "9" * 30, "1; DROP TABLE"])
def test_forged_ids_read_as_not_found(company, alert, value):
    sight = company.bram.sees(LOCKED, in_channel=CHANNEL)
    for block in sight.surface.blocks:
        for element in block.get("elements", []):
            if "action_id" in element:
                element["value"] = value
    company.bram.presses(ACTIVATE, in_channel=CHANNEL)
    company.bram.sees(NOT_THERE)
    assert company.cards.login(alert).state is LoginState.LOCKED


def test_an_employee_who_left_is_not_let_in_from_the_alert(company, desk, alert, now):
    desk.change_card(alert, end_on=(now - timedelta(days=1)).date())
    company.bram.presses(ACTIVATE, in_channel=CHANNEL)
    company.bram.sees("Het dienstverband van deze medewerker is afgelopen.")
    assert company.cards.login(alert).state is LoginState.LOCKED
    assert lockouts(company)[0].end is None


def test_the_night_closes_the_login_of_who_left_and_the_alert_says_so(
    company, desk, alert, now
):
    desk.change_card(alert, end_on=(now - timedelta(days=1)).date())
    with company.office.database.transaction() as session:
        leaving.close_leavers(session, now=company.office.clock())
    company.hanna.sees("Gesloten op 20 november 2026", in_channel=CHANNEL)
    assert lockouts(company)[0].end is LockoutEnd.CLOSED
    company.hanna.sees(
        "Eén werknemerslogin van Utrecht is gesloten", in_channel=CHANNEL
    )
