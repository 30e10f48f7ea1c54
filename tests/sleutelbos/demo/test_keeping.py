"""Keeping the demo's database, and going on with it another time."""

import stat
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import select

from domain import clock
from domain.actor import AccountType, Actor, ActorKind, AdministratorId, Surface
from domain.branches import Branch
from domain.database import Database
from domain.logins import listing
from domain.runs.ledger import start_reset
from domain.runs.model import Run, RunPhase
from domain.runs.planning import ResetChoice, ResetScope, plan_reset
from tests.sandbox.page.window import conversation
from tests.sleutelbos.demo.desk import PATIENCE

HANNA = Actor(
    ActorKind.ADMINISTRATOR, Surface.SLACK, AdministratorId(1), AccountType.MANAGER
)
NAME = "sleutelbos-demo.db"
KEPT = dict.fromkeys((NAME, f"{NAME}.key", f"{NAME}.lock"), 0o600)


@contextmanager
def going_on(desk, folder):
    """A demo that keeps what it does in this folder, as Hanna sees it."""
    with desk.opens("--port", "0", "--keep", folder) as demo:
        yield demo.is_ready().window("hanna")
        code, rest, err = demo.ends()
    assert (code, err) == (0, "")
    assert rest == f"Gestopt. Verder gaan: sleutelbos demo --keep {folder}\n"
    assert desk.has_nothing_left()


@contextmanager
def kept_in(folder):
    """The database that a demo left."""
    with closing(Database(f"sqlite:///{folder / NAME}")) as database:
        yield database


def modes_in(folder):
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def counts_of(folder, branch_name):
    with kept_in(folder) as database, database.reading() as session:
        branch = session.scalars(select(Branch).filter_by(name=branch_name)).one()
        return listing.counts(session, branch.id, actor=HANNA, now=clock.utc_now())


def opens_rotterdam(hanna):
    """What she sees of the branch."""
    place = conversation(hanna.shows(), "algemeen")["id"]
    hanna.do("type_command", channel=place, text="/personeel logins rotterdam")
    look = hanna.shows(lambda look: "Actief: " in str(look["modals"]))
    return look["modals"][-1]


def activates_jan(hanna):
    """She opens his login, ticks *Actief* and saves."""
    branch = opens_rotterdam(hanna)
    (block,) = [
        block
        for block in branch["blocks"]
        if "accessory" in block and "Jan ter Horst" in block["text"]["text"]
    ]
    ids = {
        "block_id": block["block_id"],
        "action_id": block["accessory"]["action_id"],
    }
    hanna.do("press", surface={"view": branch["id"]}, **ids)
    login = hanna.shows(lambda look: look["modals"][-1]["submit"])["modals"][-1]
    (box,) = [each for each in login["blocks"] if each.get("block_id") == "inactive"]
    tick = box["element"]
    ids = {"block_id": box["block_id"], "action_id": tick["action_id"]}
    surface = {"view": login["id"]}
    hanna.do("enter", surface=surface, value=tick["options"], **ids)
    hanna.do("submit", view_id=login["id"])
    hanna.shows(lambda look: "Geblokkeerd: 0" in str(look["modals"]))
    # Messages are not kept: another time there would be none to say it in.
    hanna.shows(lambda look: "Geactiveerd door" in str(conversation(look, "beheer")))


def opens_home(hanna):
    hanna.do("open_app", tab="home")
    return hanna.shows(lambda look: look["home"])["home"]


def test_what_was_done_is_there_another_time_and_hanna_is_still_hanna(desk):
    folder = desk.folder / "mine"
    with going_on(desk, "mine") as hanna:
        assert opens_home(hanna)
        assert counts_of(folder, "Rotterdam").locked == 1
        activates_jan(hanna)
    assert modes_in(folder) == KEPT
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with going_on(desk, "mine") as hanna:
        assert "Geblokkeerd: 0" in str(opens_rotterdam(hanna))
    # Slack's ids go on too, so no delivery is taken for one of last time.
    with going_on(desk, "mine") as hanna:
        assert opens_home(hanna)
    counts = counts_of(folder, "Rotterdam")
    assert (counts.active, counts.locked) == (8, 0)


def test_it_is_said_what_is_kept_and_what_not_and_when_it_goes_on(desk):
    with desk.opens("--port", "0", "--keep") as demo:
        said = " ".join(demo.is_ready().said.split())
        demo.ends()
    with desk.opens("--port", "0", "--keep") as demo:
        again = " ".join(demo.is_ready().said.split())
        demo.ends()
    assert "Utrecht begint vandaag" in said
    assert "Utrecht begint vandaag" not in again
    assert "Verder met wat er in sleutelbos-kept bewaard is" in again
    assert (
        "In sleutelbos-kept blijven stamkaarten, logins, beheerders en logboek" in said
    )
    assert "Berichten en bestanden in Slack" in said
    assert modes_in(desk.folder / "sleutelbos-kept") == KEPT


