"""HR takes the factor from somebody who lost the phone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.actor import EMPLOYEE
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.letters.queueing import LetterKind
from domain.logins.model import SecondFactor
from domain.sign_in import factors
from domain.sign_in.second_step import CodeKind
from tests.domain.sign_in.codes.choosing import asked_of

NONE, MAIL, APP = SecondFactor.NONE, SecondFactor.MAIL, SecondFactor.APP


def remove(steps, login_id, actor):
    with steps.database.transaction() as session:
        return factors.remove_second_factor(
            session, login_id, keyring=steps.keyring, actor=actor, now=steps.now
        )


def test_hr_removes_the_factor_of_somebody_who_lost_the_phone(steps):
    jan = steps.employee(APP)
    paper = steps.paper_codes(jan)
    inside, at_step = steps.signed_in(jan), steps.at_the_step(jan)
    assert remove(steps, jan, steps.office.ursula)
    login = steps.office.login(jan)
    assert (login.second_factor, login.sealed_totp_seed) == (NONE, None)
    assert not steps.is_open(inside)
    assert steps.gives(at_step, paper[0]).kind is CodeKind.SPENT
    [letter] = steps.letters()
    assert letter.kind is LetterKind.FACTOR_REMOVED
    assert letter.values["by"].reveal() == "administrator"
    [event] = steps.office.events(AuditAct.SECOND_FACTOR_REMOVED)
    assert event.administrator_id == steps.office.ursula.administrator_id
    assert event.details == {"factor": "app"}


def test_removing_leaves_the_password_and_what_the_branch_requires(steps):
    jan = steps.employee(APP, password_hash="as it was")
    steps.requires(steps.office.utrecht)
    remove(steps, jan, steps.office.bram)
    assert steps.office.login(jan).password_hash == "as it was"
    assert asked_of(steps, jan) is MAIL


def test_of_two_who_remove_it_one_did(steps):
    jan = steps.employee(APP)
    with ThreadPoolExecutor(8) as threads:
        did = list(
            threads.map(lambda _: remove(steps, jan, steps.office.bram), range(8))
        )
    assert did.count(True) == 1
    assert len(steps.letters()) == 1
    assert len(steps.office.events(AuditAct.SECOND_FACTOR_REMOVED)) == 1
    assert steps.office.login(jan).credential_version == 2


def test_a_login_of_another_branch_is_not_there(steps):
    jan = steps.employee(APP, card={"branch_id": steps.office.rotterdam})
    with pytest.raises(NotFoundError):
        remove(steps, jan, steps.office.bram)
    with pytest.raises(NotFoundError):
        remove(steps, 999_999, steps.office.hanna)
    assert steps.office.login(jan).second_factor is APP
    assert remove(steps, jan, steps.office.hanna)


def test_employees_do_not_remove_it_as_administrators_do(steps):
    jan = steps.employee(APP)
    with pytest.raises(NotPermittedError):
        remove(steps, jan, EMPLOYEE)
