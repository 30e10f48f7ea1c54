"""Creating and activating the logins of a whole branch.

Floor: one SQLAlchemy Core bulk statement that writes the same login rows, without
audit and without rules. Limited by the writing of rows; the goal leaves room for
one audit event per login and for batches of 500.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import bindparam, delete, insert, update

from benchmarks.company import Company, furnish, login_row
from benchmarks.figure import Figure, median_seconds
from domain.audit import AuditEvent
from domain.clock import utc_now
from domain.logins import provisioning
from domain.logins.model import Login, LoginState

GOAL = 3.0


def run(quick: bool) -> list[Figure]:
    """Create, then activate, 12,000 logins."""
    size = 1_000 if quick else 12_000
    with tempfile.TemporaryDirectory() as folder:
        company = furnish(Path(folder))
        company.add_cards(company.branch_ids[0], range(1, size + 1))
        figures = [_creating(company, size), _activating(company, size)]
        company.database.close()
    return figures


def _creating(company: Company, size: int) -> Figure:
    def bulk_statement() -> None:
        rows = [login_row(number, LoginState.NEW) for number in range(1, size + 1)]
        with company.database.transaction() as session:
            session.execute(insert(Login), rows)

    def create() -> None:
        _in_batches(company, provisioning.create_logins)

    return Figure(
        job=f"create {size:,} logins",
        floor="one bulk INSERT of the same rows",
        floor_seconds=median_seconds(bulk_statement, before=lambda: _empty(company)),
        seconds=median_seconds(create, before=lambda: _empty(company)),
        goal=GOAL,
        limited_by="writing rows",
    )


def _activating(company: Company, size: int) -> Figure:
    def bulk_statement() -> None:
        rows = [{"row_id": number} for number in range(1, size + 1)]
        table = Login.__table__
        activating = (
            update(Login)
            .where(table.c.id == bindparam("row_id"))
            .values(
                state=LoginState.ACTIVE, credential_version=Login.credential_version + 1
            )
        )
        with company.database.transaction() as session:
            session.connection().execute(activating, rows)

    def activate() -> None:
        _in_batches(company, provisioning.activate_logins)

    def prepare() -> None:
        _empty(company)
        company.add_logins(range(1, size + 1), LoginState.NEW)

    return Figure(
        job=f"activate {size:,} logins",
        floor="one bulk UPDATE of the same rows",
        floor_seconds=median_seconds(bulk_statement, before=prepare),
        seconds=median_seconds(activate, before=prepare),
        goal=GOAL,
        limited_by="writing rows",
    )


def _in_batches(company: Company, act: Callable[..., int]) -> None:
    done = 1
    while done:
        with company.database.transaction() as session:
            done = act(
                session, company.branch_ids[0], actor=company.actor, now=utc_now()
            )


def _empty(company: Company) -> None:
    with company.database.transaction() as session:
        session.execute(delete(Login))
        session.execute(delete(AuditEvent))
