from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import administrators, outbox
from domain.actor import OPERATOR, AccountType
from domain.audit import AuditAct
from domain.exports import deletion, handover
from domain.exports.channel import ChannelLook, DeliveryRefusedError
from domain.exports.handover import ExportGoneError, NotYourExportError
from domain.exports.model import PostedFile, PostingState
from domain.logins import resets
from domain.logins.model import LoginState, PasswordKind
from domain.logins.passwords import canonical_initial_form
from domain.outbox import OutboxMessage
from domain.runs.ending import show_again
from domain.runs.model import (
    RowReason,
    RowState,
    Run,
    RunFailure,
    RunPhase,
    RunRow,
)
from domain.runs.planning import ResetChoice, ResetScope
from domain.runs.reporting import FileStatus
from domain.runs.tools import Step
from domain.runs.working import work_once
from domain.secret import Secret
from tests.domain.office import BRAM
from tests.domain.runs.drawer import slack_is_away
from tests.passwords import matches


def opening_password(office, keyring, run_id, clock):
    with office.database.transaction() as session:
        return handover.show_opening_password(
            session, run_id, keyring=keyring, actor=office.bram, now=clock()
        )


def rows_of(office, run_id):
    with office.database.reading() as session:
        return list(session.scalars(select(RunRow).where(RunRow.run_id == run_id)))


def run_of(office, run_id):
    with office.database.reading() as session:
        return session.get_one(Run, run_id)


def file_of(office, run_id):
    with office.database.reading() as session:
        return handover.find_file(session, run_id)


def assert_handed_over(office, drawer, keyring, run_id, clock, logins):
    """The workbook in the channel holds a valid password for each of the logins."""
    password = opening_password(office, keyring, run_id, clock)
    lines = {line["Gebruikersnaam"]: line for line in drawer.workbook(password)}
    assert len(lines) == len(logins)
    for login_id in logins:
        login = office.login(login_id)
        typed = canonical_initial_form(Secret(lines[login.user_name]["Wachtwoord"]))
        assert login.password_kind is PasswordKind.INITIAL
        assert matches(login.password_hash, typed)


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


@pytest.mark.parametrize("step", list(Step))
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


