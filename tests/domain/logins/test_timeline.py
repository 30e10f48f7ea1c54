import pytest
from sqlalchemy import event, text

from domain import audit
from domain.actor import SCHEDULE, ActorKind, Surface
from domain.audit import AuditAct, Concerning
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import leaving, provisioning
from domain.logins.model import LoginId, LoginState
from domain.logins.timeline import card_timeline, timeline
from domain.record_cards.model import RecordCardId
from tests.domain.logins.moving_data import move, undo, with_login
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


def read_card(office, card_id, *, actor=None, **given):
    with office.database.reading() as session:
        return card_timeline(session, card_id, actor=actor or office.ursula, **given)


def acts(entries):
    return [entry.act for entry in entries]


def test_a_card_without_a_login_has_a_timeline(office):
    card_id = office.add_card()
    with office.database.transaction() as session:
        about = Concerning(office.utrecht, card_id, details={"fields": ["phone"]})
        audit.record(
            session, AuditAct.CARD_CHANGED, about, actor=office.ursula, now=office.now
        )
    (entry,) = read_card(office, card_id)
    assert (entry.act, entry.details) == (AuditAct.CARD_CHANGED, {"fields": ["phone"]})
    assert read_card(office, office.add_card()) == []


def test_a_move_stands_in_the_timeline_of_both_cards(office):
    old, login_id = with_login(office)
    new = office.add_card()
    undo(office, move(office, old, new))
    both = [AuditAct.MOVE_UNDONE, AuditAct.EMPLOYEE_DATA_MOVED]
    assert acts(read_card(office, old)) == both
    assert acts(read_card(office, new)) == both
    assert acts(read(office, login_id)) == both
    assert not any(entry.came_here for entry in read_card(office, old))
    assert all(entry.came_here for entry in read_card(office, new))


def test_the_timeline_of_a_card_tells_of_the_login_that_came_to_it(office):
    old, login_id = with_login(office)
    set_active(office, login_id, active=False, actor=office.ursula)
    new = office.add_card()
    move(office, old, new)
    expected = [AuditAct.EMPLOYEE_DATA_MOVED, AuditAct.LOGIN_DEACTIVATED]
    assert acts(read_card(office, new)) == expected
    assert (
        acts(read_card(office, new, before=read_card(office, new)[0].event_id))
        == (expected[1:])
    )


def test_a_foreign_card_and_no_card_are_refused_alike(office):
    foreign = office.add_card(branch_id=office.amsterdam)
    assert read_card(office, foreign, actor=office.hanna) == []
    refusals = []
    for card_id in (foreign, RecordCardId(999_999)):
        with pytest.raises(NotFoundError) as refused:
            read_card(office, card_id)
        refusals.append(refused.value.fields)
    assert refusals == [{"kind": "record_card"}] * 2
    with pytest.raises(NotPermittedError):
        read_card(office, foreign, actor=SCHEDULE)


def plan_of(office, card_id):
    """How the database would look for the last thing that a timeline asks of it."""
    asked = []
    with office.database.transaction() as session:
        connection = session.connection()
        event.listen(
            connection,
            "before_cursor_execute",
            lambda *call: asked.append((call[2], call[3])),
        )
        card_timeline(session, card_id, actor=office.ursula)
        if office.database.is_sqlite:
            explain = "EXPLAIN QUERY PLAN"
        else:
            # What a long log costs by itself.
            session.execute(text("SET LOCAL enable_seqscan = off"))
            session.execute(text("ANALYZE audit_event"))
            explain = "EXPLAIN"
        statement, values = next(
            call for call in reversed(asked) if call[0].startswith("SELECT audit_event")
        )
        rows = connection.exec_driver_sql(f"{explain} {statement}", values)
        return "\n".join(str(part) for row in rows for part in row)


def test_a_timeline_is_found_by_index_however_long_the_log_is(office):
    old, login_id = with_login(office)
    new = office.add_card()
    move(office, old, new)
    others = [Concerning(office.utrecht, each, each) for each in range(1000, 3000)]
    with office.database.transaction() as session:
        audit.record_many(
            session, AuditAct.SIGNED_IN, others, actor=SCHEDULE, now=office.now
        )
    plan = plan_of(office, new)
    assert "ix_audit_event_login_id_id" in plan
    assert "ix_audit_event_record_card_id_id" in plan
    assert acts(read(office, login_id)) == [AuditAct.EMPLOYEE_DATA_MOVED]
