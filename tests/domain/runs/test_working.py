from dataclasses import replace
from datetime import timedelta

import pytest

from domain.audit import AuditAct
from domain.logins import resets
from domain.logins.model import LoginState, PasswordKind
from domain.logins.passwords import canonical_initial_form
from domain.runs.model import (
    RowReason,
    RowState,
    Run,
    RunFailure,
    RunPhase,
)
from domain.runs.planning import ResetChoice, ResetScope
from domain.runs.tools import Step
from tests.domain.runs.drawer import slack_is_away
from tests.domain.runs.looking import (
    assert_handed_over,
    rows_of,
    run_of,
)
from tests.domain.runs.steps import EXPORT_STEPS
from tests.passwords import matches


def test_a_run_ends_with_a_workbook_whose_passwords_are_valid(
    office, worker, drawer, keyring, start, clock
):
    logins = [office.add_login() for _ in range(3)]
    run_id = start()
    worker.works()
    assert run_of(office, run_id).phase is RunPhase.DONE
    assert_handed_over(office, drawer, keyring, run_id, clock, logins)
    expiry = {office.login(login).initial_password_expires_at for login in logins}
    (expires_at,) = expiry
    assert timedelta(days=6, hours=23) < expires_at - clock() <= timedelta(days=7)
    assert {office.login(login).credential_version for login in logins} == {2}
    assert drawer.messages[-1].by_state == {RowState.APPLIED: 3}


def test_nothing_sealed_outlives_a_run(office, worker, start):
    office.add_login()
    run_id = start()
    worker.works()
    kept = [(row.sealed_password, row.password_hash) for row in rows_of(office, run_id)]
    assert kept == [(None, None)]


def test_every_applied_row_has_one_event_and_the_run_a_start_and_an_end(
    office, worker, start
):
    logins = {office.add_login() for _ in range(3)}
    start()
    worker.works()
    assert {e.login_id for e in office.events(AuditAct.PASSWORD_RESET)} == logins
    assert len(office.events(AuditAct.PASSWORD_RESET)) == 3
    assert len(office.events(AuditAct.RUN_STARTED, AuditAct.RUN_ENDED)) == 2
    assert len(office.events(AuditAct.EXPORT_POSTED)) == 1


def test_no_password_is_valid_before_the_file_is_in_the_channel(
    office, worker, drawer, start
):
    login = office.add_login(password_kind=PasswordKind.OWN, password_hash="own")
    start()
    drawer.shares_appear = False
    worker.works_for(timedelta(minutes=10))
    assert office.login(login).password_hash == "own"
    assert len(drawer.deleted) >= 1


@pytest.mark.parametrize("step", EXPORT_STEPS)
def test_a_run_that_is_killed_at_any_step_ends_as_if_it_had_not_been(
    office, worker, drawer, keyring, start, clock, step
):
    logins = [office.add_login() for _ in range(3)]
    run_id = start()
    assert worker.is_killed_at(step)
    for login_id in logins:
        login = office.login(login_id)
        if login.password_kind is PasswordKind.INITIAL:
            assert drawer.posted, "a valid password that is in no posted file"
    clock.forward(timedelta(minutes=5))
    worker.works()
    assert run_of(office, run_id).phase is RunPhase.DONE
    assert_handed_over(office, drawer, keyring, run_id, clock, logins)
    assert {office.login(login).credential_version for login in logins} == {2}
    assert len(office.events(AuditAct.PASSWORD_RESET)) == 3


def test_an_answer_that_is_lost_after_completing_posts_no_second_file(
    office, worker, drawer, keyring, start, clock
):
    logins = [office.add_login()]
    run_id = start()
    drawer.trouble["answer to complete"] = slack_is_away()
    worker.works_for(timedelta(minutes=5))
    assert drawer.deleted == []
    assert_handed_over(office, drawer, keyring, run_id, clock, logins)


def test_a_login_that_somebody_changed_meanwhile_is_left_and_named(
    office, worker, drawer, keyring, start, clock
):
    stays, changed = office.add_login(), office.add_login()
    run_id = start()
    assert worker.is_killed_at(Step.SHARE_SEEN)
    transaction = office.database.transaction
    shown = resets.prepare_shown_password(
        transaction, changed, keyring=keyring, actor=office.hanna, now=clock()
    )
    resets.apply_shown_password(transaction, shown, actor=office.hanna, now=clock())
    clock.forward(timedelta(minutes=5))
    worker.works()
    assert matches(
        office.login(changed).password_hash, canonical_initial_form(shown.password)
    )
    reasons = {row.login_id: row.reason for row in rows_of(office, run_id)}
    assert reasons == {stays: None, changed: RowReason.CHANGED_MEANWHILE}


