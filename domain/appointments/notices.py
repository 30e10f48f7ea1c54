"""What the person and the admin channels are told when a role changes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import outbox
from domain.actor import AccountType, Actor, ActorKind, BranchId
from domain.administrators import Administrator
from domain.appointments.rules import Role
from domain.branches import Branch

# The outbox kind, one message for each reader.
KIND: Final = "administrator_notice"
# Fields of a change, besides those of the administrator.
CODES_REQUIRED: Final = "codes_required"
CODES_OPTIONAL: Final = "codes_optional"


class Change(StrEnum):
    """What became of somebody's role."""

    APPOINTED = "appointed"
    CHANGED = "changed"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Notice:
    """Somebody's role before and after; `reason` is Slack's word on the person."""

    change: Change
    administrator: Administrator
    before: Role | None
    after: Role | None
    fields: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True)
class Told:
    """One notice for one reader, as the outbox holds it: ids and codes.

    `channel_id` is None for the person and for the company's own admin channel,
    which `to_person` tells apart; branches are those that this reader hears of.
    `channel_ids` are all that are told.
    """

    change: Change
    administrator_id: int
    to_person: bool
    channel_id: str | None
    channel_ids: tuple[str, ...]
    account_type: AccountType | None
    branch_ids: tuple[int, ...]
    lost_branch_ids: tuple[int, ...]
    fields: tuple[str, ...]
    reason: str | None
    by: int | None
    by_kind: str

    @classmethod
    def from_payload(cls, payload: Any) -> "Told":
        """Read what `queue` left in the outbox."""
        kind = payload["account_type"]
        return cls(
            **payload
            | {
                "change": Change(payload["change"]),
                "account_type": None if kind is None else AccountType(kind),
                "channel_ids": tuple(payload["channel_ids"]),
                "branch_ids": tuple(payload["branch_ids"]),
                "lost_branch_ids": tuple(payload["lost_branch_ids"]),
                "fields": tuple(payload["fields"]),
            }
        )


def queue(session: Session, notice: Notice, *, actor: Actor, now: datetime) -> None:
    """Leave a message for the person, and one for each channel concerned."""
    queue_for_person(session, notice, actor=actor, now=now)
    by_channel = _channels(session, notice)
    known = sorted(each for each in by_channel if each is not None)
    for channel_id, branch_ids in by_channel.items():
        told = _content(notice, branch_ids, actor)
        told |= {"channel_id": channel_id, "channel_ids": known}
        outbox.queue(session, KIND, told, now=now)


def queue_for_person(
    session: Session, notice: Notice, *, actor: Actor, now: datetime
) -> None:
    """Leave a message for the person alone; nobody is told of what they did."""
    did_it = (
        actor.kind is ActorKind.NEWCOMER
        or actor.administrator_id == notice.administrator.id
    )
    if not did_it:
        held = _held(notice.before) | _held(notice.after)
        told = _content(notice, held, actor) | {"to_person": True}
        outbox.queue(session, KIND, told, now=now)


def _channels(session: Session, notice: Notice) -> dict[str | None, set[BranchId]]:
    """The branches that each channel hears of; None is the company's channel.

    Where only branches changed, channels that keep all of theirs are left in peace.
    """
    before, after = _held(notice.before), _held(notice.after)
    touched = before ^ after if set(notice.fields) == {"branches"} else before | after
    found: dict[str | None, set[BranchId]] = defaultdict(set)
    rows = session.execute(
        select(Branch.id, Branch.admin_channel_id).where(Branch.id.in_(before | after))
    )
    for branch_id, channel_id in rows:
        found[channel_id].add(BranchId(branch_id))
    concerned = {key: ids for key, ids in found.items() if ids & touched}
    roles = (notice.before, notice.after)
    if any(role and role.account_type is AccountType.MANAGER for role in roles):
        concerned[None] = before | after
    return concerned


def _content(notice: Notice, audible: set[BranchId], actor: Actor) -> dict[str, Any]:
    before, after = _held(notice.before), _held(notice.after)
    role = notice.after
    return {
        "change": notice.change.value,
        "administrator_id": notice.administrator.id,
        "to_person": False,
        "channel_id": None,
        "channel_ids": [],
        "account_type": role.account_type.value if role else None,
        "branch_ids": sorted(after & audible),
        "lost_branch_ids": sorted((before - after) & audible),
        "fields": list(notice.fields),
        "reason": notice.reason,
        "by": actor.administrator_id,
        "by_kind": actor.kind.value,
    }


def _held(role: Role | None) -> set[BranchId]:
    return set(role.branch_ids) if role is not None else set()
