"""How many codes were compared for a login: five in a sign-in, fifty in 24 hours.

A counter of its own: nothing clears it, no right code, no reset, no *Activeer*. There
is no stop for ever after some number of them (decided against): whoever types wrong
codes has the password, and a new password ends that, while a stop would be a second
lock that the owner of the login did not earn and no screen lifts. Fifty tries at three
valid codes in a million are one chance in 6,667 a day, and the employee is told by
letter when a day's tries are used up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from domain.sign_in.model import CodeTry

IN_A_SIGN_IN: Final = 5
IN_A_DAY: Final = 50
DAY: Final = timedelta(hours=24)


@dataclass(frozen=True)
class Tries:
    """What is left in this sign-in; `retry_after` when the day has none left."""

    left: int
    retry_after: timedelta | None


def look(
    session: Session, login_id: int, sign_in_number: str, *, now: datetime
) -> Tries:
    """How many codes may still be compared. Exact while the login is held."""
    tried = session.execute(
        select(CodeTry.at, CodeTry.sign_in_number)
        .where(CodeTry.login_id == login_id, CodeTry.at > now - DAY)
        .order_by(CodeTry.at)
    ).all()
    here = sum(row.sign_in_number == sign_in_number for row in tried)
    is_blocked = len(tried) >= IN_A_DAY
    return Tries(
        left=max(IN_A_SIGN_IN - here, 0),
        retry_after=tried[-IN_A_DAY].at + DAY - now if is_blocked else None,
    )


def reserve(
    session: Session, login_id: int, sign_in_number: str, *, now: datetime
) -> None:
    """Count a code that is about to be compared; the login is held."""
    session.execute(
        delete(CodeTry).where(CodeTry.login_id == login_id, CodeTry.at <= now - DAY)
    )
    session.add(CodeTry(login_id=login_id, sign_in_number=sign_in_number, at=now))
    session.flush()
