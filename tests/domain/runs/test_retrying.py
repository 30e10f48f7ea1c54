from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.errors import (
    CountChangedError,
    NotFoundError,
)
from domain.exports.channel import DeliveryRefusedError
from domain.logins.model import LoginState, PasswordKind
from domain.logins.paging import PageKey
from domain.runs import ledger, reporting
from domain.runs.ledger import (
    AlreadyRetriedError,
    RetryPlan,
)
from domain.runs.model import RowReason, RowState, RunRow
from domain.runs.planning import ResetChoice
from tests.domain.runs.resetting import (
    TODAY,
    YESTERDAY,
    fail_once,
    rows_of,
)


def retry_plan(office, run_id, now):
    with office.database.reading() as session:
        return ledger.plan_retry(session, run_id, actor=office.bram, now=now)


def test_who_left_since_a_run_failed_is_not_tried_again(
    office, worker, drawer, start, now
):
    logins, run_id = fail_once(office, worker, drawer, start)
    office.change_card(office.login(logins[0]).record_card_id, end_on=TODAY)
    assert retry_plan(office, run_id, now) == RetryPlan(count=2, changed=0)
    tomorrow = now + timedelta(days=1)
    assert retry_plan(office, run_id, tomorrow) == RetryPlan(count=1, changed=1)
    assert rows_of(office, retry(office, run_id, tomorrow)) == [logins[1]]


def test_who_had_left_when_a_run_met_them_is_tried_again(
    office, worker, drawer, start, now
):
    gone = office.add_login(card={"end_on": YESTERDAY})
    run_id = start(ResetChoice(also=frozenset({LoginState.EMPLOYMENT_ENDED})))
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    assert rows_of(office, retry(office, run_id, now)) == [gone]


def retry(office, run_id, now, actor=None, expected_count=None):
    actor = actor or office.bram
    with office.database.transaction() as session:
        if expected_count is None:
            plan = ledger.plan_retry(session, run_id, actor=actor, now=now)
            expected_count = plan.count
        return ledger.retry_failed(
            session,
            run_id,
            expected_count=expected_count,
            channel_id="C1",
            actor=actor,
            now=now,
        )


def test_failed_rows_are_tried_again_in_a_second_workbook(
    office, worker, drawer, start, now
):
    logins, run_id = fail_once(office, worker, drawer, start)
    second = retry(office, run_id, now)
    worker.works()
    with office.database.reading() as session:
        report = reporting.report(session, second)
    assert report.is_retry
    assert report.by_state == {RowState.APPLIED: 2}
    assert len(drawer.posted) == 1
    kinds = {office.login(login).password_kind for login in logins}
    assert kinds == {PasswordKind.INITIAL}


def test_failed_rows_are_tried_again_only_once(office, worker, drawer, start, now):
    _, run_id = fail_once(office, worker, drawer, start)
    retry(office, run_id, now)
    worker.works()
    with pytest.raises(AlreadyRetriedError):
        retry(office, run_id, now)


def test_a_login_that_changed_since_is_not_tried_again(
    office, worker, drawer, start, now
):
    logins, run_id = fail_once(office, worker, drawer, start)
    with office.database.transaction() as session:
        office_login = session.get_one(type(office.login(logins[0])), logins[0])
        office_login.credential_version += 1
    with office.database.reading() as session:
        plan = ledger.plan_retry(session, run_id, actor=office.bram, now=now)
    assert plan == RetryPlan(count=1, changed=1)
    second = retry(office, run_id, now)
    with office.database.reading() as session:
        rows = session.scalars(select(RunRow).where(RunRow.run_id == second)).all()
    assert [row.login_id for row in rows] == [logins[1]]


def test_a_count_that_changed_since_the_dry_run_tries_nothing_again(
    office, worker, drawer, start, now
):
    _, run_id = fail_once(office, worker, drawer, start)
    with pytest.raises(CountChangedError) as caught:
        retry(office, run_id, now, expected_count=1)
    assert caught.value.fields == {"count": 2}


def test_a_run_of_another_branch_is_not_found(office, worker, drawer, start, now):
    office.add_login(card={"branch_id": office.amsterdam})
    run_id = start(actor=office.hanna, branch=office.amsterdam)
    worker.works()
    for attempt in (
        lambda session: ledger.retry_failed(
            session,
            run_id,
            expected_count=1,
            channel_id="C1",
            actor=office.bram,
            now=now,
        ),
        lambda session: ledger.plan_retry(session, run_id, actor=office.bram, now=now),
        lambda session: reporting.list_by_reason(
            session, run_id, RowReason.NOT_POSTED, limit=5, actor=office.bram
        ),
    ):
        with pytest.raises(NotFoundError), office.database.transaction() as session:
            attempt(session)


def test_who_failed_is_listed_with_the_reason(office, worker, drawer, start):
    logins, run_id = fail_once(office, worker, drawer, start)
    with office.database.reading() as session:
        people = reporting.list_by_reason(
            session, run_id, RowReason.NOT_POSTED, limit=1, actor=office.bram
        )
        rest = reporting.list_by_reason(
            session,
            run_id,
            RowReason.NOT_POSTED,
            after=people.next,
            limit=5,
            actor=office.bram,
        )
    shown = [*people.lines, *rest.lines]
    assert [person.login_id for person in shown] == logins


def test_who_moved_since_stays_on_the_list_of_the_run(
    office, worker, drawer, start, now
):
    logins, run_id = fail_once(office, worker, drawer, start)
    card_id = office.login(logins[0]).record_card_id
    office.change_card(card_id, branch_id=office.amsterdam)
    look = {"limit": 1, "actor": office.bram}
    with office.database.reading() as session:
        first = reporting.list_by_reason(session, run_id, RowReason.NOT_POSTED, **look)
        second = reporting.list_by_reason(
            session, run_id, RowReason.NOT_POSTED, after=first.next, **look
        )
    assert [first.lines[0].login_id, second.lines[0].login_id] == logins


def test_a_card_that_is_not_in_the_run_is_no_place_on_its_list(
    office, worker, drawer, start
):
    logins, run_id = fail_once(office, worker, drawer, start)
    elsewhere = office.add_card(last_name="Zzz", branch_id=office.amsterdam)
    with office.database.reading() as session:
        page = reporting.list_by_reason(
            session,
            run_id,
            RowReason.NOT_POSTED,
            after=PageKey(elsewhere),
            limit=5,
            actor=office.bram,
        )
    assert [person.login_id for person in page.lines] == logins


def test_the_message_of_a_run_that_is_retried_is_shown_once_more_without_the_offer(
    office, worker, drawer, start, now
):
    _, run_id = fail_once(office, worker, drawer, start)
    offered = drawer.messages[-1]
    assert (offered.run_id, offered.can_be_retried) == (run_id, True)
    retry(office, run_id, now)
    worker.works()
    shown = [report for report in drawer.messages if report.run_id == run_id][-1]
    assert (shown.was_retried, shown.can_be_retried) == (True, False)
