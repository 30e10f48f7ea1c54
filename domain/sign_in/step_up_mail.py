"""Step-up codes by mail: sent, replaced, compared, used up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain import slack_users, step_ups
from domain.actor import Actor, AdministratorId
from domain.administrators import Administrator, slack_identity
from domain.errors import DomainError, NotPermittedError
from domain.letters.queueing import LetterKind, Recipient, queue_letter
from domain.masking import masked
from domain.permissions import Act, require
from domain.secret import Keyring, Secret
from domain.sign_in.mail_codes import LIFE, MAILS_AT_MOST, MAILS_WITHIN
from domain.sign_in.one_time_codes import new_mail_code
from domain.step_ups import StepUp

# Asked for again within this time, the code that is out will do.
_STILL_NEW: Final = timedelta(minutes=5)


class CodeAddressUnknownError(DomainError):
    """No address for codes is known; a manager sets it in *Gebruikersbeheer*."""

    code = "code_address_unknown"


class MailedKind(StrEnum):
    """Whether a code went out; WAITING says that one is out already."""

    SENT = "sent"
    WAITING = "waiting"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Mailed:
    """`address` as `j•••@example.nl`; `until` a code that is out works.

    `retry_after` is how long to wait when there were too many.
    """

    kind: MailedKind
    address: str
    until: datetime | None = None
    retry_after: timedelta | None = None


def send_code(
    session: Session,
    *,
    anew: bool = True,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> Mailed:
    """Queue a letter with six digits for the actor, in the place of any code before.

    They work for ten minutes; there are at most three letters in 15 minutes. Without
    `anew` a code of the last five minutes will do. Raises CodeAddressUnknownError,
    StepUpBlockedError.
    """
    require(actor, Act.GIVE_CODES)
    administrator_id = actor.administrator_id
    if administrator_id is None:
        raise NotPermittedError(act=Act.GIVE_CODES.value)
    step_up = step_ups.hold(session, administrator_id)
    if step_up.blocked_at is not None:
        raise step_ups.blocked(session, actor)
    address = address_of(session, administrator_id)
    shown = masked(address)
    if not anew and _is_new(step_up, now):
        return Mailed(MailedKind.WAITING, shown, step_up.code_expires_at)
    mailed = _lately(step_up, now)
    if len(mailed) >= MAILS_AT_MOST:
        wait = mailed[-MAILS_AT_MOST] + MAILS_WITHIN - now
        waiting = step_up.code_expires_at if is_waiting(step_up, now=now) else None
        return Mailed(MailedKind.TOO_MANY, shown, waiting, wait)
    code, until = new_mail_code(), now + LIFE
    bound = _bound_to(administrator_id, address)
    step_up.code_digest = keyring.digest(code, purpose=bound)
    step_up.code_expires_at = until
    step_up.mailed_at = [at.isoformat() for at in (*mailed, now)]
    queue_letter(
        session,
        LetterKind.STEP_UP_CODE,
        recipient_of(session, administrator_id),
        values={"code": code},
        keyring=keyring,
        now=now,
        good_until=until,
    )
    return Mailed(MailedKind.SENT, shown, until)


def is_waiting(step_up: StepUp, *, now: datetime) -> bool:
    """Whether a mailed code could be compared now."""
    expires_at = step_up.code_expires_at
    return step_up.code_digest is not None and (
        expires_at is not None and now < expires_at
    )


def use(
    session: Session,
    step_up: StepUp,
    code: Secret,
    *,
    keyring: Keyring,
    now: datetime,
) -> bool:
    """Whether this is the code that was mailed; it works once, at this address."""
    administrator_id = AdministratorId(step_up.administrator_id)
    digest, address = step_up.code_digest, known_address(session, administrator_id)
    if digest is None or address is None or not is_waiting(step_up, now=now):
        return False
    bound = _bound_to(administrator_id, address)
    if not keyring.matches(digest, code, purpose=bound):
        return False
    used = session.execute(
        update(StepUp)
        .where(
            StepUp.administrator_id == administrator_id, StepUp.code_digest == digest
        )
        .values(code_digest=None, code_expires_at=None)
        .returning(StepUp.administrator_id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(used)


def recipient_of(session: Session, administrator_id: AdministratorId) -> Recipient:
    """The administrator, by the name and in the language of Slack.

    Raises CodeAddressUnknownError.
    """
    identity = slack_identity(session, administrator_id)
    address = address_of(session, administrator_id)
    user = slack_users.find(session, identity)
    if user is None:
        return Recipient(address, address, None)
    of_locale = "nl" if user.locale.startswith("nl") else None
    return Recipient(address, user.display_name, user.language or of_locale)


def address_of(session: Session, administrator_id: AdministratorId) -> str:
    """Where codes go. Raises CodeAddressUnknownError."""
    address = known_address(session, administrator_id)
    if address is None:
        raise CodeAddressUnknownError
    return address


def known_address(session: Session, administrator_id: AdministratorId) -> str | None:
    """Where codes go, if that is known; never what Slack tells."""
    administrator = session.get(Administrator, administrator_id, populate_existing=True)
    return administrator.email or None if administrator else None


def _is_new(step_up: StepUp, now: datetime) -> bool:
    expires_at = step_up.code_expires_at
    if expires_at is None or not is_waiting(step_up, now=now):
        return False
    return now < expires_at - LIFE + _STILL_NEW


def _lately(step_up: StepUp, now: datetime) -> list[datetime]:
    mailed = [datetime.fromisoformat(text) for text in step_up.mailed_at]
    return [at for at in mailed if at > now - MAILS_WITHIN]


def _bound_to(administrator_id: int, address: str) -> str:
    return f"step-up code of administrator {administrator_id} to {address}"
