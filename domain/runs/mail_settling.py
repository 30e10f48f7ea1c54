"""What became of a mailing's letters, written into its ledger."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.letters.model import AccessLetter, LetterOutcome
from domain.letters.refusals import Cause, cause_of
from domain.logins.model import Login
from domain.runs.model import RowReason, RowState, Run, RunRow

_ADDRESS: Final = frozenset(
    {Cause.ADDRESS_REFUSED, Cause.ADDRESS_UNUSABLE, Cause.ADDRESS_INTERNATIONAL}
)
_Settled = tuple[RowState, RowReason | None]


def settle_rows(session: Session, run: Run) -> int:
    """Settle the rows whose letter was sent, refused or overtaken; says how many."""
    letters = session.execute(
        select(
            RunRow.id,
            AccessLetter.outcome,
            AccessLetter.error_code,
            (Login.password_set_at == RunRow.applied_at).label("has_nothing_newer"),
        )
        .join(AccessLetter, AccessLetter.run_row_id == RunRow.id)
        .join(Login, Login.id == RunRow.login_id)
        .where(
            RunRow.run_id == run.id,
            RunRow.state == RowState.APPLIED,
            AccessLetter.outcome != LetterOutcome.QUEUED,
        )
    ).all()
    rows: dict[_Settled, list[int]] = {}
    for letter in letters:
        rows.setdefault(_settled(letter), []).append(letter.id)
    for (state, reason), row_ids in rows.items():
        _settle(session, row_ids, state, reason)
    return len(letters)


def _settled(letter: Any) -> _Settled:
    if letter.outcome is LetterOutcome.SENT:
        return RowState.SENT, None
    if letter.outcome is LetterOutcome.OVERTAKEN:
        if letter.has_nothing_newer:
            return RowState.FAILED, RowReason.OVERTAKEN
        return RowState.LEFT_OUT, RowReason.CHANGED_MEANWHILE
    code = letter.error_code
    is_about_address = code is not None and cause_of(code) in _ADDRESS
    reason = RowReason.ADDRESS_REFUSED if is_about_address else RowReason.NOT_SENT
    return RowState.FAILED, reason


def _settle(
    session: Session, row_ids: Sequence[int], state: RowState, reason: RowReason | None
) -> None:
    session.execute(
        update(RunRow)
        .where(RunRow.id.in_(row_ids))
        .values(state=state, reason=reason)
        .execution_options(synchronize_session=False)
    )
