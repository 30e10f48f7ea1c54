"""Asking for links, reading letters, and following links, as tests speak of it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import select

from domain.letters import queueing
from domain.letters.kinds import LetterKind
from domain.letters.queueing import QueuedLetter
from domain.logins import links
from domain.logins.links import Link, LinkPurpose
from domain.logins.model import LoginId
from domain.outbox import OutboxMessage
from domain.record_cards.model import RecordCardId
from domain.secret import Secret
from domain.sign_in import recovery, recovery_letters, slack_links
from domain.sign_in.recovery import LinkView, UseOutcome
from domain.slack_users import SlackIdentity
from tests.domain.office import TEAM
from tests.domain.sign_in.people import HOME, NAME, SignInDesk

NEW = Secret("zwaluwen boven de dijk")
ANOTHER = Secret("dertien groene gieters")
ANNA_IN_SLACK = SlackIdentity(TEAM, "U0ANNA")
MALLORY = SlackIdentity(TEAM, "U0MALLORY")


def ask(desk: SignInDesk, name: str = NAME, visit=HOME) -> None:
    """Press *Wachtwoord vergeten* on the sign-in page."""
    recovery.request_link(desk.tools, name, visit=visit, now=desk.clock())


def ask_by_number(desk: SignInDesk, number: str, identity=ANNA_IN_SLACK) -> None:
    """Type a personnel number in Slack."""
    with desk.tools.transaction() as session:
        recovery.request_link_by_number(
            session, number, identity, keyring=desk.tools.keyring, now=desk.clock()
        )


def ask_linked(desk: SignInDesk, card_id: RecordCardId, identity=ANNA_IN_SLACK) -> None:
    """Ask as a person in Slack who is linked to a card."""
    with desk.tools.transaction() as session:
        recovery.request_link_in_slack(
            session, card_id, identity, keyring=desk.tools.keyring, now=desk.clock()
        )


def work(desk: SignInDesk) -> int:
    """Let the worker answer what waits; gives how many there were."""
    count = 0
    while recovery_letters.answer_next(
        desk.tools.transaction, desk.tools.keyring, desk.clock
    ):
        count += 1
    return count


def waiting(desk: SignInDesk) -> list[OutboxMessage]:
    """The requests in the outbox, answered ones included."""
    with desk.office.database.reading() as session:
        query = select(OutboxMessage).where(OutboxMessage.kind == recovery.KIND)
        return list(session.scalars(query.order_by(OutboxMessage.id)))


def letters(desk: SignInDesk, *kinds: LetterKind) -> list[QueuedLetter]:
    """The letters that were queued, of these kinds when any are named."""
    with desk.office.database.reading() as session:
        query = select(OutboxMessage).where(OutboxMessage.kind == queueing.KIND)
        found = [
            queueing.open_letter(message, keyring=desk.tools.keyring)
            for message in session.scalars(query.order_by(OutboxMessage.id))
        ]
    return [letter for letter in found if not kinds or letter.kind in kinds]


def token(desk: SignInDesk, name: str = NAME) -> str:
    """Ask for a link, and take the token out of the letter."""
    ask(desk, name)
    work(desk)
    letter = letters(desk, LetterKind.RECOVERY_LINK)[-1]
    return letter.values["token"].reveal()


def look(desk: SignInDesk, text: str) -> LinkView | None:
    """Open a link, as a person or a mail scanner does."""
    return recovery.open_link(desk.tools, text, now=desk.clock())


def use(desk: SignInDesk, text: str, new: Secret = NEW, visit=HOME) -> UseOutcome:
    """Send a new password with a link."""
    return recovery.use_link(desk.tools, text, new, visit=visit, now=desk.clock())


def linked_to(desk: SignInDesk, identity: SlackIdentity = ANNA_IN_SLACK) -> int | None:
    """The card to which a person in Slack is linked, or None."""
    with desk.office.database.reading() as session:
        found = slack_links.find_card(session, identity)
        return found.card.id if found else None


def card_of(desk: SignInDesk, login_id: LoginId) -> RecordCardId:
    """The record card of a login."""
    return RecordCardId(desk.office.login(login_id).record_card_id)


def together(times: int, act: Callable[[int], Any]) -> list[Any]:
    """Do it so many times at the same moment, each with its number."""
    start = threading.Barrier(times)

    def one(number: int) -> Any:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def token_by_number(
    desk: SignInDesk, number: str = "00417", identity: SlackIdentity = ANNA_IN_SLACK
) -> str:
    """Ask for a link in Slack, and take the token out of the letter."""
    ask_by_number(desk, number, identity)
    work(desk)
    return letters(desk, LetterKind.RECOVERY_LINK)[-1].values["token"].reveal()


def made(desk: SignInDesk, login_id: LoginId, **given: Any) -> str:
    """A link that is made without a letter."""
    with desk.tools.transaction() as session:
        link = links.make_link(
            session, login_id, LinkPurpose.RECOVERY, now=desk.clock(), **given
        )
    return link.token.reveal()


def link_rows(desk: SignInDesk) -> list[Link]:
    """Every link, in order."""
    with desk.office.database.reading() as session:
        return list(session.scalars(select(Link).order_by(Link.id)))
