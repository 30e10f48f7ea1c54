"""A branch in which more than one person waits, and another's word on a run."""

import pytest
from sqlalchemy import select, update

from domain.branches import Branch
from domain.logins.model import Login
from domain.runs import reporting
from domain.step_ups import StepUp

ABOVE = 1


@pytest.fixture(autouse=True)
def asks_for_a_second_administrator(office):
    set_number(office, ABOVE)


def set_number(office, number):
    with office.database.transaction() as session:
        session.execute(update(Branch).values(second_administrator_above=number))


@pytest.fixture
def waiting(office, start):
    office.add_logins(ABOVE + 1)
    return start()


def decide(office, service, run_id, actor, now):
    with office.database.transaction() as session:
        service(session, run_id, actor=actor, now=now)


def report(office, run_id):
    with office.database.reading() as session:
        return reporting.report(session, run_id)


def end_of(office, run_id):
    found = report(office, run_id)
    return found.phase, found.failure


def hashes(office):
    with office.database.reading() as session:
        return list(session.scalars(select(Login.password_hash).order_by(Login.id)))


def set_step_up(office, actor, **values):
    with office.database.transaction() as session:
        session.merge(
            StepUp(
                administrator_id=actor.administrator_id,
                is_required=True,
                mailed_at=[],
                **values,
            )
        )
