"""Codes of an authenticator app: once, never an older one, sealed."""

from datetime import timedelta

import pytest

from domain.logins.model import SecondFactor
from domain.secret import Keyring, Secret
from domain.sign_in.model import Stage
from domain.sign_in.second_step import CodeKind
from tests.domain.sign_in.codes.second_steps import SEED, SecondSteps

STEP = timedelta(seconds=30)
NEW_KEY = "another key for tests only of 32 characters or more"
OLD_KEY = "a key for tests only of 32 characters or more"


@pytest.fixture
def jan(steps):
    return steps.employee(SecondFactor.APP)


def with_keys(steps, *keys):
    keyring = Keyring.from_setting(Secret(",".join(keys)))
    return SecondSteps(steps.office, keyring, steps.clock)


def test_the_code_of_the_app_signs_in(steps, jan):
    outcome = steps.gives(steps.at_the_step(jan), steps.app_code())
    assert outcome.kind is CodeKind.RIGHT
    assert outcome.session.stage is Stage.IN
    assert steps.mailed() == []


def test_a_code_works_once_over_all_sign_ins(steps, jan):
    one, other = steps.at_the_step(jan), steps.at_the_step(jan)
    assert steps.gives(one, steps.app_code()).kind is CodeKind.RIGHT
    assert steps.gives(other, steps.app_code()).kind is CodeKind.WRONG


def test_after_a_newer_code_no_older_one_of_the_window_works(steps, jan):
    steps.gives(steps.at_the_step(jan), steps.app_code(steps=1))
    at_step = steps.at_the_step(jan)
    assert steps.gives(at_step, steps.app_code(steps=0)).kind is CodeKind.WRONG
    assert steps.gives(at_step, steps.app_code(steps=-1)).kind is CodeKind.WRONG
    steps.clock.forward(STEP)
    assert steps.gives(at_step, steps.app_code(steps=1)).kind is CodeKind.RIGHT


def test_the_app_of_somebody_else_is_wrong(steps, jan):
    other = Secret("KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")
    at_step = steps.at_the_step(jan)
    assert steps.gives(at_step, steps.app_code(seed=other)).kind is CodeKind.WRONG


def test_a_seed_moved_to_another_login_does_not_open(steps, jan):
    piet = steps.employee(SecondFactor.APP)
    stolen = steps.office.login(jan).sealed_totp_seed
    with steps.database.transaction() as session:
        session.get_one(type(steps.office.login(piet)), piet).sealed_totp_seed = stolen
    outcome = steps.gives(steps.at_the_step(piet), steps.app_code())
    assert outcome.kind is CodeKind.WRONG


def test_no_letter_is_sent_to_who_has_an_app(steps, jan):
    assert steps.asks_again(steps.at_the_step(jan)) is None
    assert steps.mailed() == []


@pytest.mark.parametrize(
    ("after", "kind"), [(599, CodeKind.RIGHT), (600, CodeKind.SPENT)]
)
def test_a_code_is_waited_for_ten_minutes(steps, jan, after, kind):
    at_step = steps.at_the_step(jan)
    steps.clock.forward(timedelta(seconds=after))
    assert steps.gives(at_step, steps.app_code()).kind is kind


def test_the_seed_is_not_readable_in_the_database(steps, jan):
    steps.gives(steps.at_the_step(jan), steps.app_code())
    dump = steps.dump()
    assert SEED.reveal() not in dump
    assert steps.app_code() not in dump


def test_a_seed_opens_after_the_key_was_rotated_and_is_sealed_anew(steps, jan):
    before = steps.office.login(jan).sealed_totp_seed
    rotated = with_keys(steps, NEW_KEY, OLD_KEY)
    outcome = rotated.gives(rotated.at_the_step(jan), rotated.app_code())
    assert outcome.kind is CodeKind.RIGHT
    assert steps.office.login(jan).sealed_totp_seed != before
    steps.clock.forward(STEP)
    alone = with_keys(steps, NEW_KEY)
    outcome = alone.gives(alone.at_the_step(jan), alone.app_code())
    assert outcome.kind is CodeKind.RIGHT


def test_a_seed_of_the_newest_key_stays_as_it_is_sealed(steps, jan):
    before = steps.office.login(jan).sealed_totp_seed
    steps.gives(steps.at_the_step(jan), steps.app_code())
    assert steps.office.login(jan).sealed_totp_seed == before


def test_a_seed_whose_key_is_gone_lets_nobody_in(steps, jan):
    lost = with_keys(steps, NEW_KEY)
    outcome = lost.gives(lost.at_the_step(jan), lost.app_code())
    assert outcome.kind is CodeKind.WRONG
