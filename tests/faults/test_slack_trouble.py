"""A worker process beside a Slack that loses answers, refuses and is late."""

import pytest

from domain.runs.tools import Step

METHODS = (
    "conversations.info",
    "chat.postMessage",
    "chat.update",
    "files.getUploadURLExternal",
    "upload",
    "files.completeUploadExternal",
    "files.info",
)


@pytest.mark.parametrize("method", METHODS)
def test_a_call_that_fails_once_is_made_again(scene, method):
    scene.starts_run()
    scene.slack.tolerates("file_not_found")
    scene.slack.next_call(method).fails(503)
    # Its second try is due two seconds after the first.
    worker = scene.starts_worker()
    scene.waits_for_result()
    worker.ends()
    scene.assert_handed_over_once()


@pytest.mark.parametrize("method", ["chat.postMessage", "files.info"])
def test_too_many_calls_are_made_when_slack_says_so(scene, method):
    scene.starts_run()
    scene.slack.next_call(method).is_rate_limited(1)
    worker = scene.starts_worker()
    scene.waits_for_result()
    worker.ends()
    scene.assert_handed_over_once()


@pytest.mark.parametrize(
    "method", [each for each in METHODS if each not in ("upload", "chat.update")]
)
def test_an_answer_that_is_lost_costs_one_message_more_at_most(scene, method):
    scene.starts_run()
    scene.slack.tolerates("file_not_found")
    scene.slack.next_call(method).loses_its_answer()
    worker = scene.starts_worker()
    scene.waits_for_result()
    worker.ends()
    scene.assert_handed_over_once()


def test_a_file_that_is_never_shared_is_deleted_and_uploaded_again(scene):
    scene.starts_run()
    scene.slack.tolerates("file_deleted")
    scene.slack.files.never_share_next()
    worker = scene.starts_worker()
    scene.waits_for_result()
    worker.ends()
    files = list(scene.slack.files.all.values())
    assert [file.deleted for file in files] == [True, False]
    scene.assert_handed_over_once()


def test_a_kill_before_a_late_share_makes_no_second_file(scene):
    scene.starts_run()
    scene.slack.files.hold_sharing()
    scene.starts_worker(at=Step.UPLOAD_COMPLETED).is_killed()
    scene.states()
    scene.slack.files.release_sharing()
    worker = scene.restarts_worker()
    scene.waits_for_result()
    worker.ends()
    assert len(scene.slack.files.all) == 1
    scene.assert_handed_over_once()