def test_a_run_over_people_who_all_changed_meanwhile_posts_nothing(
    office, worker, drawer, keyring, start, clock
):
    login = office.add_login()
    run_id = start()
    assert worker.is_killed_at(Step.ROWS_PREPARED)
    transaction = office.database.transaction
    shown = resets.prepare_shown_password(
        transaction, login, keyring=keyring, actor=office.hanna, now=clock()
    )
    resets.apply_shown_password(transaction, shown, actor=office.hanna, now=clock())
    clock.forward(timedelta(minutes=5))
    worker.works()
    assert run_of(office, run_id).failure is RunFailure.NOBODY_LEFT
    assert drawer.posted == {}


def test_a_worker_whose_lease_went_to_another_writes_nothing(
    office, worker, drawer, keyring, start, clock
):
    logins = [office.add_login() for _ in range(2)]
    run_id = start()
    overtaken = []

    def sleeps_through_its_lease(step):
        if step is Step.FILE_BUILT and not overtaken:
            overtaken.append(step)
            clock.forward(timedelta(minutes=5))
            worker.works()

    sleepy = type(worker)(
        type(worker.tools)(
            **{
                name: getattr(worker.tools, name)
                for name in worker.tools.__dataclass_fields__
                if name != "reached"
            },
            reached=sleeps_through_its_lease,
        ),
        clock,
    )
    sleepy.works()
    assert overtaken
    assert_handed_over(office, drawer, keyring, run_id, clock, logins)
    assert len(office.events(AuditAct.PASSWORD_RESET)) == 2


def test_a_worker_that_slept_between_two_batches_ends_the_run_no_second_time(
    office, worker, drawer, keyring, start, clock
):
    logins = [office.add_login() for _ in range(5)]
    run_id = start()
    overtaken = []

    def sleeps_through_its_lease(step):
        if step is Step.BATCH_APPLIED and not overtaken:
            overtaken.append(step)
            clock.forward(timedelta(minutes=5))
            worker.works()

    tools = replace(worker.tools, reached=sleeps_through_its_lease)
    type(worker)(tools, clock).works()
    assert overtaken
    assert_handed_over(office, drawer, keyring, run_id, clock, logins)
    assert len(office.events(AuditAct.RUN_ENDED)) == 1
    assert len(office.events(AuditAct.PASSWORD_RESET)) == 5


def test_a_file_that_is_finished_after_another_worker_took_over_is_deleted(
    office, worker, drawer, keyring, start, clock
):
    logins = [office.add_login()]
    run_id = start()
    channel, late = drawer.channel(), []

    def completes_late(*file):
        if not late:
            late.append(file[0])
            clock.forward(timedelta(minutes=5))
            worker.works()
        channel.complete(*file)

    tools = replace(worker.tools, channel=replace(channel, complete=completes_late))
    type(worker)(tools, clock).works()
    assert drawer.deleted == [late[0], late[0]]
    assert_handed_over(office, drawer, keyring, run_id, clock, logins)


def test_what_others_wrote_on_a_run_meanwhile_is_not_overwritten(
    office, worker, start, clock
):
    office.add_login()
    run_id = start()

    def reached(step):
        if step is Step.POSTING_CLAIMED:
            with office.database.transaction() as session:
                session.get_one(Run, run_id).message_ts = "2.2"

    type(worker)(replace(worker.tools, reached=reached), clock).works()
    assert run_of(office, run_id).message_ts == "2.2"


def test_the_whole_branch_is_met_only_when_chosen(office, worker, start):
    met = office.add_login(sign_in_count=3)
    locked = office.add_login(LoginState.LOCKED)
    start(ResetChoice(ResetScope.WHOLE_BRANCH))
    worker.works()
    assert office.login(met).password_kind is PasswordKind.INITIAL
    assert office.login(locked).password_kind is PasswordKind.NONE
    assert office.login(locked).state is LoginState.LOCKED


def test_a_reset_of_a_locked_login_leaves_it_locked(office, worker, start):
    locked = office.add_login(LoginState.LOCKED)
    start(ResetChoice(also=frozenset({LoginState.LOCKED})))
    worker.works()
    assert office.login(locked).password_kind is PasswordKind.INITIAL
    assert office.login(locked).state is LoginState.LOCKED


def move(office, login_id, branch_id):
    office.change_card(office.login(login_id).record_card_id, branch_id=branch_id)


@pytest.mark.parametrize("step", [Step.ROWS_PREPARED, Step.SHARE_SEEN])
def test_who_moved_to_another_branch_meanwhile_gets_no_password_from_this_one(
    office, worker, drawer, keyring, start, clock, step
):
    stays, moves = office.add_login(), office.add_login()
    run_id = start()
    assert worker.is_killed_at(step)
    move(office, moves, office.amsterdam)
    clock.forward(timedelta(minutes=5))
    worker.works()
    assert office.login(moves).password_kind is PasswordKind.NONE
    assert office.login(stays).password_kind is PasswordKind.INITIAL
    if step is Step.ROWS_PREPARED:
        assert_handed_over(office, drawer, keyring, run_id, clock, [stays])
