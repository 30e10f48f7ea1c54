"""Letters that hand out a way in: queued with their trace, which tells what became."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from domain import outbox
from domain.actor import Actor
from domain.letters.kinds import CONTENTS, LetterKind
from domain.letters.model import AccessLetter, LetterOutcome
from domain.letters.queueing import KIND, Recipient, payload_of
from domain.letters.refusals import OVERTAKEN
from domain.letters.template_wording import HandsOver
from domain.outbox import OutboxMessage
from domain.permissions import Act, require
from domain.secret import Keyring, Secret

KEPT_FOR: Final = timedelta(days=180)
_VALUES: Final = {HandsOver.LINK: "token", HandsOver.PASSWORD: "password"}


@dataclass(frozen=True)
class Access:
    """A letter of access to be queued.

    `secret` is the token of a link, or the password. `credential_version` is what
    the login has once it is its own; both happen in one transaction.
    """

    login_id: int
    to: Recipient
    name: str
    branch: str
    user_name: str
    secret: Secret
    hands_over: HandsOver
    valid_until: datetime
    credential_version: int
    run_row_id: int | None = None


def queue_access_letters(
    session: Session,
    letters: Sequence[Access],
    template_version_id: int,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Let them go out after the commit, in the words of this version.

    Two statements, however many they are. Each makes sense as long as what it hands
    out, and is tried for 48 hours at most.
    """
    if not letters:
        return
    longest = now + CONTENTS[LetterKind.ACCESS].life
    messages = [
        (
            _payload(letter, template_version_id, keyring),
            min(letter.valid_until, longest),
        )
        for letter in letters
    ]
    message_ids = outbox.queue_many(session, KIND, messages, now=now)
    rows = [
        {
            "login_id": letter.login_id,
            "run_row_id": letter.run_row_id,
            "template_version_id": template_version_id,
            "message_id": message_id,
            "credential_version": letter.credential_version,
            "queued_at": now,
        }
        for letter, message_id in zip(letters, message_ids, strict=True)
    ]
    session.execute(insert(AccessLetter), rows)


def _payload(
    letter: Access, template_version_id: int, keyring: Keyring
) -> dict[str, Any]:
    values: dict[str, Secret | str] = {
        "first_name": letter.to.first_name,
        "name": letter.name,
        "branch": letter.branch,
        "user_name": letter.user_name,
        "valid_until": letter.valid_until.isoformat(),
        _VALUES[letter.hands_over]: letter.secret,
    }
    return payload_of(
        LetterKind.ACCESS,
        letter.to,
        values=values,
        keyring=keyring,
        template_version_id=template_version_id,
    )


def follow(session: Session, message: OutboxMessage) -> None:
    """Write down what became of a letter, in the transaction that settles it."""
    stands = session.execute(
        select(
            OutboxMessage.ended_at, OutboxMessage.delivered, OutboxMessage.last_error
        ).where(OutboxMessage.id == message.id)
    ).one()
    session.execute(
        update(AccessLetter)
        .where(AccessLetter.message_id == message.id)
        .values(
            outcome=_outcome(stands.ended_at, stands.delivered, stands.last_error),
            error_code=stands.last_error,
            ended_at=stands.ended_at,
            message_id=message.id if stands.ended_at is None else None,
        )
        .execution_options(synchronize_session=False)
    )


def _outcome(
    ended_at: datetime | None, delivered: bool, code: str | None
) -> LetterOutcome:
    if ended_at is None:
        return LetterOutcome.QUEUED
    if delivered:
        return LetterOutcome.SENT
    return LetterOutcome.OVERTAKEN if code == OVERTAKEN else LetterOutcome.FAILED


def last_letter(session: Session, login_id: int) -> AccessLetter | None:
    """The newest letter of access that was queued for a login, or None."""
    return session.scalars(
        select(AccessLetter)
        .where(AccessLetter.login_id == login_id)
        .order_by(AccessLetter.queued_at.desc(), AccessLetter.id.desc())
        .limit(1)
    ).one_or_none()


def forget_old(session: Session, before: datetime, *, limit: int, actor: Actor) -> int:
    """Drop what is known of letters that ended before then; how many."""
    require(actor, Act.APPLY_RETENTION)
    some = select(AccessLetter.id).where(AccessLetter.ended_at < before)
    dropped = session.scalars(
        delete(AccessLetter)
        .where(AccessLetter.id.in_(some.order_by(AccessLetter.id).limit(limit)))
        .returning(AccessLetter.id)
        .execution_options(synchronize_session=False)
    )
    return len(dropped.all())
