"""One code, many times at the same moment: it signs in once."""

import multiprocessing
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.logins.model import SecondFactor
from tests.domain.sign_in.codes.giving_at_once import (
    EACH,
    give_at_once,
    give_in_process,
)
from tests.domain.sign_in.codes.second_steps import WRONG

AT_ONCE = 100
KEY = "a key for tests only of 32 characters or more"


def a_code(steps, kind):
    """An employee and a code of theirs that is right."""
    factor = SecondFactor.MAIL if kind == "mail" else SecondFactor.APP
    jan = steps.employee(factor)
    at_step = steps.at_the_step(jan)
    if kind == "mail":
        return jan, at_step, steps.mailed()[0]
    if kind == "app":
        return jan, at_step, steps.app_code()
    return jan, at_step, steps.paper_codes(jan)[0]


@pytest.mark.parametrize("kind", ["mail", "app", "paper"])
def test_a_code_sent_100_times_at_once_signs_in_once(steps, kind):
    jan, at_step, code = a_code(steps, kind)
    kinds = give_at_once(steps.tools, [at_step] * AT_ONCE, code, steps.now)
    assert kinds == {"right": 1, "spent": AT_ONCE - 1}
    assert steps.office.login(jan).sign_in_count == 1
    assert steps.tries(jan) == 1


@pytest.mark.parametrize("kind", ["app", "paper"])
def test_a_code_given_in_100_sign_ins_at_once_signs_in_once(steps, kind):
    jan, at_step, code = a_code(steps, kind)
    others = [steps.at_the_step(jan) for _ in range(AT_ONCE - 1)]
    kinds = give_at_once(steps.tools, [at_step, *others], code, steps.now)
    # The fifty of a day are compared, one of them is right.
    assert kinds == {"right": 1, "wrong": 49, "blocked": 50}


@pytest.mark.parametrize("kind", ["mail", "app"])
def test_of_100_wrong_codes_at_once_five_are_compared(steps, kind):
    jan, at_step, _code = a_code(steps, kind)
    kinds = give_at_once(steps.tools, [at_step] * AT_ONCE, WRONG, steps.now)
    assert kinds == {"wrong": 4, "spent": AT_ONCE - 4}
    assert steps.tries(jan) == 5


def test_of_many_letters_asked_for_at_once_three_are_sent(steps):
    at_step = steps.at_the_step(steps.employee(SecondFactor.MAIL))
    with ThreadPoolExecutor(20) as threads:
        list(threads.map(lambda _: steps.asks_again(at_step), range(20)))
    assert len(steps.mailed()) == 3


def test_two_processes_take_each_code_once(steps):
    codes = [a_code(steps, kind) for kind in ("mail", "app", "paper")]
    given = [(at_step, code) for _jan, at_step, code in codes]
    spawning = multiprocessing.get_context("spawn")
    start, told = spawning.Barrier(2), spawning.Queue()
    url = steps.database.url.render_as_string(hide_password=False)
    work = (url, KEY, given, steps.now, start, told)
    processes = [spawning.Process(target=give_in_process, args=work) for _ in range(2)]
    for process in processes:
        process.start()
    kinds = sum((told.get(timeout=120) for _ in processes for _ in given), Counter())
    for process in processes:
        process.join(timeout=60)
    assert kinds == {"right": 3, "spent": 2 * 3 * EACH - 3}
    for jan, _at_step, _code in codes:
        assert steps.office.login(jan).sign_in_count == 1
