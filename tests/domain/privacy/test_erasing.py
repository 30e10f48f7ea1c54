from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from domain import audit_seals
from domain.actor import OPERATOR, AccountType
from domain.administrators import Administrator
from domain.audit import AuditAct
from domain.database import Record
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import listing
from domain.logins.model import Login
from domain.privacy import erasing, exporting
from domain.privacy.belongings import KEPT, rows_of
from domain.privacy.persons import find
from domain.privacy.standing import StillAdministersError, StillEmployedError
from domain.record_cards import register
from domain.runs.model import RowReason, RowState, RunRow
from domain.sign_in.model import Lockout, LockoutEnd
from domain.slack_users import SlackUser
from tests.domain.privacy import canary


@pytest.fixture
def login_id(office, keyring, now):
    return canary.settle_in(office, keyring, now)


@pytest.fixture
def erase(office, login_id, now):
    """Forget the canary, who is employed."""

    def act(*, actor=OPERATOR, even_employed=True):
        card_id = office.login(login_id).record_card_id
        with office.database.transaction() as session:
            return erasing.erase(
                session, card_id, even_employed=even_employed, actor=actor, now=now
            )

    return act


def everything(database):
    """The text of every row of every table, and on SQLite every byte of its files."""
    with database.reading() as session:
        rows = "\n".join(
            " ".join(map(str, row))
            for table in Record.metadata.tables.values()
            for row in session.execute(select(table))
        )
    if not database.is_sqlite:
        return rows
    path = Path(database.url.database)
    files = [path.with_name(path.name + end) for end in ("", "-wal")]
    kept = b"".join(file.read_bytes() for file in files if file.exists())
    return rows + kept.decode("latin-1")


def found_in(text):
    return [word for word in canary.WORDS if word.lower() in text.lower()]


def test_before_erasing_everything_is_found(database, login_id):
    assert set(found_in(everything(database))) == set(canary.WORDS)


def test_after_erasing_nothing_is_found(database, erase):
    erase()
    database.rewrite()
    assert found_in(everything(database)) == []


def test_the_canary_is_in_every_table_of_persons(database, login_id):
    with database.reading() as session:
        person = find(session, "kn90417")
        conditions = rows_of(session, person)
        empty = [
            kept.table.name
            for kept in KEPT
            if not session.scalar(
                select(func.count())
                .select_from(kept.record)
                .where(conditions[kept.record])
            )
        ]
    assert len(person.card_ids) == 2
    assert empty == []


def test_shells_stay_and_the_log_is_as_it_was_sealed(
    database, office, keyring, erase, login_id, now
):
    later = now + timedelta(days=2)
    with database.transaction() as session:
        audit_seals.seal_next_day(session, keyring, now=later)
    erase()
    with database.reading() as session:
        found = audit_seals.verify(session, keyring, actor=OPERATOR)
    # Erased on the day that is sealed already, which shows as an event more.
    assert {item.kind for item in found.breaks} <= {audit_seals.BreakKind.ADDED}
    login = office.login(login_id)
    card = office.card(login.record_card_id)
    assert (card.erased_at, card.full_name) == (now, "gewist")
    assert login.password_hash is None
    assert login.credential_version == 2
    events = office.events(AuditAct.PERSON_ERASED)
    assert len(events) == 2
    assert [event.details for event in events] == [{}, {}]


def test_an_erased_card_is_in_no_list_count_or_search(
    database, office, erase, login_id, now
):
    card_id = office.login(login_id).record_card_id
    erase()
    with database.reading() as session:
        counts = listing.counts(session, office.utrecht, actor=office.hanna, now=now)
        page = listing.page(session, office.utrecht, actor=office.hanna, now=now)
        found = register.search(session, "", actor=office.hanna, limit=10)
        with pytest.raises(NotFoundError):
            register.get(session, card_id, actor=office.hanna)
        for number in ("KN90417", f"gewist-{card_id}"):
            with pytest.raises(NotFoundError):
                register.find_by_number(session, number, actor=office.hanna)
    assert set(vars(counts).values()) == {0}
    assert not page.lines
    assert not found


def test_the_number_is_free_again(office, erase):
    erase()
    assert office.add_card(**canary.CARD)


def test_a_run_under_way_goes_on_without_them(database, erase):
    erase()
    with database.reading() as session:
        row = session.scalars(select(RunRow)).one()
        lockout = session.scalars(select(Lockout)).one()
    assert (row.state, row.reason) == (RowState.LEFT_OUT, RowReason.CHANGED_MEANWHILE)
    assert (row.sealed_password, row.password_hash) == (None, None)
    assert lockout.end is LockoutEnd.CLOSED


def test_who_is_employed_is_erased_only_when_asked_for(office, erase, login_id):
    with pytest.raises(StillEmployedError):
        erase(even_employed=False)
    assert office.login(login_id).password_hash == canary.HASH


def test_no_administrator_erases(office, erase):
    with pytest.raises(NotPermittedError):
        erase(actor=office.hanna)


def test_erasing_twice_changes_nothing_more(database, office, erase, login_id):
    erase()
    before = everything(database)
    erase()
    assert everything(database)[:1000] == before[:1000]
    assert len(office.events(AuditAct.PERSON_ERASED)) == 2
    assert office.login(login_id).credential_version == 2


@pytest.fixture
def appoint(database, office, now):
    """Have somebody administer every branch; by default the canary's Slack account."""

    def act(user_id=canary.SLACK[1], **values):
        row = Administrator(
            team_id=canary.SLACK[0],
            user_id=user_id,
            account_type=AccountType.MANAGER,
            appointed_at=now,
            **values,
        )
        with database.transaction() as session:
            session.add(row)
            session.flush()
            return row.id

    return act


def test_who_administers_logins_is_dismissed_first(office, erase, appoint, login_id):
    appoint()
    with pytest.raises(StillAdministersError) as refused:
        erase()
    assert refused.value.fields == {"user_id": canary.SLACK[1]}
    assert office.login(login_id).password_hash == canary.HASH


def test_an_administrator_is_known_by_the_address_for_codes_too(erase, appoint):
    appoint("U0ANDERS", email=canary.CARD["email"].upper())
    with pytest.raises(StillAdministersError):
        erase()


def test_of_who_administered_before_nothing_is_found_either(
    database, erase, appoint, now
):
    administrator_id = appoint(email=canary.CARD["email"], dismissed_at=now)
    erase()
    with database.reading() as session:
        administrator = session.get_one(Administrator, administrator_id)
        name = session.get(SlackUser, canary.SLACK)
    assert (administrator.email, name) == (None, None)


def test_others_keep_what_they_have(database, office, erase, keyring, now):
    other = office.add_login(password_hash="andermans")
    erase()
    with database.reading() as session:
        assert session.get_one(Login, other).password_hash == "andermans"


def test_everything_is_handed_out_but_secrets(database, office, login_id, now):
    with database.transaction() as session:
        found = exporting.export(session, " kn90416", actor=OPERATOR, now=now)
    assert set(found) == {kept.table.name for kept in KEPT}
    text = repr(found)
    missing = [word for word in canary.WORDS if word not in text]
    assert missing == [canary.HASH, "kanarieverzegeld"]
    assert len(office.events(AuditAct.PERSON_EXPORTED)) == 2


def test_no_administrator_exports(database, office, login_id, now):
    with database.transaction() as session, pytest.raises(NotPermittedError):
        exporting.export(session, "KN90417", actor=office.hanna, now=now)
