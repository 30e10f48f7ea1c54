"""One login is locked: the alert, its three buttons, and who comes late."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from domain.audit import AuditAct
from domain.letters.queueing import KIND
from domain.logins.model import LoginState, PasswordKind
from domain.outbox import OutboxMessage
from domain.sign_in.model import LockoutEnd
from domain.sign_in.sign_in import OutcomeKind
from tests.bot.in_slack import eventually
from tests.scenarios.lockouts.people import (
    ACTIVATE,
    AND_RESET,
    CHANNEL,
    LEAVE,
    LOCKED,
    SHOWN_PASSWORD,
    is_locked_out,
    lockouts,
    posts,
)

pytestmark = pytest.mark.usefixtures("worker", "channel")


@pytest.fixture
def alert(company, desk, piet):
    is_locked_out(desk)
    company.hanna.sees(LOCKED, in_channel=CHANNEL)
    return piet


def test_the_alert_tells_who_how_often_and_from_where(company, alert):
    told = company.hanna.sees(LOCKED, in_channel=CHANNEL).text
    assert "Personeelsnummer: 00104" in told
    assert "Vestiging: Utrecht" in told
    assert "10 pogingen met een verkeerd wachtwoord, vanaf 1 netwerkadres." in told
    assert "piet@example.nl" not in told
    [post] = posts(company)
    assert "<!" not in str(post.arguments)


def test_activating_lets_the_employee_in_and_the_alert_says_who_did_it(
    company, desk, alert
):
    company.bram.presses(ACTIVATE, in_channel=CHANNEL)
    company.hanna.sees("Geactiveerd door @bram op 20 november", in_channel=CHANNEL)
    company.hanna.does_not_see(LEAVE, in_channel=CHANNEL)
    assert company.cards.login(alert).state is LoginState.ACTIVE
    assert desk.tries("fout 11", "piet@example.nl").kind is OutcomeKind.REFUSED
    assert desk.signs_in("piet@example.nl")
    [event] = company.cards.events(AuditAct.LOGIN_ACTIVATED)
    assert event.administrator_id == company.cards.bram.administrator_id


def test_activating_with_a_reset_shows_the_password_to_who_pressed_only(company, alert):
    ursula = company.ursula
    ursula.presses(AND_RESET, in_channel=CHANNEL, confirming=True)
    shown = ursula.sees("Nieuw wachtwoord van Piet Pietersen:").text
    assert SHOWN_PASSWORD.search(shown)
    assert "Deze login is niet actief" not in shown
    ursula.closes()
    company.hanna.sees("met een nieuw wachtwoord.", in_channel=CHANNEL)
    login = company.cards.login(alert)
    assert (login.state, login.password_kind) == (
        LoginState.ACTIVE,
        PasswordKind.INITIAL,
    )
    [lockout] = lockouts(company)
    assert lockout.end is LockoutEnd.ACTIVATED_AND_RESET


def test_not_activating_leaves_it_locked_and_says_so(company, desk, alert):
    company.hanna.presses(LEAVE, in_channel=CHANNEL)
    company.bram.sees("Niet geactiveerd: dat heeft @hanna besloten", in_channel=CHANNEL)
    assert company.cards.login(alert).state is LoginState.LOCKED
    [event] = company.cards.events(AuditAct.LOCKOUT_LEFT)
    assert event.administrator_id == company.cards.hanna.administrator_id
    company.bram.presses("Openen", in_channel=CHANNEL)
    company.bram.ticks("Actief")
    company.bram.submits()
    company.hanna.sees("Geactiveerd door @bram", in_channel=CHANNEL)
    assert company.cards.login(alert).state is LoginState.ACTIVE


@pytest.mark.parametrize("label", [ACTIVATE, LEAVE, AND_RESET])
def test_who_comes_late_is_told_who_was_first(company, worker, desk, piet, label):
    is_locked_out(desk)
    company.ursula.sees(LOCKED, in_channel=CHANNEL)
    worker.stops()
    company.bram.presses(ACTIVATE, in_channel=CHANNEL)
    eventually(lambda: lockouts(company)[0].end)
    company.ursula.presses(label, in_channel=CHANNEL, confirming=label == AND_RESET)
    company.ursula.sees("bram was u voor: geactiveerd op 20 november 2026")
    assert company.cards.login(piet).password_kind is PasswordKind.OWN
    assert len(company.cards.events(AuditAct.LOGIN_ACTIVATED)) == 1


def test_of_two_who_press_at_the_same_moment_one_is_first(company, alert):
    people = [company.bram, company.ursula]
    with ThreadPoolExecutor(len(people)) as both:
        pressing = [
            both.submit(person.presses, ACTIVATE, in_channel=CHANNEL)
            for person in people
        ]
    assert all(each.result() for each in pressing)
    eventually(lambda: company.cards.events(AuditAct.LOGIN_ACTIVATED))
    [event] = company.cards.events(AuditAct.LOGIN_ACTIVATED)
    was_bram = event.administrator_id == company.cards.bram.administrator_id
    first, late = people if was_bram else people[::-1]
    late.sees(f"{first.user.name} was u voor: geactiveerd op 20 november 2026")
    company.hanna.sees(f"Geactiveerd door @{first.user.name}", in_channel=CHANNEL)


def test_a_double_click_activates_once(company, alert):
    company.bram.presses(ACTIVATE, in_channel=CHANNEL, times=2)
    company.bram.sees("bram was u voor")
    assert len(company.cards.events(AuditAct.LOGIN_ACTIVATED)) == 1
    company.hanna.sees("Geactiveerd door @bram", in_channel=CHANNEL)


def test_the_buttons_work_after_a_restart(company, worker, desk, alert):
    worker.restarts()
    company.bram.presses(ACTIVATE, in_channel=CHANNEL)
    company.hanna.sees("Geactiveerd door @bram", in_channel=CHANNEL)


def test_an_activation_on_the_login_screen_is_told_in_the_alert(company, alert):
    bram = company.bram
    bram.types("/personeel logins utrecht", channel="algemeen")
    bram.presses("Openen")
    bram.ticks("Actief")
    bram.submits()
    bram.sees("Opgeslagen.")
    bram.closes()
    company.hanna.sees("Geactiveerd door @bram", in_channel=CHANNEL)
    company.hanna.does_not_see(LEAVE, in_channel=CHANNEL)


def test_an_activation_of_the_whole_branch_is_told_in_the_alert(company, alert):
    hanna = company.hanna
    hanna.types("/personeel logins utrecht", channel="algemeen")
    hanna.presses("Maak werknemerslogins actief")
    hanna.ticks("Ook de geblokkeerde logins")
    hanna.sees("Eén werknemerslogin wordt actief gemaakt.")
    hanna.submits()
    company.bram.sees("Geactiveerd door @hanna", in_channel=CHANNEL)


def test_the_employee_gets_a_letter(company, alert):
    with company.office.database.reading() as session:
        [letter] = session.scalars(select(OutboxMessage).filter_by(kind=KIND))
    assert letter.payload["letter"] == "locked_out"
