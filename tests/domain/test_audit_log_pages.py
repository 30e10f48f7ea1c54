"""What is looked for in the log, and turning its pages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain import audit, audit_log
from domain.actor import OPERATOR, SCHEDULE
from domain.audit import AuditAct, Concerning
from domain.audit_log import LogFilter
from domain.errors import NotPermittedError

ACT = AuditAct.LOGIN_ACTIVATED


@pytest.fixture
def tell(office, database, now):
    """Writes events about a login, and says their ids."""

    def tell(login_id, act=ACT, *, actor=SCHEDULE, at=now, times=1):
        card = office.card(office.login(login_id).record_card_id)
        about = Concerning(card.branch_id, card.id, login_id)
        with database.transaction() as session:
            for _ in range(times):
                audit.record(session, act, about, actor=actor, now=at)
        return [event.id for event in office.events()][-times:]

    return tell


@pytest.fixture
def found(office, database):
    """The ids of a page, as somebody sees them."""

    def found(wanted=audit_log.EVERYTHING, actor=None, before=None, limit=100):
        with database.reading() as session:
            page = audit_log.page(
                session,
                wanted,
                before=before,
                limit=limit,
                actor=actor or office.hanna,
            )
        return [entry.event_id for entry in page]

    return found


def turned(found, wanted, meanwhile=lambda: None):
    """All pages of three, one after the other."""
    pages = [found(wanted, limit=3)]
    while pages[-1]:
        meanwhile()
        pages.append(found(wanted, limit=3, before=pages[-1][-1]))
    return [event_id for page in pages for event_id in page]


def test_pages_show_each_event_once_newest_first(office, tell, found):
    told = tell(office.add_login(), times=10)
    shown = turned(found, LogFilter(acts=frozenset({ACT})))
    assert shown == sorted(told, reverse=True)


def test_events_that_come_meanwhile_move_no_page(office, tell, found):
    login_id = office.add_login()
    told = tell(login_id, times=10)
    wanted = LogFilter(acts=frozenset({ACT}))
    shown = turned(found, wanted, meanwhile=lambda: tell(login_id, times=2))
    assert shown == sorted(told, reverse=True)
    assert len(found(wanted)) > len(told)


def test_a_branch_has_its_own_events_only(office, tell, found):
    [here] = tell(office.add_login())
    [there] = tell(office.add_login(card={"branch_id": office.amsterdam}))
    shown = found(LogFilter(branch_id=office.utrecht))
    assert here in shown
    assert there not in shown


def test_a_person_is_found_by_card_and_by_login(office, database, tell, found, now):
    login_id, other = office.add_login(), office.add_login()
    card_id = office.login(login_id).record_card_id
    [by_both], [of_another] = tell(login_id), tell(other)
    with database.transaction() as session:
        about = Concerning(branch_id=office.utrecht, login_id=login_id)
        audit.record(session, ACT, about, actor=SCHEDULE, now=now)
    shown = found(LogFilter(record_card_id=card_id))
    assert shown[:2] == [office.events()[-1].id, by_both]
    assert of_another not in shown


def test_an_administrator_is_found_by_what_they_did(office, tell, found):
    login_id = office.add_login()
    [by_bram] = tell(login_id, actor=office.bram)
    tell(login_id, actor=office.hanna)
    tell(login_id)
    assert found(LogFilter(administrator_id=office.bram.administrator_id)) == [by_bram]


def test_kinds_of_acts_are_found_together(office, tell, found):
    login_id = office.add_login()
    [locked] = tell(login_id, AuditAct.LOGIN_LOCKED)
    [left] = tell(login_id, AuditAct.LOCKOUT_LEFT)
    tell(login_id)
    acts = frozenset({AuditAct.LOGIN_LOCKED, AuditAct.LOCKOUT_LEFT})
    assert found(LogFilter(acts=acts)) == [left, locked]


@pytest.mark.parametrize(
    ("since", "until", "is_found"),
    [
        (date(2026, 3, 28), date(2026, 3, 28), [False, False, False]),
        (date(2026, 3, 29), date(2026, 3, 29), [True, True, False]),
        (date(2026, 3, 30), None, [False, False, True]),
        (None, date(2026, 3, 29), [True, True, False]),
    ],
)
def test_days_are_dutch_days_when_the_clock_goes_forward(
    office, tell, found, since, until, is_found
):
    # In the Netherlands 29 March 2026 is 23 hours long.
    begin = datetime(2026, 3, 28, 23, tzinfo=UTC)
    moments = [begin, begin + timedelta(hours=22, minutes=59)]
    moments.append(begin + timedelta(hours=23))
    login_id = office.add_login()
    told = [tell(login_id, at=moment)[0] for moment in moments]
    wanted = LogFilter(since=since, until=until, acts=frozenset({ACT}))
    shown = found(wanted)
    assert [event_id in shown for event_id in told] == is_found


def test_days_in_the_wrong_order_find_nothing(office, tell, found):
    tell(office.add_login())
    wanted = LogFilter(since=date(2026, 11, 21), until=date(2026, 11, 19))
    assert found(wanted) == []


def test_the_ends_of_the_calendar_can_be_chosen(office, tell, found):
    [told] = tell(office.add_login())
    assert told in found(LogFilter(since=date.min, until=date.max))
    assert found(LogFilter(since=date.max)) == []
    assert found(LogFilter(until=date.min)) == []


def test_choices_narrow_each_other(office, tell, found):
    login_id = office.add_login()
    [meant] = tell(login_id, actor=office.hanna)
    tell(login_id, AuditAct.LOGIN_LOCKED, actor=office.hanna)
    tell(login_id, actor=office.bram)
    wanted = LogFilter(
        branch_id=office.utrecht,
        record_card_id=office.login(login_id).record_card_id,
        acts=frozenset({ACT}),
        administrator_id=office.hanna.administrator_id,
    )
    assert found(wanted) == [meant]


@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_nobody_reads_it_but_managers(office, found, name):
    with pytest.raises(NotPermittedError):
        found(LogFilter(branch_id=office.utrecht), actor=getattr(office, name))


def test_an_erased_person_has_no_name_in_it(office, database, tell, now):
    login_id = office.add_login(card={"number": "00104", "last_name": "Kanarie"})
    tell(login_id)
    office.change_card(office.login(login_id).record_card_id, erased_at=now)
    with database.reading() as session:
        [entry] = audit_log.page(session, audit_log.EVERYTHING, limit=1, actor=OPERATOR)
    assert entry.is_erased
    assert (entry.number, entry.person_name) == (None, None)
