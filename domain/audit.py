"""The audit log: who did what to which login, when, from where.

Events hold ids, codes and names of changed fields, never a person's name or
address: those are looked up when shown, so that forgetting a person leaves the
log whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, Select, insert, literal
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.actor import Actor, ActorKind, Surface
from domain.database import Code, Record


class AuditAct(StrEnum):
    """What happened; `subject.verb` in the past tense."""

    CARD_ADDED = "card.added"
    CARD_CHANGED = "card.changed"
    CARDS_IMPORTED = "cards.imported"
    BRANCH_ADDED = "branch.added"
    BRANCH_CHANGED = "branch.changed"
    ADMINISTRATOR_APPOINTED = "administrator.appointed"
    ADMINISTRATOR_CHANGED = "administrator.changed"
    ADMINISTRATOR_DISMISSED = "administrator.dismissed"
    CODES_SET_UP = "step_up.set_up"
    CODES_TURNED_OFF = "step_up.turned_off"
    CODES_REQUIRED = "step_up.required"
    STEP_UP_PASSED = "step_up.passed"
    STEP_UP_FAILED = "step_up.failed"
    STEP_UP_BLOCKED = "step_up.blocked"
    STEP_UP_LIFTED = "step_up.lifted"
    EMPLOYEE_DATA_MOVED = "employee_data.moved"
    MOVE_UNDONE = "employee_data.move_undone"
    ADDRESS_DISPUTED = "card.address_disputed"
    LOGIN_CREATED = "login.created"
    LOGIN_ACTIVATED = "login.activated"
    LOGIN_DEACTIVATED = "login.deactivated"
    LOGIN_CLOSED = "login.closed"
    LOGIN_ADDRESS_CHANGED = "login.address_changed"
    LOGIN_LOCKED = "login.locked"
    LOCKOUT_LEFT = "lockout.left"
    SIGNED_IN = "login.signed_in"
    SIGN_IN_REFUSED = "login.sign_in_refused"
    SIGNED_OUT_EVERYWHERE = "login.signed_out_everywhere"
    SECOND_FACTOR_SET = "second_factor.set"
    SECOND_FACTOR_REMOVED = "second_factor.removed"
    LINK_ASKED_FOR = "link.asked_for"
    SLACK_LINKED = "slack.linked"
    SLACK_UNLINKED = "slack.unlinked"
    PASSWORD_CHOSEN = "password.chosen"  # noqa: S105 (the name of an act)
    PASSWORD_RESET = "password.reset"  # noqa: S105 (the name of an act)
    PASSWORD_SHOWN = "password.shown"  # noqa: S105 (the name of an act)
    PASSWORD_EXPIRED = "password.expired"  # noqa: S105 (the name of an act)
    ACCESS_MAILED = "access.mailed"
    TEMPLATE_ADDED = "template.added"
    TEMPLATE_CHANGED = "template.changed"
    TEMPLATE_DELETED = "template.deleted"
    WORD_TEMPLATE_ADDED = "word_template.added"
    WORD_TEMPLATE_REMOVED = "word_template.removed"
    REMINDERS_STOPPED = "reminders.stopped"
    RUN_STARTED = "run.started"
    RUN_APPROVED = "run.approved"
    RUN_DECLINED = "run.declined"
    RUN_ENDED = "run.ended"
    EXPORT_POSTED = "export.posted"
    EXPORT_OPENING_PASSWORD_SHOWN = "export.opening_password_shown"  # noqa: S105
    EXPORT_DELETED = "export.deleted"
    EXPORT_EXPIRED = "export.expired"
    AUDIT_LOG_EXPORTED = "audit_log.exported"
    DAYS_FORGOTTEN = "audit_log.days_forgotten"
    PERSON_EXPORTED = "person.exported"
    PERSON_ERASED = "person.erased"
    KEY_GIVEN_UP = "key.given_up"


class AuditEvent(Record):
    """One thing that somebody did."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_login_id_id", "login_id", "id"),
        Index("ix_audit_event_branch_id_id", "branch_id", "id"),
        Index("ix_audit_event_at", "at"),
        Index("ix_audit_event_record_card_id_id", "record_card_id", "id"),
        Index("ix_audit_event_administrator_id_id", "administrator_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    act: Mapped[AuditAct] = mapped_column(Code(AuditAct, 40))
    actor_kind: Mapped[ActorKind] = mapped_column(Code(ActorKind, 20))
    administrator_id: Mapped[int | None]
    surface: Mapped[Surface] = mapped_column(Code(Surface, 20))
    branch_id: Mapped[int | None]
    record_card_id: Mapped[int | None]
    login_id: Mapped[int | None]
    run_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


@dataclass(frozen=True)
class Concerning:
    """What an event is about, and its details (codes and numbers only)."""

    branch_id: int | None = None
    record_card_id: int | None = None
    login_id: int | None = None
    run_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def record(
    session: Session,
    act: AuditAct,
    concerning: Concerning,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write one event in the caller's transaction."""
    record_many(session, act, [concerning], actor=actor, now=now)


def record_many(
    session: Session,
    act: AuditAct,
    concerning: Iterable[Concerning],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write one event for each subject, in one statement."""
    rows = [
        {
            "at": now,
            "act": act,
            "actor_kind": actor.kind,
            "administrator_id": actor.administrator_id,
            "surface": actor.surface,
            "branch_id": subject.branch_id,
            "record_card_id": subject.record_card_id,
            "login_id": subject.login_id,
            "run_id": subject.run_id,
            "details": dict(subject.details),
        }
        for subject in concerning
    ]
    if rows:
        # The table, not the class: thousands of events need no objects.
        table: Any = AuditEvent.__table__
        session.execute(insert(table), rows)


def record_selected(
    session: Session,
    act: AuditAct,
    subjects: Select[*tuple[Any, ...]],
    *,
    run_id: int | None = None,
    details: Mapping[str, Any] | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Write one event for each row of `subjects` without fetching them.

    `subjects` selects branch id, record card id and login id, in this order.
    """
    table = AuditEvent.__table__
    shared = {
        "at": now,
        "act": act,
        "actor_kind": actor.kind,
        "administrator_id": actor.administrator_id,
        "surface": actor.surface,
        "run_id": run_id,
        "details": dict(details or {}),
    }
    literals = [literal(value, table.c[name].type) for name, value in shared.items()]
    session.execute(
        insert(table).from_select(  # type: ignore[arg-type]
            ["branch_id", "record_card_id", "login_id", *shared],
            subjects.add_columns(*literals),
        )
    )
