"""Branches (vestigingen): what is kept of them, and finding them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain import audit
from domain.actor import Actor, BranchId
from domain.audit import AuditAct, Concerning
from domain.database import Record, insert_new
from domain.errors import NotFoundError
from domain.permissions import Act, require
from domain.plain_text import clean, fold

NAME_LENGTH: Final = 100
INITIAL_PASSWORD_DAYS: Final = 7
WRONG_ATTEMPTS_ALLOWED: Final = 10


class Branch(Record):
    """A restaurant, shop or office."""

    __tablename__ = "branch"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    name_key: Mapped[str] = mapped_column(String(2 * NAME_LENGTH), unique=True)
    admin_channel_id: Mapped[str | None] = mapped_column(String(30))
    initial_password_days: Mapped[int] = mapped_column(default=INITIAL_PASSWORD_DAYS)
    second_factor_required: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )
    wrong_attempts_allowed: Mapped[int] = mapped_column(
        default=WRONG_ATTEMPTS_ALLOWED, server_default=str(WRONG_ATTEMPTS_ALLOWED)
    )
    # Resets of more people than this wait for another administrator; None: never.
    second_administrator_above: Mapped[int | None]
    weekly_digest: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]

    @property
    def initial_password_life(self) -> timedelta:
        """How long an initial password of this branch works."""
        return timedelta(days=self.initial_password_days)


def name_key(name: str) -> str:
    """The form in which names are compared: no case, no blanks, one Unicode form."""
    return fold(name)


def get(session: Session, branch_id: BranchId, *, actor: Actor) -> Branch:
    """A branch within the actor's reach.

    Raises NotFoundError otherwise, the same for a foreign branch as for none.
    """
    branch = session.get(Branch, branch_id) if actor.reaches(branch_id) else None
    if branch is None:
        raise NotFoundError(kind="branch")
    return branch


def lock(session: Session, branch_id: BranchId, *, actor: Actor) -> None:
    """Hold the branch until the transaction ends; whoever else locks it waits.

    Raises NotFoundError for a branch out of reach.
    """
    # key_share: rows that refer to the branch may still be written meanwhile.
    query = select(Branch.id).where(Branch.id == branch_id)
    held = session.scalar(query.with_for_update(key_share=True))
    if held is None or not actor.reaches(branch_id):
        raise NotFoundError(kind="branch")


def search(session: Session, part: str, *, actor: Actor, limit: int) -> list[Branch]:
    """Branches within reach whose name contains `part`, by name."""
    query = select(Branch).where(
        Branch.name_key.contains(name_key(clean(part)), autoescape=True)
    )
    if not actor.reaches_every_branch:
        query = query.where(Branch.id.in_(actor.branch_ids))
    return list(session.scalars(query.order_by(Branch.name_key).limit(limit)))


def ensure(
    session: Session, names: Iterable[str], *, actor: Actor, now: datetime
) -> dict[str, BranchId]:
    """The ids of the named branches by name key; those that are new are added.

    Raises NotFoundError for a branch out of reach, NotPermittedError for a new one
    that the actor may not set up.
    """
    require(actor, Act.IMPORT_RECORD_CARDS)
    by_key = {name_key(name): name for name in names}
    if not by_key:
        return {}
    known = ids_by_key(session, by_key)
    for branch_id in known.values():
        require(actor, Act.IMPORT_RECORD_CARDS, branch_id)
    missing = [
        {
            "name": name,
            "name_key": key,
            "initial_password_days": INITIAL_PASSWORD_DAYS,
            "created_at": now,
        }
        for key, name in by_key.items()
        if key not in known
    ]
    if not missing:
        return known
    require(actor, Act.SET_UP_BRANCHES)
    added = insert_new(session, Branch, missing, returning=[Branch.id])
    audit.record_many(
        session,
        AuditAct.BRANCH_ADDED,
        [Concerning(branch_id=row.id) for row in added],
        actor=actor,
        now=now,
    )
    return ids_by_key(session, by_key)


def ids_by_key(session: Session, keys: Iterable[str]) -> dict[str, BranchId]:
    """The ids of those branches that there are, by name key."""
    rows = session.execute(
        select(Branch.name_key, Branch.id).where(Branch.name_key.in_(list(keys)))
    )
    return {key: BranchId(branch_id) for key, branch_id in rows}
