"""A branch in the sandbox's Slack, and worker processes that may be killed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from domain import administrators, branches
from domain.actor import OPERATOR, AccountType, Actor
from domain.audit import AuditAct
from domain.clock import utc_now
from domain.database import Database
from domain.exports import handover
from domain.logins.model import LoginId
from domain.runs.ledger import start_reset
from domain.runs.model import RowState, Run, RunId, RunPhase
from domain.runs.planning import ResetChoice, plan_reset
from domain.runs.reporting import report
from domain.runs.tools import Step
from domain.secret import Keyring, Secret
from domain.slack_users import SlackIdentity
from sandbox.slack import Workspace
from tests.bot.in_slack import eventually
from tests.domain import office as cast
from tests.domain.exports import reading
from tests.faults.known_state import (
    Credential,
    KnownState,
    credential_of,
    known_state,
)
from tests.faults.worker_process import KEY, SIGN_IN_PAGE, Orders, WorkerProcess
from tests.passwords import opens_with

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
CHANNEL = "beheer-utrecht"
# Further than any lease is long.
PAST_EVERY_LEASE = timedelta(minutes=10)


@dataclass
class Scene:
    """A branch whose passwords are being reset, seen from outside the workers."""

    slack: Workspace
    database: Database
    cards: cast.Office
    bram: Actor
    channel_id: str
    keyring: Keyring
    before: dict[LoginId, Credential] = field(default_factory=dict)
    run_id: RunId | None = None
    workers: list[WorkerProcess] = field(default_factory=list)
    _opened: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def starts_run(self, count: int = 5) -> None:
        """A run over this many logins; the second has a password of its own."""
        own = {"password_kind": "own", "password_hash": "hers", "credential_version": 4}
        logins = [
            self.cards.add_login(**(own if number == 1 else {}))
            for number in range(count)
        ]
        self.before = {
            login: credential_of(self.cards.login(login)) for login in logins
        }
        with self.database.transaction() as session:
            utrecht, choice, now = self.cards.utrecht, ResetChoice(), utc_now()
            plan = plan_reset(session, utrecht, choice, actor=self.bram, now=now)
            self.run_id = start_reset(
                session,
                utrecht,
                choice,
                expected_count=plan.count,
                channel_id=self.channel_id,
                actor=self.bram,
                now=now,
            )

    def starts_worker(self, at: Step | None = None, **more: object) -> WorkerProcess:
        """One more worker process; `more` as in Orders."""
        orders = Orders(
            database_url=self.database.url.render_as_string(hide_password=False),
            api_url=self.slack.api_url,
            token=self.slack.bot_token,
            at=at,
            **more,  # type: ignore[arg-type]
        )
        self.workers.append(WorkerProcess(orders))
        return self.workers[-1]

    def restarts_worker(self) -> WorkerProcess:
        """The process after one that was killed, as the machine starts it again.

        On SQLite it is alone and frees what the other held; elsewhere it comes
        once the leases are over.
        """
        if self.database.is_sqlite:
            return self.starts_worker(only_process=True)
        return self.starts_worker(ahead=PAST_EVERY_LEASE)

    def run(self) -> Run:
        with self.database.reading() as session:
            return session.get_one(Run, self.run_id)

    def waits_for_result(self) -> None:
        """Until the run ended and its message says so."""
        eventually(lambda: self.run().result_shown, within=60)

    def shared_files(self) -> list:
        """Files that stand in a channel now."""
        files = list(self.slack.files.all.values())
        return [file for file in files if file.shares and not file.deleted]

    def posted_rows(self) -> list[dict[str, str]]:
        """The lines of every workbook in the channel."""
        return [row for file in self.shared_files() for row in self._rows_of(file)]

    def _rows_of(self, file) -> list[dict[str, str]]:
        # Opening takes a while, and a file never changes.
        if file.id not in self._opened:
            plain = reading.decrypt(file.content, self._opening_password())
            headings, *lines = reading.with_openpyxl(plain)
            self._opened[file.id] = [
                dict(zip(headings, line, strict=True)) for line in lines
            ]
        return self._opened[file.id]

    def states(self) -> list[KnownState]:
        """What each login of the run is in; raises UnknownStateError."""
        posted = self.posted_rows()
        return [
            known_state(
                before,
                credential_of(login := self.cards.login(login_id)),
                [
                    Secret(row["Wachtwoord"])
                    for row in posted
                    if row["Gebruikersnaam"] == login.user_name
                ],
                opens_with,
            )
            for login_id, before in self.before.items()
        ]

    def messages(self) -> list:
        """The progress messages in the channel."""
        return [each for each in self.slack.messages(CHANNEL) if not each.file_ids]

    def assert_handed_over_once(self) -> None:
        """One workbook, every password in it valid, nobody reset twice, one result."""
        assert self.run().phase is RunPhase.DONE
        with self.database.reading() as session:
            by_state = report(session, self.run().id).by_state
        assert by_state == {RowState.APPLIED: len(self.before)}
        assert len(self.shared_files()) == 1
        assert len(self.posted_rows()) == len(self.before)
        assert set(self.states()) == {KnownState.HANDED_OVER}
        reset = self.cards.events(AuditAct.PASSWORD_RESET)
        assert sorted(event.login_id for event in reset) == sorted(self.before)
        assert 1 <= len(self.messages()) <= 2
        assert "Klaar:" in self.messages()[-1].text

    def _opening_password(self) -> Secret:
        with self.database.reading() as session:
            file = handover.find_file(session, self.run().id)
        assert file is not None
        return handover.open_sealed(file, self.keyring)


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
            administrators.appoint(
                session,
                identity,
                AccountType.BRANCH_MANAGER,
                [cards.utrecht],
                actor=OPERATOR,
                now=utc_now(),
            )
            bram = administrators.find_actor(session, identity)
            branches.set_admin_channel(
                session, cards.utrecht, channel.id, actor=cards.hanna, now=utc_now()
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
