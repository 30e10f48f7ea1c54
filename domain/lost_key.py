"""Going on without a secret key that is lost: what only it opens is given up.

Logins survive, since password hashes need no key. Who had an authenticator app gets
codes by mail. What does not survive is named in the results of runs and in the audit
log, and the days that were sealed with the lost key are vouched for by the new one
from then on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain import audit, audit_seals, outbox
from domain.actor import Actor
from domain.audit import AuditAct, Concerning
from domain.exports.deletion import FILE_NOTICE
from domain.exports.model import PostedFile
from domain.leases import release_every_lease
from domain.letters import queueing, settling
from domain.letters.refusals import LetterRefusedError
from domain.logins.model import ShownPassword
from domain.outbox import OutboxMessage
from domain.permissions import Act, require
from domain.runs.ending import fail_run
from domain.runs.model import Run, RunFailure, RunRow
from domain.secret import KEY_ID_LENGTH, Keyring
from domain.sign_in import app_keys, recovery, step_up_keys

_CODE: Final = "key_lost"
_Sealed = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


@dataclass(frozen=True)
class Loss:
    """What can't be opened: open runs, workbooks in Slack, and the newest seal's day.

    `shown` are passwords that were about to be shown to an administrator, `apps` the
    people whose authenticator app is lost, `papers` those who keep theirs and lose the
    recovery codes, `own_apps` the administrators whose app is lost, `letters` and
    `link_requests` what waits to be sent or answered.
    """

    runs: int
    exports: int
    shown: int
    sealed_until: date | None
    apps: int = 0
    papers: int = 0
    letters: int = 0
    link_requests: int = 0
    own_apps: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether the keys open all there is."""
        return self == Loss(0, 0, 0, None)


def find_loss(session: Session, keyring: Keyring, *, actor: Actor) -> Loss:
    """Count what these keys do not open; writes nothing."""
    require(actor, Act.GIVE_UP_KEYS)
    seal = audit_seals.newest_seal(session)
    is_shut = seal is not None and not keyring.holds(seal.sealed_head[:KEY_ID_LENGTH])
    return Loss(
        runs=len(_runs(session, keyring)),
        exports=len(_exports(session, keyring)),
        shown=_count(session, _is_shut(ShownPassword.sealed_password, keyring)),
        sealed_until=seal.day if seal is not None and is_shut else None,
        apps=len(app_keys.find_shut_apps(session, keyring)),
        own_apps=len(step_up_keys.find_shut_apps(session, keyring)),
        papers=app_keys.count_shut_papers(session, keyring),
        letters=len(_letters(session, keyring)),
        link_requests=len(_link_requests(session, keyring)),
    )


def give_up(session: Session, keyring: Keyring, *, actor: Actor, now: datetime) -> Loss:
    """Let go of all that these keys do not open, so that work goes on with them.

    Open runs end and change nobody any more; opening passwords are no longer shown;
    the newest seal is signed with the new key, and the log says so. A mailed code is
    asked of those whose app is lost. Nobody else may be working on the database.
    Gives what was let go.
    """
    loss = find_loss(session, keyring, actor=actor)
    if loss.is_nothing:
        return loss
    release_every_lease(session)
    details = {}
    if loss.sealed_until is not None:
        details = audit_seals.sign_anew(session, keyring)
    audit.record(
        session,
        AuditAct.KEY_GIVEN_UP,
        Concerning(details=details),
        actor=actor,
        now=now,
    )
    for run in _runs(session, keyring):
        fail_run(session, run, RunFailure.KEY_LOST, actor=actor, now=now)
    for file in _exports(session, keyring):
        file.sealed_opening_password = None
        outbox.queue(session, FILE_NOTICE, {"run_id": file.run_id}, now=now)
    shown = _is_shut(ShownPassword.sealed_password, keyring)
    session.execute(delete(ShownPassword).where(shown))
    for letter in _letters(session, keyring):
        settling.settle(session, letter, LetterRefusedError(_CODE), now=now)
    for request in _link_requests(session, keyring):
        outbox.give_up(session, request, _CODE, keeping={}, now=now)
    app_keys.give_up(session, keyring, actor=actor, now=now)
    step_up_keys.give_up(session, keyring, actor=actor, now=now)
    return loss


def _runs(session: Session, keyring: Keyring) -> Sequence[Run]:
    """Open runs of which a password or the opening password can't be read."""
    rows = exists().where(
        RunRow.run_id == Run.id, _is_shut(RunRow.sealed_password, keyring)
    )
    file = exists().where(
        PostedFile.run_id == Run.id,
        _is_shut(PostedFile.sealed_opening_password, keyring),
    )
    query = select(Run).where(Run.ended_at.is_(None), or_(rows, file))
    return session.scalars(query.order_by(Run.id)).all()


def _exports(session: Session, keyring: Keyring) -> Sequence[PostedFile]:
    """Files of ended runs whose opening password can't be read."""
    query = select(PostedFile).where(
        _is_shut(PostedFile.sealed_opening_password, keyring),
        exists().where(Run.id == PostedFile.run_id, Run.ended_at.is_not(None)),
    )
    return session.scalars(query.order_by(PostedFile.id)).all()


def _letters(session: Session, keyring: Keyring) -> list[OutboxMessage]:
    return _waiting(session, keyring, queueing.KIND, "sealed")


def _link_requests(session: Session, keyring: Keyring) -> list[OutboxMessage]:
    return _waiting(session, keyring, recovery.KIND, "sealed_word")


def _waiting(
    session: Session, keyring: Keyring, kind: str, sealed: str
) -> list[OutboxMessage]:
    """Messages that wait, and whose part of this name can't be read."""
    query = select(OutboxMessage).where(
        OutboxMessage.kind == kind, OutboxMessage.ended_at.is_(None)
    )
    # As they are after every lease was released.
    fresh = {"execution_options": {"populate_existing": True}}
    return [
        message
        for message in session.scalars(query.order_by(OutboxMessage.id), **fresh)
        if not keyring.holds(str(message.payload.get(sealed))[:KEY_ID_LENGTH])
    ]


def _is_shut(sealed: _Sealed, keyring: Keyring) -> ColumnElement[bool]:
    key_id = func.substr(sealed, 1, KEY_ID_LENGTH)
    return and_(sealed.is_not(None), key_id.not_in(keyring.key_ids))


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(condition)) or 0
