import io
import json
import tomllib
from pathlib import Path

import openpyxl
import pytest
import yaml
from jsonschema import Draft7Validator
from sqlalchemy import func, select, update

from bot.audit_log import workbook
from bot.locale import translator
from domain import administrators, audit, branches
from domain.actor import OPERATOR, AccountType, ActorKind, Surface
from domain.audit import AuditAct, AuditEvent, Concerning
from domain.audit_entries import AuditEntry
from domain.database import Database
from domain.record_cards.model import RecordCard
from domain.slack_users import SlackIdentity
from sandbox.slack import Workspace
from sleutelbos import typing_errors
from sleutelbos.process_lock import only_one
from tests.conftest import DATA

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.fixture
def office(office_file):
    database = Database(f"sqlite:///{office_file}")
    yield database
    database.close()


def _add_branches(database, now, *names):
    with database.transaction() as session:
        branches.ensure(session, names, actor=OPERATOR, now=now)


def _actor(database, user_id, team="T0OFFICE"):
    with database.reading() as session:
        return administrators.find_actor(session, SlackIdentity(team, user_id))


def test_it_says_which_version_it_is(sleutelbos):
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    assert sleutelbos("--version").out == f"sleutelbos {project['version']}\n"


def test_nothing_asked_shows_what_there_is(sleutelbos):
    shown = sleutelbos()
    assert shown.code == 0
    assert "administrator" in shown.out
    for group in ("person", "export"):
        assert f"  {group}" in shown.out
    assert "  portal" not in shown.out


@pytest.mark.parametrize(
    "typed",
    [
        ["nee"],
        ["migrate", "--nee"],
        ["administrator", "add"],
        ["administrator", "add", "U0X", "--type", "baas"],
        ["import"],
        ["audit", "export"],
    ],
)
def test_a_typing_error_is_one_line_with_the_way_to_help(sleutelbos, typed):
    ended = sleutelbos(*typed)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.count("\n") == 1
    assert "--help" in ended.err


@pytest.mark.parametrize(
    ("typed", "dutch", "english"),
    [
        ("nee", "Onbekend commando 'nee'", "No such command 'nee'"),
        ("migrat", "is 'migrate' bedoeld?", "is 'migrate' meant?"),
        ("migrate --nee", "Onbekende optie --nee", "No such option --nee"),
        ("administrator", "Er ontbreekt een commando", "A command is missing"),
        ("administrator add", "SLACK_USER_ID ontbreekt", "SLACK_USER_ID is missing"),
        (
            "administrator add U0X",
            "--type ontbreekt: kies uit manager, branch_manager, user",
            "--type is missing: choose from manager, branch_manager, user",
        ),
        (
            "administrator add U0X --type baas",
            (
                "'baas' kan niet achter --type: kies uit 'manager', 'branch_manager', "
                "'user'"
            ),
            (
                "'baas' can't follow --type: choose from 'manager', 'branch_manager', "
                "'user'"
            ),
        ),
        (
            "serve --only foo",
            "'foo' kan niet achter --only: kies uit 'portal', 'bot', 'worker'",
            "'foo' can't follow --only: choose from 'portal', 'bot', 'worker'",
        ),
        ("demo --port x", "--port hoort een geheel getal", "whole number belongs"),
        ("demo --port 99999", "de grens is 65532", "the limit is 65532"),
        ("demo --port -1", "de grens is 0", "the limit is 0"),
        ("demo --port", "--port hoort een waarde", "value belongs after --port"),
        ("import --dry-run=1 x", "--dry-run hoort geen", "No value belongs"),
        ("import a b", "Te veel opgegeven: b", "Too much was given: b"),
    ],
)
def test_a_typing_error_is_said_in_the_language_that_is_set(
    sleutelbos, set_up, typed, dutch, english
):
    assert dutch in sleutelbos(*typed.split()).err
    set_up(SLEUTELBOS_LANGUAGE="en")
    assert english in sleutelbos(*typed.split()).err