def test_a_run_of_somebody_who_lost_the_role_changes_nothing(
    office, worker, drawer, start, now
):
    login = office.add_login()
    run_id = start()
    with office.database.transaction() as session:
        administrators.appoint(
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


def test_a_worker_whose_lease_went_to_another_writes_nothing(
    office, worker, drawer, keyring, start, clock
):
    logins = [office.add_login() for _ in range(2)]
    run_id = start()
    overtaken = []

    def sleeps_through_its_lease(step):
        if step is Step.WORKBOOK_BUILT and not overtaken:
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


def test_two_workbooks_of_one_branch_on_one_day_have_names_of_their_own(
    office, worker, drawer, start, clock
):
    office.add_login()
    run_ids = []
    for _ in range(3):
        run_ids.append(start())
        worker.works()
    clock.forward(timedelta(days=1))
    run_ids.append(start())
    worker.works()
    assert [file_of(office, run_id).file_name for run_id in run_ids] == [
        "werknemerslogins-utrecht-2026-11-20.xlsx",
        "werknemerslogins-utrecht-2026-11-20-2.xlsx",
        "werknemerslogins-utrecht-2026-11-20-3.xlsx",
        "werknemerslogins-utrecht-2026-11-21.xlsx",
    ]


def test_a_workbook_that_was_not_posted_leaves_its_name_to_the_next(
    office, worker, drawer, start
):
    office.add_login()
    start()
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    run_id = start()
    worker.works()
    name = file_of(office, run_id).file_name
    assert name == "werknemerslogins-utrecht-2026-11-20.xlsx"


def test_only_who_asked_sees_the_opening_password_and_each_time_is_logged(
    office, worker, keyring, start, clock
):
    office.add_login()
    run_id = start()
    worker.works()
    opening_password(office, keyring, run_id, clock)
    opening_password(office, keyring, run_id, clock)
    assert len(office.events(AuditAct.EXPORT_OPENING_PASSWORD_SHOWN)) == 1
    clock.forward(timedelta(seconds=5))
    opening_password(office, keyring, run_id, clock)
    assert len(office.events(AuditAct.EXPORT_OPENING_PASSWORD_SHOWN)) == 2
    with (
        pytest.raises(NotYourExportError),
        office.database.transaction() as session,
    ):
        handover.show_opening_password(
            session, run_id, keyring=keyring, actor=office.hanna, now=clock()
        )


def test_an_export_is_gone_after_a_day_with_its_opening_password(
    office, worker, drawer, keyring, start, clock
):
    office.add_login()
    run_id = start()
    worker.works()
    clock.forward(timedelta(hours=23))
    assert deletion.delete_due(office.database, drawer.channel(), clock=clock) == 0
    clock.forward(timedelta(hours=1))
    with pytest.raises(ExportGoneError):
        opening_password(office, keyring, run_id, clock)
    assert deletion.delete_due(office.database, drawer.channel(), clock=clock) == 1
    assert drawer.posted == {}
    with office.database.reading() as session:
        file = session.scalars(select(PostedFile)).one()
    assert (file.state, file.sealed_opening_password) == (PostingState.DELETED, None)
    assert len(office.events(AuditAct.EXPORT_DELETED)) == 1


def tells_runs(office, clock):
    """Hand what the outbox holds about files to their runs."""
    with office.database.transaction() as session:
        while (message := outbox.claim_due(session, now=clock())) is not None:
            assert message.kind in (deletion.FILE_NOTICE, deletion.UNDELETED_NOTICE)
            if message.kind == deletion.FILE_NOTICE:
                show_again(session, message.payload["run_id"], now=clock())
            outbox.delivered(session, message, now=clock())


def test_the_message_of_a_run_is_shown_once_more_when_its_file_is_gone(
    office, worker, drawer, start, clock
):
    office.add_login()
    start()
    worker.works()
    assert drawer.messages[-1].file is FileStatus.IN_CHANNEL
    shown = len(drawer.messages)
    clock.forward(timedelta(hours=24))
    deletion.delete_due(office.database, drawer.channel(), clock=clock)
    tells_runs(office, clock)
    worker.works()
    assert drawer.messages[-1].file is FileStatus.DELETED
    assert len(drawer.messages) == shown + 1


def test_a_message_that_is_being_shown_when_it_changes_is_shown_again(
    office, worker, drawer, start, clock
):
    office.add_login()
    run_id = start()
    show, seen = worker.tools.show, []

    def while_shown(report):
        if report.phase is RunPhase.DONE and not seen:
            seen.append(report)
            with office.database.transaction() as session:
                show_again(session, run_id, now=clock())
        return show(report)

    type(worker)(replace(worker.tools, show=while_shown), clock).works()
    done = [report for report in drawer.messages if report.phase is RunPhase.DONE]
    assert len(done) == 2
    assert run_of(office, run_id).result_shown


def test_a_file_that_was_never_posted_is_deleted_without_a_word(
    office, worker, drawer, start, clock
):
    office.add_login()
    start()
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    shown = len(drawer.messages)
    assert deletion.delete_due(office.database, drawer.channel(), clock=clock) == 1
    tells_runs(office, clock)
    worker.works()
    assert len(drawer.messages) == shown
    assert drawer.messages[-1].file is None


def test_a_file_that_slack_does_not_delete_is_tried_again_and_told(
    office, worker, drawer, start, clock
):
    office.add_login()
    start()
    worker.works()
    clock.forward(timedelta(hours=24))
    for _ in range(3):
        drawer.trouble["delete"] = DeliveryRefusedError("cant_delete_file")
        deletion.delete_due(office.database, drawer.channel(), clock=clock)
        clock.forward(timedelta(minutes=11))
    with office.database.reading() as session:
        kinds = session.scalars(select(OutboxMessage.kind)).all()
    assert set(kinds) == {deletion.UNDELETED_NOTICE, deletion.FILE_NOTICE}
    tells_runs(office, clock)
    worker.works()
    assert drawer.messages[-1].file is FileStatus.TO_DELETE_BY_HAND
    assert deletion.delete_due(office.database, drawer.channel(), clock=clock) == 1


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
