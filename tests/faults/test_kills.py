"""A worker killed at any named step, and the one that is started after it."""

import pytest

from domain.runs.tools import Step
from tests.faults.conftest import PAST_EVERY_LEASE


@pytest.mark.parametrize("step", list(Step))
def test_after_a_kill_at_this_step_the_run_ends_as_if_nothing_happened(scene, step):
    scene.starts_run()
    scene.starts_worker(at=step).is_killed()
    # What a file that was reserved and never finished looks like to Slack.
    scene.slack.tolerates("file_not_found")
    scene.states()
    worker = scene.restarts_worker()
    scene.waits_for_result()
    worker.ends()
    scene.assert_handed_over_once()


def test_killed_at_every_step_in_turn_the_run_still_ends_once(scene):
    scene.starts_run()
    scene.slack.tolerates("file_not_found")
    for number, step in enumerate(Step):
        worker = scene.starts_worker(
            at=step,
            ahead=number * PAST_EVERY_LEASE,
            only_process=scene.database.is_sqlite,
        )
        worker.is_killed()
        scene.states()
    assert scene.run().result_shown
    scene.assert_handed_over_once()
