import errno
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from domain import audit, audit_seals, migrations, outbox
from domain.actor import SCHEDULE
from domain.audit import AuditAct, Concerning
from domain.database import Database
from domain.secret import Secret
from sleutelbos import complaints, key_file, opening, settings, sqlite_file
from sleutelbos.process_lock import only_one
from sleutelbos.wording import CommandError

KEY = "kJ8-vW2_qZ5xN1rT7yB4mC0dF6gH9pLs"
OTHER_KEY = "tT3-bN8_wE6xQ1uI9oP4aS7dF2gH5jKl"


def _refusal(caught):
    return caught.value.wording


def _keyring(given):
    with opening.opened(given) as database:
        return opening.keyring(given, database)


def _seal_a_day(given, now):
    with opening.opened(given) as database:
        keyring = opening.keyring(given, database)
        with database.transaction() as session:
            audit.record(
                session,
                AuditAct.BRANCH_ADDED,
                Concerning(),
                actor=SCHEDULE,
                now=now.replace(day=1),
            )
            assert audit_seals.seal_next_day(session, keyring, now=now)


def test_a_sqlite_database_is_made_and_brought_up_to_date(machine):
    with opening.opened(settings.load()) as database:
        assert migrations.is_up_to_date(database)
    assert {path.name for path in machine.iterdir()} == {
        "sleutelbos.db",
        "sleutelbos.db.lock",
    }


def test_an_old_postgresql_database_is_left_alone(set_up, postgresql_url):
    database = Database(postgresql_url)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    database.close()
    set_up(SLEUTELBOS_DATABASE_URL=postgresql_url)
    with pytest.raises(CommandError) as caught, opening.opened(settings.load()):
        pass
    assert _refusal(caught) is complaints.DATABASE_OLD
    assert "sleutelbos migrate" in caught.value.say("nl")


def test_a_database_of_a_newer_version_is_refused(office_file):
    database = Database(f"sqlite:///{office_file}")
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(CommandError) as caught, opening.opened(settings.load()):
        pass
    assert _refusal(caught) is complaints.DATABASE_NEWER


def test_a_file_that_is_no_database_is_refused(machine):
    path = machine / "sleutelbos.db"
    path.write_bytes(b"geen database" * 100)
    path.chmod(0o600)
    with pytest.raises(CommandError) as caught, opening.opened(settings.load()):
        pass
    assert _refusal(caught) is complaints.NOT_OUR_DATABASE
    assert str(path) in caught.value.say("nl")


def _of_somebody_else(path, *tables):
    with closing(sqlite3.connect(path)) as file:
        for table in tables:
            file.execute(f"CREATE TABLE {table} (version_num)")
    path.chmod(0o600)


@pytest.mark.parametrize("tables", [["customer"], ["alembic_version", "customer"]])
def test_a_database_of_another_program_is_refused_and_left_as_it_is(machine, tables):
    path = machine / "sleutelbos.db"
    _of_somebody_else(path, *tables)
    before = path.read_bytes()
    with pytest.raises(CommandError) as caught, opening.opened(settings.load()):
        pass
    assert _refusal(caught) is complaints.NOT_OUR_DATABASE
    assert path.read_bytes() == before
    assert list(machine.iterdir()) == [path]


def test_an_empty_file_becomes_the_database(machine):
    (machine / "sleutelbos.db").touch(0o600)
    with opening.opened(settings.load()) as database:
        assert migrations.is_up_to_date(database)


def test_serve_leaves_the_database_of_another_program_as_it_is(machine):
    path = machine / "sleutelbos.db"
    _of_somebody_else(path, "customer")
    with pytest.raises(CommandError) as caught, opening.opened_alone(settings.load()):
        pass
    assert _refusal(caught) is complaints.NOT_OUR_DATABASE