def test_an_error_of_typing_that_is_not_known_is_said_as_it_is():
    assert typing_errors.say("Value error, too odd.", "nl") == "too odd"


def test_a_bad_setting_is_one_line_and_exit_code_2(sleutelbos, set_up):
    set_up(SLEUTELBOS_LANGUAGE="de")
    ended = sleutelbos("migrate")
    assert (ended.code, ended.out) == (2, "")
    assert (
        ended.err == "sleutelbos: SLEUTELBOS_LANGUAGE is onbekend: schrijf nl of en.\n"
    )


def test_debug_shows_the_whole_error_wherever_it_is_typed(machine, set_up):
    from sleutelbos import cli  # noqa: PLC0415
    from sleutelbos.settings import SettingsError  # noqa: PLC0415

    set_up(SLEUTELBOS_LANGUAGE="de")
    for typed in (["--debug", "migrate"], ["migrate", "--debug"]):
        with pytest.raises(SettingsError):
            cli.main(typed)


def test_migrate_makes_the_database_and_says_so_twice(sleutelbos, machine):
    for _ in range(2):
        ended = sleutelbos("migrate")
        assert (ended.code, ended.out) == (0, "De database is bijgewerkt.\n")
    assert (machine / "sleutelbos.db").exists()


def test_migrate_leaves_a_database_alone_that_serve_works_on(sleutelbos, machine):
    with only_one(machine / "sleutelbos.db"):
        ended = sleutelbos("migrate")
    assert ended.code == 2
    assert "sleutelbos serve" in ended.err


def test_migrate_brings_postgresql_up_to_date(sleutelbos, set_up, postgresql_url):
    set_up(SLEUTELBOS_DATABASE_URL=postgresql_url, SLEUTELBOS_LANGUAGE="en")
    ended = sleutelbos("migrate")
    assert (ended.code, ended.out) == (0, "The database is up to date.\n")


def _count_cards(database):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(RecordCard))


def test_a_good_list_ends_with_0_and_is_in(sleutelbos, office):
    ended = sleutelbos("import", str(DATA / "stamkaarten.xlsx"))
    assert (ended.code, ended.err) == (0, "")
    assert _count_cards(office) > 0


def test_a_dry_run_says_the_same_and_keeps_nothing(sleutelbos, office):
    dry = sleutelbos("import", str(DATA / "stamkaarten.xlsx"), "--dry-run")
    assert dry.code == 0
    assert _count_cards(office) == 0
    real = sleutelbos("import", str(DATA / "stamkaarten.xlsx"))
    assert dry.out.splitlines()[1:] == real.out.splitlines()


def test_refused_rows_end_with_3_and_the_good_ones_are_in(sleutelbos, office):
    ended = sleutelbos("import", str(DATA / "stamkaarten-rommelig.xlsx"))
    assert ended.code == 3
    assert _count_cards(office) > 0


@pytest.mark.parametrize("name", ["lijst.xlsx", "manifest.schema.json"])
def test_an_unreadable_file_ends_with_2_and_one_line(sleutelbos, office, name):
    ended = sleutelbos("import", str(DATA / name))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert name in ended.err
    assert _count_cards(office) == 0


@pytest.mark.parametrize("path", [".", "geen/lijst.xlsx"])
def test_an_unreadable_file_is_named_as_it_was_typed(sleutelbos, path):
    assert sleutelbos("import", path).err.startswith(f"sleutelbos: {path} ")


def test_short_commands_work_beside_serve(sleutelbos, office, office_file):
    with only_one(office_file):
        ended = sleutelbos("import", str(DATA / "stamkaarten.xlsx"))
    assert ended.code == 0


def test_the_first_manager_is_added_without_slack(sleutelbos, office):
    ended = sleutelbos(
        "administrator", "add", "U0HANNA", "--type", "manager", "--team", "T0OFFICE"
    )
    assert (ended.code, ended.out) == (0, "U0HANNA is nu manager.\n")
    assert _actor(office, "U0HANNA").account_type is AccountType.MANAGER


