"""Which failed rows of a run can be tried again."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select

from domain.logins import states
from domain.logins.model import Login, LoginState
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.record_cards.register import employed_on
from domain.runs.model import RowState, Run, RunRow


def failed_of(run: Run, now: datetime) -> Select[int, int]:
    """The logins (id, credential version) of failed rows that can be tried again."""
    left_since = and_(
        states.is_to_be_closed(office_day(now)),
        employed_on(office_day(run.created_at)),
    )
    return (
        select(Login.id, Login.credential_version)
        .join(RunRow, RunRow.login_id == Login.id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(
            # Whoever moved to another branch is that branch's business now.
            RecordCard.branch_id == run.branch_id,
            RunRow.run_id == run.id,
            RunRow.state == RowState.FAILED,
            or_(
                RunRow.credential_version == Login.credential_version,
                _has_only_what_was_mailed(),
            ),
            ~left_since,
        )
        .order_by(RunRow.id)
    )


def _has_only_what_was_mailed() -> ColumnElement[bool]:
    """Nobody handed out or chose anything since this row's letter did not arrive.

    A corrected address raises the version and leaves the password as it is.
    """
    is_as_applied = Login.credential_version == RunRow.credential_version + 1
    return and_(
        RunRow.applied_at == Login.password_set_at,
        or_(is_as_applied, Login.state == LoginState.ACTIVE),
    )
