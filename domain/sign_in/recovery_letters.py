"""What becomes of a request for a link: looked up, limited, answered by letter.

Done by the worker, so that nobody sees by the time it takes whether there was anybody.
Needs no Slack.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import structlog
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from domain import audit, outbox
from domain.actor import Actor, ActorKind, Surface
from domain.audit import AuditAct, Concerning
from domain.clock import Clock
from domain.errors import LeaseLostError
from domain.letters.kinds import LINK_LIFE
from domain.letters.queueing import LetterKind, queue_letter
from domain.logins import holding, links
from domain.logins.links import LinkPurpose
from domain.logins.model import Login, LoginId
from domain.logins.recipients import recipient_of
from domain.outbox import OutboxMessage
from domain.record_cards import fields, register
from domain.record_cards.model import RecordCard
from domain.secret import Keyring, Secret, UnsealingError
from domain.sign_in import recovery_limits, slack_links
from domain.sign_in.gate import Verdict, Way, may_authenticate
from domain.sign_in.recovery import KIND, PURPOSE, AskedBy
from domain.sign_in.tools import Transaction
from domain.slack_users import SlackIdentity

_log = structlog.get_logger()
_LETTERS: Final = {
    Verdict.OPEN: LetterKind.RECOVERY_LINK,
    Verdict.LOCKED: LetterKind.RECOVERY_LOCKED,
    Verdict.INACTIVE: LetterKind.RECOVERY_INACTIVE,
}


def answer_next(transaction: Transaction, keyring: Keyring, clock: Clock) -> bool:
    """Answer the oldest request for a link; says whether there was one.

    The letter and the end of the request are written together, so that a process
    that is killed in between sends no second letter. A request that waited longer
    than a link lives ends without one: nobody waits for that letter any more.
    """
    now = clock()
    with transaction() as session:
        request = outbox.claim_due(session, kinds=(KIND,), now=now)
    if request is None:
        return False
    try:
        with transaction() as session:
            if _is_in_time(request, now):
                answer(session, request.payload, keyring=keyring, now=now)
            outbox.delivered(session, request, now=now)
    except LeaseLostError:
        _log.warning("link_request.lease_lost", message_id=request.id)
    except Exception as error:  # noqa: BLE001 (one poison request stops no other)
        _log.exception("link_request.failed", message_id=request.id)
        _put_off(transaction, request, type(error).__name__, now)
    return True


def answer(
    session: Session, payload: Mapping[str, Any], *, keyring: Keyring, now: datetime
) -> None:
    """Queue the letter that this request deserves: a link, the truth, or none.

    None for who is nobody, and beyond 3 in an hour or 5 in 24 hours for a login.
    """
    identity = _identity(payload)
    login = _find_login(session, payload, identity, keyring)
    if login is None:
        return
    if not recovery_limits.count_login(session, login.id, now=now):
        return
    verdict = may_authenticate(login, login.record_card, Way.LINK, now=now)
    values: dict[str, Secret | str] = {} if identity is None else {"asked_in": "slack"}
    if verdict is Verdict.OPEN:
        values["token"] = links.make_link(
            session,
            LoginId(login.id),
            LinkPurpose.RECOVERY,
            asked_by=identity,
            now=now,
        ).token
    queue_letter(
        session,
        _LETTERS[verdict],
        recipient_of(login),
        values=values,
        keyring=keyring,
        now=now,
    )
    _record(session, login, verdict, identity, now)


def _is_in_time(request: OutboxMessage, now: datetime) -> bool:
    is_in_time = request.queued_at > now - LINK_LIFE
    if not is_in_time:
        _log.warning("link_request.too_late", message_id=request.id)
    return is_in_time


def _find_login(
    session: Session,
    payload: Mapping[str, Any],
    identity: SlackIdentity | None,
    keyring: Keyring,
) -> Login | None:
    """The login that was meant, held until the transaction ends."""
    try:
        word = keyring.open(payload["sealed_word"], purpose=PURPOSE)
    except UnsealingError:
        # Its key is given up; whoever asked asks again.
        return None
    condition = _condition(session, AskedBy(payload["by"]), word, identity)
    if condition is None:
        return None
    login_id = session.scalar(
        select(Login.id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(condition)
    )
    if login_id is None:
        return None
    return holding.hold(session, LoginId(login_id))


def _condition(
    session: Session, by: AskedBy, word: Secret, identity: SlackIdentity | None
) -> ColumnElement[bool] | None:
    text = word.reveal()
    if by is AskedBy.USER_NAME:
        key = fields.email_key(text)
        return Login.user_name_key == key if key else None
    if by is AskedBy.NUMBER:
        card = register.in_use(session, text)
        return None if card is None else RecordCard.id == card.id
    # Linked when it was asked, and still.
    linked = slack_links.find_card(session, identity) if identity else None
    if linked is None or str(linked.card.id) != text:
        return None
    return RecordCard.id == linked.card.id


def _identity(payload: Mapping[str, Any]) -> SlackIdentity | None:
    if "user_id" not in payload:
        return None
    return SlackIdentity(payload["team_id"], payload["user_id"])


def _record(
    session: Session,
    login: Login,
    verdict: Verdict,
    identity: SlackIdentity | None,
    now: datetime,
) -> None:
    surface = Surface.PORTAL if identity is None else Surface.SLACK
    concerning = Concerning(
        branch_id=login.record_card.branch_id,
        record_card_id=login.record_card_id,
        login_id=login.id,
        details={"login": verdict.value},
    )
    actor = Actor(ActorKind.EMPLOYEE, surface)
    audit.record(session, AuditAct.LINK_ASKED_FOR, concerning, actor=actor, now=now)


def _put_off(
    transaction: Transaction, request: OutboxMessage, code: str, now: datetime
) -> None:
    try:
        with transaction() as session:
            outbox.failed(session, request, code, keeping={}, now=now)
    except LeaseLostError:
        _log.warning("link_request.lease_lost", message_id=request.id)
