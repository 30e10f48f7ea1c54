import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.actor import OPERATOR
from domain.errors import (
    CountChangedError,
    DomainError,
    NotFoundError,
    NotPermittedError,
)
from domain.logins.model import LoginState
from domain.runs import ledger
from domain.runs.ledger import (
    NobodyToResetError,
    RunUnderWayError,
)
from domain.runs.model import RowState, Run, RunRow
from domain.runs.planning import ResetChoice
from tests.domain.runs.resetting import (
    one_login_in_each_state,
)


def test_the_rows_of_a_run_are_exactly_whom_the_plan_counted(office, start):
    logins = one_login_in_each_state(office)
    run_id = start(ResetChoice(also=frozenset({LoginState.NEW})))
    with office.database.reading() as session:
        rows = session.scalars(select(RunRow).where(RunRow.run_id == run_id)).all()
    assert {row.login_id for row in rows} == {
        logins[LoginState.ACTIVE],
        logins[LoginState.NEW],
    }
    assert {row.state for row in rows} == {RowState.WAITING}


def test_fifty_who_press_at_once_start_one_run(office, now):
    office.add_login()
    gate, outcomes = threading.Barrier(50), []

    def presses():
        gate.wait()
        try:
            with office.database.transaction(timedelta(seconds=60)) as session:
                ledger.start_reset(
                    session,
                    office.utrecht,
                    ResetChoice(),
                    expected_count=1,
                    channel_id="C1",
                    actor=office.bram,
                    now=now,
                )
            outcomes.append("started")
        except RunUnderWayError as error:
            outcomes.append(error.fields["started_by"])

    threads = [threading.Thread(target=presses) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("started") == 1
    assert outcomes.count(office.bram.administrator_id) == 49
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Run)) == 1
        assert session.scalar(select(func.count()).select_from(RunRow)) == 1


def test_a_run_in_another_branch_is_no_hindrance(office, start):
    office.add_login()
    office.add_login(card={"branch_id": office.amsterdam})
    start()
    start(actor=office.hanna, branch=office.amsterdam)


def test_a_count_that_changed_since_the_dry_run_starts_nothing(office, now):
    office.add_login()
    office.add_login()
    with pytest.raises(CountChangedError) as caught, office.database.transaction() as s:
        ledger.start_reset(
            s,
            office.utrecht,
            ResetChoice(),
            expected_count=1,
            channel_id="C1",
            actor=office.bram,
            now=now,
        )
    assert caught.value.fields == {"count": 2}
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Run)) == 0


def test_a_run_over_nobody_is_refused(start):
    with pytest.raises(NobodyToResetError):
        start()


@pytest.mark.parametrize(
    ("who", "branch", "refusal"),
    [
        ("bram", "amsterdam", NotFoundError),
        ("ursula", "rotterdam", NotFoundError),
        ("operator", "utrecht", NotPermittedError),
    ],
)
def test_a_branch_out_of_reach_is_not_found(office, now, who, branch, refusal):
    actor = OPERATOR if who == "operator" else getattr(office, who)
    with pytest.raises(refusal), office.database.transaction() as session:
        ledger.start_reset(
            session,
            getattr(office, branch),
            ResetChoice(),
            expected_count=1,
            channel_id="C1",
            actor=actor,
            now=now,
        )


def test_a_refusal_has_a_code_and_no_words(office, start):
    office.add_login()
    start()
    with pytest.raises(DomainError) as caught:
        start()
    assert caught.value.code == "run_under_way"
