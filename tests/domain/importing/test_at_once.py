import threading
from datetime import timedelta

from sqlalchemy import select, text

from domain import branches
from domain.actor import OPERATOR
from domain.audit import AuditAct
from domain.errors import DomainError
from domain.importing import staff_lists, uploads
from domain.importing.uploads import PreviewOutdatedError
from domain.logins import card_editing, creation
from domain.record_cards.entries import CardField
from domain.record_cards.model import RecordCard
from tests.domain.importing import workbooks
from tests.domain.importing.test_sample_lists import ORDINARY
from tests.domain.importing.workbooks import BRANCH, EMAIL, LAST_NAME, NUMBER
from tests.keys import KEYRING

PATIENCE = timedelta(seconds=30)
POLLED = 0.01


def _wait_until_somebody_waits(database):
    """PostgreSQL tells who waits for a lock; on SQLite the second one can't begin."""
    if database.is_sqlite:
        return
    query = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    for _ in range(int(PATIENCE.total_seconds() / POLLED)):
        with database.reading() as session:
            if session.scalar(query):
                return
        threading.Event().wait(POLLED)
    raise AssertionError("nobody waits")


def _import(database, file, now, reports):
    staff_list = staff_lists.read(file, now=now)
    with database.transaction(PATIENCE) as session:
        reports.append(
            staff_lists.apply(
                session, staff_list, keyring=KEYRING, actor=OPERATOR, now=now
            )
        )


def test_two_imports_of_one_list_at_once_add_each_card_once(office, now):
    reports = []
    threads = [
        threading.Thread(target=_import, args=(office.database, ORDINARY, now, reports))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(report.new) for report in reports) == [0, 65]
    assert sorted(len(report.unchanged) for report in reports) == [0, 65]
    assert len(office.events(AuditAct.CARD_ADDED)) == 65


def test_a_login_that_is_just_being_created_gets_the_new_address_too(office, now):
    card_id = office.add_card(number="1", last_name="Wit", email="oud@example.nl")
    file = workbooks.staff_list(
        {NUMBER: "1", LAST_NAME: "Wit", BRANCH: "Utrecht", EMAIL: "nieuw@example.nl"}
    )
    reports = []
    importing = threading.Thread(
        target=_import, args=(office.database, file, now, reports)
    )
    with office.database.transaction() as session:
        creation.create_logins(session, office.utrecht, actor=office.hanna, now=now)
        importing.start()
        _wait_until_somebody_waits(office.database)
    importing.join()
    (report,) = reports
    assert [change.new for change in report.address_changes] == ["nieuw@example.nl"]
    with office.database.reading() as session:
        card = session.scalars(select(RecordCard).filter_by(id=card_id)).one()
    assert card.email == office.login_of(card_id).user_name == "nieuw@example.nl"


def test_an_import_and_somebody_who_adds_a_card_wait_for_each_other(office, now):
    """Both take the branch first: one that had the cards already would never end."""
    file = workbooks.staff_list({NUMBER: "1", LAST_NAME: "Wit", BRANCH: "Utrecht"})
    reports = []
    importing = threading.Thread(
        target=_import, args=(office.database, file, now, reports)
    )
    with office.database.transaction() as session:
        branches.lock(session, office.utrecht, actor=office.hanna)
        importing.start()
        _wait_until_somebody_waits(office.database)
        _add(session, office, "2", now)
    importing.join()
    assert [len(report.new) for report in reports] == [1]
    with office.database.reading() as session:
        numbers = session.scalars(select(RecordCard.number).order_by(RecordCard.number))
        assert numbers.all() == ["1", "2"]


def test_a_card_that_is_being_added_makes_a_preview_old(office, now):
    known = {"keyring": KEYRING, "actor": office.hanna, "now": now}
    file = workbooks.staff_list({NUMBER: "1", LAST_NAME: "Wit", BRANCH: "Utrecht"})
    staff_list = staff_lists.read(file, now=now)
    with office.database.transaction() as session:
        shown = uploads.preview(session, staff_list, actor=office.hanna).fingerprint
        kept = uploads.keep(session, staff_list, "lijst.xlsx", **known)
    outcome = []

    def confirm():
        try:
            with office.database.transaction(PATIENCE) as session:
                uploads.confirm(session, kept, shown, **known)
        except DomainError as error:
            outcome.append(error.code)

    confirming = threading.Thread(target=confirm)
    with office.database.transaction() as session:
        _add(session, office, "1", now)
        confirming.start()
        _wait_until_somebody_waits(office.database)
    confirming.join()
    assert outcome == [PreviewOutdatedError.code]


def _add(session, office, number, now):
    typed = {CardField.NUMBER: number, CardField.LAST_NAME: "Zwart"}
    card_editing.add_card(session, typed, office.utrecht, actor=office.hanna, now=now)
