"""A run that waits for a second administrator, and processes that are killed.

The real `serve` answers the presses and does the work; kill -9 ends it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain import administrators
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.audit import AuditAct
from domain.branches import Branch
from domain.clock import utc_now
from domain.runs import approving
from domain.runs.model import RowState, RunFailure, RunPhase
from domain.runs.tools import Step
from domain.slack_users import SlackIdentity
from sandbox.mailbox import Mailbox
from sandbox.slack import Person
from tests.bot.in_slack import eventually
from tests.domain import office as cast
from tests.faults.known_state import KnownState
from tests.faults.mailing_scene import LINK, PASSWORD, MailingScene
from tests.faults.scene import CHANNEL, Scene
from tests.faults.worker_process import KEY, SIGN_IN_PAGE

_PATIENCE = 60
_WAITS = "Wacht op akkoord van een andere beheerder"
_UNCHANGED = {KnownState.NOTHING_YET, KnownState.OLD_PASSWORD}
_BOT = ("--only", "bot")
_ALL = ("--only", "bot", "--only", "worker")


@pytest.fixture
def serve(scene, tmp_path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts `sleutelbos serve`, connected to Slack; ends what is left of it."""
    started: list[subprocess.Popen[bytes]] = []
    log = (tmp_path / "serve.log").open("wb")

    def start(*parts: str) -> subprocess.Popen[bytes]:
        environment = {
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": scene.slack.bot_token,
            "SLACK_APP_TOKEN": scene.slack.app_token,
            "SLACK_API_URL": scene.slack.api_url,
            "SLEUTELBOS_DATABASE_URL": scene.database.url.render_as_string(
                hide_password=False
            ),
            "SLEUTELBOS_SECRET_KEY": KEY,
            "SLEUTELBOS_PORTAL_URL": SIGN_IN_PAGE,
            "SLEUTELBOS_LISTEN": "127.0.0.1:0",
        }
        command = [sys.executable, "-m", "sleutelbos", "serve", *parts]
        started.append(
            subprocess.Popen(
                command, cwd=tmp_path, env=environment, stdout=log, stderr=log
            )
        )
        scene.slack.wait_for_app(1)
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            is_killed(scene, process)
    log.close()


def is_killed(scene: Scene, process: subprocess.Popen[bytes]) -> None:
    """With SIGKILL; Slack notices that nobody listens any more."""
    process.send_signal(signal.SIGKILL)
    process.wait(_PATIENCE)
    eventually(lambda: not scene.slack.connections.open, within=_PATIENCE)


@pytest.fixture
def ursula(scene) -> Person:
    """Administers Utrecht too, and reads its admin channel."""
    person = scene.slack.add_person("ursula", "Ursula Ulrich")
    scene.slack.join(CHANNEL, "ursula")
    identity = SlackIdentity(scene.slack.team_id, person.id)
    with scene.database.transaction() as session:
        appointing.appoint(
            session,
            identity,
            AccountType.USER,
            [scene.cards.utrecht],
            actor=OPERATOR,
            now=utc_now(),
        )
        cast.forget_notices(session)
        every = update(Branch).values(second_administrator_above=1)
        session.execute(every)
    return person


@pytest.fixture
def waiting(scene, ursula) -> Scene:
    """A run over five people, begun, and nobody at work yet."""
    scene.starts_run()
    assert scene.run().phase is RunPhase.AWAITING_APPROVAL
    return scene


def approves_by_service(scene: Scene, ursula: Person) -> None:
    """As the press does, without a process that goes on with it at once."""
    with scene.database.transaction() as session:
        identity = SlackIdentity(scene.slack.team_id, ursula.id)
        actor = administrators.find_actor(session, identity)
        assert actor is not None
        approving.approve(session, run_id(scene), actor=actor, now=utc_now())


def run_id(scene: Scene) -> int:
    return scene.run().id


def approved(scene: Scene) -> int:
    return len(scene.cards.events(AuditAct.RUN_APPROVED))


def presses_akkoord(person: Person) -> None:
    person.presses("Akkoord", in_channel=CHANNEL, confirming=True)


def test_serve_killed_while_a_run_waits_leaves_it_waiting_until_the_same_moment(
    waiting, serve, ursula
):
    until = waiting.run().approval_until
    for _ in range(2):
        is_killed(waiting, shows_it_waits(waiting, serve, ursula))
        assert waiting.run().phase is RunPhase.AWAITING_APPROVAL
        assert waiting.run().approval_until == until
        assert set(waiting.states()) == _UNCHANGED
    assert len(waiting.messages()) == 1
    serve(*_ALL)
    presses_akkoord(ursula)
    ursula.sees("U hebt akkoord gegeven voor deze taak.")
    waiting.waits_for_result()
    waiting.assert_handed_over_once()
    assert approved(waiting) == 1


