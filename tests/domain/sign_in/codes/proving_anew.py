"""Employees who are in for hours already, and prove anew who they are."""

import pytest

from domain.logins.model import SecondFactor
from domain.sign_in import sessions, totp
from domain.sign_in.model import Stage
from domain.sign_in.reauthentication import reauthenticate
from domain.sign_in.sign_in import OutcomeKind
from tests.domain.sign_in.codes.second_steps import SEED
from tests.domain.sign_in.people import HOME, PASSWORD, later

NONE, MAIL, APP = SecondFactor.NONE, SecondFactor.MAIL, SecondFactor.APP
KINDS = ["mail", "required", "app", "paper"]
each_kind = pytest.mark.parametrize("kind", KINDS)


def employee(desk, steps, kind):
    """Somebody with this factor; the branch of `required` asks for one."""
    factor = {"mail": MAIL, "required": NONE, "app": APP, "paper": APP}[kind]
    anna = desk.add_employee(second_factor=factor)
    if kind == "required":
        steps.requires(desk.office.utrecht)
    if factor is APP:
        sealed = totp.seal(SEED, anna, keyring=desk.tools.keyring)
        desk.change(anna, sealed_totp_seed=sealed)
    return anna


def right_code(steps, kind, login_id):
    if kind == "paper":
        return steps.paper_codes(login_id)[0]
    return steps.app_code() if kind == "app" else steps.mailed()[-1]


def hours_inside(desk, steps, kind):
    """Who signed in with both, and is there still hours later; and their session."""
    anna = employee(desk, steps, kind)
    at_step = desk.open_session(desk.signs_in())
    entered = steps.gives(at_step, right_code(steps, kind, anna)).session
    for _ in range(12):
        later(desk.clock, minutes=20)
        with desk.tools.transaction() as session:
            found = sessions.find(session, entered.token, now=desk.clock())
            sessions.touch(session, found, now=desk.clock())
    return anna, desk.open_session(entered)


def proves(desk, inside, password=PASSWORD):
    return reauthenticate(desk.tools, inside, password, visit=HOME, now=desk.clock())


def at_code(desk, inside):
    """The session of which the code is due, now that the password was right."""
    outcome = proves(desk, inside)
    assert outcome.kind is OutcomeKind.GO_ON
    assert outcome.session.stage is Stage.CODE_DUE
    return desk.open_session(outcome.session)
