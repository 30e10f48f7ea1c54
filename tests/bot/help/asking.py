"""What employees ask for in Slack, read where it waits, and how they are linked."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from domain.audit import AuditAct
from domain.letters.queueing import KIND as LETTER
from domain.letters.queueing import QueuedLetter, open_letter
from domain.logins.model import LoginId, LoginState
from domain.outbox import OutboxMessage
from domain.record_cards.model import RecordCardId
from domain.sign_in import recovery, recovery_letters
from domain.sign_in.model import SlackLink
from sandbox.slack import Person
from tests.bot.in_slack import Company

MOS_CARD = {
    "number": "00104",
    "first_name": "Mo",
    "last_name": "Mulder",
    "email": "mo.mulder@example.nl",
}


@dataclass(frozen=True)
class Request:
    """What waits for the worker: by which word, and who asked in Slack."""

    by: str
    word: str
    user_id: str


def requests(company: Company) -> list[Request]:
    """Everything that was asked for and is not answered yet, oldest first."""
    keyring = company.office.keyring
    return [
        Request(
            by=payload["by"],
            word=keyring.open(
                payload["sealed_word"], purpose=recovery.PURPOSE
            ).reveal(),
            user_id=payload["user_id"],
        )
        for payload in _waiting(company, recovery.KIND)
    ]


def answer_requests(company: Company) -> None:
    """Do what the worker does with them."""
    office = company.office
    while recovery_letters.answer_next(
        office.database.transaction, office.keyring, office.clock
    ):
        pass


def letters(company: Company) -> list[QueuedLetter]:
    """Every letter that waits to be sent, once the requests are answered."""
    answer_requests(company)
    with company.office.database.reading() as session:
        kind = OutboxMessage.kind == LETTER
        rows = session.scalars(select(OutboxMessage).where(kind).order_by("id"))
        return [open_letter(row, keyring=company.office.keyring) for row in rows]


def link(company: Company, person: Person, login_id: LoginId) -> RecordCardId:
    """Tie a person in Slack to a card, as choosing a password by letter does."""
    card_id = company.cards.login(login_id).record_card_id
    with company.office.database.transaction() as session:
        session.add(
            SlackLink(
                team_id=company.slack.team_id,
                user_id=person.id,
                record_card_id=card_id,
                linked_at=company.office.clock(),
            )
        )
    return RecordCardId(card_id)


def add_mos_login(
    company: Company, state: LoginState = LoginState.ACTIVE, **given: Any
) -> LoginId:
    """Mo's card 00104 and its login."""
    return company.cards.add_login(state, card=MOS_CARD, **given)


def times_asked(company: Company) -> int:
    """How often the audit log says that a link was asked for."""
    return len(company.cards.events(AuditAct.LINK_ASKED_FOR))


def _waiting(company: Company, kind: str) -> list[Any]:
    with company.office.database.reading() as session:
        query = select(OutboxMessage).where(
            OutboxMessage.kind == kind, OutboxMessage.ended_at.is_(None)
        )
        return [row.payload for row in session.scalars(query.order_by("id"))]