def test_a_branch_manager_gets_branches_by_name(sleutelbos, office, now):
    _add_branches(office, now, "Utrecht", "Utrecht Noord", "Den Haag")
    ended = sleutelbos(
        "administrator", "add", "U0BRAM", "--team", "T0OFFICE",
        "--type", "branch_manager", "--branch", " utrecht ", "--branch", "DEN HAAG",
        "--email", "bram@voorbeeld.nl",
    )  # fmt: skip
    assert ended.out == "U0BRAM is nu branch_manager van Utrecht, Den Haag.\n"
    assert len(_actor(office, "U0BRAM").branch_ids) == 2


def test_a_branch_that_is_named_twice_counts_once(sleutelbos, office, now):
    _add_branches(office, now, "Utrecht")
    ended = sleutelbos(
        "administrator", "add", "U0BRAM", "--team", "T0OFFICE",
        "--type", "user", "--branch", " uTRECHT", "--branch", "Utrecht",
    )  # fmt: skip
    assert ended.out == "U0BRAM is nu user van Utrecht.\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["", "--type", "manager"], "'' is geen lid-id"),
        (["hanna", "--type", "manager"], "Copy member ID"),
        (["U0X", "--type", "manager"], "--team"),
        (["U0X", "--type", "manager", "--team", "X1"], "begint met T"),
        (["U0X", "--type", "user", "--team", "T0X"], "--branch"),
        (["U0X", "--type", "user", "--team", "T0X", "--branch", "Urk"], "Den Haag"),
        (
            ["U0X", "--type", "manager", "--team", "T0X", "--branch", "Utrecht"],
            "laat --branch weg",
        ),
        (
            ["U0X", "--type", "manager", "--team", "T0X", "--email", "a@b, c@d.nl"],
            "geen bruikbaar e-mailadres",
        ),
    ],
)
def test_a_wrong_appointment_changes_nothing(sleutelbos, office, now, typed, said):
    _add_branches(office, now, "Utrecht", "Den Haag")
    ended = sleutelbos("administrator", "add", *typed)
    assert ended.code == 2
    assert said in ended.err
    assert _actor(office, "U0X", "T0X") is None


def test_without_branches_the_way_to_get_them_is_said(sleutelbos, office):
    ended = sleutelbos(
        "administrator", "add", "U0X", "--type", "user", "--team", "T0X",
        "--branch", "Utrecht",
    )  # fmt: skip
    assert "importeer eerst een personeelslijst" in ended.err


def test_the_manifest_is_printed_as_it_stands(sleutelbos):
    printed = yaml.safe_load(sleutelbos("manifest").out)
    assert printed["settings"]["socket_mode_enabled"] is True


def test_the_manifest_for_http_names_one_address_everywhere(sleutelbos):
    ended = sleutelbos("manifest", "--url", "https://inloggen.voorbeeld.nl/")
    printed = yaml.safe_load(ended.out)
    address = "https://inloggen.voorbeeld.nl/slack/events"
    assert printed["settings"]["socket_mode_enabled"] is False
    assert printed["settings"]["event_subscriptions"]["request_url"] == address
    assert printed["settings"]["interactivity"]["request_url"] == address
    commands = printed["features"]["slash_commands"]
    assert {command["url"] for command in commands} == {address}
    schema = json.loads((DATA / "manifest.schema.json").read_text())
    assert list(Draft7Validator(schema).iter_errors(printed)) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://voorbeeld.nl", "'http://voorbeeld.nl' is geen openbaar adres"),
        ("voorbeeld.nl", "schrijf https://"),
        ("https://?a", "schrijf https://"),
        ("https://voorbeeld.nl/?a", "schrijf https://"),
        ("https://voorbeeld.nl/#a", "schrijf https://"),
        ("https://[voorbeeld.nl", "schrijf https://"),
        ("", "'' is geen openbaar adres"),
        ("https://inloggen voorbeeld.nl", "bevat een spatie"),
        (" https://voorbeeld.nl", "bevat een spatie"),
        ("https://127.0.0.1:8080", "Slack kan 'https://127.0.0.1:8080' niet bereiken"),
        ("https://192.168.1.4", "niet bereiken"),
        ("https://[::1]", "niet bereiken"),
        ("https://localhost", "niet bereiken"),
        ("https://kassa.local", "niet bereiken"),
        ("https://hanna:geheim@voorbeeld.nl", "laat weg wat er voor de @ staat"),
    ],
)
def test_an_address_that_slack_can_not_call_is_refused_with_the_reason(
    sleutelbos, url, said
):
    ended = sleutelbos("manifest", "--url", url)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert "geheim" not in ended.err


