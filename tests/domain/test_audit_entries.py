"""Ids in the details of events, shown by the names of today."""

import pytest

from domain import audit, audit_log
from domain.actor import OPERATOR
from domain.audit import AuditAct, Concerning
from domain.logins import moving
from domain.logins.moved_fields import MovedField
from domain.slack_users import SlackUser
from tests.domain.office import BRAM


@pytest.fixture
def newest(office, database):
    def newest(act):
        with database.reading() as session:
            wanted = audit_log.LogFilter(acts=frozenset({act}))
            page = audit_log.page(session, wanted, limit=1, actor=office.hanna)
            listed = list(audit_log.entries(session, wanted, actor=office.hanna))
        assert listed[-1] == page[0]
        return page[0]

    return newest


@pytest.fixture
def tell(database, now):
    def tell(act, **details):
        with database.transaction() as session:
            about = Concerning(details=details)
            audit.record(session, act, about, actor=OPERATOR, now=now)

    return tell


def test_an_administrator_and_branches_are_named(office, database, tell, newest):
    bram = office.bram.administrator_id
    branches = [office.utrecht, office.amsterdam, 999]
    tell(AuditAct.ADMINISTRATOR_CHANGED, administrator_id=bram, branch_ids=branches)
    entry = newest(AuditAct.ADMINISTRATOR_CHANGED)
    assert entry.about_name == BRAM.user_id
    assert list(entry.about_branches) == ["Utrecht", "Amsterdam"]
    with database.transaction() as session:
        session.add(
            SlackUser(
                team_id=BRAM.team_id,
                user_id=BRAM.user_id,
                display_name="Bram Bakker",
                locale="nl-NL",
                is_bot=False,
                is_deleted=False,
                is_guest=False,
                is_outsider=False,
                is_workspace_owner=False,
                refreshed_at=office.now,
            )
        )
    entry = newest(AuditAct.ADMINISTRATOR_CHANGED)
    assert entry.about_name == "Bram Bakker"


def test_whose_events_were_exported_is_not_whom_it_is_about(office, tell, newest):
    bram = office.bram.administrator_id
    tell(AuditAct.AUDIT_LOG_EXPORTED, administrator_id=bram, count=3)
    assert newest(AuditAct.AUDIT_LOG_EXPORTED).about_name is None


def test_an_administrator_who_is_not_there_has_no_name(tell, newest):
    tell(AuditAct.STEP_UP_LIFTED, administrator_id=999)
    assert newest(AuditAct.STEP_UP_LIFTED).about_name is None


def test_of_moved_data_both_cards_are_named(office, database, keyring, newest):
    old = office.login(office.add_login(card={"number": "00104"})).record_card_id
    new = office.add_card(number="00912", email="new@example.nl")
    with database.transaction() as session:
        moving.move(
            session,
            old,
            new,
            frozenset({MovedField.EMAIL}),
            keyring=keyring,
            actor=office.hanna,
            now=office.now,
        )
    entry = newest(AuditAct.EMPLOYEE_DATA_MOVED)
    assert (entry.number, entry.other_number) == ("00104", "00912")
