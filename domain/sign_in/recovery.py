"""A forgotten password: asking for a link, on the sign-in page and in Slack.

Asking only leaves a sealed row in the outbox, the same for every name, so that
nothing tells from outside whether somebody has a login. `recovery_letters` looks it up
later; `link_use` is what the link opens.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from domain import outbox
from domain.record_cards.model import RecordCardId
from domain.secret import Keyring, Secret
from domain.sign_in import recovery_limits
from domain.sign_in.gate import Visit
from domain.sign_in.link_use import LinkView, UseKind, UseOutcome, open_link, use_link
from domain.sign_in.tools import SignInTools
from domain.slack_users import SlackIdentity

__all__ = [
    "LinkView",
    "UseKind",
    "UseOutcome",
    "open_link",
    "request_link",
    "request_link_by_number",
    "request_link_in_slack",
    "use_link",
]

KIND: Final = "link_request"
PURPOSE: Final = "link request"
# The longest user name, and the longest personnel number in any writing.
_LONGEST: Final = 254


class AskedBy(StrEnum):
    """By what somebody says whose password it is."""

    USER_NAME = "user_name"
    NUMBER = "number"
    CARD = "card"


@dataclass(frozen=True)
class LinkRequest:
    """What was asked: by which word, and by whom when it was in Slack."""

    by: AskedBy
    word: Secret
    identity: SlackIdentity | None = None


def request_link(
    tools: SignInTools, user_name: str, *, visit: Visit, now: datetime
) -> None:
    """Ask for a link for whoever has this user name, if anybody has.

    Nothing comes back, and known and unknown names cost the same. From one network
    20 requests an hour are taken, later ones are dropped in silence.
    """
    subject = recovery_limits.subject_of_network(visit.address, tools.keyring)
    request = LinkRequest(AskedBy.USER_NAME, Secret(user_name))
    with tools.transaction() as session:
        _queue(session, request, subject, tools.keyring, now)


def request_link_in_slack(
    session: Session,
    record_card_id: RecordCardId,
    identity: SlackIdentity,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Ask for a link for the card that this person is linked to."""
    request = LinkRequest(AskedBy.CARD, Secret(str(record_card_id)), identity)
    subject = recovery_limits.subject_of_slack(identity)
    _queue(session, request, subject, keyring, now)


def request_link_by_number(
    session: Session,
    number: str,
    identity: SlackIdentity,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Ask for a link for the card with this personnel number, if there is one.

    Right and wrong numbers cost the same. Using the link links this person in Slack
    to the card.
    """
    request = LinkRequest(AskedBy.NUMBER, Secret(number), identity)
    subject = recovery_limits.subject_of_slack(identity)
    _queue(session, request, subject, keyring, now)


def _queue(
    session: Session,
    request: LinkRequest,
    subject: str,
    keyring: Keyring,
    now: datetime,
) -> None:
    if not recovery_limits.count_asker(session, subject, now=now):
        return
    # What is longer than any name is nobody's, whatever is left of it.
    text = request.word.reveal()[: _LONGEST + 1].encode(errors="replace").decode()
    payload = {
        "by": request.by.value,
        "sealed_word": keyring.seal(Secret(text), purpose=PURPOSE),
    }
    if request.identity is not None:
        payload |= {
            "team_id": request.identity.team_id,
            "user_id": request.identity.user_id,
        }
    outbox.queue(session, KIND, payload, now=now)
