import pytest

from domain.actor import SCHEDULE, ActorKind, Surface
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import leaving, provisioning
from domain.logins.model import LoginId, LoginState
from domain.logins.timeline import timeline
from tests.domain.office import BRAM, URSULA, day


def read(office, login_id, *, actor=None, **given):
    with office.database.reading() as session:
        return timeline(session, login_id, actor=actor or office.ursula, **given)


def set_active(office, login_id, active, *, actor):
    with office.database.transaction() as session:
        provisioning.set_active(
            session,
            login_id,
            active,
            expected_version=office.login(login_id).credential_version,
            actor=actor,
            now=office.now,
        )


def test_a_timeline_says_who_did_what_newest_first(office):
    login_id = office.add_login(LoginState.NEW, card={"end_on": day("2026-11-20")})
    set_active(office, login_id, active=True, actor=office.ursula)
    set_active(office, login_id, active=False, actor=office.bram)
    entries = read(office, login_id)
    assert [(entry.act, entry.administrator) for entry in entries] == [
        (AuditAct.LOGIN_DEACTIVATED, BRAM),
        (AuditAct.LOGIN_ACTIVATED, URSULA),
    ]
    newest = entries[0]
    assert (newest.at, newest.surface) == (office.now, Surface.SLACK)
    assert newest.actor_kind is ActorKind.ADMINISTRATOR
    assert newest.details == {"from": "active"}


def test_what_the_schedule_did_is_nobodys_in_slack(office):
    login_id = office.add_login(card={"end_on": day("2026-11-19")})
    with office.database.transaction() as session:
        leaving.close_leavers(session, now=office.now)
    (entry,) = read(office, login_id)
    assert (entry.act, entry.actor_kind) == (AuditAct.LOGIN_CLOSED, ActorKind.SCHEDULE)
    assert (entry.administrator, entry.surface) == (None, Surface.WORKER)


def test_a_timeline_holds_one_login_only(office):
    login_id, other = office.add_login(), office.add_login()
    set_active(office, other, active=False, actor=office.ursula)
    assert read(office, login_id) == []


def test_a_long_timeline_is_read_a_page_at_a_time(office):
    login_id = office.add_login(LoginState.NEW)
    for turn in range(5):
        set_active(office, login_id, active=turn % 2 == 0, actor=office.ursula)
    seen, before = [], None
    while entries := read(office, login_id, before=before, limit=2):
        assert len(entries) <= 2
        seen += [entry.event_id for entry in entries]
        before = entries[-1].event_id
    assert len(set(seen)) == len(seen) == 5
    assert seen == sorted(seen, reverse=True)


def test_a_foreign_login_and_no_login_are_refused_alike(office):
    foreign = office.add_login(card={"branch_id": office.amsterdam})
    assert read(office, foreign, actor=office.hanna) == []
    refusals = []
    for login_id in (foreign, LoginId(999_999)):
        with pytest.raises(NotFoundError) as refused:
            read(office, login_id)
        refusals.append(refused.value.fields)
    assert refusals == [{"kind": "login"}] * 2


def test_the_schedule_reads_no_timeline(office):
    with pytest.raises(NotPermittedError):
        read(office, office.add_login(), actor=SCHEDULE)
