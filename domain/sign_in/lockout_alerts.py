"""Alerts about lockouts: which lockouts one message tells of, and where it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from domain import outbox
from domain.actor import BranchId
from domain.branches import Branch
from domain.database import wait_for_turn
from domain.errors import DomainError
from domain.leases import claim, hold
from domain.sign_in.model import Lockout, LockoutAlert

ALERT: Final = "lockout_alert"
# Lockouts of a branch within this time stand in one message.
OPEN_FOR: Final = timedelta(seconds=60)
POSTS_WITHIN_IT: Final = 2
# All progress messages share Slack's 50 edits a minute (Slack, "Rate limits").
EDITED_EVERY: Final = timedelta(seconds=3)
_LEASE: Final = timedelta(minutes=1)


class AlertHeldError(DomainError):
    """Another worker is showing this alert at the moment."""

    code = "alert_held"


@dataclass(frozen=True)
class AlertPlace:
    """One message of an alert; `asked` is the channel or the person it is for."""

    asked: str
    channel_id: str
    ts: str


@dataclass(frozen=True)
class ClaimedAlert:
    """An alert that this worker shows now; `channel_id` is where it belongs.

    `shown_count` is how many lockouts it told of when it was last shown.
    """

    alert_id: int
    lease_number: int
    channel_id: str | None
    places: tuple[AlertPlace, ...]
    shown_count: int


def gather(
    session: Session, lockout_id: int, *, default_channel: str | None, now: datetime
) -> None:
    """Put a lockout into an alert: the branch's open one, else a new one.

    Once a channel got two alerts within a minute, those of further branches join
    the newest, so that no attack floods it.
    """
    # Of two workers that gather at once, the second finds the alert of the first.
    wait_for_turn(session, ALERT)
    lockout = session.get_one(Lockout, lockout_id)
    if lockout.alert_id is not None:
        return
    branch = session.get_one(Branch, lockout.branch_id)
    channel_id = branch.admin_channel_id or default_channel
    alert = _open_alert(session, BranchId(branch.id), channel_id, now)
    if alert is None:
        alert = LockoutAlert(branch_id=branch.id, channel_id=channel_id, opened_at=now)
        session.add(alert)
        session.flush()
    session.execute(
        update(Lockout)
        .where(Lockout.branch_id == branch.id, Lockout.alert_id.is_(None))
        .values(alert_id=alert.id)
    )
    show_again(session, [alert.id], pause=EDITED_EVERY, now=now)


def _open_alert(
    session: Session, branch_id: BranchId, channel_id: str | None, now: datetime
) -> LockoutAlert | None:
    recent = session.scalars(
        select(LockoutAlert)
        .where(LockoutAlert.opened_at > now - OPEN_FOR)
        .order_by(LockoutAlert.id.desc())
    )
    there = [alert for alert in recent if alert.channel_id == channel_id]
    own = next((alert for alert in there if alert.branch_id == branch_id), None)
    is_full = len(there) >= POSTS_WITHIN_IT
    return own or (there[0] if is_full else None)


def show_again(
    session: Session,
    alert_ids: Collection[int],
    *,
    pause: timedelta = timedelta(),
    now: datetime,
) -> None:
    """Have these alerts shown as they stand after the commit.

    `pause` is how long since the last time, for what comes in quick succession.
    """
    rows = session.execute(
        select(LockoutAlert.id, LockoutAlert.shown_at)
        .where(LockoutAlert.id.in_(alert_ids))
        .order_by(LockoutAlert.id)
    ).all()
    for alert_id, shown_at in rows:
        due_at = max(now, shown_at + pause) if shown_at else now
        if _is_first_to_ask(session, alert_id, due_at):
            payload = {"alert_id": alert_id}
            outbox.queue(session, ALERT, payload, due_at=due_at, now=now)


def _is_first_to_ask(session: Session, alert_id: int, due_at: datetime) -> bool:
    """Whether nothing is queued yet that shows it by then."""
    show_at = LockoutAlert.show_at
    asked = session.scalars(
        update(LockoutAlert)
        .where(LockoutAlert.id == alert_id, or_(show_at.is_(None), show_at > due_at))
        .values(show_at=due_at)
        .returning(LockoutAlert.id)
        .execution_options(synchronize_session=False)
    )
    return asked.first() is not None


def claim_to_show(session: Session, alert_id: int, *, now: datetime) -> ClaimedAlert:
    """Take an alert, to show it; what changes from now on is shown again.

    Raises AlertHeldError while another worker shows it.
    """
    claimed = claim(
        session,
        LockoutAlert,
        LockoutAlert.id == alert_id,
        order_by=(LockoutAlert.id,),
        now=now,
        life=_LEASE,
    )
    if not claimed:
        raise AlertHeldError(alert_id=alert_id)
    [alert] = claimed
    alert.show_at = None
    session.flush()
    return ClaimedAlert(
        alert_id=alert.id,
        lease_number=alert.lease_number,
        channel_id=alert.channel_id,
        places=tuple(AlertPlace(*place) for place in alert.places),
        shown_count=alert.shown_count,
    )


def note_places(
    session: Session,
    claimed: ClaimedAlert,
    places: Sequence[AlertPlace],
    *,
    now: datetime,
) -> None:
    """Keep where its messages stand; raises LeaseLostError when another showed it."""
    until = now + _LEASE
    hold(session, LockoutAlert, claimed.alert_id, claimed.lease_number, until=until)
    kept = [[place.asked, place.channel_id, place.ts] for place in places]
    _write(session, claimed, places=kept)


def note_shown(
    session: Session, claimed: ClaimedAlert, count: int, *, now: datetime
) -> None:
    """It is shown, with `count` lockouts; others may take it."""
    release(session, claimed)
    _write(session, claimed, shown_at=now, shown_count=count)


def release(session: Session, claimed: ClaimedAlert) -> None:
    """Let others take it."""
    hold(session, LockoutAlert, claimed.alert_id, claimed.lease_number, until=None)


def _write(session: Session, claimed: ClaimedAlert, **values: object) -> None:
    session.execute(
        update(LockoutAlert)
        .where(LockoutAlert.id == claimed.alert_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def note_other_place(session: Session, alert_id: int, place: AlertPlace) -> None:
    """A message of it that nobody knew of, because the answer to its post was lost."""
    alert = session.get(LockoutAlert, alert_id, with_for_update=True)
    if alert is None:
        return
    known = {(channel_id, ts) for _, channel_id, ts in alert.places}
    if (place.channel_id, place.ts) not in known:
        alert.places = [*alert.places, [place.asked, place.channel_id, place.ts]]
        session.flush()
