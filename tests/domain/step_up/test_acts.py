"""The acts that take a code: none writes anything before it was given."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.errors import DomainError
from domain.exports import handover
from domain.exports.handover import ExportGoneError
from domain.exports.model import FileKind, PostedFile, PostingState
from domain.letters.model import BuiltIn
from domain.logins import access_by_mail, resets
from domain.logins.model import Login, ShownPassword
from domain.outbox import OutboxMessage
from domain.runs import ledger
from domain.runs.model import Run, RunId, RunKind, RunPhase
from domain.runs.planning import ResetChoice
from domain.step_ups import StepUpRequiredError
from tests.domain.runs import mailing
from tests.domain.step_up.giving import Codes


@pytest.fixture
def login_id(office):
    return office.add_login()


def shows_password(codes, login_id):
    resets.prepare_shown_password(
        codes.database.transaction,
        login_id,
        keyring=codes.keyring,
        actor=codes.bram,
        now=codes.now,
    )


def sends_access(codes, login_id):
    access_by_mail.send_access(
        codes.database.transaction,
        login_id,
        mailing.template_of(codes.office, BuiltIn.LINK),
        make_active=True,
        expected_version=1,
        keyring=codes.keyring,
        actor=codes.bram,
        now=codes.now,
    )


def starts_export(codes, _login_id):
    with codes.database.transaction() as session:
        ledger.start_reset(
            session,
            codes.office.utrecht,
            ResetChoice(),
            expected_count=1,
            channel_id="C1",
            actor=codes.bram,
            now=codes.now,
        )


def starts_mailing(codes, _login_id):
    mailing.start(codes.office, now=codes.now)


def retries(codes, _login_id):
    run_id = an_ended_run(codes)
    with codes.database.transaction() as session:
        ledger.retry_failed(
            session,
            run_id,
            expected_count=1,
            channel_id="C1",
            actor=codes.bram,
            now=codes.now,
        )


def opens_password(codes, _login_id):
    run_id = an_ended_run(codes)
    with codes.database.transaction() as session:
        session.add(
            PostedFile(
                run_id=run_id,
                kind=FileKind.WORKBOOK,
                branch_id=codes.office.utrecht,
                requested_by=codes.bram.administrator_id,
                file_name="a.xlsx",
                channel_id="C1",
                state=PostingState.DELETED,
                created_at=codes.now,
            )
        )
    with codes.database.transaction() as session:
        handover.show_opening_password(
            session, run_id, keyring=codes.keyring, actor=codes.bram, now=codes.now
        )


def an_ended_run(codes):
    with codes.database.transaction() as session:
        run = Run(
            branch_id=codes.office.utrecht,
            kind=RunKind.EXPORT,
            phase=RunPhase.PREPARING,
            started_by=codes.bram.administrator_id,
            channel_id="C1",
            row_count=0,
            due_at=codes.now,
            created_at=codes.now,
            ended_at=codes.now,
        )
        session.add(run)
        session.flush()
        return RunId(run.id)


def traces(codes):
    """What the acts leave: of a login, of passwords, of letters, of open runs."""
    with codes.database.reading() as session:
        versions = session.scalar(select(func.sum(Login.credential_version)))
        shown = session.scalar(select(func.count()).select_from(ShownPassword))
        letters = session.scalar(select(func.count()).select_from(OutboxMessage))
        open_runs = session.scalar(select(func.count()).where(Run.ended_at.is_(None)))
    return versions, shown, letters, open_runs


# With the refusal of an act that has nothing to do once the code was given.
ACTS: dict[Callable[[Codes, int], None], type[DomainError] | None] = {
    shows_password: None,
    sends_access: None,
    starts_export: None,
    starts_mailing: None,
    retries: ledger.NobodyToResetError,
    opens_password: ExportGoneError,
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_written_without_a_code(codes, login_id, act):
    codes.demand(codes.bram)
    before = traces(codes)
    with pytest.raises(StepUpRequiredError):
        act(codes, login_id)
    assert traces(codes) == before


@pytest.mark.parametrize("act", ACTS)
def test_a_code_lets_it_go_on_for_a_quarter_of_an_hour(codes, login_id, act):
    codes.demand(codes.bram)
    codes.confirms_by_mail()
    codes.later(minutes=14, seconds=59)
    refusal = ACTS[act]
    if refusal is None:
        before = traces(codes)
        act(codes, login_id)
        assert traces(codes) != before
    else:
        with pytest.raises(refusal):
            act(codes, login_id)


@pytest.mark.parametrize("act", [starts_export, starts_mailing])
def test_a_run_keeps_when_its_starter_gave_a_code(codes, login_id, act):
    codes.demand(codes.bram)
    codes.confirms_by_mail()
    given_at = codes.now
    codes.later(minutes=5)
    act(codes, login_id)
    with codes.database.reading() as session:
        [run] = session.scalars(select(Run))
    assert run.starter_confirmed_at == given_at


def test_a_password_that_was_prepared_is_applied_without_another_code(codes, login_id):
    codes.demand(codes.bram)
    codes.confirms_by_mail()
    prepared = resets.prepare_shown_password(
        codes.database.transaction,
        login_id,
        keyring=codes.keyring,
        actor=codes.bram,
        now=codes.now,
    )
    later = codes.now + timedelta(minutes=20)
    resets.apply_shown_password(
        codes.database.transaction, prepared, actor=codes.bram, now=later
    )
    assert codes.office.login(login_id).password_hash == prepared.password_hash
