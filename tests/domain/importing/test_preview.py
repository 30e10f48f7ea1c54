from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from domain.actor import OPERATOR
from domain.audit import AuditAct, AuditEvent
from domain.branches import Branch
from domain.importing import staff_lists
from domain.importing.checking import check_rows
from domain.importing.headings import Column
from domain.importing.staff_lists import StaffList
from domain.logins.model import Login, LoginState
from domain.record_cards.model import RecordCard
from tests.domain.importing.test_sample_lists import MESSY
from tests.keys import KEYRING

COLUMNS = (
    Column.NUMBER,
    Column.LAST_NAME,
    Column.BRANCH,
    Column.EMAIL,
    Column.START_ON,
    Column.END_ON,
)
ROW = st.tuples(
    st.sampled_from(["1", "2", "3", "4", "n1", "N 1", 5.0, "6", "7", "8", None]),
    st.sampled_from(["Wit", "Zwart", "=1+1", "X" * 101, None]),
    st.sampled_from(["Utrecht", " utrecht", "Rotterdam", "Nieuw", "NIEUW", None]),
    st.sampled_from(
        [None, "geen", "A@example.nl", *(f"{c}@example.nl" for c in "abcdxy")]
    ),
    st.sampled_from([None, "1-1-2020", "1-1-2024", "31-2-2020"]),
    st.sampled_from([None, "1-1-2021", "2025-01-01"]),
)
ROWS = st.lists(ROW, max_size=12)


class _UndoneError(Exception):
    """Ends a transaction of which nothing may stay."""


def _staff_list(rows, now):
    numbered = [(row, list(cells)) for row, cells in enumerate(rows, 2)]
    checked = check_rows(COLUMNS, numbered, today=now.date())
    return StaffList("Lijst", 1, (), checked)


def _cards(session):
    rows = session.execute(
        select(RecordCard.__table__, Branch.name_key, Login.user_name_key)
        .join_from(RecordCard, Branch)
        .outerjoin(Login)
    )
    return {row.number_key: row._asdict() for row in rows}


def _acts(session):
    rows = session.execute(
        select(AuditEvent.act, func.count()).group_by(AuditEvent.act)
    )
    return Counter(dict(tuple(row) for row in rows))


def _assert_every_row_is_in_one_place(report, rows):
    places = (report.new, report.changed, report.unchanged, report.refused)
    placed = Counter(line.row for place in places for line in place)
    filled = [row for row, cells in enumerate(rows, 2) if any(cells)]
    assert placed == Counter(filled)
    refused = {line.row for line in report.refused}
    assert refused.isdisjoint(line.row for line in report.warnings)
    changed = {line.row for line in report.changed}
    assert changed.issuperset(line.row for line in report.address_changes)
    for place in (*places, report.warnings, report.address_changes):
        assert list(place) == sorted(place)


def _assert_done(report, before, after, events):
    """What the report says, and nothing else, is what became of the cards."""
    new = {line.number.casefold().replace(" ", "") for line in report.new}
    assert set(after) - set(before) == new
    changed = {line.number.casefold().replace(" ", ""): line for line in report.changed}
    for key, card in before.items():
        differing = {name for name, value in card.items() if after[key][name] != value}
        if key not in changed:
            assert not differing
            continue
        expected = {
            "branch_id" if column is Column.BRANCH else column.value
            for column in changed[key].columns
        }
        assert expected <= differing
        assert differing - expected <= {
            "changed_at", "name_key", "email_key", "user_name_key", "name_key_1",
        }  # fmt: skip
    for card in after.values():
        assert card["user_name_key"] in (None, card["email_key"])
    own_address_only = [
        line
        for line in report.changed
        if line.columns == (Column.EMAIL,)
        and line.row in {change.row for change in report.address_changes}
    ]
    expected_events = {
        AuditAct.CARD_ADDED: len(report.new),
        AuditAct.CARD_CHANGED: len(report.changed) - len(own_address_only),
        AuditAct.LOGIN_ADDRESS_CHANGED: len(report.address_changes),
        AuditAct.BRANCH_ADDED: len(report.new_branches),
        AuditAct.CARDS_IMPORTED: 1 if report.new or report.changed else 0,
    }
    assert events == {act: times for act, times in expected_events.items() if times}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_a_preview_says_exactly_what_the_import_then_does(office, now, rows):
    with office.database.reading() as session:
        is_furnished = session.scalar(select(func.count()).select_from(RecordCard))
    if not is_furnished:
        for number, letter in zip("1234", "abcd", strict=True):
            card = {"number": number, "email": f"{letter}@example.nl"}
            office.add_login(LoginState.ACTIVE, card=card)
        office.add_card(number="N1", email=None, start_on=date(2023, 1, 1))
    staff_list = _staff_list(rows, now)
    later = now + timedelta(hours=1)
    with pytest.raises(_UndoneError), office.database.transaction() as session:
        before, acts = _cards(session), _acts(session)
        said = staff_lists.preview(session, staff_list, actor=OPERATOR)
        assert (_cards(session), _acts(session)) == (before, acts)
        done = staff_lists.apply(
            session, staff_list, keyring=KEYRING, actor=OPERATOR, now=later
        )
        assert said == done
        _assert_every_row_is_in_one_place(done, rows)
        after = _cards(session)
        _assert_done(done, before, after, _acts(session) - acts)
        again = staff_lists.apply(
            session, staff_list, keyring=KEYRING, actor=OPERATOR, now=later
        )
        assert (again.new, again.changed, again.new_branches) == ((), (), ())
        assert again.refused == done.refused
        assert _cards(session) == after
        raise _UndoneError


def test_a_preview_writes_nothing_and_equals_the_import(desk):
    before = desk.dump()
    said = desk.previews(MESSY)
    assert desk.dump() == before
    assert desk.imports(MESSY) == said