@pytest.mark.parametrize(
    ("pragma", "said"),
    [
        # A limit on pages is what a full disk is to SQLite.
        ("max_page_count=1", complaints.DISK_FULL),
        ("query_only=ON", complaints.FOLDER_UNWRITABLE),
    ],
)
def test_a_disk_that_takes_no_more_is_said_to_be_so(office_file, pragma, said):
    with (
        pytest.raises(CommandError) as caught,
        opening.opened(settings.load()) as database,
        database.engine.connect() as connection,
    ):
        connection.execute(text(f"PRAGMA {pragma}"))
        connection.execute(text("CREATE TABLE more AS SELECT zeroblob(999999)"))
    assert _refusal(caught) is said
    assert str(office_file.parent) in caught.value.say("en")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no disk without room")
def test_an_error_of_a_disk_without_room_is_told_as_a_full_disk(machine):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    for folder, said in (
        (Path("/proc"), complaints.DISK_FULL),
        (machine, complaints.DISK_FAULTY),
    ):
        with (
            pytest.raises(CommandError) as caught,
            sqlite_file.telling_of(folder / "sleutelbos.db"),
        ):
            raise OperationalError("COMMIT", {}, error)
        assert _refusal(caught) is said


def test_a_database_file_that_can_not_be_made_is_said_to_be_so(machine):
    # A link to itself is what even root can't write.
    path = machine / "sleutelbos.db"
    path.symlink_to(path)
    with pytest.raises(CommandError) as caught, opening.opened(settings.load()):
        pass
    assert _refusal(caught) is complaints.FOLDER_UNWRITABLE
    assert str(machine) in caught.value.say("nl")


def test_any_other_error_of_the_database_stays_what_it_is(office_file):
    with (
        pytest.raises(OperationalError),
        opening.opened(settings.load()) as database,
        database.engine.connect() as connection,
    ):
        connection.execute(text("SELECT * FROM nowhere"))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, complaints.DISK_FULL),
        (errno.EROFS, complaints.FOLDER_UNWRITABLE),
        (errno.EACCES, complaints.FOLDER_UNWRITABLE),
    ],
)
def test_what_the_disk_says_is_told_in_its_own_words(machine, number, said):
    told = sqlite_file.unwritable(OSError(number, "x"), machine / "sleutelbos.db")
    assert told.wording is said


def test_a_postgresql_that_does_not_answer_is_one_line(set_up):
    set_up(SLEUTELBOS_DATABASE_URL="postgresql+psycopg://u:geheim@127.0.0.1:9/x")
    with pytest.raises(CommandError) as caught, opening.opened(settings.load()):
        pass
    assert _refusal(caught) is complaints.DATABASE_UNREACHABLE
    assert "geheim" not in caught.value.say("nl")


