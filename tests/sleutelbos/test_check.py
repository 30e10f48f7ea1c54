import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text

from domain import branch_settings, branches
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.clock import utc_now
from domain.database import Database
from domain.slack_users import SlackIdentity
from sandbox.mailbox import Mailbox
from sandbox.slack import Workspace
from sleutelbos import check
from tests import ports

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest.fixture
def manifest():
    """The manifest of the app that is installed in the workspace."""
    return MANIFEST


@pytest.fixture
def slack(manifest):
    workspace = Workspace.from_manifest(manifest, rate_limits=False)
    with workspace.serve() as served:
        served.add_person("hanna")
        yield served


@pytest.fixture
def office(office_file, now):
    """A database with a manager."""
    database = Database(f"sqlite:///{office_file}")
    with database.transaction() as session:
        appointing.appoint(
            session,
            SlackIdentity("T1", "U1"),
            AccountType.MANAGER,
            actor=OPERATOR,
            now=now,
        )
    yield database
    database.close()


@pytest.fixture
def admin_channel(slack):
    return slack.add_channel("beheer", ["hanna"], private=True)


@pytest.fixture
def mailbox():
    with Mailbox().serve() as served:
        yield served


@pytest.fixture
def free_port():
    """A port at which nobody listens."""
    return ports.free_port()


@pytest.fixture
def whole(slack, admin_channel, mailbox, office, set_up, free_port):
    """An installation in which nothing is missing."""
    set_up(
        SLACK_BOT_TOKEN=slack.bot_token,
        SLACK_APP_TOKEN=slack.app_token,
        SLACK_API_URL=slack.api_url,
        SLEUTELBOS_ADMIN_CHANNEL=admin_channel.id,
        SLEUTELBOS_PORTAL_URL="https://inloggen.voorbeeld.nl",
        SLEUTELBOS_LISTEN=f"127.0.0.1:{free_port}",
        SLEUTELBOS_TRUSTED_PROXIES="1",
        SLEUTELBOS_COMPANY="Eethuis Voorbeeld",
        SLEUTELBOS_SMTP_URL=mailbox.smtp_url,
        SLEUTELBOS_MAIL_FROM="Personeelszaken <hr@voorbeeld.nl>",
    )


def _found(ended):
    assert ended.code == 1
    assert ended.err == ""
    lines = ended.out.splitlines()
    return [line.removeprefix("- ") for line in lines if line.startswith("- ")]


def _only(ended):
    (line,) = _found(ended)
    return line


def test_a_whole_installation_is_said_to_be_well(sleutelbos, whole):
    ended = sleutelbos("check")
    assert (ended.code, ended.err) == (0, "")
    first = ended.out.splitlines()[0]
    assert first == "Alles is in orde: 'sleutelbos serve' kan aan het werk."


def test_it_says_so_in_english_too(sleutelbos, whole, set_up):
    set_up(SLEUTELBOS_LANGUAGE="en")
    assert sleutelbos("check").out.startswith("All is well")


def test_everything_that_is_missing_is_found_at_once(sleutelbos, machine):
    found = "\n".join(_found(sleutelbos("check")))
    for missing in (
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLEUTELBOS_ADMIN_CHANNEL",
        "SLEUTELBOS_SMTP_URL + SLEUTELBOS_MAIL_FROM",
        "sleutelbos.db",
    ):
        assert missing in found
    assert list(machine.iterdir()) == []


def test_every_bad_setting_is_named(sleutelbos, set_up):
    set_up(SLEUTELBOS_ADMIN_CHANNEL="#beheer", SLEUTELBOS_PORTAL_URL="nee")
    assert len(_found(sleutelbos("check"))) == 2


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_token_that_slack_refuses_is_named(sleutelbos, whole, set_up, slack, name):
    token = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    set_up(**{name: token[name] + "x"})
    assert _only(sleutelbos("check")).startswith(f"Slack weigert {name} (invalid_auth)")


