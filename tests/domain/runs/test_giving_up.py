from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.exports import deletion
from domain.exports.channel import ChannelLook, DeliveryRefusedError
from domain.exports.model import PostingState
from domain.logins.model import PasswordKind
from domain.runs.model import (
    RowReason,
    RowState,
    RunFailure,
    RunPhase,
)
from domain.runs.tools import Step
from domain.runs.working import work_once
from tests.domain.office import BRAM
from tests.domain.runs.looking import (
    assert_handed_over,
    file_of,
    rows_of,
    run_of,
)


def test_a_run_of_somebody_who_lost_the_role_changes_nothing(
    office, worker, drawer, start, now
):
    login = office.add_login()
    run_id = start()
    with office.database.transaction() as session:
        appointing.appoint(
            session,
            BRAM,
            AccountType.USER,
            [office.amsterdam],
            actor=OPERATOR,
            now=now,
        )
    worker.works()
    assert run_of(office, run_id).failure is RunFailure.NOT_PERMITTED
    assert office.login(login).password_kind is PasswordKind.NONE
    assert drawer.posted == {}


@pytest.mark.parametrize(
    "look",
    [
        ChannelLook(exists=False),
        ChannelLook(exists=True, bot_is_member=True, person_is_member=True),
        ChannelLook(exists=True, is_private=True, bot_is_member=True),
        ChannelLook(exists=True, is_private=True, person_is_member=True),
    ],
)
def test_a_channel_that_became_unsuitable_gets_no_passwords(
    office, worker, drawer, start, look
):
    office.add_login()
    run_id = start()
    drawer.look = look
    worker.works()
    assert run_of(office, run_id).failure is RunFailure.CHANNEL_UNSUITABLE
    assert drawer.contents == {}


def test_a_file_that_slack_refuses_fails_every_row_and_leaves_the_logins(
    office, worker, drawer, start
):
    login = office.add_login(password_kind=PasswordKind.OWN, password_hash="own")
    run_id = start()
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    assert run_of(office, run_id).failure is RunFailure.NOT_POSTED
    (row,) = rows_of(office, run_id)
    assert (row.state, row.reason) == (RowState.FAILED, RowReason.NOT_POSTED)
    assert (row.sealed_password, row.password_hash) == (None, None)
    assert office.login(login).password_hash == "own"


def test_a_run_outlives_an_hour_without_slack(
    office, worker, drawer, keyring, start, clock
):
    logins = [office.add_login()]
    run_id = start()
    drawer.is_away = True
    worker.works_for(timedelta(hours=1))
    drawer.is_away = False
    worker.works_for(timedelta(minutes=10))
    assert_handed_over(office, drawer, keyring, run_id, clock, logins)


def test_a_run_that_could_not_be_posted_for_a_day_fails(office, worker, drawer, start):
    office.add_login()
    run_id = start()
    drawer.is_away = True
    for _ in range(30):
        worker.works_for(timedelta(minutes=1))
        worker.tools.clock.forward(timedelta(hours=1))
    assert run_of(office, run_id).failure is RunFailure.NOT_POSTED


def test_a_run_that_waits_for_slack_is_tried_until_the_day_is_over(
    office, worker, drawer, keyring, start, clock
):
    logins = [office.add_login()]
    run_id = start()
    drawer.is_away = True
    for _ in range(250):
        while work_once(worker.tools):
            clock.forward(timedelta(milliseconds=100))
        clock.forward(timedelta(minutes=5))
    drawer.is_away = False
    worker.works()
    assert_handed_over(office, drawer, keyring, run_id, clock, logins)


@pytest.mark.parametrize("refused", ["reserve", "send", "complete"])
def test_a_run_that_fails_leaves_no_opening_password_and_no_file(
    office, worker, drawer, start, clock, refused
):
    office.add_login()
    run_id = start()
    drawer.trouble[refused] = DeliveryRefusedError("not_allowed")
    worker.works()
    deletion.delete_due(office.database, drawer.channel(), clock=clock)
    file = file_of(office, run_id)
    assert (file.state, file.sealed_opening_password) == (PostingState.DELETED, None)
    assert drawer.deleted == ([] if refused == "reserve" else ["F1"])


