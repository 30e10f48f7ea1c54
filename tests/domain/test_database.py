import threading
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from domain import migrations, outbox
from domain.branches import Branch
from domain.database import Database
from domain.errors import DatabaseBusyError, LeaseLostError
from domain.outbox import OutboxMessage
from domain.tables import METADATA


def _branch(now, name="Utrecht"):
    return Branch(name=name, name_key=name.casefold(), created_at=now)


def test_nothing_is_kept_of_a_transaction_that_fails(database, now):
    with pytest.raises(RuntimeError), database.transaction() as session:
        session.add(_branch(now))
        session.flush()
        raise RuntimeError
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Branch)) == 0


def test_error_texts_hold_no_bound_values(database, now):
    with pytest.raises(IntegrityError) as caught, database.transaction() as session:
        session.add_all([_branch(now), _branch(now)])
        session.flush()
    assert "utrecht" not in str(caught.value).split("DETAIL")[0].lower()


def test_a_writer_that_waits_too_long_is_told_that_the_database_is_busy(database, now):
    with database.transaction() as first:
        branch = _branch(now)
        first.add(branch)
        first.flush()
        outcome = []

        def second_writer():
            try:
                with database.transaction(timedelta(milliseconds=50)) as session:
                    session.add(_branch(now))
            except DatabaseBusyError as error:
                outcome.append(error)

        thread = threading.Thread(target=second_writer)
        thread.start()
        thread.join()
    assert [type(error) for error in outcome] == [DatabaseBusyError]


def test_the_steps_lead_to_the_tables_that_the_code_maps(database):
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    assert migrations.is_up_to_date(database)


def test_the_steps_follow_one_another_in_one_line():
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    steps = ScriptDirectory(Path(migrations.__file__).parent)
    assert len(steps.get_heads()) == 1
    assert len(steps.get_bases()) == 1
    assert all(not step.is_branch_point for step in steps.walk_revisions())


def test_an_empty_database_is_not_up_to_date(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    assert not migrations.is_up_to_date(database)
    database.close()


def test_a_new_sqlite_file_is_readable_by_its_owner_only(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    migrations.bring_up_to_date(database)
    modes = {path.stat().st_mode & 0o777 for path in tmp_path.glob("new.db*")}
    database.close()
    assert modes == {0o600}


def test_a_claimed_message_is_nobody_elses_until_its_lease_ends(database, now):
    with database.transaction() as session:
        outbox.queue(session, "notice", {"n": 1}, now=now)
    with database.transaction() as session:
        first = outbox.claim_due(session, kinds={"notice"}, now=now)
    with database.transaction() as session:
        assert outbox.claim_due(session, kinds={"notice"}, now=now) is None
        second = outbox.claim_due(session, kinds={"notice"}, now=now + outbox.LEASE)
    assert first is not None
    assert second is not None
    assert (first.id, second.lease_number) == (second.id, first.lease_number + 1)
    with pytest.raises(LeaseLostError), database.transaction() as session:
        outbox.delivered(session, first, now=now)


def test_a_delivered_message_is_wiped_and_not_delivered_again(database, now):
    with database.transaction() as session:
        outbox.queue(session, "notice", {"n": 1}, now=now)
    with database.transaction() as session:
        message = outbox.claim_due(session, kinds={"notice"}, now=now)
        outbox.delivered(session, message, now=now)
    with database.reading() as session:
        row = session.scalars(select(OutboxMessage)).one()
        assert (row.payload, row.delivered) == ({}, True)
        assert (
            outbox.claim_due(session, kinds={"notice"}, now=now + timedelta(days=1))
            is None
        )


def test_a_message_that_fails_for_two_days_is_given_up(database, now):
    with database.transaction() as session:
        outbox.queue(session, "notice", {"n": 1}, now=now)
    moment, attempts = now, 0
    while True:
        with database.transaction() as session:
            message = outbox.claim_due(session, kinds={"notice"}, now=moment)
            outbox.failed(session, message, "channel_not_found", now=moment)
        attempts += 1
        with database.reading() as session:
            row = session.get_one(OutboxMessage, message.id)
            if row.ended_at is not None:
                break
            moment = row.due_at
    assert not row.delivered
    assert attempts > 6
    assert timedelta(hours=40) < moment - now <= outbox.GIVE_UP_AFTER


def at_once(database, *acts):
    """Each act in a transaction of its own, at the same time; what became of them."""
    outcomes = []

    def does(act):
        try:
            with database.transaction() as session:
                act(session)
            outcomes.append("done")
        except DatabaseBusyError:
            outcomes.append("busy")

    threads = [threading.Thread(target=does, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.fixture
def two_branches(postgresql_url, now):
    """PostgreSQL, where several write at once."""
    database = Database(postgresql_url)
    with database.transaction() as session:
        session.add_all([_branch(now, "Utrecht"), _branch(now, "Amsterdam")])
    yield database
    database.close()


def _rename(session, name):
    query = update(Branch).where(Branch.name_key == name).values(name=name.upper())
    session.execute(query)


def test_of_two_that_wait_for_each_other_one_is_told_that_the_database_is_busy(
    two_branches,
):
    both_hold_one = threading.Barrier(2)

    def renames(first, second):
        def act(session):
            _rename(session, first)
            both_hold_one.wait()
            _rename(session, second)

        return act

    acts = renames("utrecht", "amsterdam"), renames("amsterdam", "utrecht")
    assert at_once(two_branches, *acts) == ["busy", "done"]


def test_of_two_that_wrote_over_what_both_read_one_is_told_that_the_database_is_busy(
    two_branches,
):
    both_read = threading.Barrier(2)

    def act(session):
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        session.scalars(select(Branch.name)).all()
        both_read.wait()
        _rename(session, "utrecht")

    assert at_once(two_branches, act, act) == ["busy", "done"]


def test_forty_writers_at_once_all_get_their_turn(database, now):
    gate, errors = threading.Barrier(40), []

    def writes(number: int) -> None:
        gate.wait()
        try:
            with database.transaction(timedelta(seconds=30)) as session:
                session.add(_branch(now, f"Branch {number}"))
        except DatabaseBusyError as error:
            errors.append(error)

    threads = [threading.Thread(target=writes, args=(n,)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Branch)) == 40


def test_whoever_gets_no_connection_is_told_that_the_database_is_busy(postgresql_url):
    database = Database(postgresql_url)
    with ExitStack() as held:
        for _ in range(20):
            held.enter_context(database.reading()).execute(text("SELECT 1"))
        for wanted in (database.reading, database.transaction):
            with pytest.raises(DatabaseBusyError), wanted() as session:
                session.execute(text("SELECT 1"))
    with database.reading() as session:
        assert session.scalar(text("SELECT 1")) == 1
    database.close()
