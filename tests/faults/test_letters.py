"""`serve` with letters to send: killed, stopped, beside servers that hang."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain import outbox
from domain.clock import utc_now
from domain.database import Database
from domain.letters.queueing import KIND, LetterKind, Recipient, queue_letter
from domain.logins.leaving import CLOSED_NOTICE
from domain.outbox import OutboxMessage
from sandbox.mailbox import Mailbox
from tests.bot.in_slack import eventually
from tests.faults.worker_process import KEY

_PATIENCE = 120
# What does not hang on the database is tried on one.
_ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOTICE = "3 werknemerslogins van Utrecht zijn gesloten"


@pytest.fixture
def mailbox():
    with Mailbox(patience=_PATIENCE).serve() as served:
        yield served


@pytest.fixture
def serve(scene, mailbox, tmp_path):
    """Starts `sleutelbos serve --only worker` with a mail server set."""
    started: list[subprocess.Popen[bytes]] = []

    def start(**more: str) -> subprocess.Popen[bytes]:
        url = scene.database.url.render_as_string(hide_password=False)
        environment = {
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": scene.slack.bot_token,
            "SLACK_API_URL": scene.slack.api_url,
            "SLEUTELBOS_DATABASE_URL": url,
            "SLEUTELBOS_SECRET_KEY": KEY,
            "SLEUTELBOS_PORTAL_URL": "https://inloggen.example.nl",
            "SLEUTELBOS_SMTP_URL": mailbox.smtp_url,
            "SLEUTELBOS_MAIL_FROM": "Personeelszaken <hr@example.nl>",
        } | more
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


@pytest.fixture
def queue(scene, keyring):
    def put(number=1, kind=LetterKind.LOCKED_OUT, **values):
        to = Recipient(f"person{number}@example.nl", "Sanne", None, number)
        with scene.database.transaction() as session:
            queue_letter(
                session, kind, to, values=values, keyring=keyring, now=utc_now()
            )

    return put


@pytest.fixture
def notice(scene):
    """Something to say in Slack."""

    def put():
        with scene.database.transaction() as session:
            branch = scene.cards.utrecht
            payload = {"branch_id": branch, "count": 3}
            outbox.queue(session, CLOSED_NOTICE, payload, now=utc_now())

    return put


def _rows(database: Database) -> list[OutboxMessage]:
    with database.reading() as session:
        return list(
            session.scalars(
                select(OutboxMessage)
                .where(OutboxMessage.kind == KIND)
                .order_by(OutboxMessage.id)
            )
        )


def _all_delivered(scene) -> None:
    eventually(lambda: all(row.delivered for row in _rows(scene.database)))


def _is_killed(process) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(_PATIENCE)


def _leases_end(database: Database) -> None:
    """As if a minute had passed."""
    with database.transaction() as session:
        session.execute(
            update(OutboxMessage).values(leased_until=utc_now() - timedelta(seconds=1))
        )


def test_a_kill_between_letter_and_commit_repeats_the_same_letter(
    scene, serve, mailbox, queue
):
    """No second code is made: the same bytes, by which mail programs know it."""
    queue(kind=LetterKind.CODE, code="482913")
    held = mailbox.faults.hold(at="LETTER")
    first = serve()
    mailbox.wait_for(lambda: mailbox.letters)
    _is_killed(first)
    held.release()
    _leases_end(scene.database)
    serve()
    mailbox.wait_for(lambda: len(mailbox.letters) == 2)
    _all_delivered(scene)
    one, other = mailbox.letters
    assert one.raw == other.raw
    assert one.to == other.to == ("person1@example.nl",)


@pytest.mark.parametrize("step", ["MAIL", "DATA"])
def test_a_kill_before_the_letter_sends_it_once(scene, serve, mailbox, queue, step):
    queue(1)
    queue(2)
    held = mailbox.faults.hold(at=step)
    first = serve()
    mailbox.wait_for(
        lambda: any(step in each.commands for each in mailbox.conversations)
    )
    _is_killed(first)
    held.release()
    _leases_end(scene.database)
    serve()
    mailbox.wait_for(lambda: len(mailbox.letters) >= 2)
    _all_delivered(scene)
    sent = [letter.to for letter in mailbox.letters]
    # Over several connections, in whatever order.
    assert sorted(sent) == [("person1@example.nl",), ("person2@example.nl",)]


@_ON_SQLITE
def test_a_mail_server_that_hangs_delays_no_message_to_slack(
    scene, serve, mailbox, queue, notice
):
    queue()
    held = mailbox.faults.hold(at="MAIL")
    serve()
    mailbox.wait_for(
        lambda: any("MAIL" in each.commands for each in mailbox.conversations)
    )
    notice()
    scene.slack.person("bram").sees(NOTICE, in_channel="beheer-utrecht")
    assert mailbox.letters == ()
    held.release()
    mailbox.wait_for(lambda: mailbox.letters)


@_ON_SQLITE
def test_a_slack_that_hangs_delays_no_letter(scene, serve, mailbox, queue, notice):
    held = scene.slack.next_call("chat.postMessage").is_held()
    notice()
    serve()
    held.is_reached()
    queue()
    mailbox.wait_for(lambda: mailbox.letters)
    held.release()
    scene.slack.person("bram").sees(NOTICE, in_channel="beheer-utrecht")


@_ON_SQLITE
def test_serve_ends_in_good_order_with_a_connection_open(serve, mailbox, queue, scene):
    queue()
    process = serve()
    mailbox.wait_for(lambda: mailbox.letters)
    _all_delivered(scene)
    process.send_signal(signal.SIGTERM)
    assert process.wait(_PATIENCE) == 0
    (conversation,) = mailbox.conversations
    assert conversation.commands[-1] == "QUIT"


@_ON_SQLITE
def test_serve_without_a_mail_server_says_that_letters_wait(
    scene, serve, queue, tmp_path, notice
):
    queue()
    notice()
    serve(SLEUTELBOS_SMTP_URL="")
    scene.slack.person("bram").sees(NOTICE, in_channel="beheer-utrecht")
    assert "letters.waiting" in (tmp_path / "serve-0.log").read_text()
    (row,) = _rows(scene.database)
    assert (row.delivered, row.attempts) == (False, 0)


@_ON_SQLITE
def test_no_log_of_serve_holds_an_address_a_name_or_a_code(
    scene, serve, mailbox, queue, tmp_path
):
    mailbox.faults.refuse("person2@example.nl", answer="550 no person2@example.nl")
    queue(1, kind=LetterKind.CODE, code="482913")
    queue(2)
    process = serve()
    eventually(lambda: all(row.ended_at for row in _rows(scene.database)))
    process.send_signal(signal.SIGTERM)
    assert process.wait(_PATIENCE) == 0
    log = (tmp_path / "serve-0.log").read_text()
    assert "letter.sent" in log
    assert "recipient_refused_550" in log
    for secret in ("482913", "person1", "person2", "Sanne"):
        assert secret not in log