def test_its_audit_log_is_as_it_was_sealed(desk):
    with going_on(desk, "mine"):
        pass
    url = f"sqlite:///{desk.folder / 'mine' / NAME}"
    with desk.starts(
        "-m", "sleutelbos", "audit", "verify", SLEUTELBOS_DATABASE_URL=url
    ) as process:
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    assert "Het logboek is zoals het verzegeld werd." in out


def test_a_task_that_was_cut_off_is_finished_another_time(desk):
    folder = desk.folder / "mine"
    with going_on(desk, "mine"):
        pass
    with kept_in(folder) as database:
        run_id = starts_a_task(database)
    with desk.opens("--port", "0", "--keep", "mine") as demo:
        look = (
            demo.is_ready()
            .window("hanna")
            .shows(
                lambda look: "Klaar: 7" in str(conversation(look, "beheer-amsterdam"))
            )
        )
        channel = conversation(look, "beheer-amsterdam")
        assert demo.ends()[0] == 0
    assert any("werknemerslogins-amsterdam" in str(m) for m in channel["messages"])
    with kept_in(folder) as database, database.reading() as session:
        assert session.get_one(Run, run_id).phase is RunPhase.DONE


def starts_a_task(database):
    """A task of another time, whose message is not in Slack any more."""
    now, choice = clock.utc_now(), ResetChoice(ResetScope.WHOLE_BRANCH)
    with database.transaction() as session:
        branch = session.scalars(select(Branch).filter_by(name="Amsterdam")).one()
        plan = plan_reset(session, branch.id, choice, actor=HANNA, now=now)
        run_id = start_reset(
            session,
            branch.id,
            choice,
            expected_count=plan.count,
            channel_id=branch.admin_channel_id,
            actor=HANNA,
            now=now,
        )
        run = session.get_one(Run, run_id)
        run.message_channel_id, run.message_ts = run.channel_id, "1000000000.000001"
    return run_id


def test_a_large_company_goes_on_as_a_large_one(desk):
    with desk.opens("--port", "0", "--size", "large", "--keep", "kept") as demo:
        assert "12.000 mensen" in demo.is_ready().said
        demo.ends()
    with desk.opens("--port", "0", "--keep", "kept") as demo:
        assert "40 vestigingen en 12.000 mensen" in " ".join(
            demo.is_ready().said.split()
        )
        demo.ends()
    code, out, err = desk.plays("--port", "0", "--size", "small", "--keep", "kept")
    assert (code, out) == (2, "")
    assert err == (
        "sleutelbos: In kept staat een bedrijf van een andere grootte: laat --size "
        "weg, of kies een andere map.\n"
    )


@pytest.mark.parametrize("files", [["thesis.doc"], [NAME], [f"{NAME}.key", "other.db"]])
def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(desk, files):
    folder = desk.folder / "mine"
    folder.mkdir()
    for name in files:
        (folder / name).write_text("precious")
    code, out, err = desk.plays("--port", "0", "--keep", "mine")
    assert (code, out) == (2, "")
    assert err == (
        "sleutelbos: In mine staat iets anders dan een demo: kies een andere map.\n"
    )
    assert [path.read_text() for path in folder.iterdir()] == ["precious"] * len(files)
    assert {path.name for path in folder.iterdir()} == set(files)


def test_the_database_of_a_real_office_is_refused(desk, office_of_somebody_else):
    code, out, err = desk.plays("--port", "0", "--keep", "mine")
    assert (code, "http" in out) == (2, False)
    assert err == (
        "sleutelbos: In mine staat iets anders dan een demo: kies een andere map.\n"
    )
    assert desk.has_nothing_left()


@pytest.fixture
def office_of_somebody_else(desk, sqlite_url):
    """A database by our name, in which nobody of ours administers anything."""
    folder = desk.folder / "mine"
    folder.mkdir()
    (desk.folder.parent / "office.db").rename(folder / NAME)
    (folder / f"{NAME}.key").write_text("a key of more than 32 characters, you see\n")
    for path in folder.iterdir():
        path.chmod(0o600)


def test_a_folder_in_which_another_demo_works_is_refused(desk):
    with desk.opens("--port", "0", "--keep", "mine") as demo:
        demo.is_ready()
        code, _, err = desk.plays("--port", "0", "--keep", "mine")
        assert demo.ends()[0] == 0
    assert code == 2
    assert err == (
        "sleutelbos: Een andere demo werkt al in mine: stop die eerst, of kies een "
        "andere map.\n"
    )


def test_a_folder_that_can_not_be_made_is_refused_before_anything_starts(desk):
    (desk.folder / "full").write_text("a file, no folder")
    code, out, err = desk.plays("--port", "0", "--keep", "full/here")
    assert (code, out) == (2, "")
    assert err == ("sleutelbos: full/here is niet te schrijven: kies een andere map.\n")


def test_a_folder_without_keep_is_refused(desk):
    code, out, err = desk.plays("mine", SLEUTELBOS_LANGUAGE="en")
    assert (code, out) == (2, "")
    assert err == (
        "sleutelbos: A folder goes with --keep: sleutelbos demo --keep mine\n"
    )
    assert list(desk.folder.iterdir()) == []
