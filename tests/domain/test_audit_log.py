import pytest

from domain import audit, audit_log
from domain.actor import OPERATOR, ActorKind, Surface
from domain.audit import AuditAct, Concerning
from domain.errors import NotPermittedError
from domain.slack_users import remember
from tests.domain.office import HANNA, member


def _entries(database, actor=OPERATOR):
    with database.reading() as session:
        return list(audit_log.entries(session, actor=actor))


def test_names_are_looked_up_when_the_log_is_read(office, database, now):
    login_id = office.add_login(card={"number": "00104", "last_name": "Smit"})
    with database.transaction() as session:
        remember(session, HANNA, member("Hanna de Wit"), now=now)
        audit.record(
            session,
            AuditAct.LOGIN_ACTIVATED,
            Concerning(branch_id=office.utrecht, login_id=login_id),
            actor=office.hanna,
            now=now,
        )
    entry = _entries(database)[-1]
    assert (entry.at, entry.act) == (now, AuditAct.LOGIN_ACTIVATED)
    assert (entry.administrator, entry.administrator_name) == (HANNA, "Hanna de Wit")
    assert (entry.branch_name, entry.number) == ("Utrecht", "00104")
    assert entry.person_name == "Jan Smit"


def test_what_the_operator_did_has_no_administrator(office, database):
    first = _entries(database)[0]
    assert (first.actor_kind, first.surface) == (
        ActorKind.OPERATOR,
        Surface.COMMAND_LINE,
    )
    assert (first.administrator, first.person_name) == (None, None)


def test_the_log_is_read_oldest_first(office, database):
    ids = [entry.event_id for entry in _entries(database)]
    assert ids == sorted(ids)
    assert len(ids) == 6


def test_a_branch_manager_does_not_read_the_log_of_the_company(office, database):
    with pytest.raises(NotPermittedError):
        _entries(database, actor=office.bram)
