"""Choosing a second factor, as the security page does."""

from domain.branches import Branch
from domain.logins.model import Login
from domain.sign_in import second_step
from domain.sign_in.app_enrolment import begin_app, confirm_app


def begin(steps, inside):
    return begin_app(steps.tools, inside, now=steps.now)


def confirm(steps, inside, code):
    return confirm_app(steps.tools, inside, code, now=steps.now)


def set_up(steps, inside):
    """An app that is on; gives its seed and what came of it."""
    seed = begin(steps, inside).seed
    return seed, confirm(steps, inside, steps.app_code(seed))


def asked_of(steps, login_id):
    with steps.database.reading() as session:
        login = session.get_one(Login, login_id)
        branch = session.get_one(Branch, steps.office.utrecht)
        return second_step.required_factor(login, branch)