def test_serve_killed_between_akkoord_and_the_work_leaves_it_to_the_next(
    waiting, serve, ursula
):
    is_killed(waiting, shows_it_waits(waiting, serve, ursula))
    bot = serve(*_BOT)
    held = waiting.slack.next_call("response_url").is_held()
    presses_akkoord(ursula)
    held.is_reached()
    # Nobody has told her yet that it counts.
    is_killed(waiting, bot)
    held.release()
    assert waiting.run().phase is RunPhase.PREPARING
    assert set(waiting.states()) == _UNCHANGED
    bot = serve(*_BOT)
    presses_akkoord(ursula)
    ursula.sees("U hebt al over deze taak beslist.")
    is_killed(waiting, bot)
    serve(*_ALL)
    waiting.waits_for_result()
    waiting.assert_handed_over_once()
    assert approved(waiting) == 1


def shows_it_waits(scene, serve, person):
    process = serve(*_ALL)
    person.sees(_WAITS, in_channel=CHANNEL)
    # Until it remembers its message, the next one would post another.
    eventually(lambda: scene.run().leased_until is None)
    return process


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "method", ["chat.update", "files.getUploadURLExternal", "files.info"]
)
def test_serve_killed_in_a_call_after_akkoord_goes_on_when_started_again(
    waiting, serve, ursula, method
):
    process = shows_it_waits(waiting, serve, ursula)
    held = waiting.slack.next_call(method).is_held()
    presses_akkoord(ursula)
    held.is_reached()
    waiting.states()
    is_killed(waiting, process)
    held.release()
    serve(*_ALL)
    waiting.waits_for_result()
    waiting.assert_handed_over_once()
    assert approved(waiting) == 1


@pytest.mark.parametrize(
    "step", [Step.ANNOUNCED, Step.ROWS_CLAIMED, Step.FILE_ENSURED, Step.POSTED_NOTED]
)
def test_a_worker_killed_at_this_step_of_an_approved_run_leaves_it_to_the_next(
    waiting, ursula, step
):
    first = waiting.starts_worker()
    ursula.sees(_WAITS, in_channel=CHANNEL)
    first.ends()
    approves_by_service(waiting, ursula)
    waiting.starts_worker(at=step).is_killed()
    waiting.states()
    worker = waiting.restarts_worker()
    waiting.waits_for_result()
    worker.ends()
    waiting.assert_handed_over_once()


def test_whatever_was_killed_the_wait_ends_after_a_day(waiting, ursula):
    waiting.starts_worker(at=Step.ANNOUNCED).is_killed()
    worker = waiting.starts_worker(
        ahead=timedelta(hours=25), only_process=waiting.database.is_sqlite
    )
    waiting.waits_for_result()
    worker.ends()
    run = waiting.run()
    assert (run.phase, run.failure) == (RunPhase.FAILED, RunFailure.APPROVAL_EXPIRED)
    assert set(waiting.states()) == _UNCHANGED
    assert waiting.shared_files() == []
    assert "ging binnen 24 uur akkoord" in waiting.messages()[-1].text


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox(patience=_PATIENCE).serve() as served:
        yield served


@pytest.fixture
def mailing(scene, ursula, mailbox) -> Iterator[Callable[[str], MailingScene]]:
    made: list[MailingScene] = []

    def make(hands_over: str) -> MailingScene:
        made.append(MailingScene(scene, mailbox, hands_over))
        return made[-1]

    yield make
    for each in made:
        for process in each.processes:
            process.is_ended_by_force()


@pytest.mark.parametrize("hands_over", [LINK, PASSWORD])
def test_of_an_approved_mailing_nobody_gets_two_letters_whatever_is_killed(
    mailing, scene, ursula, hands_over
):
    mails = mailing(hands_over)
    mails.starts(12)
    process = mails.works()
    ursula.sees(_WAITS, in_channel=CHANNEL)
    process.is_killed()
    mails.kills += 1
    assert mails.report().by_state.get(RowState.APPLIED, 0) == 0
    assert mails.mailbox.letters == ()
    scene.run_id = mails.run_id
    approves_by_service(scene, ursula)
    for _ in range(2):
        mails.is_killed_somewhere()
    mails.goes_on_to_the_end()
    mails.assert_each_was_mailed()
    assert approved(scene) == 1
