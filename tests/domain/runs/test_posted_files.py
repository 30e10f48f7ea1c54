from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import outbox
from domain.audit import AuditAct
from domain.exports import deletion, handover
from domain.exports.channel import DeliveryRefusedError
from domain.exports.handover import ExportGoneError, NotYourExportError
from domain.exports.model import PostedFile, PostingState
from domain.outbox import OutboxMessage
from domain.runs.ending import show_again
from domain.runs.model import (
    RunPhase,
)
from domain.runs.reporting import FileStatus
from tests.domain.runs.looking import (
    file_of,
    opening_password,
    run_of,
)


def test_two_workbooks_of_one_branch_on_one_day_have_names_of_their_own(
    office, worker, drawer, start, clock
):
    office.add_login()
    run_ids = []
    for _ in range(3):
        run_ids.append(start())
        worker.works()
    clock.forward(timedelta(days=1))
    run_ids.append(start())
    worker.works()
    assert [file_of(office, run_id).file_name for run_id in run_ids] == [
        "werknemerslogins-utrecht-2026-11-20.xlsx",
        "werknemerslogins-utrecht-2026-11-20-2.xlsx",
        "werknemerslogins-utrecht-2026-11-20-3.xlsx",
        "werknemerslogins-utrecht-2026-11-21.xlsx",
    ]


def test_a_workbook_that_was_not_posted_leaves_its_name_to_the_next(
    office, worker, drawer, start
):
    office.add_login()
    start()
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    run_id = start()
    worker.works()
    name = file_of(office, run_id).file_name
    assert name == "werknemerslogins-utrecht-2026-11-20.xlsx"


def test_only_who_asked_sees_the_opening_password_and_each_time_is_logged(
    office, worker, keyring, start, clock
):
    office.add_login()
    run_id = start()
    worker.works()
    opening_password(office, keyring, run_id, clock)
    opening_password(office, keyring, run_id, clock)
    assert len(office.events(AuditAct.EXPORT_OPENING_PASSWORD_SHOWN)) == 1
    clock.forward(timedelta(seconds=5))
    opening_password(office, keyring, run_id, clock)
    assert len(office.events(AuditAct.EXPORT_OPENING_PASSWORD_SHOWN)) == 2
    with (
        pytest.raises(NotYourExportError),
        office.database.transaction() as session,
    ):
        handover.show_opening_password(
            session, run_id, keyring=keyring, actor=office.hanna, now=clock()
        )


def test_an_export_is_gone_after_a_day_with_its_opening_password(
    office, worker, drawer, keyring, start, clock
):
    office.add_login()
    run_id = start()
    worker.works()
    clock.forward(timedelta(hours=23))
    assert deletion.delete_due(office.database, drawer.channel(), clock=clock) == 0
    clock.forward(timedelta(hours=1))
    with pytest.raises(ExportGoneError):
        opening_password(office, keyring, run_id, clock)
    assert deletion.delete_due(office.database, drawer.channel(), clock=clock) == 1
    assert drawer.posted == {}
    with office.database.reading() as session:
        file = session.scalars(select(PostedFile)).one()
    assert (file.state, file.sealed_opening_password) == (PostingState.DELETED, None)
    assert len(office.events(AuditAct.EXPORT_DELETED)) == 1


def tells_runs(office, clock):
    """Hand what the outbox holds about files to their runs."""
    with office.database.transaction() as session:
        kinds = {deletion.FILE_NOTICE, deletion.UNDELETED_NOTICE}
        while message := outbox.claim_due(session, kinds=kinds, now=clock()):
            if message.kind == deletion.FILE_NOTICE:
                show_again(session, message.payload["run_id"], now=clock())
            outbox.delivered(session, message, now=clock())


def test_the_message_of_a_run_is_shown_once_more_when_its_file_is_gone(
    office, worker, drawer, start, clock
):
    office.add_login()
    start()
    worker.works()
    assert drawer.messages[-1].file is FileStatus.IN_CHANNEL
    shown = len(drawer.messages)
    clock.forward(timedelta(hours=24))
    deletion.delete_due(office.database, drawer.channel(), clock=clock)
    tells_runs(office, clock)
    worker.works()
    assert drawer.messages[-1].file is FileStatus.DELETED
    assert len(drawer.messages) == shown + 1


def test_a_message_that_is_being_shown_when_it_changes_is_shown_again(
    office, worker, drawer, start, clock
):
    office.add_login()
    run_id = start()
    show, seen = worker.tools.show, []

    def while_shown(report):
        if report.phase is RunPhase.DONE and not seen:
            seen.append(report)
            with office.database.transaction() as session:
                show_again(session, run_id, now=clock())
        return show(report)

    type(worker)(replace(worker.tools, show=while_shown), clock).works()
    done = [report for report in drawer.messages if report.phase is RunPhase.DONE]
    assert len(done) == 2
    assert run_of(office, run_id).result_shown


def test_a_file_that_was_never_posted_is_deleted_without_a_word(
    office, worker, drawer, start, clock
):
    office.add_login()
    start()
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    shown = len(drawer.messages)
    assert deletion.delete_due(office.database, drawer.channel(), clock=clock) == 1
    tells_runs(office, clock)
    worker.works()
    assert len(drawer.messages) == shown
    assert drawer.messages[-1].file is None


def test_a_file_that_slack_does_not_delete_is_tried_again_and_told(
    office, worker, drawer, start, clock
):
    office.add_login()
    start()
    worker.works()
    clock.forward(timedelta(hours=24))
    for _ in range(3):
        drawer.trouble["delete"] = DeliveryRefusedError("cant_delete_file")
        deletion.delete_due(office.database, drawer.channel(), clock=clock)
        clock.forward(timedelta(minutes=11))
    with office.database.reading() as session:
        kinds = session.scalars(select(OutboxMessage.kind)).all()
    assert set(kinds) == {deletion.UNDELETED_NOTICE, deletion.FILE_NOTICE}
    tells_runs(office, clock)
    worker.works()
    assert drawer.messages[-1].file is FileStatus.TO_DELETE_BY_HAND
    assert deletion.delete_due(office.database, drawer.channel(), clock=clock) == 1
