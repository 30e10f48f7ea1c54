"""Health and metrics: who may see them, and what they say."""

import json
import threading
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from bot.http_mode import Remark
from domain import outbox
from domain.database import Database
from domain.secret import Keyring, Secret
from domain.sign_in.model import AttemptOutcome, PasswordAttempt
from sleutelbos.http.health import Readiness, installation_id
from tests.bot.in_slack import eventually
from tests.sleutelbos.http.conftest import HOST

LOCAL = "127.0.0.1:8080"


def test_health_says_that_the_process_answers(ask, keyring):
    answer = ask("/healthz", host="10.1.2.3")
    assert answer.status == 200
    assert json.loads(answer.body) == {
        "status": "ok",
        "installation": installation_id(keyring),
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_one_key_is_one_installation_however_it_is_written(keyring):
    old = "another key for tests of 32 characters or more"
    new = "a key for tests only of 32 characters or more"
    rotated = Keyring.from_setting(Secret(f"{new},{old}"))
    assert installation_id(rotated) == installation_id(keyring)
    other = Keyring.from_setting(Secret(old))
    assert installation_id(other) != installation_id(keyring)
    assert not keyring.key_ids & {installation_id(keyring)[:8]}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_nothing_is_posted_there(ask, path):
    assert ask(path, method="POST", host=LOCAL).status == 405
    assert ask(path, method="HEAD", host=LOCAL).body == b""


def test_it_is_ready_with_a_database_that_is_up_to_date(ask):
    answer = ask("/readyz")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ready"})


def test_it_is_not_ready_with_an_old_database(ask, office_database):
    with office_database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = ask("/readyz")
    assert answer.status == 503
    assert json.loads(answer.body)["missing"] == ["migration"]


class TestWithoutItsDatabase:
    @pytest.fixture
    def office_database(self):

        database = Database("postgresql+psycopg://u:geheim@127.0.0.1:9/d")
        yield database
        database.close()

    def test_it_is_alive_and_not_ready(self, ask, metrics, office_database, clock):
        metrics.watch_database(office_database, clock)
        assert ask("/healthz").status == 200
        answer = ask("/readyz")
        assert json.loads(answer.body)["missing"] == ["database"]
        measured = ask("/metrics", host=LOCAL)
        assert measured.status == 200
        assert b"geheim" not in answer.body + measured.body


def test_a_look_that_hangs_holds_up_one_and_is_told(office_database):
    reached, may_end = threading.Event(), threading.Event()

    def hangs():
        reached.set()
        return may_end.wait(30)

    readiness = Readiness(office_database, {"worker": hangs}, look_seconds=0)
    looking = threading.Thread(target=readiness.missing)
    looking.start()
    assert reached.wait(30)
    assert readiness.missing() == ["database"]
    may_end.set()
    looking.join(30)
    assert readiness.missing() == []


class TestWithOtherParts:
    @pytest.fixture
    def parts(self):
        self.well = {"worker": True, "slack": True}
        return {name: lambda name=name: self.well[name] for name in self.well}

    @pytest.mark.parametrize("name", ["worker", "slack"])
    def test_each_must_be_well(self, ask, name):
        assert ask("/readyz").status == 200
        self.well[name] = False
        assert json.loads(ask("/readyz").body)["missing"] == [name]


@pytest.mark.parametrize("host", [LOCAL, "localhost:9000", "127.0.0.1", "[::1]:1"])
def test_metrics_are_told_to_programs_of_this_machine(ask, host):
    assert ask("/metrics", host=host).status == 200


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        (HOST, []),
        ("evil.example", []),
        ("evil.example:127", []),
        ("", []),
        (LOCAL, [("X-Forwarded-For", "127.0.0.1")]),
        (LOCAL, [("Forwarded", "for=127.0.0.1")]),
        (LOCAL, [("X-Real-IP", "127.0.0.1")]),
        (LOCAL, [("Via", "1.1 proxy")]),
        (LOCAL, [("Origin", "http://evil.example")]),
    ],
)
def test_metrics_are_told_to_nobody_else(ask, host, headers):
    assert ask("/metrics", host=host, headers=headers).status == 404


def _read(ask):
    families = text_string_to_metric_families(ask("/metrics", host=LOCAL).body.decode())
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_requests_and_refused_deliveries_are_counted(ask, metrics):
    ask("/")
    ask("/", host="evil.example")
    metrics.count_delivery(Remark.SIGNATURE)
    requests = "sleutelbos_http_requests_total"
    asked = [
        (requests, "200", "GET", "unknown"),
        (requests, "400", "GET", "other_host"),
    ]
    # A request is counted when its answer has left.
    eventually(lambda: all(key in _read(ask) for key in asked))
    told = _read(ask)
    assert [told[key] for key in asked] == [1, 1]
    name = "sleutelbos_slack_deliveries_without_effect_total"
    assert told[name, "signature"] == 1
    assert told[name, "timestamp"] == 0


def test_what_others_count_is_told_as_it_stands(ask, metrics):
    metrics.watch("sleutelbos_hashes", "Hashes.", lambda: 7)
    assert _read(ask)["sleutelbos_hashes_total",] == 7


def test_the_database_is_counted_too(ask, metrics, office_database, clock, now):
    metrics.watch_database(office_database, clock)
    with office_database.transaction() as session:
        outbox.queue(session, "letter", {"to": "kanarie"}, now=now)
        dead = outbox.queue(session, "letter", {}, now=now)
        session.execute(
            text("UPDATE outbox SET ended_at = due_at, last_error = 'x' WHERE id = :i"),
            {"i": dead},
        )
        for minutes in (1, 59, 61):
            session.add(
                PasswordAttempt(
                    at=now - timedelta(minutes=minutes),
                    name_digest="kanarie",
                    network="203.0.113.9",
                    outcome=AttemptOutcome.WRONG,
                )
            )
    told = _read(ask)
    assert told["sleutelbos_outbox_messages", "letter", "waiting"] == 1
    assert told["sleutelbos_outbox_messages", "dead", "letter"] == 1
    assert told["sleutelbos_password_attempts_last_hour", "wrong"] == 2
    body = ask("/metrics", host=LOCAL).body
    for personal in (b"kanarie", b"203.0.113.9"):
        assert personal not in body
