"""The command itself, killed while it waits for Slack, and started again."""

import signal

import pytest

from domain.database import Database

_PATIENCE = 120


@pytest.fixture
def scene(stage, sqlite_url):
    database = Database(sqlite_url)
    yield stage(database)
    database.close()


@pytest.fixture
def serve(scene, serves):
    return lambda: serves(scene)


@pytest.mark.parametrize(
    "method",
    [
        "chat.postMessage",
        "files.getUploadURLExternal",
        "files.completeUploadExternal",
        "files.info",
    ],
)
def test_serve_killed_in_the_middle_of_a_call_goes_on_when_started_again(
    scene, serve, method
):
    scene.starts_run()
    held = scene.slack.next_call(method).is_held()
    first = serve()
    held.is_reached()
    scene.states()
    first.send_signal(signal.SIGKILL)
    first.wait(_PATIENCE)
    held.release()
    second = serve()
    scene.waits_for_result()
    second.send_signal(signal.SIGTERM)
    assert second.wait(_PATIENCE) == 0
    scene.assert_handed_over_once()


def test_serve_told_to_end_leaves_the_rest_to_the_next(scene, serve):
    scene.starts_run()
    held = scene.slack.next_call("files.completeUploadExternal").is_held()
    first = serve()
    held.is_reached()
    first.send_signal(signal.SIGTERM)
    held.release()
    assert first.wait(_PATIENCE) == 0
    scene.states()
    serve()
    scene.waits_for_result()
    scene.assert_handed_over_once()
