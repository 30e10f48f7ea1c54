"""The files of a run, made of the rows of its ledger."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import String, or_, select, type_coerce, update
from sqlalchemy.orm import Session

from domain.branches import Branch
from domain.exports import merge_letters, word_templates
from domain.exports.columns import ExportRow
from domain.exports.word_problems import WordTemplateRefusedError
from domain.exports.workbook import build
from domain.logins.model import Login, LoginId
from domain.record_cards.model import RecordCard
from domain.runs.model import RowReason, RowState, Run, RunId, RunRow
from domain.runs.preparing import open_password
from domain.runs.tools import RunTools
from domain.secret import Secret


def build_workbook(tools: RunTools, run: Run, opening_password: Secret) -> bytes:
    """The workbook of every prepared row; rows that can't be written are marked."""
    with tools.database.reading() as session:
        built = build(_rows(session, tools, run), opening_password=opening_password)
    if built.refused:
        with tools.database.transaction() as session:
            _leave_out_unwritable(session, run, built.refused)
    return built.content


def build_letters(tools: RunTools, run: Run, opening_password: Secret) -> bytes:
    """A letter for every row that the workbook has, from the template of the run."""
    if run.ready_letters is None:
        raise ValueError(f"run {run.id} makes no letters")
    with tools.database.reading() as session:
        built = merge_letters.build(
            _rows(session, tools, run),
            word_templates.content_of(
                session, run.ready_letters, run.word_template_id, tools.sign_in_page
            ),
            sign_in_page=tools.sign_in_page,
            opening_password=opening_password,
        )
    if built.refused:
        with tools.database.transaction() as session:
            _leave_out_unwritable(session, run, built.refused)
    return built.content


def can_make_letters(tools: RunTools, run: Run) -> bool:
    """Whether letters come out of its template, which may be older than a rule."""
    if run.ready_letters is None:
        return True
    with tools.database.reading() as session:
        content = word_templates.content_of(
            session, run.ready_letters, run.word_template_id, tools.sign_in_page
        )
    try:
        word_templates.require_usable(content)
    except WordTemplateRefusedError:
        return False
    return True


def _rows(session: Session, tools: RunTools, run: Run) -> Iterator[ExportRow]:
    sealed = type_coerce(RunRow.sealed_password, String)
    found = session.execute(
        select(sealed, Login.id, Login.user_name, RecordCard, Branch.name)
        .join(Login, Login.id == RunRow.login_id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .where(RunRow.run_id == run.id, RunRow.state == RowState.PREPARED)
        .order_by(RecordCard.name_key, RecordCard.id)
        .execution_options(yield_per=500)
    )
    for password, login_id, user_name, card, branch_name in found:
        yield ExportRow(
            login_id=LoginId(login_id),
            number=card.number,
            first_name=card.first_name,
            prefix=card.prefix,
            last_name=card.last_name,
            full_name=card.full_name,
            street=card.street,
            postal_code=card.postal_code,
            city=card.city,
            branch=branch_name,
            user_name=user_name,
            password=open_password(tools, RunId(run.id), password),
            valid_until=expires_at(run),
            sign_in_page=tools.sign_in_page,
        )


def expires_at(run: Run) -> datetime:
    """When the passwords of a run expire; it is set before its workbook is built."""
    if run.password_expires_at is None:
        raise ValueError(f"run {run.id} has no expiry yet")
    return run.password_expires_at


def leave_out_overtaken(session: Session, run: Run) -> None:
    """Rows whose login changed since get no line: the password would not work.

    Nor do those of people who moved to another branch, whose HR did not ask.
    """
    overtaken = (
        select(RunRow.id)
        .join(Login, Login.id == RunRow.login_id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(
            RunRow.run_id == run.id,
            RunRow.state == RowState.PREPARED,
            or_(
                Login.credential_version != RunRow.credential_version,
                RecordCard.branch_id != run.branch_id,
            ),
        )
    )
    session.execute(
        update(RunRow)
        .where(RunRow.id.in_(overtaken))
        .values(
            state=RowState.LEFT_OUT,
            reason=RowReason.CHANGED_MEANWHILE,
            sealed_password=None,
            password_hash=None,
        )
        .execution_options(synchronize_session=False)
    )


def _leave_out_unwritable(session: Session, run: Run, login_ids: Sequence[int]) -> None:
    session.execute(
        update(RunRow)
        .where(RunRow.run_id == run.id, RunRow.login_id.in_(login_ids))
        .values(
            state=RowState.FAILED,
            reason=RowReason.NOT_WRITABLE,
            sealed_password=None,
            password_hash=None,
        )
        .execution_options(synchronize_session=False)
    )
