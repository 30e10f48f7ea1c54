"""The alert about a locked login outlives the process that shows it."""

import signal

import pytest
from sqlalchemy import select

from domain.clock import utc_now
from domain.database import Database
from domain.sign_in import lockout_decisions, lockouts
from domain.sign_in.model import Lockout, LockoutAlert
from tests.bot.in_slack import eventually
from tests.faults.scene import CHANNEL

_PATIENCE = 60


@pytest.fixture
def scene(stage, sqlite_url):
    database = Database(sqlite_url)
    yield stage(database)
    database.close()


def lock(scene, count=1):
    """Lock so many logins of Utrecht; gives their lockouts."""
    logins = [scene.cards.add_login() for _ in range(count)]
    for login_id in logins:
        with scene.database.transaction() as session:
            lockouts.lock(session, login_id, keyring=scene.keyring, now=utc_now())
    with scene.database.reading() as session:
        return list(session.scalars(select(Lockout.id).order_by(Lockout.id)))


def activate(scene, lockout_id):
    with scene.database.transaction() as session:
        lockout_decisions.activate(session, lockout_id, actor=scene.bram, now=utc_now())


def told(scene):
    """What stands in the channel, message by message."""
    with scene.slack.changed:
        return [str(each.blocks) for each in scene.slack.channel(CHANNEL).messages]


def alerts(scene):
    with scene.database.reading() as session:
        return list(session.scalars(select(LockoutAlert).order_by(LockoutAlert.id)))


def is_told(scene, words):
    eventually(lambda: any(words in text for text in told(scene)), within=_PATIENCE)


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait(_PATIENCE)


def test_killed_while_it_posts_another_process_tells_it(scene, serves):
    [lockout_id] = lock(scene)
    held = scene.slack.next_call("chat.postMessage").is_held()
    first = serves(scene)
    held.is_reached()
    kill(first)
    held.release()
    serves(scene)
    eventually(lambda: alerts(scene)[0].shown_count == 1, within=_PATIENCE)
    assert 1 <= len(told(scene)) <= 2
    activate(scene, lockout_id)
    is_told(scene, "Geactiveerd door")


def test_killed_while_it_rewrites_another_process_rewrites_it(scene, serves):
    [lockout_id] = lock(scene)
    first = serves(scene)
    is_told(scene, "Werknemerslogin geblokkeerd")
    held = scene.slack.next_call("chat.update").is_held()
    activate(scene, lockout_id)
    held.is_reached()
    kill(first)
    held.release()
    serves(scene)
    is_told(scene, "Geactiveerd door")
    assert len(told(scene)) == 1


def test_what_was_decided_while_no_process_ran_is_told_by_the_next(scene, serves):
    [lockout_id] = lock(scene)
    first = serves(scene)
    eventually(lambda: alerts(scene), within=_PATIENCE)
    eventually(lambda: alerts(scene)[0].shown_count == 1, within=_PATIENCE)
    kill(first)
    activate(scene, lockout_id)
    serves(scene)
    is_told(scene, "Geactiveerd door")
    assert len(told(scene)) == 1


def test_two_processes_make_one_message_of_thirty_lockouts(postgresql_scene, serves):
    scene = postgresql_scene
    lock(scene, 30)
    serves(scene)
    serves(scene)
    is_told(scene, "30 werknemerslogins van Utrecht geblokkeerd")
    assert len(told(scene)) == 1
    assert len(alerts(scene)) == 1
