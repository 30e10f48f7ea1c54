"""A worker killed at any named step or moment, and the one that comes after it.

SLEUTELBOS_KILLED_EXPORTS asks for more runs with letters, each killed twice or less.
"""

from secrets import SystemRandom

import pytest

from domain.exports.model import ReadyLetters
from tests.domain.runs.steps import EXPORT_STEPS
from tests.faults.mailing_scene import kills_asked_for
from tests.faults.scene import PAST_EVERY_LEASE

_RUNS = kills_asked_for("SLEUTELBOS_KILLED_EXPORTS", 1)


@pytest.mark.parametrize("step", EXPORT_STEPS)
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
    for number, step in enumerate(EXPORT_STEPS):
        worker = scene.starts_worker(
            at=step,
            ahead=number * PAST_EVERY_LEASE,
            only_process=scene.database.is_sqlite,
        )
        worker.is_killed()
        scene.states()
    assert scene.run().result_shown
    scene.assert_handed_over_once()


@pytest.mark.parametrize("_time", range(_RUNS))
def test_killed_at_random_moments_a_run_with_letters_still_ends_once(scene, _time):
    scene.starts_run(ready_letters=ReadyLetters.BUILT_IN_NL)
    scene.slack.tolerates("file_not_found")
    for _ in range(2):
        scene.is_killed_somewhere(SystemRandom())
        scene.states()
    worker = scene.restarts_worker()
    scene.waits_for_result()
    worker.ends()
    scene.assert_handed_over_once()
