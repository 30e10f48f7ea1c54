"""Every table and column there is: which rows are one person's, and what each says.

Whoever adds a table or a column decides here what becomes of it; a test compares
this with the metadata.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, false, or_, select, tuple_
from sqlalchemy.orm import Session

from domain.audit import AuditEvent
from domain.database import Record
from domain.letters.model import AccessLetter
from domain.logins.address_notices import AddressNotice
from domain.logins.links import Link
from domain.logins.model import Login, ShownPassword
from domain.logins.moves import Move
from domain.outbox import OutboxMessage
from domain.privacy.persons import Person
from domain.record_cards.model import RecordCard
from domain.runs.model import RunRow
from domain.sign_in.model import (
    AttemptCounter,
    CodeTry,
    CountedBy,
    Lockout,
    OneTimeCode,
    PasswordAttempt,
    PendingApp,
    PortalSession,
    RecoveryCode,
    RecoveryRequest,
    SlackLink,
    TrustedDevice,
)
from domain.slack_users import SlackUser


@dataclass(frozen=True)
class Kept:
    """A table with rows of employees.

    `hidden` columns are secrets, or say something of others: that they are there is
    handed out, their content is not. All other columns are handed out.
    """

    record: type[Record]
    hidden: frozenset[str] = frozenset()

    @property
    def table(self) -> Any:
        """The table itself."""
        table: Any = self.record.__table__
        return table


def _kept(record: type[Record], *hidden: str) -> Kept:
    return Kept(record, frozenset(hidden))


KEPT: Final[Sequence[Kept]] = (
    _kept(RecordCard),
    _kept(Login, "password_hash", "sealed_totp_seed", "totp_last_step"),
    _kept(ShownPassword, "sealed_password", "password_hash"),
    _kept(SlackLink),
    _kept(SlackUser),
    _kept(PortalSession, "token_hash", "sign_in_number", "challenge_number"),
    _kept(TrustedDevice, "token_hash"),
    _kept(PasswordAttempt, "name_digest", "wrong_mark"),
    _kept(AttemptCounter, "subject"),
    _kept(Lockout),
    _kept(OneTimeCode, "challenge_number", "code_digest"),
    _kept(CodeTry, "challenge_number"),
    _kept(PendingApp, "sign_in_number", "sealed_seed"),
    _kept(RecoveryCode, "code_digest"),
    _kept(RecoveryRequest),
    _kept(Link, "token_hash"),
    _kept(AccessLetter),
    _kept(AddressNotice, "token_hash"),
    _kept(OutboxMessage, "payload"),
    _kept(RunRow, "sealed_password", "password_hash"),
    _kept(Move),
    _kept(AuditEvent),
)

# Tables that say nothing of an employee, each with the reason.
NOT_PERSONAL: Final[Mapping[str, str]] = {
    "administrator": "who administers, by Slack id, and where their codes go",
    "administrator_branch": "which branches somebody administers",
    "attachment": "files that go along with letters to everybody",
    "audit_seal": "digests over whole days of the log",
    "branch": "settings of a branch",
    "branch_week": "counts per branch",
    "company_rules": "settings of the company",
    "email_template": "words that everybody gets",
    "email_template_version": "words that everybody gets",
    "lockout_alert": "where messages in Slack stand",
    "posted_file": "files of a whole branch, a day long; who is in them is in run_row",
    "reminder": "days on which a mailing is repeated",
    "run": "tasks of a whole branch; who is in them is in run_row",
    "scheduled_tick": "when timed jobs ran",
    "slack_delivery": "ids of what Slack sent, for an hour",
    "staff_list_upload": "sealed lists that wait for half an hour; erasing drops all",
    "step_up": "codes of administrators",
    "word_template": "words that everybody gets",
}


def rows_of(
    session: Session, person: Person
) -> Mapping[type[Record], ColumnElement[bool]]:
    """For each table of `KEPT`, the SQL condition for this person's rows."""
    cards, logins = person.card_ids, person.login_ids
    conditions: dict[type[Record], ColumnElement[bool]] = {
        RecordCard: RecordCard.id.in_(cards),
        Login: Login.id.in_(logins),
        SlackLink: SlackLink.record_card_id.in_(cards),
        SlackUser: _slack_user(session, person),
        PasswordAttempt: _attempts(session, person),
        AttemptCounter: _counters(session, person),
        RecoveryRequest: RecoveryRequest.subject.in_(
            [f"login {login_id}" for login_id in logins]
        ),
        AddressNotice: AddressNotice.record_card_id.in_(cards),
        OutboxMessage: OutboxMessage.payload["record_card_id"].as_integer().in_(cards),
        Move: or_(Move.from_card_id.in_(cards), Move.to_card_id.in_(cards)),
        AuditEvent: or_(
            AuditEvent.record_card_id.in_(cards), AuditEvent.login_id.in_(logins)
        ),
    }
    by_login: tuple[Any, ...] = (
        ShownPassword,
        PortalSession,
        TrustedDevice,
        Lockout,
        OneTimeCode,
        CodeTry,
        PendingApp,
        RecoveryCode,
        Link,
        AccessLetter,
        RunRow,
    )
    return conditions | {
        record: record.login_id.in_(person.login_ids) for record in by_login
    }


def _slack_user(session: Session, person: Person) -> ColumnElement[bool]:
    linked = session.execute(
        select(SlackLink.team_id, SlackLink.user_id).where(
            SlackLink.record_card_id.in_(person.card_ids)
        )
    ).all()
    if not linked:
        return false()
    return tuple_(SlackUser.team_id, SlackUser.user_id).in_([tuple(x) for x in linked])


def _attempts(session: Session, person: Person) -> ColumnElement[bool]:
    """Those of the login, and under the same name while nobody had it."""
    return or_(
        PasswordAttempt.login_id.in_(person.login_ids),
        and_(
            PasswordAttempt.login_id.is_(None),
            PasswordAttempt.name_digest.in_(_digests(session, person)),
        ),
    )


def _digests(session: Session, person: Person) -> Sequence[str]:
    query = select(PasswordAttempt.name_digest).where(
        PasswordAttempt.login_id.in_(person.login_ids)
    )
    return session.scalars(query.distinct()).all()


def _counters(session: Session, person: Person) -> ColumnElement[bool]:
    """Of the logins at any version, of their browsers, and of their names."""
    devices = session.scalars(
        select(TrustedDevice.id).where(TrustedDevice.login_id.in_(person.login_ids))
    ).all()
    numbered = [
        and_(
            AttemptCounter.counted_by == counted_by,
            AttemptCounter.subject.startswith(f"{number}."),
        )
        for counted_by, numbers in (
            (CountedBy.LOGIN, person.login_ids),
            (CountedBy.DEVICE, devices),
        )
        for number in numbers
    ]
    named = and_(
        AttemptCounter.counted_by == CountedBy.NAME,
        AttemptCounter.subject.in_(_digests(session, person)),
    )
    return or_(named, *numbered)
