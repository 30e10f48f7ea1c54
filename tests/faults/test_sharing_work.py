"""Several workers on one PostgreSQL: they divide a run, and none spoils another's."""

import pytest

from domain.runs.tools import Step
from tests.faults.scene import PAST_EVERY_LEASE


def test_two_workers_divide_the_rows_of_a_run(postgresql_scene):
    scene = postgresql_scene
    scene.starts_run(count=66)
    first = scene.starts_worker(at=Step.ROWS_CLAIMED, then="wait")
    first.reaches(Step.ROWS_CLAIMED)
    second = scene.starts_worker()
    second.reaches(Step.ROWS_PREPARED)
    first.goes_on()
    scene.waits_for_result()
    first.ends()
    second.ends()
    assert first.steps.count(Step.ROWS_PREPARED) >= 1
    assert second.steps.count(Step.ROWS_PREPARED) >= 1
    together = first.steps + second.steps
    assert together.count(Step.ROWS_PREPARED) == 2
    assert together.count(Step.UPLOAD_COMPLETED) == 1
    scene.assert_handed_over_once()


@pytest.mark.parametrize(
    "step",
    [
        Step.ROWS_HASHED,
        Step.ROWS_PREPARED,
        Step.FILE_ENSURED,
        Step.FILE_BUILT,
        Step.UPLOAD_RESERVED,
        Step.RESERVATION_NOTED,
        Step.BYTES_SENT,
        Step.UPLOAD_COMPLETED,
        Step.SHARE_SEEN,
        Step.POSTED_NOTED,
        Step.BATCH_APPLIED,
        Step.RUN_ENDED,
    ],
)
def test_a_worker_that_sleeps_past_its_lease_spoils_nothing(postgresql_scene, step):
    scene = postgresql_scene
    scene.starts_run()
    scene.slack.tolerates("file_not_found")
    sleeper = scene.starts_worker(at=step, then="stop")
    sleeper.reaches(step)
    scene.states()
    other = scene.starts_worker(ahead=PAST_EVERY_LEASE)
    scene.waits_for_result()
    scene.states()
    sleeper.goes_on()
    sleeper.ends()
    other.ends()
    scene.assert_handed_over_once()


def test_a_killed_worker_leaves_its_rows_to_the_others(postgresql_scene):
    scene = postgresql_scene
    scene.starts_run()
    scene.starts_worker(at=Step.ROWS_HASHED).is_killed()
    workers = [scene.starts_worker(ahead=PAST_EVERY_LEASE) for _ in range(2)]
    scene.waits_for_result()
    for worker in workers:
        worker.ends()
    scene.assert_handed_over_once()
