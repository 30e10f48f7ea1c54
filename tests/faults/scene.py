"""A branch whose passwords are being reset, and what became of it."""

from dataclasses import dataclass, field
from datetime import timedelta
from secrets import SystemRandom

from domain.actor import Actor
from domain.audit import AuditAct
from domain.clock import utc_now
from domain.database import Database
from domain.exports import handover
from domain.exports.model import ReadyLetters
from domain.logins.model import LoginId
from domain.runs.ledger import start_reset
from domain.runs.model import RowState, Run, RunId, RunPhase
from domain.runs.planning import ResetChoice, plan_reset
from domain.runs.reporting import report
from domain.runs.tools import Step
from domain.secret import Keyring, Secret
from sandbox.slack import Workspace
from tests.bot.in_slack import eventually
from tests.domain import office as cast
from tests.domain.exports import reading
from tests.domain.runs.letters import texts_of_letters
from tests.faults import posted
from tests.faults.known_state import (
    Credential,
    KnownState,
    credential_of,
    known_state,
)
from tests.faults.worker_process import Orders, WorkerProcess
from tests.passwords import opens_with

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
    kills: int = 0
    _opened: dict[str, bytes] = field(default_factory=dict)

    def starts_run(
        self, count: int = 5, ready_letters: ReadyLetters | None = None
    ) -> None:
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
                ready_letters=ready_letters,
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
        """The process after those that were killed, as the machine starts it again.

        On SQLite it is alone and frees what the other held; elsewhere it comes
        once the leases are over.
        """
        if self.database.is_sqlite:
            return self.starts_worker(only_process=True)
        return self.starts_worker(ahead=(self.kills + 1) * PAST_EVERY_LEASE)

    def is_killed_somewhere(self, chance: SystemRandom) -> None:
        """A worker that is killed after some steps, if it has any left to do."""
        if self.run().result_shown:
            return
        worker = self.restarts_worker()
        worker.is_killed_after(chance.randint(0, 20), chance.uniform(0, 0.1))
        self.kills += 1

    def run(self) -> Run:
        with self.database.reading() as session:
            return session.get_one(Run, self.run_id)

    def waits_for_result(self) -> None:
        """Until the run ended and its message says so."""
        eventually(lambda: self.run().result_shown)

    def shared_files(self) -> list:
        """Files that stand in a channel now."""
        files = list(self.slack.files.all.values())
        return [file for file in files if file.shares and not file.deleted]

    def posted_rows(self) -> list[dict[str, str]]:
        """The lines of every workbook in the channel."""
        return [
            row
            for file in self._shared("xlsx")
            for row in posted.rows_in(self._plain(file))
        ]

    def posted_letters(self) -> list[str]:
        """The text of every letter in the channel."""
        files = self._shared("docx")
        return [text for file in files for text in texts_of_letters(self._plain(file))]

    def _shared(self, suffix: str) -> list:
        return [file for file in self.shared_files() if file.name.endswith(suffix)]

    def _plain(self, file) -> bytes:
        # Opening takes a while, and a file never changes.
        if file.id not in self._opened:
            self._opened[file.id] = reading.decrypt(
                file.content, self._opening_password()
            )
        return self._opened[file.id]

    def _handed_out(self) -> list[tuple[str, Secret]]:
        """User names and passwords that stand in every kind of file of the run."""
        rows = self.posted_rows()
        if self.run().ready_letters is None:
            return posted.by_rows(rows)
        return posted.by_rows_and_letters(rows, self.posted_letters())

    def states(self) -> list[KnownState]:
        """What each login of the run is in; raises UnknownStateError."""
        handed_out = self._handed_out()
        return [
            known_state(
                before,
                credential_of(login := self.cards.login(login_id)),
                [
                    password
                    for user_name, password in handed_out
                    if user_name == login.user_name
                ],
                opens_with,
            )
            for login_id, before in self.before.items()
        ]

    def messages(self) -> list:
        """The progress messages in the channel."""
        stand = self.slack.messages(CHANNEL)
        return [each for each in stand if not each.file_ids and not each.only_for]

    def assert_handed_over_once(self) -> None:
        """One file of each kind, every password valid, nobody reset twice."""
        assert self.run().phase is RunPhase.DONE
        with self.database.reading() as session:
            by_state = report(session, self.run().id).by_state
        assert by_state == {RowState.APPLIED: len(self.before)}
        makes_letters = self.run().ready_letters is not None
        assert len(self.shared_files()) == 1 + makes_letters
        assert len(self.posted_rows()) == len(self.before)
        assert len(self.posted_letters()) == len(self.before) * makes_letters
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
