"""What every way to a new password has in common: whose it is, judging it, writing it.

Own choice at the first sign-in, a change on the security page, a link in a letter.
Between reading and writing a hash is computed, outside any transaction; the writing is
conditional on the credential version that was read.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import EMPLOYEE
from domain.audit import AuditAct, Concerning
from domain.branches import Branch
from domain.letters.queueing import LetterKind, queue_letter
from domain.logins import holding
from domain.logins.model import Login, LoginId, PasswordKind
from domain.logins.recipients import recipient_of
from domain.record_cards.model import RecordCard
from domain.secret import Keyring, Secret
from domain.sign_in.gate import Verdict, Way, may_authenticate
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.own_words import words_of
from domain.sign_in.password_rules import Judgement, judge


@dataclass(frozen=True)
class Owner:
    """Whose password is to change, as it was when it was read."""

    login_id: LoginId
    first_name: str
    user_name: str
    credential_version: int
    password_hash: str | None = field(repr=False)
    is_initial: bool
    words: frozenset[str] = field(repr=False)


def read_owner(
    session: Session, login_id: int, way: Way, *, company: str, now: datetime
) -> Owner | None:
    """The owner, if the gate lets them in this way; None otherwise."""
    row = session.execute(
        select(Login, RecordCard, Branch.name)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .where(Login.id == login_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return None
    login, card, branch_name = row
    if may_authenticate(login, card, way, now=now) is not Verdict.OPEN:
        return None
    return Owner(
        login_id=LoginId(login.id),
        first_name=card.first_name or card.full_name,
        user_name=login.user_name,
        credential_version=login.credential_version,
        password_hash=login.password_hash,
        is_initial=login.password_kind is PasswordKind.INITIAL,
        words=_words(login, card, branch_name, company),
    )


def judge_for(owner: Owner, new: Secret) -> Judgement:
    """Judge by the rules; whether it is the present one takes a hash, asked later."""
    return judge(new, words=owner.words)


def equals_initial(hashing: HashingSlots, owner: Owner, new: Secret) -> bool:
    """Whether it is the initial password, in any spelling: no hyphens, in capitals.

    One's own is never compared here: that would be guessing at it, uncounted.
    Computes a hash, so outside any transaction; raises HashingBusyError.
    """
    if owner.password_hash is None or not owner.is_initial:
        return False
    return hashing.verify(new, owner.password_hash, is_initial=True)


def write(
    session: Session, owner: Owner, password_hash: str, way: Way, *, now: datetime
) -> Login | None:
    """Make it the password; None when the login is not what was read any more.

    Raising the credential version ends sessions, links and codes.
    """
    login = holding.hold(session, owner.login_id)
    if login is None:
        return None
    verdict = may_authenticate(login, login.record_card, way, now=now)
    if verdict is not Verdict.OPEN:
        return None
    written = session.execute(
        update(Login)
        .where(
            Login.id == owner.login_id,
            Login.credential_version == owner.credential_version,
        )
        .values(
            password_hash=password_hash,
            password_kind=PasswordKind.OWN,
            password_set_at=now,
            initial_password_expires_at=None,
            credential_version=Login.credential_version + 1,
        )
        .returning(Login.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return None if written is None else holding.read(session, owner.login_id)


def tell(
    session: Session, login: Login, by: Way, *, keyring: Keyring, now: datetime
) -> None:
    """Write the event and queue the letter about a password that was chosen."""
    card = login.record_card
    concerning = Concerning(
        branch_id=card.branch_id,
        record_card_id=card.id,
        login_id=login.id,
        details={"by": by.value},
    )
    audit.record(session, AuditAct.PASSWORD_CHOSEN, concerning, actor=EMPLOYEE, now=now)
    to = recipient_of(login)
    queue_letter(session, LetterKind.PASSWORD_CHANGED, to, keyring=keyring, now=now)


def _words(
    login: Login, card: RecordCard, branch_name: str, company: str
) -> frozenset[str]:
    return words_of(
        (
            card.first_name,
            card.prefix,
            card.last_name,
            card.number,
            card.job_title,
            card.street,
            card.city,
            card.email,
            login.user_name,
            branch_name,
            company,
        )
    )
