"""Letters that did not arrive: for `sleutelbos check`, and for managers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from domain import outbox
from domain.administrators import managers
from domain.letters.kinds import CONTENTS, NOTICE_LIFE, LetterKind
from domain.letters.queueing import KIND
from domain.letters.refusals import OVERTAKEN
from domain.outbox import OutboxMessage

# The outbox kind of the notice to a manager.
NOTICE: Final = "undelivered_letters"
BETWEEN_NOTICES: Final = timedelta(days=1)
_MOST_NAMED: Final = 20
_MOST_READ: Final = 5000


@dataclass(frozen=True)
class Waiting:
    """Letters that have yet to go out; `code` says what keeps the oldest."""

    count: int
    since: datetime
    code: str | None


@dataclass(frozen=True)
class Reason:
    """How many letters were given up for one reason, and since when."""

    code: str
    count: int
    earliest_at: datetime


@dataclass(frozen=True)
class Unreached:
    """Somebody who did not get a letter, and why."""

    record_card_id: int
    code: str


@dataclass(frozen=True)
class Undelivered:
    """What a manager is told: whom letters did not reach.

    `others` are as many more people, `late` counts codes and links that would have
    come too late.
    """

    named: tuple[Unreached, ...]
    others: int
    late: int

    @classmethod
    def from_payload(cls, payload: Any) -> "Undelivered":
        """Read what `tell_managers` left in the outbox."""
        named = tuple(Unreached(**each) for each in payload["named"])
        return cls(named, payload["others"], payload["late"])


def find_waiting(session: Session) -> Waiting | None:
    """The letters that wait, or None when there are none."""
    is_waiting = and_(OutboxMessage.kind == KIND, OutboxMessage.ended_at.is_(None))
    count = session.scalar(select(func.count()).where(is_waiting)) or 0
    oldest = session.execute(
        select(OutboxMessage.queued_at, OutboxMessage.last_error)
        .where(is_waiting)
        .order_by(OutboxMessage.queued_at, OutboxMessage.id)
        .limit(1)
    ).first()
    return Waiting(count, *oldest) if oldest else None


def count_by_reason(session: Session, *, since: datetime) -> Sequence[Reason]:
    """The letters given up since then, by reason, the most frequent first."""
    count = func.count()
    rows = session.execute(
        select(OutboxMessage.last_error, count, func.min(OutboxMessage.ended_at))
        .where(_is_dead(since))
        .group_by(OutboxMessage.last_error)
        .order_by(count.desc(), OutboxMessage.last_error)
    )
    return [
        Reason(code, number, first) for code, number, first in rows if code and first
    ]


def tell_managers(session: Session, *, now: datetime) -> int:
    """Queue a notice to each manager about letters given up since the last one.

    At most one a day, and none when nobody has to do anything about it. Gives how
    many notices.
    """
    last = session.scalar(
        select(func.max(OutboxMessage.queued_at)).where(OutboxMessage.kind == NOTICE)
    )
    if last is not None and now < last + BETWEEN_NOTICES:
        return 0
    untold = _find_untold(session, since=now - outbox.KEPT_FOR)
    found = _summary([(row.payload, row.last_error or "") for row in untold])
    if not found.named:
        return 0
    for row in untold:
        row.payload = row.payload | {"told": True}
    told = managers(session)
    for manager in told:
        payload = asdict(found) | {
            "team_id": manager.team_id,
            "user_id": manager.user_id,
        }
        outbox.queue(session, NOTICE, payload, now=now)
    return len(told)


def _find_untold(session: Session, *, since: datetime) -> Sequence[OutboxMessage]:
    """By a mark and not by time: transactions end in another order than they began."""
    rows = session.scalars(
        select(OutboxMessage)
        .where(_is_dead(since))
        .order_by(OutboxMessage.ended_at.desc(), OutboxMessage.id.desc())
        .limit(_MOST_READ)
    )
    return [row for row in rows if "told" not in row.payload]


def _summary(letters: Sequence[tuple[Any, str]]) -> Undelivered:
    late = 0
    people: dict[int | None, str] = {}
    for payload, code in letters:
        if _was_late(payload):
            late += 1
        # A test of a template is missed by who sent it.
        elif payload["letter"] != LetterKind.TEMPLATE_TEST:
            people.setdefault(payload["record_card_id"], code)
    named = [Unreached(card, code) for card, code in people.items() if card is not None]
    unknown = len(people) - len(named)
    shown = tuple(named[:_MOST_NAMED])
    return Undelivered(shown, len(named) - len(shown) + unknown, late)


def _was_late(payload: Any) -> bool:
    """A code or link of which nobody needs to hear: who asked, asks again."""
    life = CONTENTS[LetterKind(payload["letter"])].life
    return bool(payload.get("expired")) and life < NOTICE_LIFE


def _is_dead(since: datetime) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.kind == KIND,
        OutboxMessage.ended_at > since,
        OutboxMessage.delivered.is_(False),
        OutboxMessage.last_error.is_not(None),
        # Another one went out in its place.
        OutboxMessage.last_error != OVERTAKEN,
    )
