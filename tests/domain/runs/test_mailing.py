from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.audit import AuditAct
from domain.letters.model import BuiltIn
from domain.letters.refusals import (
    LetterDeferredError,
    LetterRefusedError,
)
from domain.logins.links import Link
from domain.logins.model import LoginState, PasswordKind
from domain.runs.model import RowReason, RowState, RunPhase
from domain.runs.planning import ResetChoice
from tests.domain.runs.looking import rows_of, run_of
from tests.domain.runs.mailed import (
    BOTH,
    REFUSED,
    assert_mailed_once,
    reasons_of,
)
from tests.domain.runs.mailing import report_of, start
from tests.domain.runs.steps import MAILING_STEPS, PREPARING_STEPS


@BOTH
def test_each_gets_one_letter_with_what_the_login_has_from_then_on(
    office, mailer, postman, drawer, clock, template
):
    logins = [office.add_login() for _ in range(7)]
    run_id = start(office, template)
    mailer.works()
    assert_mailed_once(office, postman, logins)
    assert run_of(office, run_id).phase is RunPhase.DONE
    assert report_of(office, run_id).by_state == {RowState.SENT: 7}
    assert drawer.messages[-1].sent == 7


@BOTH
def test_all_letters_of_a_run_name_the_same_end(office, mailer, postman, template):
    logins = [office.add_login() for _ in range(5)]
    run_id = start(office, template)
    mailer.works()
    ends = {
        postman.letters_to(login)[0].values["valid_until"].reveal() for login in logins
    }
    expires_at = run_of(office, run_id).password_expires_at
    assert ends == {expires_at.isoformat()}
    with office.database.reading() as session:
        lives = set(session.scalars(select(Link.expires_at)))
    kept = {office.login(login).initial_password_expires_at for login in logins}
    if template is BuiltIn.LINK:
        assert (lives, kept) == ({expires_at}, {None})
    else:
        assert (lives, kept) == (set(), {expires_at})


@BOTH
def test_a_password_of_ones_own_ends_when_the_letter_is_queued(
    office, mailer, postman, template
):
    login = office.add_login(
        password_kind=PasswordKind.OWN, password_hash="own", credential_version=4
    )
    start(office, template)
    mailer.works()
    (letter,) = postman.letters_to(login)
    assert postman.lets_in(letter, login)
    assert office.login(login).credential_version == 5


def test_nothing_sealed_outlives_a_mailing(office, mailer):
    office.add_login()
    run_id = start(office, BuiltIn.PASSWORD)
    mailer.works()
    kept = [(row.sealed_password, row.password_hash) for row in rows_of(office, run_id)]
    assert kept == [(None, None)]


@BOTH
def test_every_letter_has_one_event_and_the_run_a_start_and_an_end(
    office, mailer, template
):
    logins = {office.add_login() for _ in range(5)}
    run_id = start(office, template)
    mailer.works()
    mailed = office.events(AuditAct.ACCESS_MAILED)
    assert Counter(event.login_id for event in mailed) == Counter(logins)
    assert {event.run_id for event in mailed} == {run_id}
    assert {event.details["hands_over"] for event in mailed} == {template.value}
    assert report_of(office, run_id).hands_over == template.value
    assert {event.administrator_id for event in mailed} == {
        office.bram.administrator_id
    }
    assert len(office.events(AuditAct.RUN_STARTED, AuditAct.RUN_ENDED)) == 2


@pytest.mark.parametrize(
    ("template", "step"),
    [
        *((BuiltIn.PASSWORD, step) for step in (*PREPARING_STEPS, *MAILING_STEPS)),
        *((BuiltIn.LINK, step) for step in MAILING_STEPS),
    ],
)
def test_a_mailing_that_is_killed_at_any_step_ends_as_if_it_had_not_been(
    office, mailer, postman, clock, step, template
):
    logins = [office.add_login() for _ in range(5)]
    run_id = start(office, template)
    assert mailer.is_killed_at(step)
    clock.forward(timedelta(minutes=5))
    mailer.works()
    assert run_of(office, run_id).phase is RunPhase.DONE
    assert_mailed_once(office, postman, logins)
    assert len(office.events(AuditAct.ACCESS_MAILED)) == 5
    assert len(office.events(AuditAct.RUN_ENDED)) == 1


@BOTH
def test_two_workers_share_a_mailing_and_nobody_gets_two_letters(
    office, mailer, postman, clock, template
):
    logins = [office.add_login() for _ in range(9)]
    start(office, template)
    other = replace(mailer, tools=replace(mailer.tools, apply_at_once=2))
    for _ in range(20):
        for worker in (mailer, other):
            worker.goes_round()
            clock.forward(timedelta(seconds=3))
    assert_mailed_once(office, postman, logins)
    assert len(office.events(AuditAct.ACCESS_MAILED)) == 9


def test_one_refused_address_is_marked_and_the_rest_goes_on(
    office, mailer, postman, drawer
):
    logins = [office.add_login() for _ in range(6)]
    postman.trouble[office.login(logins[2]).user_name] = REFUSED
    run_id = start(office)
    mailer.works()
    assert_mailed_once(office, postman, [each for each in logins if each != logins[2]])
    assert reasons_of(office, run_id)[logins[2]] is RowReason.ADDRESS_REFUSED
    assert report_of(office, run_id).by_state == {RowState.SENT: 5, RowState.FAILED: 1}
    assert run_of(office, run_id).phase is RunPhase.DONE
    assert drawer.messages[-1].can_be_retried


def test_a_letter_that_is_refused_for_what_it_is_says_not_sent(office, mailer, postman):
    login = office.add_login()
    postman.trouble[office.login(login).user_name] = LetterRefusedError(
        "letter_refused_554"
    )
    run_id = start(office)
    mailer.works()
    assert reasons_of(office, run_id) == {login: RowReason.NOT_SENT}


def test_a_locked_login_that_is_taken_along_stays_locked(office, mailer, postman):
    locked = office.add_login(LoginState.LOCKED)
    start(office, BuiltIn.PASSWORD, ResetChoice(also=frozenset({LoginState.LOCKED})))
    mailer.works()
    (letter,) = postman.letters_to(locked)
    assert postman.lets_in(letter, locked)
    assert office.login(locked).state is LoginState.LOCKED


def test_full_mailboxes_keep_nobody_else_waiting(office, mailer, postman, clock):
    logins = office.add_logins(300)
    for login_id in logins[:80]:
        address = office.login(login_id).user_name
        postman.trouble[address] = LetterDeferredError("letter_deferred_452")
    run_id = start(office)
    mailer.works_for(timedelta(minutes=10), timedelta(seconds=10))
    states = Counter(row.state for row in rows_of(office, run_id))
    assert states[RowState.SENT] == 220
