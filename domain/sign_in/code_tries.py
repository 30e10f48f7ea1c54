"""How many codes were compared for a login: five in a challenge, fifty in 24 hours.

A counter of its own: nothing clears it, no right code, no reset, no *Activeer*. There
is no stop for ever after some number of them (decided against): whoever types wrong
codes has the password, and a new password ends that, while a stop would be a second
lock that the owner of the login did not earn and no screen lifts. Fifty tries at three
valid codes in a million are one chance in 6,667 a day. From ten wrong ones in 24 hours
on, the employee is told by letter, so that the new password comes long before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from domain.sign_in.model import CodeTry

IN_A_CHALLENGE: Final = 5
IN_A_DAY: Final = 50
DAY: Final = timedelta(hours=24)
TOLD_FROM: Final = 10


@dataclass(frozen=True)
class Tries:
    """What is left in this challenge; `retry_after` when the day has none left.

    `wrong_today` is how many were wrong in the last 24 hours.
    """

    left: int
    wrong_today: int
    retry_after: timedelta | None


def look(
    session: Session, login_id: int, challenge_number: str, *, now: datetime
) -> Tries:
    """How many codes may still be compared. Exact while the login is held."""
    tried = session.execute(
        select(CodeTry.at, CodeTry.challenge_number, CodeTry.was_right)
        .where(CodeTry.login_id == login_id, CodeTry.at > now - DAY)
        .order_by(CodeTry.at)
    ).all()
    here = sum(row.challenge_number == challenge_number for row in tried)
    is_blocked = len(tried) >= IN_A_DAY
    return Tries(
        left=max(IN_A_CHALLENGE - here, 0),
        wrong_today=sum(not row.was_right for row in tried),
        retry_after=tried[-IN_A_DAY].at + DAY - now if is_blocked else None,
    )


def reserve(
    session: Session, login_id: int, challenge_number: str, *, now: datetime
) -> CodeTry:
    """Count a code that is about to be compared; the login is held."""
    counted = CodeTry(login_id=login_id, challenge_number=challenge_number, at=now)
    session.add(counted)
    session.flush()
    return counted


def forget_old(session: Session, *, now: datetime) -> None:
    """Wipe tries that count no longer."""
    session.execute(delete(CodeTry).where(CodeTry.at <= now - DAY))