def test_an_app_token_that_opens_no_socket_is_named(sleutelbos, whole, slack):
    slack.next_call("apps.connections.open").answers("missing_scope")
    assert "connections:write" in _only(sleutelbos("check"))


@pytest.mark.parametrize("method", ["auth.test", "conversations.info"])
def test_what_slack_refuses_otherwise_is_named(sleutelbos, whole, slack, method):
    slack.next_call(method).answers("access_denied")
    assert _only(sleutelbos("check")) == f"Slack weigert {method} (access_denied)."


def test_a_slack_that_is_away_is_named(sleutelbos, whole, set_up):
    set_up(SLACK_API_URL="http://127.0.0.1:9/api/")
    assert _only(sleutelbos("check")).startswith("Slack is niet bereikbaar")


class TestAnAppWithoutAScope:
    @pytest.fixture
    def manifest(self, tmp_path):
        content = yaml.safe_load(MANIFEST.read_text())
        scopes = content["oauth_config"]["scopes"]["bot"]
        scopes.remove("files:write")
        scopes.append("chat:write.public")
        path = tmp_path / "other.yml"
        path.write_text(yaml.safe_dump(content))
        return path

    def test_missing_and_needless_scopes_are_named(self, sleutelbos, whole):
        missing, needless = _found(sleutelbos("check"))
        assert "mist de scopes files:write:" in missing
        assert "niet nodig zijn, chat:write.public:" in needless


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"is_private": False}, "is openbaar"),
        ({"is_ext_shared": True}, "wordt gedeeld"),
        ({"is_archived": True}, "is gearchiveerd"),
    ],
)
def test_an_unsuitable_admin_channel_is_named(sleutelbos, whole, slack, state, said):
    slack.change_channel("beheer", **state)
    assert said in _only(sleutelbos("check"))


def test_an_admin_channel_without_the_bot_is_named(sleutelbos, whole, slack):
    slack.leave("beheer")
    assert "/invite @Sleutelbos" in _only(sleutelbos("check"))


def test_an_admin_channel_that_slack_does_not_know_is_named(sleutelbos, whole, set_up):
    set_up(SLEUTELBOS_ADMIN_CHANNEL="C0NERGENS")
    assert "C0NERGENS" in _only(sleutelbos("check"))


def test_channels_of_branches_are_looked_at_and_theirs_is_enough(
    sleutelbos, whole, set_up, slack, office, now
):
    own = slack.add_channel("beheer-utrecht", ["hanna"], private=True)
    with office.transaction() as session:
        ids = branches.ensure(session, ["Utrecht"], actor=OPERATOR, now=now)
        branch_settings.save_settings(
            session,
            ids["utrecht"],
            {"admin_channel_id": own.id},
            actor=OPERATOR,
            now=now,
        )
    set_up(SLEUTELBOS_ADMIN_CHANNEL="")
    assert sleutelbos("check").code == 0
    slack.change_channel("beheer-utrecht", is_private=False)
    assert own.id in _only(sleutelbos("check"))


def test_a_missing_manager_is_named(sleutelbos, whole, office):
    with office.transaction() as session:
        session.execute(text("DELETE FROM administrator"))
    assert "administrator add" in _only(sleutelbos("check"))


def test_an_old_database_is_named(sleutelbos, whole, office):
    with office.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert "sleutelbos migrate" in _only(sleutelbos("check"))


def test_files_that_others_can_read_are_named(sleutelbos, whole, machine, office_file):
    office_file.chmod(0o644)
    machine.joinpath(".env").write_text("SLEUTELBOS_COMPANY=x\n")
    machine.joinpath(".env").chmod(0o644)
    first, second = _found(sleutelbos("check"))
    assert "chmod 600 .env" in first
    assert f"chmod 600 {office_file}" in second


def test_a_key_that_holds_nothing_is_named(sleutelbos, whole, machine):
    path = machine / "sleutelbos.db.key"
    path.write_text("kort")
    path.chmod(0o600)
    assert "geen bruikbare sleutel" in _only(sleutelbos("check"))


