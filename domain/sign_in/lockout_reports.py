"""What an alert about lockouts tells: of how many, of whom, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.actor import BranchId
from domain.administrators import Administrator
from domain.branches import Branch
from domain.logins.model import Login, LoginId
from domain.record_cards.model import RecordCard, full_name
from domain.sign_in.lockout_story import Likeness, Story, looks_like
from domain.sign_in.model import Lockout, LockoutEnd
from domain.slack_users import SlackIdentity

NAMED: Final = 5
_STILL_LOCKED: Final = (None, LockoutEnd.LEFT_LOCKED)


@dataclass(frozen=True)
class LockoutLine:
    """One lockout: whose login, how it came, what was done about it."""

    lockout_id: int
    login_id: LoginId
    name: str
    number: str
    branch_name: str
    story: Story
    locked_at: datetime
    end: LockoutEnd | None = None
    ended_at: datetime | None = None
    ended_by: SlackIdentity | None = None

    @property
    def is_still_locked(self) -> bool:
        """Whether nobody activated it: not yet, or on purpose."""
        return self.end in _STILL_LOCKED


@dataclass(frozen=True)
class LockoutReport:
    """All lockouts of one alert; `lines` names five, those still locked first.

    `branch_name` is None when they are of several branches.
    """

    alert_id: int
    branch_name: str | None
    lines: tuple[LockoutLine, ...]
    count: int
    still_locked: int
    has_attack: bool


def report(session: Session, alert_id: int) -> LockoutReport:
    """The lockouts of an alert as they stand."""
    rows = session.execute(
        select(
            Lockout,
            RecordCard.first_name,
            RecordCard.prefix,
            RecordCard.last_name,
            RecordCard.number,
            Branch.name,
            Administrator.team_id,
            Administrator.user_id,
        )
        .join(Login, Login.id == Lockout.login_id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .join(Branch, Branch.id == Lockout.branch_id)
        .outerjoin(Administrator, Administrator.id == Lockout.ended_by)
        .where(Lockout.alert_id == alert_id)
        .order_by(Lockout.id)
    )
    lines = [_line(*row) for row in rows]
    names = {line.branch_name for line in lines}
    shown = sorted(lines, key=lambda line: not line.is_still_locked)[:NAMED]
    return LockoutReport(
        alert_id=alert_id,
        branch_name=names.pop() if len(names) == 1 else None,
        lines=tuple(sorted(shown, key=lambda line: line.lockout_id)),
        count=len(lines),
        still_locked=sum(line.is_still_locked for line in lines),
        has_attack=any(looks_like(line.story) is Likeness.ATTACK for line in lines),
    )


def branches_of(session: Session, alert_id: int) -> list[BranchId]:
    """The branches whose lockouts an alert tells of."""
    found = session.scalars(
        select(Lockout.branch_id)
        .where(Lockout.alert_id == alert_id)
        .group_by(Lockout.branch_id)
        .order_by(Lockout.branch_id)
    )
    return [BranchId(branch_id) for branch_id in found]


def _line(
    lockout: Lockout,
    first_name: str | None,
    prefix: str | None,
    last_name: str,
    number: str,
    branch_name: str,
    *ended_by: Any,
) -> LockoutLine:
    return LockoutLine(
        lockout_id=lockout.id,
        login_id=LoginId(lockout.login_id),
        name=full_name(first_name, prefix, last_name),
        number=number,
        branch_name=branch_name,
        story=Story(
            attempts=lockout.attempts,
            networks=lockout.networks,
            names_from_networks=lockout.names_from_networks,
            known_browser=lockout.known_browser,
            seconds_between=lockout.seconds_between,
        ),
        locked_at=lockout.locked_at,
        end=lockout.end,
        ended_at=lockout.ended_at,
        ended_by=SlackIdentity(*ended_by) if all(ended_by) else None,
    )
