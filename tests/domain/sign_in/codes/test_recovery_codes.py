"""Ten codes on paper: each once, new ones replace all."""

import pytest

from domain.logins.model import SecondFactor
from domain.sign_in import recovery_codes
from domain.sign_in.second_step import CodeKind


@pytest.fixture
def jan(steps):
    return steps.employee(SecondFactor.APP)


def left(steps, login_id):
    with steps.database.reading() as session:
        return recovery_codes.left(session, login_id)


def test_each_of_ten_codes_signs_in_once_and_tells_how_many_are_left(steps, jan):
    codes = steps.paper_codes(jan)
    for number, code in enumerate(codes, 1):
        outcome = steps.gives(steps.at_the_step(jan), code)
        assert outcome.kind is CodeKind.RIGHT
        assert outcome.recovery_codes_left == 10 - number
    assert steps.gives(steps.at_the_step(jan), codes[0]).kind is CodeKind.WRONG


def test_a_code_is_right_however_it_was_copied(steps, jan):
    code = steps.paper_codes(jan)[3]
    typed = f" {code.upper().replace('-', ' ')} "
    assert steps.gives(steps.at_the_step(jan), typed).kind is CodeKind.RIGHT
    assert left(steps, jan) == 9


def test_new_codes_replace_all_of_the_old(steps, jan):
    old = steps.paper_codes(jan)
    steps.gives(steps.at_the_step(jan), old[0])
    new = steps.paper_codes(jan)
    assert left(steps, jan) == 10
    at_step = steps.at_the_step(jan)
    assert steps.gives(at_step, old[1]).kind is CodeKind.WRONG
    assert steps.gives(at_step, new[0]).kind is CodeKind.RIGHT


def test_codes_of_another_employee_are_wrong(steps, jan):
    piet = steps.employee(SecondFactor.APP)
    of_jan = steps.paper_codes(jan)
    of_piet = steps.paper_codes(piet)
    assert steps.gives(steps.at_the_step(piet), of_jan[0]).kind is CodeKind.WRONG
    assert steps.gives(steps.at_the_step(piet), of_piet[0]).kind is CodeKind.RIGHT
    assert left(steps, jan) == 10


def test_codes_do_nothing_for_who_gets_a_code_by_mail(steps):
    jan = steps.employee(SecondFactor.MAIL)
    codes = steps.paper_codes(jan)
    assert steps.gives(steps.at_the_step(jan), codes[0]).kind is CodeKind.WRONG
    assert left(steps, jan) == 10


def test_codes_are_not_readable_in_the_database(steps, jan):
    codes = steps.paper_codes(jan)
    dump = steps.dump()
    for code in codes:
        assert code not in dump
        assert code.replace("-", "") not in dump
