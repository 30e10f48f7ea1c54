from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import audit_seals, lost_key, outbox
from domain.actor import OPERATOR
from domain.audit import AuditAct
from domain.audit_seals import AuditSeal, BreakKind, Unproven
from domain.errors import NotPermittedError
from domain.exports import deletion, handover
from domain.exports.handover import ExportGoneError
from domain.exports.model import PostedFile
from domain.letters.model import BuiltIn
from domain.logins import resets
from domain.logins.model import PasswordKind, ShownPassword
from domain.lost_key import Loss
from domain.runs.ending import show_again
from domain.runs.ledger import plan_retry, retry_failed
from domain.runs.model import RowReason, Run, RunFailure, RunPhase, RunRow
from domain.runs.reporting import FileStatus, report
from domain.runs.tools import Step
from domain.secret import Keyring, Secret
from tests.domain.runs.mailing import start as start_mailing
from tests.domain.runs.test_retrying import retry

NOTHING = Loss(0, 0, 0, None)


@pytest.fixture
def new_keys():
    return Keyring.from_setting(
        Secret("another key for tests of 32 characters or more")
    )


def gives_up(office, keys, now):
    with office.database.transaction() as session:
        return lost_key.give_up(session, keys, actor=OPERATOR, now=now)


def loss_of(office, keys):
    with office.database.reading() as session:
        return lost_key.find_loss(session, keys, actor=OPERATOR)


def run_of(office, run_id):
    with office.database.reading() as session:
        return session.get_one(Run, run_id)


def seal_yesterday(office, keyring, now):
    with office.database.transaction() as session:
        return audit_seals.seal_next_day(session, keyring, now=now + timedelta(days=1))


def test_as_long_as_the_key_opens_everything_nothing_is_lost(
    office, worker, keyring, start, clock
):
    office.add_login()
    start()
    assert worker.is_killed_at(Step.SHARE_SEEN)
    seal_yesterday(office, keyring, clock())
    assert loss_of(office, keyring) == NOTHING
    assert gives_up(office, keyring, clock()) == NOTHING
    assert office.events(AuditAct.KEY_GIVEN_UP) == []


@pytest.mark.parametrize("step", [Step.ROWS_PREPARED, Step.UPLOAD_COMPLETED])
def test_a_run_under_way_ends_and_everybody_keeps_what_they_have(
    office, worker, drawer, new_keys, start, clock, step
):
    login = office.add_login(password_kind=PasswordKind.OWN, password_hash="own")
    run_id = start()
    assert worker.is_killed_at(step)
    assert gives_up(office, new_keys, clock()).runs == 1
    worker.tools = replace(worker.tools, keyring=new_keys)
    worker.works()
    assert run_of(office, run_id).failure is RunFailure.KEY_LOST
    assert drawer.messages[-1].failure is RunFailure.KEY_LOST
    assert office.login(login).password_hash == "own"
    deletion.delete_due(office.database, drawer.channel(), clock=clock)
    assert drawer.posted == {}
    assert loss_of(office, new_keys) == NOTHING


def test_a_run_of_which_nothing_is_sealed_yet_goes_on(
    office, worker, new_keys, start, clock
):
    login = office.add_login()
    run_id = start()
    assert gives_up(office, new_keys, clock()) == NOTHING
    worker.tools = replace(worker.tools, keyring=new_keys)
    worker.works()
    assert run_of(office, run_id).phase is RunPhase.DONE
    assert office.login(login).password_kind is PasswordKind.INITIAL


def test_a_run_that_lost_its_key_can_be_tried_again(
    office, worker, new_keys, start, clock
):
    login = office.add_login()
    run_id = start()
    assert worker.is_killed_at(Step.ROWS_PREPARED)
    gives_up(office, new_keys, clock())
    worker.tools = replace(worker.tools, keyring=new_keys)
    given = {"actor": office.bram, "now": clock()}
    with office.database.transaction() as session:
        count = plan_retry(session, run_id, **given).count
        retry_failed(session, run_id, expected_count=count, channel_id="C1", **given)
    worker.works()
    assert office.login(login).password_kind is PasswordKind.INITIAL


def test_a_workbook_that_was_posted_says_that_its_password_is_not_shown_any_more(
    office, worker, drawer, keyring, new_keys, start, clock
):
    office.add_login()
    run_id = start()
    worker.works()
    assert gives_up(office, new_keys, clock()).exports == 1
    with office.database.transaction() as session:
        kinds = {deletion.FILE_NOTICE}
        message = outbox.claim_due(session, kinds=kinds, now=clock())
        assert message.payload == {"run_id": run_id}
        show_again(session, run_id, now=clock())
        outbox.delivered(session, message, now=clock())
        assert report(session, run_id).file is FileStatus.SHUT
    with pytest.raises(ExportGoneError), office.database.transaction() as session:
        handover.show_opening_password(
            session, run_id, keyring=new_keys, actor=office.bram, now=clock()
        )
    assert list(drawer.posted) == ["F1"]


