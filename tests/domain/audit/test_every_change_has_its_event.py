"""Every act of the log, done for real: what changes, what is logged, what if not."""

import json
from collections import Counter

import pytest

from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.exports.handover import NotYourExportError
from domain.runs.approving import NotYourRunError, OwnRunError
from domain.tables import METADATA
from tests.domain.audit import (
    administrator_acts,
    export_acts,
    handing_out_acts,
    office_acts,
    record_acts,
    sign_in_acts,
    template_acts,
)
from tests.domain.audit.acts import ROWS, all_rows
from tests.domain.audit.telling import words_of
from tests.domain.audit.watching import (
    BOOKKEEPING,
    BOOKKEEPING_COLUMNS,
    RolledBackError,
    every_row,
    rows_of,
)

# Importing them fills the table.
TABLE = (
    administrator_acts,
    export_acts,
    handing_out_acts,
    office_acts,
    record_acts,
    sign_in_acts,
    template_acts,
)
REFUSALS = (
    NotFoundError,
    NotPermittedError,
    NotYourExportError,
    NotYourRunError,
    OwnRunError,
)
EVERY = pytest.mark.parametrize("row", all_rows(), ids=lambda row: row.name)


def test_every_act_has_a_row():
    assert [act for act in AuditAct if not ROWS[act]] == []
    assert len({row.name for row in all_rows()}) == len(all_rows())


def test_every_table_is_changed_by_a_row_or_is_bookkeeping():
    changed = {table for row in all_rows() for table in row.tables}
    tables = set(METADATA.tables) - {"audit_event"}
    assert changed & set(BOOKKEEPING) == set()
    assert changed | set(BOOKKEEPING) == tables
    for name, columns in BOOKKEEPING_COLUMNS.items():
        assert set(columns) < set(METADATA.tables[name].columns.keys())


@EVERY
def test_what_changes_and_its_event_are_one_transaction(stage, row):
    deed, known = row.prepare(stage), len(stage.office.events())
    with stage.database.watching() as seen:
        deed(stage.actor(row.by))
    events = [each for one in seen for each in one.events]
    assert Counter(events) == Counter(row.events)
    assert {table for one in seen for table in one.tables} == row.tables
    assert [one for one in seen if not one.events] == []
    written = stage.office.events()[known:]
    told = json.dumps([each.details for each in written]).lower()
    assert [word for word in words_of(stage) if word in told] == []


@EVERY
def test_refused_or_undone_nothing_of_it_stays(stage, row):
    deed = row.prepare(stage)
    if row.not_by:
        refused(stage, deed, by=row.not_by)
    before = rows(stage)
    with stage.database.watching(undo=row.act) as seen, pytest.raises(RolledBackError):
        deed(stage.actor(row.by))
    after = rows(stage)
    changed = {name for name in after if after[name] != before[name]}
    # What transactions before the undone one did stays, with events of their own.
    assert changed - {"audit_event"} == {name for one in seen for name in one.tables}
    earlier = [event for one in seen for event in one.events]
    assert row.act not in earlier
    assert len(after["audit_event"]) - len(before["audit_event"]) == len(earlier)


def refused(stage, deed, by):
    """Somebody who may not tries: not even bookkeeping remembers."""
    before = every_row(stage.database)
    with pytest.raises(REFUSALS):
        deed(stage.actor(by))
    assert every_row(stage.database) == before


def rows(stage):
    with stage.database.reading() as session:
        return rows_of(session)