def test_the_log_is_exported_as_text_with_names(sleutelbos, office, machine, now):
    _add_branches(office, now, '=HYPERLINK("x")')
    with office.transaction() as session:
        audit.record(
            session,
            AuditAct.BRANCH_CHANGED,
            Concerning(branch_id=1, details={"fields": ["admin_channel_id"]}),
            actor=OPERATOR,
            now=now,
        )
    ended = sleutelbos("audit", "export", "logboek.xlsx")
    assert ended.out == "Geschreven naar logboek.xlsx; aantal regels: 3.\n"
    path = machine / "logboek.xlsx"
    assert path.stat().st_mode & 0o777 == 0o600
    sheet = openpyxl.load_workbook(path)["Logboek"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    last = [cell.value for cell in sheet[3]]
    assert last[1:4] == [
        "2026-11-20 09:30:00",
        "Vestiging gewijzigd",
        "systeembeheerder",
    ]
    assert (last[6], last[10]) == ('=HYPERLINK("x")', "fields: admin_channel_id")
    # What was taken along is in the log too.
    assert [sheet[4][place].value for place in (2, 10)] == [
        "Logboek geëxporteerd",
        "count: 2",
    ]


@pytest.mark.parametrize(("count", "sheets"), [(0, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_a_log_that_is_too_long_for_a_sheet_goes_on_in_the_next(count, sheets, now):
    entries = [
        AuditEntry(
            event_id=number,
            at=now,
            act=AuditAct.LOGIN_CREATED,
            actor_kind=ActorKind.SCHEDULE,
            administrator=None,
            administrator_name=None,
            surface=Surface.WORKER,
            branch_name="Utrecht",
            number="00104",
            person_name="Jan\x0b Smit",
            run_id=7,
            details={},
        )
        for number in range(count)
    ]
    file = io.BytesIO()
    workbook.write(file, entries, count, translator("en"), rows_per_sheet=2)
    book = openpyxl.load_workbook(file)
    lines = [row for sheet in book for row in sheet.iter_rows(min_row=2)]
    assert len(book.sheetnames) == sheets
    assert [line[0].value for line in lines] == [str(n) for n in range(count)]
    assert {line[8].value for line in lines} <= {"Jan? Smit"}


def test_an_error_that_nobody_foresaw_is_one_line_without_its_text(
    sleutelbos, office, now
):
    _add_branches(office, now, "Utrecht")
    with office.transaction() as session:
        session.connection().exec_driver_sql("DROP TABLE audit_seal")
    ended = sleutelbos("audit", "verify")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("sleutelbos: Onverwachte fout (OperationalError in ")
    assert ended.err.count("\n") == 1
    assert "audit_seal" not in ended.err


def test_a_database_that_stays_busy_is_said_to_be_so(sleutelbos, office):
    with office.transaction() as session:
        session.execute(select(1))
        ended = sleutelbos(
            "administrator", "add", "U0X", "--type", "manager", "--team", "T0X"
        )
    assert ended.code == 2
    assert "te lang bezet" in ended.err


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("name", ["log.txt", "log", "log.xlsx.txt", ""])
def test_a_log_is_written_under_the_name_of_a_workbook_only(sleutelbos, machine, name):
    before = set(machine.iterdir())
    ended = sleutelbos("audit", "export", name)
    assert (ended.code, ended.out) == (2, "")
    assert "eindigt niet op .xlsx" in ended.err
    assert set(machine.iterdir()) == before


def test_an_export_overwrites_nothing(sleutelbos, office, machine):
    (machine / "logboek.xlsx").write_text("van iemand anders")
    ended = sleutelbos("audit", "export", "logboek.xlsx")
    assert (ended.code, ended.out) == (2, "")
    assert (machine / "logboek.xlsx").read_text() == "van iemand anders"


def test_a_log_without_seals_is_said_to_be_so(sleutelbos, office, now):
    _add_branches(office, now, "Utrecht")
    ended = sleutelbos("audit", "verify")
    assert ended.code == 0
    assert "Nog niets verzegeld" in ended.out
    assert "zoals het verzegeld werd" not in ended.out


def test_a_log_that_is_not_there_is_not_called_whole(sleutelbos, machine):
    for words in (("audit", "verify"), ("audit", "export", "log.xlsx")):
        ended = sleutelbos(*words)
        assert (ended.code, ended.out) == (2, "")
        assert "Er is nog geen database" in ended.err
    assert list(machine.glob("*.db*")) == []


def test_a_changed_row_is_named_and_ends_with_1(sleutelbos, office, machine, now):
    from domain import audit_seals  # noqa: PLC0415
    from sleutelbos import opening, settings  # noqa: PLC0415

    _add_branches(office, now.replace(day=2), "Utrecht", "Den Haag")
    keyring = opening.keyring(settings.load(), office)
    with office.transaction() as session:
        assert audit_seals.seal_next_day(session, keyring, now=now)
    assert sleutelbos("audit", "verify").code == 0
    with office.transaction() as session:
        event_id = session.scalars(select(AuditEvent.id).limit(1)).one()
        session.execute(
            update(AuditEvent)
            .where(AuditEvent.id == event_id)
            .values(act=AuditAct.BRANCH_CHANGED)
        )
    ended = sleutelbos("audit", "verify")
    assert ended.code == 1
    assert f"2026-11-02: regel {event_id} is gewijzigd" in ended.out


class TestWithSlack:
    """Appointing somebody asks Slack which workspace it is, and who that is."""

    @pytest.fixture
    def slack(self, set_up):
        workspace = Workspace.from_manifest(MANIFEST, rate_limits=False)
        with workspace.serve() as served:
            set_up(SLACK_BOT_TOKEN=served.bot_token, SLACK_API_URL=served.api_url)
            yield served

    def test_the_workspace_is_that_of_the_bot(self, sleutelbos, office, slack):
        hanna = slack.add_person("hanna", "Hanna de Vries")
        ended = sleutelbos("administrator", "add", hanna.id, "--type", "manager")
        assert (ended.code, ended.err) == (0, "")
        actor = _actor(office, hanna.id, slack.team_id)
        assert actor.account_type is AccountType.MANAGER

    @pytest.mark.parametrize(
        "flags",
        [
            {"deleted": True},
            {"is_bot": True},
            {"is_restricted": True},
            {"is_ultra_restricted": True, "is_restricted": True},
            {"is_stranger": True, "team_id": "T0ELDERS"},
        ],
    )
    def test_who_is_no_ordinary_member_is_refused(
        self, sleutelbos, office, slack, flags
    ):
        gast = slack.add_person("gast", "Gerrit Gast", **flags)
        ended = sleutelbos("administrator", "add", gast.id, "--type", "manager")
        assert ended.code == 2
        assert "geen gewoon, actief lid" in ended.err
        assert _actor(office, gast.id, slack.team_id) is None

    def test_an_id_that_slack_does_not_know_is_refused(self, sleutelbos, office, slack):
        ended = sleutelbos("administrator", "add", "U0NIEMAND", "--type", "manager")
        assert (ended.code, ended.out) == (2, "")
        assert "U0NIEMAND" in ended.err
