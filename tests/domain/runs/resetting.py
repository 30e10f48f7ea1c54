"""A branch before a reset, what its dry run counts, and a run that failed."""

from datetime import timedelta

from sqlalchemy import select

from domain.exports.channel import DeliveryRefusedError
from domain.logins.model import LoginState
from domain.runs import planning
from domain.runs.model import RunRow
from domain.runs.planning import ResetChoice
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)
EVERY_STATE = frozenset(LoginState) - {LoginState.ACTIVE}


def plan(office, choice=None, actor=None, branch=None, now=None):
    with office.database.reading() as session:
        return planning.plan_reset(
            session,
            branch or office.utrecht,
            choice or ResetChoice(),
            actor=actor or office.bram,
            now=now or office.now,
        )


def one_login_in_each_state(office):
    logins = {state: office.add_login(state) for state in LoginState}
    office.add_login(sign_in_count=2)
    office.add_login(card={"branch_id": office.amsterdam})
    return logins


def rows_of(office, run_id):
    """The logins in the ledger of a run."""
    with office.database.reading() as session:
        query = select(RunRow.login_id).where(RunRow.run_id == run_id)
        return list(session.scalars(query.order_by(RunRow.id)))


def fail_once(office, worker, drawer, start):
    logins = [office.add_login() for _ in range(2)]
    run_id = start()
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    return logins, run_id
