import signal
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.database import Database
from domain.slack_users import SlackIdentity
from sandbox.slack import Workspace
from tests import ports
from tests.domain.office import forget_notices
from tests.sleutelbos.processes import Serving

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest.fixture
def slack():
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False, patience=30)
    with workspace.serve() as served:
        yield served


@pytest.fixture
def tokens(slack):
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
    }


@pytest.fixture
def hanna(slack, office_file, now):
    """The manager."""
    person = slack.add_person("hanna", "Hanna de Vries", email="hanna@example.nl")
    slack.add_channel("algemeen", ["hanna"])
    database = Database(f"sqlite:///{office_file}")
    with database.transaction() as session:
        identity = SlackIdentity(slack.team_id, person.id)
        appointing.appoint(
            session, identity, AccountType.MANAGER, actor=OPERATOR, now=now
        )
        forget_notices(session)
    database.close()
    return person


@pytest.fixture
def start(machine):
    """Start a process; it is gone at the end of the test."""
    started = []

    def start(*arguments, **env):
        process = Serving(machine, arguments, env)
        started.append(process)
        return process

    yield start
    for process in started:
        process.is_gone()


def test_it_answers_in_slack_and_stops_when_told(start, tokens, slack, hanna):
    process = start(**tokens)
    process.logs("slack.connected")
    slack.wait_for_app()
    hanna.types("/personeel")
    hanna.sees("Werknemerslogins beheren")
    process.is_told_to_stop()
    assert process.ends() == (0, "")
    assert process.events[-1]["event"] == "serve.stopped"


def test_it_stops_on_control_c_too(start, tokens):
    process = start("--only", "worker", **tokens)
    process.logs("serve.started")
    process.is_told_to_stop(signal.SIGINT)
    assert process.ends() == (0, "")


def test_what_people_type_is_not_logged(start, tokens, slack, hanna):
    process = start(**tokens)
    process.logs("slack.connected")
    slack.wait_for_app()
    hanna.types("/personeel geheimwoord")
    hanna.sees("Dat is niet duidelijk")
    process.is_told_to_stop()
    process.ends()
    logged = "".join(process.lines)
    for unwanted in ("geheimwoord", hanna.id, *tokens.values()):
        assert unwanted not in logged


def test_a_call_that_hangs_does_not_keep_it_from_stopping(start, tokens, slack, hanna):
    process = start(**tokens)
    process.logs("slack.connected")
    slack.wait_for_app()
    held = slack.next_call("views.open").is_held()
    hanna.types("/personeel")
    held.is_reached()
    process.is_told_to_stop()
    code, errors = process.ends()
    assert (code, errors) == (0, "")


def test_a_second_one_on_the_same_file_is_refused(start, tokens):
    first = start("--only", "worker", **tokens)
    first.logs("serve.started")
    code, errors = start("--only", "worker", **tokens).ends()
    assert code == 2
    assert errors.startswith("sleutelbos: Een andere 'sleutelbos serve' werkt al op")
    assert errors.count("\n") == 1


def test_a_killed_one_leaves_the_file_to_the_next(start, tokens):
    first = start("--only", "worker", **tokens)
    first.logs("serve.started")
    first.is_told_to_stop(signal.SIGKILL)
    first.ends()
    start("--only", "worker", **tokens).logs("serve.started")


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_token_that_slack_refuses_ends_it_with_one_line(start, tokens, name):
    bad = tokens | {name: tokens[name] + "x"}
    code, errors = start(**bad).ends()
    assert code == 2
    assert errors.startswith(f"sleutelbos: Slack weigert {name} (invalid_auth)")
    assert errors.count("\n") == 1


def test_a_slack_that_is_away_is_waited_for(start, machine):
    port = ports.free_port()
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False)
    process = start(
        SLACK_BOT_TOKEN=workspace.bot_token,
        SLACK_APP_TOKEN=workspace.app_token,
        SLACK_API_URL=f"http://127.0.0.1:{port}/api/",
    )
    process.logs("slack.unreachable")
    with workspace.serve(port):
        process.logs("slack.connected")
        process.is_told_to_stop()
        assert process.ends() == (0, "")


def test_an_old_postgresql_database_is_refused_with_the_way_out(
    start, tokens, postgresql_url
):
    database = Database(postgresql_url)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    database.close()
    code, errors = start(**tokens, SLEUTELBOS_DATABASE_URL=postgresql_url).ends()
    assert code == 2
    assert "sleutelbos migrate" in errors


@pytest.mark.parametrize(
    ("typed", "env", "said"),
    [
        (["--only", "portal", "--only", "bot"], {}, "SLACK_BOT_TOKEN ontbreekt"),
        (
            ["--only", "portal"],
            {"SLEUTELBOS_PORTAL_URL": "http://inloggen.voorbeeld.nl"},
            "zonder https://",
        ),
        (
            ["--only", "portal"],
            {"SLEUTELBOS_PORTAL_URL": "https://voorbeeld.nl/inloggen"},
            "zonder pad",
        ),
        (["--only", "keuken"], {}, "serve --help"),
        ([], {}, "SLACK_BOT_TOKEN ontbreekt"),
        ([], {"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN ontbreekt"),
        (["--only", "worker"], {}, "SLACK_BOT_TOKEN ontbreekt"),
    ],
)
def test_what_is_missing_is_said_before_anything_starts(
    sleutelbos, set_up, machine, typed, env, said
):
    set_up(**env)
    ended = sleutelbos("serve", *typed)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert list(machine.iterdir()) == []
