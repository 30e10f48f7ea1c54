from datetime import timedelta

import pytest

from domain.logins.model import LoginState, PasswordKind
from domain.runs import planning
from domain.runs.ledger import (
    NobodyToResetError,
)
from domain.runs.planning import (
    ONLY_OF_MAILINGS,
    ResetChoice,
    ResetLeftOut,
    ResetPlan,
    ResetScope,
)
from domain.runs.recent_reset import recent_reset
from tests.domain.runs.resetting import (
    EVERY_STATE,
    YESTERDAY,
    fail_once,
    one_login_in_each_state,
    plan,
    rows_of,
)

OF_RESETS = [each for each in ResetLeftOut if each not in ONLY_OF_MAILINGS]


def found_recent(office, now, branch=None):
    with office.database.reading() as session:
        return recent_reset(
            session, branch or office.utrecht, actor=office.hanna, now=now
        )


def test_by_default_only_active_logins_that_never_signed_in_are_met(office):
    one_login_in_each_state(office)
    found = plan(office)
    assert (found.count, found.at_work) == (1, 0)
    assert found.left_out == dict.fromkeys(OF_RESETS, 1)


def test_the_whole_branch_says_how_many_people_at_work_it_meets(office):
    one_login_in_each_state(office)
    found = plan(office, ResetChoice(ResetScope.WHOLE_BRANCH))
    assert (found.count, found.at_work) == (2, 1)


def test_each_group_that_is_ticked_is_met_too(office):
    one_login_in_each_state(office)
    found = plan(office, ResetChoice(ResetScope.WHOLE_BRANCH, EVERY_STATE))
    assert (found.count, found.left_out) == (6, {})


@pytest.mark.parametrize("reason", OF_RESETS)
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
    assert found_recent(office, clock()) is None
    start()
    worker.works()
    clock.forward(HALF_A_DAY)
    assert found_recent(office, clock()).count == 2
    office.add_login()
    start(ResetChoice(), actor=office.hanna)
    worker.works()
    ended_at = clock()
    found = found_recent(office, clock())
    assert (found.started_by, found.count) == (office.hanna.administrator_id, 3)
    assert ended_at - timedelta(minutes=1) < found.at <= ended_at
    assert found_recent(office, found.at + timedelta(days=1)) is None
    assert found_recent(office, clock(), branch=office.amsterdam) is None


def test_a_reset_that_changed_nobody_is_no_recent_one(office, worker, drawer, start):
    fail_once(office, worker, drawer, start)
    assert found_recent(office, worker.tools.clock()) is None
