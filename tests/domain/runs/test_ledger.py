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
from domain.exports.channel import DeliveryRefusedError
from domain.logins.model import LoginState, PasswordKind
from domain.logins.paging import PageKey
from domain.runs import ledger, planning, reporting
from domain.runs.ledger import (
    AlreadyRetriedError,
    NobodyToResetError,
    RetryPlan,
    RunUnderWayError,
)
from domain.runs.model import RowReason, RowState, Run, RunRow
from domain.runs.planning import (
    ResetChoice,
    ResetLeftOut,
    ResetPlan,
    ResetScope,
)
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)
EVERY_STATE = frozenset(LoginState) - {LoginState.ACTIVE}


def recent_reset(office, now, branch=None):
    with office.database.reading() as session:
        return planning.recent_reset(
            session, branch or office.utrecht, actor=office.hanna, now=now
        )


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


def retry_plan(office, run_id, now):
    with office.database.reading() as session:
        return ledger.plan_retry(session, run_id, actor=office.bram, now=now)


def test_by_default_only_active_logins_that_never_signed_in_are_met(office):
    one_login_in_each_state(office)
    found = plan(office)
    assert (found.count, found.at_work) == (1, 0)
    assert found.left_out == dict.fromkeys(ResetLeftOut, 1)


def test_the_whole_branch_says_how_many_people_at_work_it_meets(office):
    one_login_in_each_state(office)
    found = plan(office, ResetChoice(ResetScope.WHOLE_BRANCH))
    assert (found.count, found.at_work) == (2, 1)


def test_each_group_that_is_ticked_is_met_too(office):
    one_login_in_each_state(office)
    found = plan(office, ResetChoice(ResetScope.WHOLE_BRANCH, EVERY_STATE))
    assert (found.count, found.left_out) == (6, {})


@pytest.mark.parametrize("reason", list(ResetLeftOut))
def test_who_is_left_out_is_listed_for_each_reason(office, reason):
    one_login_in_each_state(office)
    with office.database.reading() as session:
        people = planning.list_left_out(
            session,
            office.utrecht,
            ResetChoice(),
            reason,
            limit=10,
            actor=office.bram,
            now=office.now,
        )
    (person,) = people.lines
    assert person.name.startswith("Jan Jansen")


def test_who_is_left_out_is_listed_by_name_a_page_at_a_time(office):
    for name in "DAFCGBE":
        office.add_login(LoginState.LOCKED, card={"number": name, "last_name": name})
    found, at = [], None
    with office.database.reading() as session:
        while True:
            page = planning.list_left_out(
                session,
                office.utrecht,
                ResetChoice(),
                ResetLeftOut.LOCKED,
                after=at,
                limit=3,
                actor=office.bram,
                now=office.now,
            )
            found.append([person.number for person in page.lines])
            at = page.next
            if at is None:
                break
    assert found == [["A", "B", "C"], ["D", "E", "F"], ["G"]]


@pytest.mark.parametrize("state", list(LoginState))
def test_whose_employment_ended_yesterday_is_met_only_when_that_group_is_ticked(
    office, start, state
):
    gone = office.add_login(state, card={"end_on": YESTERDAY})
    everybody_else = EVERY_STATE - {LoginState.EMPLOYMENT_ENDED}
    choice = ResetChoice(ResetScope.WHOLE_BRANCH, everybody_else)
    assert plan(office, choice) == ResetPlan(
        count=0, at_work=0, again=0, left_out={ResetLeftOut.EMPLOYMENT_ENDED: 1}
    )
    with pytest.raises(NobodyToResetError):
        start(choice)
    ticked = ResetChoice(also=frozenset({LoginState.EMPLOYMENT_ENDED}))
    assert rows_of(office, start(ticked)) == [gone]


def test_who_was_kept_active_after_the_employment_is_met(office, start):
    kept = office.add_login(card={"end_on": YESTERDAY}, closed_for_end_on=YESTERDAY)
    assert rows_of(office, start()) == [kept]


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


HALF_A_DAY = timedelta(hours=12)


def test_who_got_a_new_password_in_the_last_day_is_counted_apart(
    office, worker, start, clock
):
    for _ in range(2):
        office.add_login()
    start()
    worker.works()
    office.add_login()
    assert (plan(office).count, plan(office).again) == (3, 2)
    tomorrow = clock() + timedelta(days=1)
    assert plan(office, now=tomorrow).again == 0


def test_who_chose_a_password_since_is_no_such_person(office, now):
    office.add_login(
        password_kind=PasswordKind.OWN, password_set_at=now, sign_in_count=1
    )
    found = plan(office, ResetChoice(ResetScope.WHOLE_BRANCH))
    assert (found.at_work, found.again) == (1, 0)


def test_the_last_reset_of_the_branch_tells_who_when_and_for_how_many(
    office, worker, start, clock
):
    for _ in range(2):
        office.add_login()
    office.add_login(card={"branch_id": office.amsterdam})
    assert recent_reset(office, clock()) is None
    start()
    worker.works()
    clock.forward(HALF_A_DAY)
    assert recent_reset(office, clock()).count == 2
    office.add_login()
    start(ResetChoice(), actor=office.hanna)
    worker.works()
    ended_at = clock()
    found = recent_reset(office, clock())
    assert (found.started_by, found.count) == (office.hanna.administrator_id, 3)
    assert ended_at - timedelta(minutes=1) < found.at <= ended_at
    assert recent_reset(office, found.at + timedelta(days=1)) is None
    assert recent_reset(office, clock(), branch=office.amsterdam) is None


def test_a_reset_that_changed_nobody_is_no_recent_one(office, worker, drawer, start):
    fail_once(office, worker, drawer, start)
    assert recent_reset(office, worker.tools.clock()) is None


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


def fail_once(office, worker, drawer, start):
    logins = [office.add_login() for _ in range(2)]
    run_id = start()
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    return logins, run_id


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


def test_a_refusal_has_a_code_and_no_words(office, start):
    office.add_login()
    start()
    with pytest.raises(DomainError) as caught:
        start()
    assert caught.value.code == "run_under_way"


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
