"""Choosing one's own second factor: told by letter, other sessions end."""

from dataclasses import dataclass

import pytest

from domain.actor import EMPLOYEE
from domain.audit import AuditAct
from domain.letters.queueing import LetterKind
from domain.logins.model import SecondFactor
from domain.sign_in import recovery_codes
from domain.sign_in.app_enrolment import (
    NoAppError,
    NoPendingAppError,
    new_recovery_codes,
)
from domain.sign_in.factors import SecondFactorRequiredError, turn_off, turn_on_mail
from domain.sign_in.model import Stage
from tests.domain.sign_in.codes.choosing import asked_of, begin, confirm, set_up

NONE, MAIL, APP = SecondFactor.NONE, SecondFactor.MAIL, SecondFactor.APP


CHANGES = {
    "begin an app": begin,
    "confirm an app": lambda steps, inside: confirm(steps, inside, "123456"),
    "new recovery codes": lambda steps, inside: new_recovery_codes(
        steps.tools, inside, now=steps.now
    ),
    "turn on mail": lambda steps, inside: turn_on_mail(
        steps.tools, inside, now=steps.now
    ),
    "turn off": lambda steps, inside: turn_off(steps.tools, inside, now=steps.now),
}


@dataclass
class Change:
    """What one change is called, and what is asked after it."""

    factor: SecondFactor
    does: object
    letter: LetterKind
    values: dict
    act: AuditAct
    left: SecondFactor


TOLD = {
    "app": Change(
        NONE,
        lambda steps, inside: set_up(steps, inside)[1],
        LetterKind.FACTOR_SET,
        {"factor": "app"},
        AuditAct.SECOND_FACTOR_SET,
        APP,
    ),
    "paper": Change(
        APP,
        CHANGES["new recovery codes"],
        LetterKind.FACTOR_SET,
        {"factor": "recovery_codes"},
        AuditAct.SECOND_FACTOR_SET,
        APP,
    ),
    "mail": Change(
        NONE,
        CHANGES["turn on mail"],
        LetterKind.FACTOR_SET,
        {"factor": "mail"},
        AuditAct.SECOND_FACTOR_SET,
        MAIL,
    ),
    "mail for an app": Change(
        APP,
        CHANGES["turn on mail"],
        LetterKind.FACTOR_SET,
        {"factor": "mail"},
        AuditAct.SECOND_FACTOR_SET,
        MAIL,
    ),
    "no app": Change(
        APP,
        CHANGES["turn off"],
        LetterKind.FACTOR_REMOVED,
        {},
        AuditAct.SECOND_FACTOR_REMOVED,
        NONE,
    ),
    "no mail": Change(
        MAIL,
        CHANGES["turn off"],
        LetterKind.FACTOR_REMOVED,
        {},
        AuditAct.SECOND_FACTOR_REMOVED,
        NONE,
    ),
}


@pytest.mark.parametrize("change", TOLD.values(), ids=TOLD)
def test_each_change_is_told_and_ends_every_other_session(steps, change):
    jan = steps.employee(change.factor)
    if change.factor is APP:
        steps.paper_codes(jan)
    inside, elsewhere = steps.signed_in(jan), steps.signed_in(jan)
    waiting = steps.at_the_step(jan)
    done = change.does(steps, inside)
    assert asked_of(steps, jan) is change.left
    [letter] = steps.letters(LetterKind.FACTOR_SET, LetterKind.FACTOR_REMOVED)
    assert letter.kind is change.letter
    assert {name: value.reveal() for name, value in letter.values.items()} == (
        change.values
    )
    [event] = steps.office.events(change.act)
    assert (event.login_id, event.actor_kind) == (jan, EMPLOYEE.kind)
    for ended in (inside, elsewhere, waiting):
        assert not steps.is_open(ended)
    goes_on = steps.opened(done.session)
    assert goes_on.stage is Stage.IN
    assert goes_on.authenticated_at == inside.authenticated_at
    assert goes_on.started_at == inside.started_at
    assert steps.office.login(jan).sign_in_count == 2


@pytest.mark.parametrize("change", ["mail for an app", "no app"])
def test_nothing_is_left_of_an_app_that_is_off(steps, change):
    jan = steps.employee(APP, totp_last_step=7)
    steps.paper_codes(jan)
    TOLD[change].does(steps, steps.signed_in(jan))
    login = steps.office.login(jan)
    assert (login.sealed_totp_seed, login.totp_last_step) == (None, None)
    with steps.database.reading() as session:
        assert recovery_codes.left(session, jan) == 0


def test_an_app_half_set_up_does_not_outlive_another_choice(steps):
    jan = steps.employee()
    inside = steps.signed_in(jan)
    seed = begin(steps, inside).seed
    turned_on = turn_on_mail(steps.tools, inside, now=steps.now)
    with pytest.raises(NoPendingAppError):
        confirm(steps, steps.opened(turned_on.session), steps.app_code(seed))


@pytest.mark.parametrize(("factor", "change"), [(MAIL, turn_on_mail), (NONE, turn_off)])
def test_what_is_so_already_is_not_told_again(steps, factor, change):
    jan = steps.employee(factor)
    inside = steps.signed_in(jan)
    outcome = change(steps.tools, inside, now=steps.now)
    assert (outcome.factor, outcome.session) == (factor, None)
    assert steps.is_open(inside)
    assert steps.letters() == []


def test_where_the_branch_requires_one_off_means_back_to_mail(steps):
    jan = steps.employee(APP)
    steps.requires(steps.office.utrecht)
    outcome = turn_off(steps.tools, steps.signed_in(jan), now=steps.now)
    assert outcome.factor is MAIL
    assert asked_of(steps, jan) is MAIL
    with pytest.raises(SecondFactorRequiredError):
        turn_off(steps.tools, steps.opened(outcome.session), now=steps.now)


def test_a_mailed_code_that_the_branch_requires_is_not_turned_off(steps):
    jan = steps.employee(MAIL)
    steps.requires(steps.office.utrecht)
    inside = steps.signed_in(jan)
    with pytest.raises(SecondFactorRequiredError):
        turn_off(steps.tools, inside, now=steps.now)
    assert asked_of(steps, jan) is MAIL
    assert steps.is_open(inside)


def test_recovery_codes_are_for_who_has_an_app(steps):
    inside = steps.signed_in(steps.employee(MAIL))
    with pytest.raises(NoAppError):
        new_recovery_codes(steps.tools, inside, now=steps.now)


@pytest.mark.parametrize(
    ("chosen", "required", "asked"),
    [
        (NONE, False, NONE),
        (NONE, True, MAIL),
        (MAIL, False, MAIL),
        (MAIL, True, MAIL),
        (APP, False, APP),
        (APP, True, APP),
    ],
)
def test_the_app_is_asked_where_there_is_one_else_a_mail_if_wanted(
    steps, chosen, required, asked
):
    jan = steps.employee(chosen)
    steps.requires(steps.office.utrecht, required)
    assert asked_of(steps, jan) is asked