def test_passwords_that_nobody_can_read_any_more_are_not_applied(
    office, worker, drawer, start, clock
):
    login = office.add_login(password_kind=PasswordKind.OWN, password_hash="own")
    run_id = start()
    assert worker.is_killed_at(Step.POSTED_NOTED)
    clock.forward(timedelta(hours=25))
    worker.works()
    assert office.login(login).password_hash == "own"
    assert run_of(office, run_id).failure is RunFailure.FILE_GONE


def test_a_run_whose_file_is_gone_halfway_keeps_what_was_applied_and_counts_it(
    office, worker, drawer, start, clock
):
    logins = [office.add_login() for _ in range(5)]
    run_id = start()
    assert worker.is_killed_at(Step.BATCH_APPLIED)
    clock.forward(timedelta(hours=25))
    worker.works()
    kinds = [office.login(login).password_kind for login in logins]
    assert kinds.count(PasswordKind.INITIAL) == 2
    assert run_of(office, run_id).failure is RunFailure.FILE_GONE
    assert drawer.messages[-1].by_state == {RowState.APPLIED: 2, RowState.FAILED: 3}


class FailsToHash:
    """A pool that has no memory left, for some time or for good."""

    slots = 1

    def __init__(self, pool, times=None):
        self._pool, self._left = pool, times

    def submit(self):
        if self._left == 0:
            return self._pool.submit()
        if self._left is not None:
            self._left -= 1
        failed = Future()
        failed.set_exception(MemoryError())
        return failed


def without_memory(worker, hashing, clock, times=None):
    tools = replace(worker.tools, hashing=FailsToHash(hashing, times))
    return type(worker)(tools, clock)


def test_passwords_that_can_not_be_made_for_a_while_are_made_later(
    office, worker, drawer, keyring, hashing, start, clock
):
    logins = [office.add_login() for _ in range(3)]
    run_id = start()
    without_memory(worker, hashing, clock, 5).works_for(timedelta(minutes=10))
    assert_handed_over(office, drawer, keyring, run_id, clock, logins)


def test_a_run_whose_passwords_can_not_be_made_ends_and_says_so(
    office, worker, drawer, hashing, start, clock
):
    login = office.add_login(password_kind=PasswordKind.OWN, password_hash="own")
    run_id = start()
    without_memory(worker, hashing, clock).works_for(timedelta(hours=1))
    assert run_of(office, run_id).failure is RunFailure.NOT_PREPARED
    assert drawer.messages[-1].failure is RunFailure.NOT_PREPARED
    assert office.login(login).password_hash == "own"
    (row,) = rows_of(office, run_id)
    assert row.state is RowState.FAILED


def test_a_run_that_fails_to_prepare_keeps_no_other_waiting(
    office, worker, drawer, hashing, start, clock
):
    office.add_login()
    office.add_login(card={"branch_id": office.amsterdam})
    broken = start()
    other = start(actor=office.hanna, branch=office.amsterdam)
    without_memory(worker, hashing, clock, 1).works_for(timedelta(minutes=5))
    assert run_of(office, broken).phase is RunPhase.DONE
    assert run_of(office, other).phase is RunPhase.DONE
    done = [each.run_id for each in drawer.messages if each.phase is RunPhase.DONE]
    assert done == [other, broken]


def test_a_process_that_dies_of_a_run_again_and_again_ends_it_at_last(
    office, worker, drawer, start, clock
):
    office.add_login()
    run_id = start()
    deaths = 0
    while worker.is_killed_at(Step.ROWS_CLAIMED):
        deaths += 1
        assert deaths < 100
        clock.forward(timedelta(minutes=2))
    assert run_of(office, run_id).failure is RunFailure.NOT_PREPARED


def test_an_error_that_nobody_foresaw_holds_no_branch_for_ever(
    office, worker, drawer, start, clock
):
    office.add_login()
    run_id = start()
    for _ in range(30):
        drawer.trouble["look"] = ZeroDivisionError()
        worker.works_for(timedelta(minutes=1))
        clock.forward(timedelta(hours=1))
        if run_of(office, run_id).ended_at is not None:
            break
        drawer.trouble["reserve"] = ZeroDivisionError()
    assert run_of(office, run_id).ended_at is not None
