from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from domain.letters.model import BuiltIn
from domain.letters.refusals import (
    LetterDeferredError,
)
from domain.logins.model import Login
from domain.runs.mailing import AHEAD, GIVEN_UP_AFTER, mail_once
from domain.runs.model import RowReason, RowState, RunFailure, RunPhase
from tests.domain.runs.looking import rows_of, run_of
from tests.domain.runs.mailed import (
    AWAY,
    BOTH,
    assert_mailed_once,
)
from tests.domain.runs.mailing import report_of, start


@BOTH
def test_a_mail_server_that_is_away_strands_only_so_many_and_the_run_says_why(
    office, mailer, postman, drawer, template
):
    logins = office.add_logins(AHEAD + 40)
    run_id = start(office, template)
    postman.away = AWAY
    quick = replace(mailer, tools=replace(mailer.tools, apply_at_once=50))
    quick.works_for(timedelta(minutes=30), every=timedelta(minutes=1))
    assert report_of(office, run_id).by_state[RowState.APPLIED] == AHEAD
    untouched = [
        login for login in logins if office.login(login).credential_version == 1
    ]
    assert len(untouched) == 40
    assert drawer.messages[-1].waits_for_mail_server == "connection_refused"
    assert run_of(office, run_id).ended_at is None
    postman.away = None
    quick.works()
    assert_mailed_once(office, postman, logins)
    assert drawer.messages[-1].waits_for_mail_server is None


def test_while_the_mail_server_is_away_the_message_is_rewritten_ever_less(
    office, mailer, postman, drawer
):
    office.add_login()
    start(office)
    postman.away = AWAY
    mailer.works_for(timedelta(hours=1), every=timedelta(seconds=10))
    assert 5 <= len(drawer.messages) <= 25


def test_a_mail_server_that_stays_away_ends_the_run_for_who_was_not_reached(
    office, mailer, postman
):
    logins = office.add_logins(AHEAD + 3)
    run_id = start(office, BuiltIn.PASSWORD)
    postman.away = AWAY
    quick = replace(mailer, tools=replace(mailer.tools, apply_at_once=AHEAD))
    quick.works_for(GIVEN_UP_AFTER + timedelta(hours=1), every=timedelta(minutes=20))
    run = run_of(office, run_id)
    assert (run.phase, run.failure) == (RunPhase.FAILED, RunFailure.MAIL_SERVER_AWAY)
    kept = [row for row in rows_of(office, run_id) if row.state is RowState.FAILED]
    assert {row.reason for row in kept} == {RowReason.NOT_APPLIED}
    assert {office.login(row.login_id).credential_version for row in kept} == {1}
    assert {row.sealed_password for row in rows_of(office, run_id)} == {None}
    postman.away = None
    quick.works_for(timedelta(minutes=1), every=timedelta(seconds=6))
    sent = report_of(office, run_id).by_state
    assert sent == {RowState.SENT: AHEAD, RowState.FAILED: 3}
    assert_mailed_once(office, postman, logins[:AHEAD])


def test_letters_that_are_put_off_hold_up_no_other_task_of_the_branch(
    office, mailer, postman, drawer, clock
):
    logins = [office.add_login() for _ in range(3)]
    slow = office.login(logins[1]).user_name
    postman.trouble[slow] = LetterDeferredError("recipient_deferred_452")
    run_id = start(office)
    mailer.works_for(timedelta(minutes=40), every=timedelta(seconds=30))
    run = run_of(office, run_id)
    assert run.phase is RunPhase.DONE
    assert run.ended_at - run.created_at < timedelta(minutes=30)
    assert report_of(office, run_id).by_state == {RowState.SENT: 2, RowState.APPLIED: 1}
    del postman.trouble[slow]
    mailer.works_for(timedelta(hours=8), every=timedelta(minutes=10))
    assert_mailed_once(office, postman, logins)
    assert drawer.messages[-1].by_state == {RowState.SENT: 3}


def test_a_pass_with_nothing_to_do_writes_nothing(office, mailer, postman, clock):
    office.add_login()
    run_id = start(office)
    postman.away = AWAY
    mailer.goes_round()
    before = run_of(office, run_id)
    clock.forward(timedelta(seconds=1))
    assert mail_once(mailer.tools) is False
    after = run_of(office, run_id)
    assert (after.due_at, after.attempts) == (before.due_at, before.attempts)


def test_a_mailing_holds_the_branch_until_its_letters_are_gone(office, mailer, postman):
    office.add_login()
    run_id = start(office)
    postman.away = AWAY
    mailer.works_for(timedelta(minutes=5), every=timedelta(seconds=30))
    assert run_of(office, run_id).ended_at is None
    with office.database.reading() as session:
        waiting = session.scalar(
            select(func.count()).select_from(Login).where(Login.credential_version == 2)
        )
    assert waiting == 1


def test_one_full_mailbox_is_not_told_as_a_mail_server_that_takes_nothing(
    office, mailer, postman, clock
):
    logins = [office.add_login() for _ in range(3)]
    address = office.login(logins[0]).user_name
    postman.trouble[address] = LetterDeferredError("recipient_deferred_452")
    run_id = start(office)
    mailer.works_for(timedelta(minutes=2), timedelta(seconds=10))
    report = report_of(office, run_id)
    assert report.by_state == {RowState.SENT: 2, RowState.APPLIED: 1}
    assert report.waits_for_mail_server is None
