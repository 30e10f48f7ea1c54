"""Making the passwords of a run: claimed, hashed and sealed in small batches.

Nothing here changes a login. Any number of workers share the rows of a run.
"""

from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import bindparam, exists, select, update

from domain.leases import claim
from domain.runs.ending import fail_run
from domain.runs.model import RowState, Run, RunFailure, RunId, RunPhase, RunRow
from domain.runs.showing import starter
from domain.runs.tools import RunTools, Step
from domain.secret import Secret

_log = structlog.get_logger()
# About a second of hashing on two cores.
BATCH: Final = 64
_AHEAD: Final = 2
_BATCHES_AT_A_TIME: Final = 8
_LEASE: Final = timedelta(minutes=1)
# Each try takes a row's lease: when no worker ever prepared it, none will.
_TRIES: Final = 20


class TriedTooOftenError(Exception):
    """Rows were claimed again and again, and their passwords never made."""


@dataclass(frozen=True)
class _Batch:
    """Claimed rows (id, lease number) and the passwords being made for them."""

    rows: tuple[tuple[int, int], ...]
    passwords: tuple[Future[tuple[Secret, str]], ...]


def prepare_next(tools: RunTools, run_id: RunId) -> bool:
    """Prepare some rows of this run; says whether anything was done.

    A run whose passwords can't be made here ends, so that it holds no branch for ever.
    """
    try:
        return prepare_rows(tools, run_id, batches=_BATCHES_AT_A_TIME)
    except TriedTooOftenError:
        return _give_up(tools, run_id)
    except Exception:  # noqa: BLE001 (others are prepared all the same)
        _log.exception("run.unprepared", run_id=run_id)
        return False


def prepare_rows(tools: RunTools, run_id: RunId, *, batches: int) -> bool:
    """Prepare up to `batches` batches of this run; says whether anything was done.

    The next batch is hashed while the one before is stored, so that the cores
    never wait for the disk. Raises TriedTooOftenError.
    """
    under_way: deque[_Batch] = deque()
    begun = 0
    while True:
        while len(under_way) < _AHEAD and begun < batches and not tools.wait(0):
            batch = _begin(tools, run_id)
            if batch is None:
                break
            begun += 1
            under_way.append(batch)
        if not under_way:
            break
        _finish(tools, run_id, under_way.popleft())
    return _ends_phase(tools, run_id) or begun > 0


def _begin(tools: RunTools, run_id: RunId) -> _Batch | None:
    with tools.database.transaction() as session:
        rows = claim(
            session,
            RunRow,
            RunRow.run_id == run_id,
            RunRow.state == RowState.WAITING,
            order_by=(RunRow.id,),
            now=tools.clock(),
            life=_LEASE,
            limit=BATCH,
        )
        claimed = tuple((row.id, row.lease_number) for row in rows)
    if not claimed:
        return None
    if any(lease_number > _TRIES for _, lease_number in claimed):
        raise TriedTooOftenError
    tools.reached(Step.ROWS_CLAIMED)
    return _Batch(claimed, tuple(tools.hashing.submit() for _ in claimed))


def _finish(tools: RunTools, run_id: RunId, batch: _Batch) -> None:
    made = [future.result() for future in batch.passwords]
    tools.reached(Step.ROWS_HASHED)
    values = [
        {
            "row_id": row_id,
            "held_lease": lease_number,
            "sealed": seal_password(tools, run_id, password),
            "hashed": password_hash,
        }
        for (row_id, lease_number), (password, password_hash) in zip(
            batch.rows, made, strict=True
        )
    ]
    with tools.database.transaction() as session:
        # Rows that another worker claimed meanwhile keep what that one makes.
        session.connection().execute(
            update(RunRow.__table__)  # type: ignore[arg-type]
            .where(
                RunRow.__table__.c.id == bindparam("row_id"),
                RunRow.__table__.c.lease_number == bindparam("held_lease"),
                RunRow.__table__.c.state == RowState.WAITING,
            )
            .values(
                state=RowState.PREPARED,
                sealed_password=bindparam("sealed"),
                password_hash=bindparam("hashed"),
                leased_until=None,
            ),
            values,
        )
    tools.reached(Step.ROWS_PREPARED)


def _ends_phase(tools: RunTools, run_id: RunId) -> bool:
    """Move on when no row is waiting any more; says whether this was the moment."""
    waiting = exists(
        select(RunRow.id).where(
            RunRow.run_id == run_id, RunRow.state == RowState.WAITING
        )
    )
    with tools.database.transaction() as session:
        ended = session.execute(
            update(Run)
            .where(Run.id == run_id, Run.phase == RunPhase.PREPARING, ~waiting)
            .values(phase=RunPhase.POSTING, due_at=tools.clock(), attempts=0)
            .returning(Run.id)
            .execution_options(synchronize_session=False)
        ).all()
    return bool(ended)


def _give_up(tools: RunTools, run_id: RunId) -> bool:
    """The passwords can't be made here: end the run, unless it moved on meanwhile."""
    _log.error("run.not_prepared", run_id=run_id)
    with tools.database.transaction() as session:
        run = session.scalars(
            select(Run)
            .where(
                Run.id == run_id,
                Run.phase.in_([RunPhase.PREPARING, RunPhase.MAILING]),
            )
            .with_for_update()
        ).one_or_none()
        if run is None:
            return False
        actor, now = starter(session, run), tools.clock()
        fail_run(session, run, RunFailure.NOT_PREPARED, actor=actor, now=now)
    return True


def seal_password(tools: RunTools, run_id: RunId, password: Secret) -> str:
    """The form in which a ledger row keeps a password until it is applied."""
    return tools.keyring.seal(password, purpose=_purpose(run_id))


def open_password(tools: RunTools, run_id: RunId, sealed: str) -> Secret:
    """The password of a ledger row; raises UnsealingError for another run's."""
    return tools.keyring.open(sealed, purpose=_purpose(run_id))


def _purpose(run_id: RunId) -> str:
    return f"password in run {run_id}"
