"""A branch in the sandbox's Slack, and worker processes that may be killed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from domain import administrators, branch_settings
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.clock import utc_now
from domain.database import Database
from domain.secret import Keyring, Secret
from domain.slack_users import SlackIdentity
from sandbox.slack import Workspace
from tests.domain import office as cast
from tests.faults.scene import CHANNEL, Scene
from tests.faults.worker_process import KEY, SIGN_IN_PAGE

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest.fixture
def keyring() -> Keyring:
    return Keyring.from_setting(Secret(KEY))


@pytest.fixture
def slack() -> Iterator[Workspace]:
    # A process that starts on a busy machine takes its time.
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False, patience=60)
    with workspace.serve() as served:
        yield served
        assert served.unexpected_faults() == []


@pytest.fixture
def stage(slack, keyring) -> Iterator[Callable[[Database], Scene]]:
    """Builds the scene on a database."""
    scenes: list[Scene] = []

    def build(database: Database) -> Scene:
        person = slack.add_person("bram", "Bram Bakker")
        channel = slack.add_channel(CHANNEL, ["bram"], private=True)
        cards = cast.furnish(database, utc_now())
        identity = SlackIdentity(slack.team_id, person.id)
        with database.transaction() as session:
            appointing.appoint(
                session,
                identity,
                AccountType.BRANCH_MANAGER,
                [cards.utrecht],
                actor=OPERATOR,
                now=utc_now(),
            )
            cast.forget_notices(session)
            bram = administrators.find_actor(session, identity)
            branch_settings.save_settings(
                session,
                cards.utrecht,
                {"admin_channel_id": channel.id},
                actor=cards.hanna,
                now=utc_now(),
            )
        assert bram is not None
        scenes.append(Scene(slack, database, cards, bram, channel.id, keyring))
        return scenes[-1]

    yield build
    for scene in scenes:
        for worker in scene.workers:
            worker.is_ended_by_force()


@pytest.fixture
def scene(stage, database) -> Scene:
    """On each of the two databases."""
    return stage(database)


@pytest.fixture
def postgresql_scene(stage, postgresql_url) -> Iterator[Scene]:
    """Where several processes may work."""
    database = Database(postgresql_url)
    yield stage(database)
    database.close()


@pytest.fixture
def serves(tmp_path) -> Iterator[Callable[[Scene], subprocess.Popen[bytes]]]:
    """Starts `sleutelbos serve --only worker`; whatever is left ends with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(scene: Scene) -> subprocess.Popen[bytes]:
        environment = {
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": scene.slack.bot_token,
            "SLACK_API_URL": scene.slack.api_url,
            "SLEUTELBOS_DATABASE_URL": str(scene.database.url),
            "SLEUTELBOS_SECRET_KEY": KEY,
            "SLEUTELBOS_PORTAL_URL": SIGN_IN_PAGE,
        }
        command = [sys.executable, "-m", "sleutelbos", "serve", "--only", "worker"]
        with (tmp_path / f"serve-{len(started)}.log").open("wb") as log:
            started.append(
                subprocess.Popen(
                    command, cwd=tmp_path, env=environment, stdout=log, stderr=log
                )
            )
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()