def test_postgresql_is_looked_at_too(sleutelbos, whole, set_up, postgresql_url):
    set_up(SLEUTELBOS_DATABASE_URL=postgresql_url)
    found = "\n".join(_found(sleutelbos("check")))
    assert "SLEUTELBOS_SECRET_KEY ontbreekt" in found
    assert "geen manager" in found


def test_a_database_that_does_not_answer_is_named(sleutelbos, whole, set_up):
    set_up(SLEUTELBOS_DATABASE_URL="postgresql+psycopg://u:p@127.0.0.1:9/d")
    assert "niet bereikbaar" in _only(sleutelbos("check"))


def test_a_clock_that_is_off_is_named(whole, capsys):
    assert not check.check(lambda: utc_now() + timedelta(minutes=10))
    printed = capsys.readouterr().out
    assert re.search(r"wijkt [56]\d\d seconden af van die van Slack", printed)


def test_the_clock_of_the_database_counts_too(
    whole, set_up, office, postgresql_url, capsys
):
    set_up(SLEUTELBOS_DATABASE_URL=postgresql_url)
    assert not check.check(lambda: utc_now() - timedelta(minutes=10))
    assert "van die van de database" in capsys.readouterr().out


def test_no_token_is_printed(sleutelbos, whole, set_up, slack):
    set_up(SLACK_BOT_TOKEN=slack.bot_token + "x")
    assert slack.bot_token not in sleutelbos("check").out


@pytest.mark.usefixtures("whole")
def test_a_sign_in_page_that_only_this_machine_knows_is_named(sleutelbos, set_up):
    set_up(SLEUTELBOS_PORTAL_URL="http://127.0.0.1:8080")
    (found,) = _found(sleutelbos("check"))
    assert found.startswith("SLEUTELBOS_PORTAL_URL is http://127.0.0.1:8080")


@pytest.mark.usefixtures("whole")
def test_a_sign_in_page_without_https_is_named(sleutelbos, set_up):
    set_up(SLEUTELBOS_PORTAL_URL="http://inloggen.voorbeeld.nl")
    found = _only(sleutelbos("check"))
    assert found.startswith("SLEUTELBOS_PORTAL_URL is http://inloggen.voorbeeld.nl:")


@pytest.mark.usefixtures("whole")
def test_a_company_without_a_name_is_named(sleutelbos, set_up):
    set_up(SLEUTELBOS_COMPANY="")
    assert _only(sleutelbos("check")).startswith("SLEUTELBOS_COMPANY ontbreekt")


@pytest.mark.parametrize("is_in_file", [True, False])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SLEUTELBOS_COMPAGNY", "is SLEUTELBOS_COMPANY bedoeld?"),
        ("SLEUTELBOS_ADMIN_CHANEL", "is SLEUTELBOS_ADMIN_CHANNEL bedoeld?"),
        ("sleutelbos_databas_url", "is SLEUTELBOS_DATABASE_URL bedoeld?"),
        ("SLEUTELBOS_QZX", "haal hem weg"),
    ],
)
@pytest.mark.usefixtures("whole")
def test_a_misspelt_name_is_named_with_the_right_one(
    sleutelbos, set_up, machine, name, said, is_in_file
):
    if is_in_file:
        (machine / ".env").write_text(f"{name}=x\n")
        (machine / ".env").chmod(0o600)
    else:
        set_up(**{name: "x"})
    found = _only(sleutelbos("check"))
    assert found.startswith(f"{name.upper()} is geen instelling")
    assert said in found


@pytest.mark.usefixtures("whole")
def test_names_count_whatever_their_capitals(sleutelbos, set_up):
    set_up(sleutelbos_company="Eethuis Voorbeeld", SLEUTELBOS_COMPANY="")
    assert "geen instelling" not in sleutelbos("check").out


@pytest.mark.usefixtures("whole")
def test_settings_in_a_folder_are_said_not_to_be_read(sleutelbos, machine):
    (machine / ".env").mkdir()
    assert _only(sleutelbos("check")).startswith(".env is een map")
