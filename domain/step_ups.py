"""Step-up: whether an administrator must give a code, and gave one just now.

Asked before passwords are shown, sent or exported, and before administrators are
changed. Codes themselves are made and compared in domain/sign_in.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import JSON, ForeignKey, String, false, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.actor import Actor, AdministratorId
from domain.administrators import managers, slack_identity
from domain.company_rules import read_rules
from domain.database import Code, Record, insert_new
from domain.errors import DomainError
from domain.slack_users import display_names

STEP_UP_LIFE: Final = timedelta(minutes=15)
# Before codes come in another way: whoever takes over an unlocked computer a little
# later would keep them.
CHANGING_CODES_LIFE: Final = timedelta(minutes=5)
WRONG_CODES_ALLOWED: Final = 5
_NAMED: Final = 3


class CodeWay(StrEnum):
    """How an administrator gets codes: in letters, or from an authenticator app."""

    MAIL = "mail"
    APP = "app"


class StepUpRequiredError(DomainError):
    """First a code must be given; a right one is good for 15 minutes."""

    code = "step_up_required"


class StepUpBlockedError(DomainError):
    """Five codes were wrong; one of `names`, other managers, has to lift it."""

    code = "step_up_blocked"


class StepUpBlockedAloneError(StepUpBlockedError):
    """The same of the only manager: the operator appoints another first."""

    code = "step_up_blocked_alone"


class StepUp(Record):
    """What is known of one administrator's codes; no row means: never any."""

    __tablename__ = "step_up"

    administrator_id: Mapped[int] = mapped_column(
        ForeignKey("administrator.id"), primary_key=True
    )
    # Chosen by the administrator; None while nothing was.
    way: Mapped[CodeWay | None] = mapped_column(Code(CodeWay, 10))
    # By a manager, for this administrator.
    is_required: Mapped[bool] = mapped_column(default=False, server_default=false())
    sealed_totp_seed: Mapped[str | None] = mapped_column(String(200))
    # Of the last code that was accepted; the same or an older one is not.
    totp_last_step: Mapped[int | None]
    # An app that was shown its seed and gave no right code yet.
    sealed_pending_seed: Mapped[str | None] = mapped_column(String(200))
    pending_since: Mapped[datetime | None]
    # The code that was mailed last, and when the newest three were (ISO 8601).
    code_digest: Mapped[str | None] = mapped_column(String(80))
    code_expires_at: Mapped[datetime | None]
    mailed_at: Mapped[list[str]] = mapped_column(
        JSON, default=list, server_default="[]"
    )
    wrong_codes: Mapped[int] = mapped_column(default=0, server_default="0")
    confirmed_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]


def require_step_up(
    session: Session,
    actor: Actor,
    *,
    now: datetime,
    within: timedelta = STEP_UP_LIFE,
) -> None:
    """Refuse an administrator who owes a code; the last one counts for `within`.

    The operator, the schedule and employees have none to give. Raises
    StepUpRequiredError, StepUpBlockedError.
    """
    if actor.administrator_id is None:
        return
    step_up = session.get(StepUp, actor.administrator_id)
    if not is_asked_of(session, actor.administrator_id):
        return
    if step_up is not None and step_up.blocked_at is not None:
        raise blocked(session, actor)
    if step_up is None or not _is_fresh(step_up, now, within):
        raise StepUpRequiredError


def blocked(session: Session, actor: Actor) -> StepUpBlockedError:
    """The refusal of somebody blocked, with the names of who can lift it."""
    own = actor.administrator_id
    oneself = slack_identity(session, own) if own is not None else None
    others = [who for who in managers(session) if who != oneself]
    if not others:
        return StepUpBlockedAloneError()
    names = display_names(session, others)
    known = [names.get(who, who.user_id) for who in others[:_NAMED]]
    return StepUpBlockedError(names=", ".join(known))


def is_asked_of(session: Session, administrator_id: AdministratorId) -> bool:
    """Whether codes are asked: own choice, or required by a manager, or of all."""
    return way_of(session, administrator_id) is not None


def is_required_of(session: Session, administrator_id: AdministratorId) -> bool:
    """Whether a manager requires codes of this administrator, or of all."""
    step_up = session.get(StepUp, administrator_id)
    required = step_up is not None and step_up.is_required
    return required or read_rules(session).codes_for_all


def way_of(session: Session, administrator_id: AdministratorId) -> CodeWay | None:
    """How this administrator gets codes; None for one of whom none are asked.

    Somebody of whom they are required and who chose no way gets them by mail.
    """
    step_up = session.get(StepUp, administrator_id)
    if step_up is not None and step_up.way is not None:
        return step_up.way
    return CodeWay.MAIL if is_required_of(session, administrator_id) else None


def confirmed_at(session: Session, actor: Actor) -> datetime | None:
    """When this administrator last gave a right code."""
    if actor.administrator_id is None:
        return None
    step_up = session.get(StepUp, actor.administrator_id)
    return step_up.confirmed_at if step_up else None


def hold(session: Session, administrator_id: AdministratorId) -> StepUp:
    """What is known of the administrator's codes, for nobody else to change now."""
    key = {"administrator_id": administrator_id}
    insert_new(
        session,
        StepUp,
        [key | {"mailed_at": []}],
        returning=[StepUp.administrator_id],
    )
    return session.scalars(
        select(StepUp)
        .filter_by(**key)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def end_confirmation(session: Session, administrator_id: AdministratorId) -> None:
    """Let what was proven count no more: another address, or dismissed.

    A code that is out works no more either.
    """
    session.execute(
        update(StepUp)
        .where(StepUp.administrator_id == administrator_id)
        .values(confirmed_at=None, code_digest=None, code_expires_at=None)
    )


def _is_fresh(step_up: StepUp, now: datetime, within: timedelta) -> bool:
    confirmed = step_up.confirmed_at
    return confirmed is not None and now < confirmed + within