@pytest.mark.parametrize("suffix", ["", ".key", "-wal"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused(office_file, suffix, mode):
    path = office_file.with_name(office_file.name + suffix)
    path.touch()
    path.chmod(mode)
    with pytest.raises(CommandError) as caught, opening.opened(settings.load()):
        pass
    assert caught.value.say("en").endswith(f"chmod 600 {path}")


def test_a_folder_in_which_anybody_replaces_files_is_refused(machine):
    machine.chmod(0o777)
    with pytest.raises(CommandError) as caught, opening.opened(settings.load()):
        pass
    assert _refusal(caught) is complaints.FOLDER_OPEN_TO_OTHERS


def test_a_folder_that_is_not_there_is_named(set_up, machine):
    set_up(SLEUTELBOS_DATABASE_URL=f"sqlite:///{machine}/nee/sleutelbos.db")
    with pytest.raises(CommandError) as caught, opening.opened(settings.load()):
        pass
    assert _refusal(caught) is complaints.FOLDER_MISSING


def test_the_key_is_made_once_and_readable_by_its_owner_only(machine):
    sealed = _keyring(settings.load()).seal(Secret("x"), purpose="p")
    path = machine / "sleutelbos.db.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert _keyring(settings.load()).open(sealed, purpose="p") == Secret("x")


def test_many_that_start_at_once_agree_on_one_key(machine):
    path = machine / "sleutelbos.db.key"
    barrier, found = threading.Barrier(8), []

    def start():
        barrier.wait()
        key_file.make(path)
        found.append(path.read_text())

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert [item.name for item in machine.iterdir()] == [path.name]


def test_a_key_that_is_set_goes_before_the_file(set_up, machine):
    set_up(SLEUTELBOS_SECRET_KEY=KEY)
    _keyring(settings.load())
    assert not (machine / "sleutelbos.db.key").exists()


def test_postgresql_needs_a_key_that_is_set(set_up, postgresql_url):
    set_up(SLEUTELBOS_DATABASE_URL=postgresql_url)
    with pytest.raises(CommandError) as caught:
        _keyring(settings.load())
    assert _refusal(caught) is complaints.SECRET_KEY_MISSING


def test_no_new_key_is_made_while_something_is_sealed_with_a_lost_one(machine, now):
    _seal_a_day(settings.load(), now)
    (machine / "sleutelbos.db.key").unlink()
    with pytest.raises(CommandError) as caught:
        _keyring(settings.load())
    assert _refusal(caught) is complaints.SECRET_KEY_LOST
    assert not (machine / "sleutelbos.db.key").exists()


def test_a_key_that_does_not_open_what_is_sealed_is_refused(set_up, now):
    set_up(SLEUTELBOS_SECRET_KEY=KEY)
    _seal_a_day(settings.load(), now)
    set_up(SLEUTELBOS_SECRET_KEY=OTHER_KEY)
    with pytest.raises(CommandError) as caught:
        _keyring(settings.load())
    assert _refusal(caught) is complaints.SECRET_KEY_OTHER
    set_up(SLEUTELBOS_SECRET_KEY=f"{OTHER_KEY},{KEY}")
    assert _keyring(settings.load())


@pytest.mark.parametrize("content", ["", "kort", "\xff"])
def test_a_key_file_that_holds_no_key_is_refused(machine, content):
    path = machine / "sleutelbos.db.key"
    path.write_bytes(content.encode("latin-1"))
    path.chmod(0o600)
    with pytest.raises(CommandError) as caught:
        _keyring(settings.load())
    assert _refusal(caught) is complaints.KEY_FILE_UNUSABLE


def test_the_lock_is_held_by_one_and_free_afterwards(machine):
    path = machine / "sleutelbos.db"
    with only_one(path), pytest.raises(CommandError) as caught, only_one(path):
        pass
    assert _refusal(caught) is complaints.DATABASE_IN_USE
    with only_one(path):
        pass


def test_a_lock_that_can_not_be_made_is_told_with_its_folder(machine):
    lock = machine / "sleutelbos.db.lock"
    lock.symlink_to(lock)
    with pytest.raises(CommandError) as caught, only_one(machine / "sleutelbos.db"):
        pass
    assert _refusal(caught) is complaints.FOLDER_UNWRITABLE
    assert str(machine) in caught.value.say("nl")


def test_two_names_of_one_file_have_one_lock(machine, office_file):
    other = machine / "andere-naam.db"
    other.symlink_to(office_file)
    with only_one(office_file), pytest.raises(CommandError), only_one(other):
        pass


@pytest.mark.parametrize("is_sqlite", [True, False])
def test_what_a_killed_process_held_is_free_at_once_where_one_process_works(
    machine, set_up, postgresql_url, now, is_sqlite
):
    if not is_sqlite:
        set_up(SLEUTELBOS_DATABASE_URL=postgresql_url)
    given = settings.load()
    with opening.opened(given) as database, database.transaction() as session:
        outbox.queue(session, "notice", {}, now=now)
        assert outbox.claim_due(session, kinds={"notice"}, now=now)
    with opening.opened_alone(given) as database, database.transaction() as session:
        claimed_again = outbox.claim_due(session, kinds={"notice"}, now=now)
    assert (claimed_again is not None) is is_sqlite
