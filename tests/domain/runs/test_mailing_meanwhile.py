from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain import administrators
from domain.runs.mailing import mail_once
from domain.runs.model import RowReason, RowState, RunFailure, RunPhase
from domain.runs.tools import Step
from tests.domain.runs.looking import run_of
from tests.domain.runs.mailed import (
    BOTH,
    assert_mailed_once,
    reasons_of,
    shows_new_password,
)
from tests.domain.runs.mailing import report_of, start
from tests.domain.runs.resetting import TODAY, YESTERDAY


@BOTH
def test_who_may_not_any_more_mails_nobody_else(
    office, mailer, postman, clock, template
):
    logins = [office.add_login() for _ in range(5)]
    run_id = start(office, template)
    assert mailer.is_killed_at(Step.LETTERS_QUEUED)
    take_away_utrecht(office)
    clock.forward(timedelta(minutes=5))
    mailer.works()
    run = run_of(office, run_id)
    assert (run.phase, run.failure) == (RunPhase.FAILED, RunFailure.NOT_PERMITTED)
    assert report_of(office, run_id).by_state == {RowState.SENT: 3, RowState.FAILED: 2}
    assert_mailed_once(office, postman, logins[:3])
    assert [office.login(login).credential_version for login in logins[3:]] == [1, 1]


def take_away_utrecht(office):
    with office.database.transaction() as session:
        session.execute(
            update(administrators.AdministratorBranch).values(
                branch_id=office.rotterdam
            )
        )


@BOTH
def test_who_changed_moved_or_left_meanwhile_is_left_out_by_name(
    office, mailer, postman, keyring, clock, template
):
    stays, changed, moved, left = [office.add_login() for _ in range(4)]
    run_id = start(office, template)
    shows_new_password(office, changed, keyring, clock())
    card = office.login(moved).record_card_id
    office.change_card(card, branch_id=office.amsterdam)
    office.change_card(office.login(left).record_card_id, end_on=YESTERDAY)
    mailer.works()
    changed_meanwhile = RowReason.CHANGED_MEANWHILE
    # Who left before it began was met knowingly; this one left the day after.
    assert reasons_of(office, run_id) == {
        stays: None,
        changed: changed_meanwhile,
        moved: changed_meanwhile,
        left: None,
    }
    assert postman.letters_to(changed) == []
    assert postman.letters_to(moved) == []


@BOTH
def test_who_left_since_it_began_gets_no_letter(
    office, mailer, postman, clock, template
):
    stays, leaves = office.add_login(), office.add_login()
    run_id = start(office, template)
    office.change_card(office.login(leaves).record_card_id, end_on=TODAY)
    clock.forward(timedelta(days=1))
    mailer.works()
    assert reasons_of(office, run_id) == {
        stays: None,
        leaves: RowReason.CHANGED_MEANWHILE,
    }
    assert postman.letters_to(leaves) == []


@BOTH
def test_who_got_another_password_before_the_letter_left_gets_no_letter(
    office, mailer, postman, keyring, clock, template
):
    stays, changed = office.add_login(), office.add_login()
    run_id = start(office, template)
    assert mailer.is_killed_at(Step.LETTERS_QUEUED)
    clock.forward(timedelta(seconds=1))
    shows_new_password(office, changed, keyring, clock())
    clock.forward(timedelta(minutes=5))
    mailer.works()
    assert postman.letters_to(changed) == []
    assert reasons_of(office, run_id) == {
        stays: None,
        changed: RowReason.CHANGED_MEANWHILE,
    }


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_letter_that_leaves_during_the_last_pass_is_counted_in_the_result(
    office, mailer, postman, clock
):
    office.add_logins(2)
    run_id = start(office)
    assert mailer.is_killed_at(Step.LETTERS_QUEUED)

    looked = []

    def meanwhile():
        # Asked first when it looks for mailings, and again once it has settled rows.
        if looked:
            postman.delivers()
        looked.append(clock())
        return clock()

    assert not mail_once(replace(mailer.tools, clock=meanwhile))
    assert run_of(office, run_id).ended_at is None
    mail_once(mailer.tools)
    assert run_of(office, run_id).phase is RunPhase.DONE
    assert report_of(office, run_id).by_state == {RowState.SENT: 2}
