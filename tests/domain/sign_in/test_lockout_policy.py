"""The numbers of the lockout."""

from datetime import timedelta

import pytest

from domain.sign_in import lockout_policy as policy


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [
        *[(0, 0), (1, 0), (2, 0), (3, 2), (4, 4), (5, 8), (6, 16), (9, 128), (11, 512)],
        *[(12, 900), (13, 900), (10_000, 900)],
    ],
)
def test_pause_after_a_failure_doubles_up_to_15_minutes(failures, seconds):
    assert policy.pause_after(failures) == timedelta(seconds=seconds)


def test_the_pauses_in_sql_are_those_of_the_rule():
    for failures in range(3, 20):
        in_sql = policy.GROWING_PAUSES.get(failures, policy.LONGEST_PAUSE)
        assert in_sql == policy.pause_after(failures)


def test_the_tenth_attempt_of_ten_is_compared_and_the_eleventh_is_not():
    assert policy.may_reach_hash(10, allowed=10)
    assert not policy.may_reach_hash(11, allowed=10)


def test_nine_failures_of_ten_lock_nothing():
    assert not policy.locks(9, allowed=10)
    assert policy.locks(10, allowed=10)
