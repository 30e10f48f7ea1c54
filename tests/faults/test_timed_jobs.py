"""A timed job whose process is killed in the middle, and who does the rest."""

import os
import signal
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.clock import utc_now
from domain.database import Database
from domain.exports.model import PostedFile, PostingState
from domain.leases import release_every_lease
from domain.logins import leaving
from domain.logins.model import Login, LoginState
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.scheduled_ticks import LEASE
from domain.secret import Keyring, Secret
from sleutelbos.schedule import Schedule
from sleutelbos.timed_jobs import JobTools, timed_jobs
from tests.bot.in_slack import eventually
from tests.domain.runs.drawer import Drawer
from tests.faults.worker_process import KEY, PROCESSES

PATIENCE = 60
LEAVERS = leaving.BATCH + 1


class DiesAt:
    """A clock that kills the process when it is read for the nth time."""

    def __init__(self, reading: int) -> None:
        self._left = reading

    def __call__(self):
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return utc_now()


def close_leavers(database_url, job_clock, now):
    """What a process does at night; gives whether it was its to do."""
    database = Database(database_url)
    tools = JobTools(
        database, Keyring.from_setting(Secret(KEY)), job_clock, Drawer().channel()
    )
    jobs = {job.name: job for job in timed_jobs(tools)}
    schedule = Schedule(database, [], lambda: now, threading.Event())
    was_ours = schedule.run_if_due(jobs["close_leavers"])
    database.close()
    return was_ours


def add_leavers(cards, now):
    yesterday = office_day(now) - timedelta(days=1)
    with cards.database.transaction() as session:
        for _ in range(LEAVERS):
            card = RecordCard(**cards.card_values(end_on=yesterday))
            session.add(card)
            session.flush()
            login = Login(
                record_card_id=card.id,
                user_name=card.email,
                user_name_key=card.email_key,
                state=LoginState.ACTIVE,
                created_at=now,
            )
            session.add(login)


def closed(database):
    with database.reading() as session:
        query = select(func.count()).where(Login.state == LoginState.EMPLOYMENT_ENDED)
        return session.scalar(query)


def test_what_a_killed_process_left_of_its_job_is_done_by_another(scene):
    database, now = scene.database, utc_now()
    url = database.url.render_as_string(hide_password=False)
    add_leavers(scene.cards, now)
    # The first batch reads it once; the second is never begun.
    killed = PROCESSES.Process(target=close_leavers, args=(url, DiesAt(2), now))
    killed.start()
    killed.join(PATIENCE)
    assert killed.exitcode == -signal.SIGKILL
    assert closed(database) == leaving.BATCH
    assert not close_leavers(url, utc_now, now)
    if database.is_sqlite:
        # As serve does when it starts: nobody else works there.
        with database.transaction() as session:
            release_every_lease(session)
    else:
        now += LEASE
    assert close_leavers(url, utc_now, now)
    assert closed(database) == LEAVERS


@pytest.fixture
def serve_scene(stage, sqlite_url):
    database = Database(sqlite_url)
    yield stage(database)
    database.close()


def test_serve_that_is_killed_while_it_deletes_a_file_deletes_it_when_started_again(
    serve_scene, serves
):
    scene = serve_scene
    scene.slack.tolerates("file_not_found")
    file = add_due_file(scene)
    held = scene.slack.next_call("files.delete").is_held()
    first = serves(scene)
    held.is_reached()
    first.send_signal(signal.SIGKILL)
    first.wait(PATIENCE)
    held.release()
    serves(scene)
    eventually(lambda: state_of(scene, file) is PostingState.DELETED, within=PATIENCE)


def add_due_file(scene):
    """A workbook that Slack was told of a day ago."""
    posted_at = utc_now() - timedelta(days=1)
    with scene.database.transaction() as session:
        file = PostedFile(
            run_id=1,
            branch_id=scene.cards.utrecht,
            requested_by=scene.bram.administrator_id,
            file_name="werknemerslogins-utrecht-2026-11-20.xlsx",
            channel_id=scene.channel_id,
            state=PostingState.POSTED,
            slack_file_id="F0GONE",
            created_at=posted_at,
            posted_at=posted_at,
            delete_at=posted_at,
        )
        session.add(file)
        session.flush()
        return file.id


def state_of(scene, file_id):
    with scene.database.reading() as session:
        return session.get_one(PostedFile, file_id).state
