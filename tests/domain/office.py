"""The fixed cast of the tests: three branches, three administrators, their staff."""

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from domain import administrators, branches
from domain.actor import OPERATOR, AccountType, Actor, BranchId
from domain.appointments import appointing, notices
from domain.audit import AuditAct, AuditEvent
from domain.database import Database
from domain.logins.model import Login, LoginId, LoginState, PasswordKind
from domain.outbox import OutboxMessage
from domain.record_cards import fields
from domain.record_cards.model import RecordCard, RecordCardId
from domain.slack_users import SlackIdentity, SlackProfile

TEAM = "T0OFFICE"
HANNA = SlackIdentity(TEAM, "U0HANNA")
BRAM = SlackIdentity(TEAM, "U0BRAM")
URSULA = SlackIdentity(TEAM, "U0URSULA")
_WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


def member(name: str) -> SlackProfile:
    """What Slack says of a plain member who speaks Dutch."""
    return SlackProfile(
        name,
        "nl-NL",
        is_bot=False,
        is_deleted=False,
        is_guest=False,
        is_outsider=False,
        is_workspace_owner=False,
    )


@dataclass
class Office:
    """A company with three branches and the people who administer it.

    Hanna is the manager; Bram is the branch manager of Utrecht and Ursula its user.
    """

    database: Database
    now: datetime
    amsterdam: BranchId
    utrecht: BranchId
    rotterdam: BranchId
    hanna: Actor
    bram: Actor
    ursula: Actor
    _numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def card_values(self, **given: Any) -> dict[str, Any]:
        """The columns of a card: whatever is given, the rest made up.

        `email=None` is a card without address, `branch_id` is Utrecht unless given.
        """
        number = given.get("number") or f"{next(self._numbers):05}"
        values = {
            "number": number,
            "first_name": "Jan",
            "prefix": None,
            "last_name": f"Jansen {number}",
            "email": f"j{number}@example.nl",
            "branch_id": self.utrecht,
            "end_on": None,
        } | given
        email = values["email"]
        names = (values["last_name"], values["first_name"], values["prefix"])
        return values | {
            "number_key": fields.number_key(number),
            "name_key": fields.card_name_key(*names, number),
            "email_key": fields.email_key(email) if email else None,
            "created_at": self.now,
            "changed_at": self.now,
        }

    def add_card(self, **given: Any) -> RecordCardId:
        """One more record card; see `card_values`."""
        with self.database.transaction() as session:
            card = RecordCard(**self.card_values(**given))
            session.add(card)
            session.flush()
            return RecordCardId(card.id)

    def add_login(
        self,
        state: LoginState = LoginState.ACTIVE,
        *,
        card: dict[str, Any] | None = None,
        **given: Any,
    ) -> LoginId:
        """One more card with a login; `card` for the card, the rest for the login."""
        card_id = self.add_card(**(card or {}))
        with self.database.transaction() as session:
            record_card = session.get_one(RecordCard, card_id)
            values = {
                "record_card_id": card_id,
                "user_name": record_card.email,
                "user_name_key": record_card.email_key,
                "state": state,
                "password_kind": PasswordKind.NONE,
                "created_at": self.now,
            } | given
            login = Login(**values)
            session.add(login)
            session.flush()
            return LoginId(login.id)

    def add_logins(self, count: int) -> list[LoginId]:
        """So many active logins at once, in one transaction."""
        with self.database.transaction() as session:
            cards = [RecordCard(**self.card_values()) for _ in range(count)]
            session.add_all(cards)
            session.flush()
            logins = [
                Login(
                    record_card_id=card.id,
                    user_name=card.email,
                    user_name_key=card.email_key,
                    state=LoginState.ACTIVE,
                    password_kind=PasswordKind.NONE,
                    created_at=self.now,
                )
                for card in cards
            ]
            session.add_all(logins)
            session.flush()
            return [LoginId(login.id) for login in logins]

    def change_card(self, card_id: RecordCardId, **values: Any) -> None:
        """What an import would have changed on a card."""
        with self.database.transaction() as session:
            session.execute(
                update(RecordCard).where(RecordCard.id == card_id).values(**values)
            )

    def login(self, login_id: LoginId) -> Login:
        """The login as it stands in the database."""
        with self.database.reading() as session:
            return session.get_one(Login, login_id)

    def login_of(self, card_id: RecordCardId) -> Login | None:
        """The login of a card, or None."""
        with self.database.reading() as session:
            return session.scalars(
                select(Login).where(Login.record_card_id == card_id)
            ).one_or_none()

    def card(self, card_id: RecordCardId) -> RecordCard:
        """The card as it stands in the database."""
        with self.database.reading() as session:
            return session.get_one(RecordCard, card_id)

    def events(self, *acts: AuditAct) -> list[AuditEvent]:
        """The audit log in order; only these acts when any are named."""
        with self.database.reading() as session:
            query = select(AuditEvent).order_by(AuditEvent.id)
            if acts:
                query = query.where(AuditEvent.act.in_(acts))
            return list(session.scalars(query))

    def somebody_waits_for_a_lock(self) -> bool:
        """Whether another connection waits; SQLite tells nobody, so it says yes."""
        if self.database.is_sqlite:
            return True
        with self.database.engine.connect() as connection:
            return bool(connection.scalar(text(_WAITING)))


def furnish(database: Database, now: datetime) -> Office:
    """The three branches and the three administrators, in an empty database."""
    with database.transaction() as session:
        names = ("Amsterdam", "Utrecht", "Rotterdam")
        ids = branches.ensure(session, names, actor=OPERATOR, now=now)
        utrecht = [ids["utrecht"]]
        return Office(
            database,
            now,
            ids["amsterdam"],
            ids["utrecht"],
            ids["rotterdam"],
            hanna=_appoint(session, HANNA, AccountType.MANAGER, [], now),
            bram=_appoint(session, BRAM, AccountType.BRANCH_MANAGER, utrecht, now),
            ursula=_appoint(session, URSULA, AccountType.USER, utrecht, now),
        )


def _appoint(
    session: Session,
    identity: SlackIdentity,
    account_type: AccountType,
    branch_ids: list[BranchId],
    now: datetime,
) -> Actor:
    appointing.appoint(
        session, identity, account_type, branch_ids, actor=OPERATOR, now=now
    )
    forget_notices(session)
    actor = administrators.find_actor(session, identity)
    assert actor is not None
    return actor


def forget_notices(session: Session) -> None:
    """Tell nobody who was appointed: the cast is there when a test begins."""
    told = delete(OutboxMessage).where(OutboxMessage.kind == notices.KIND)
    session.execute(told)


def day(text: str) -> date:
    """A day written as 2026-11-20."""
    return date.fromisoformat(text)