def test_a_password_that_was_about_to_be_shown_is_made_anew(
    office, keyring, new_keys, clock
):
    login = office.add_login()
    given = {"actor": office.bram, "now": clock()}
    transaction = office.database.transaction
    resets.prepare_shown_password(transaction, login, keyring=keyring, **given)
    assert loss_of(office, new_keys).shown == 1
    assert gives_up(office, new_keys, clock()).shown == 1
    with office.database.reading() as session:
        assert session.scalars(select(ShownPassword)).all() == []
    again = resets.prepare_shown_password(transaction, login, keyring=new_keys, **given)
    resets.apply_shown_password(transaction, again, **given)
    assert office.login(login).password_kind is PasswordKind.INITIAL


def verified(office, keys):
    with office.database.reading() as session:
        return audit_seals.verify(session, keys, actor=OPERATOR)


def test_the_log_is_signed_anew_as_it_stands_and_says_so(
    office, keyring, new_keys, clock
):
    seal = seal_yesterday(office, keyring, clock())
    clock.forward(timedelta(days=2))
    kinds = [found.kind for found in verified(office, new_keys).breaks]
    assert kinds == [BreakKind.SEAL_NOT_OURS]
    assert gives_up(office, new_keys, clock()).sealed_until == seal.day
    found = verified(office, new_keys)
    assert (found.breaks, found.head) == ([], seal.head)
    sealed_until = seal.day.isoformat()
    assert found.unproven == [Unproven(sealed_until, clock().date())]
    (event,) = office.events(AuditAct.KEY_GIVEN_UP)
    assert event.details == {"sealed_until": sealed_until, "seal": seal.sealed_head}
    assert loss_of(office, new_keys) == NOTHING


def test_what_was_changed_before_the_key_was_lost_is_still_named(
    office, keyring, new_keys, clock
):
    seal = seal_yesterday(office, keyring, clock())
    with office.database.transaction() as session:
        session.get_one(AuditSeal, seal.day).digests = seal.digests[:-24]
    gives_up(office, new_keys, clock())
    kinds = {found.kind for found in verified(office, new_keys).breaks}
    assert kinds == {BreakKind.SEAL_CHANGED, BreakKind.ADDED}


def test_nothing_sealed_with_a_lost_key_is_left(
    office, worker, drawer, keyring, new_keys, start, clock
):
    office.add_login()
    start()
    worker.works()
    office.add_login()
    start()
    assert worker.is_killed_at(Step.RESERVATION_NOTED)
    gives_up(office, new_keys, clock())
    with office.database.reading() as session:
        sealed = [
            *session.scalars(select(RunRow.sealed_password)),
            *session.scalars(select(PostedFile.sealed_opening_password)),
        ]
    assert set(sealed) == {None}


def test_nobody_but_the_operator_gives_up_keys(office, new_keys, now):
    with (
        pytest.raises(NotPermittedError),
        office.database.transaction() as session,
    ):
        lost_key.give_up(session, new_keys, actor=office.hanna, now=now)


def test_a_mailing_under_way_ends_and_who_was_not_reached_keeps_what_there_was(
    office, mailer, drawer, new_keys, clock
):
    logins = office.add_logins(5)
    run_id = start_mailing(office, BuiltIn.PASSWORD)
    assert mailer.is_killed_at(Step.LETTERS_QUEUED)
    loss = gives_up(office, new_keys, clock())
    assert (loss.runs, loss.letters) == (1, 3)
    assert loss_of(office, new_keys) == NOTHING
    renewed = replace(mailer, tools=replace(mailer.tools, keyring=new_keys))
    clock.forward(timedelta(minutes=5))
    renewed.works()
    assert run_of(office, run_id).failure is RunFailure.KEY_LOST
    assert drawer.messages[-1].by_reason == {
        RowReason.NOT_SENT: 3,
        RowReason.NOT_APPLIED: 2,
    }
    assert [office.login(login).credential_version for login in logins] == [
        2,
        2,
        2,
        1,
        1,
    ]


@pytest.mark.parametrize("template", list(BuiltIn))
def test_whose_letter_could_not_be_opened_can_be_mailed_again(
    office, mailer, postman, new_keys, clock, template
):
    logins = office.add_logins(5)
    run_id = start_mailing(office, template)
    assert mailer.is_killed_at(Step.LETTERS_QUEUED)
    gives_up(office, new_keys, clock())
    renewed = replace(
        mailer,
        tools=replace(mailer.tools, keyring=new_keys),
        postman=replace(postman, keyring=new_keys),
    )
    clock.forward(timedelta(minutes=5))
    renewed.works()
    retry(office, run_id, clock())
    renewed.works()
    for login in logins:
        (letter,) = renewed.postman.letters_to(login)
        assert renewed.postman.lets_in(letter, login)
