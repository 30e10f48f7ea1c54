"""Codes by mail: sent, replaced, compared, used up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from domain import masking
from domain.letters.queueing import LetterKind, queue_letter
from domain.logins.model import Login
from domain.logins.recipients import recipient_of
from domain.record_cards.model import RecordCard
from domain.secret import Keyring, Secret
from domain.sign_in import code_tries
from domain.sign_in.model import OneTimeCode
from domain.sign_in.one_time_codes import new_mail_code

LIFE: Final = timedelta(minutes=10)
MAILS_WITHIN: Final = timedelta(minutes=15)
MAILS_AT_MOST: Final = 3
_KEPT_FOR: Final = timedelta(days=1)
_SIGN_IN: Final = "sign_in"


class SendKind(StrEnum):
    """Whether a code went out."""

    SENT = "sent"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class SendOutcome:
    """`address` as `j•••@example.nl`; `retry_after` when there were too many."""

    kind: SendKind
    address: str
    retry_after: timedelta | None = None


def send(
    session: Session,
    login: Login,
    card: RecordCard,
    challenge_number: str,
    *,
    keyring: Keyring,
    now: datetime,
) -> SendOutcome:
    """Queue a letter with a new code for this challenge, which replaces the old one.

    At most three in 15 minutes per login, whatever the challenge: more would be a way
    to fill somebody's mailbox. Codes of other challenges stay as they are, or whoever
    has the password could make the owner's code useless.
    """
    address = masking.masked(card.email or login.user_name)
    login = _hold(session, login.id)
    # A code that would not be compared any more today is not worth a letter.
    tries = code_tries.look(session, login.id, challenge_number, now=now)
    retry_after = tries.retry_after or wait(session, login.id, now=now)
    if retry_after is not None:
        return SendOutcome(SendKind.TOO_MANY, address, retry_after)
    code = new_mail_code()
    end(session, challenge_number, now=now)
    purpose = _purpose(login.id, challenge_number, login.credential_version)
    session.add(
        OneTimeCode(
            login_id=login.id,
            challenge_number=challenge_number,
            purpose=_SIGN_IN,
            code_digest=keyring.digest(code, purpose=purpose),
            credential_version=login.credential_version,
            sent_at=now,
            expires_at=now + LIFE,
        )
    )
    queue_letter(
        session,
        LetterKind.CODE,
        recipient_of(login),
        values={"code": code},
        keyring=keyring,
        now=now,
        good_until=now + LIFE,
    )
    return SendOutcome(SendKind.SENT, address)


def use(
    session: Session,
    login: Login,
    challenge_number: str,
    code: Secret,
    *,
    keyring: Keyring,
    now: datetime,
) -> bool:
    """Whether this is the code of this challenge; it works once, also at once."""
    sent = waiting(session, login, challenge_number, now=now)
    if sent is None:
        return False
    purpose = _purpose(login.id, challenge_number, sent.credential_version)
    if not keyring.matches(sent.code_digest, code, purpose=purpose):
        return False
    used = session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.id == sent.id, OneTimeCode.ended_at.is_(None))
        .values(ended_at=now)
        .returning(OneTimeCode.id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(used)


def waiting(
    session: Session, login: Login, challenge_number: str, *, now: datetime
) -> OneTimeCode | None:
    """The code that this challenge can be met with, if one was sent."""
    return session.scalars(
        select(OneTimeCode)
        .where(
            OneTimeCode.login_id == login.id,
            OneTimeCode.challenge_number == challenge_number,
            OneTimeCode.purpose == _SIGN_IN,
            OneTimeCode.credential_version == login.credential_version,
            OneTimeCode.ended_at.is_(None),
            OneTimeCode.expires_at > now,
        )
        .order_by(OneTimeCode.id.desc())
        .limit(1)
    ).first()


def end(session: Session, challenge_number: str, *, now: datetime) -> None:
    """Let no code of this challenge work any more."""
    session.execute(
        update(OneTimeCode)
        .where(
            OneTimeCode.challenge_number == challenge_number,
            OneTimeCode.ended_at.is_(None),
        )
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )


def forget_old(session: Session, *, now: datetime) -> None:
    """Wipe what is kept of the codes of yesterday."""
    session.execute(delete(OneTimeCode).where(OneTimeCode.sent_at <= now - _KEPT_FOR))


def _hold(session: Session, login_id: int) -> Login:
    """The login with its card: of many who ask, each sees what others had sent."""
    return session.scalars(
        select(Login)
        .where(Login.id == login_id)
        .options(joinedload(Login.record_card))
        .with_for_update(of=Login, key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def wait(session: Session, login_id: int, *, now: datetime) -> timedelta | None:
    """How long until there may be another letter; None when there may be one now."""
    sent, oldest = session.execute(
        select(func.count(), func.min(OneTimeCode.sent_at)).where(
            OneTimeCode.login_id == login_id,
            OneTimeCode.sent_at > now - MAILS_WITHIN,
        )
    ).one()
    return None if sent < MAILS_AT_MOST else oldest + MAILS_WITHIN - now


def _purpose(login_id: int, challenge_number: str, credential_version: int) -> str:
    return f"code of login {login_id}, {challenge_number}, version {credential_version}"
