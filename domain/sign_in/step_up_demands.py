"""Codes that managers require: of one administrator, or of all.

Decided by today's rights, while nobody else decides who administers.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from domain import audit, slack_users, step_ups
from domain.actor import Actor, AdministratorId
from domain.administrators import Administrator, hold_rights
from domain.appointments import notices
from domain.appointments.notices import Change, Notice
from domain.appointments.rules import role_of
from domain.audit import AuditAct, Concerning
from domain.company_rules import CompanyRules, read_rules
from domain.errors import DomainError, NotFoundError
from domain.letters.queueing import LetterKind, queue_letter
from domain.permissions import Act
from domain.secret import Keyring
from domain.sign_in import step_up_mail
from domain.slack_users import SlackIdentity
from domain.step_ups import CodeWay, StepUp


class CodesUnreachableError(DomainError):
    """Codes would reach nobody: `names` have no address for them, and no app."""

    code = "codes_unreachable"


class OwnAppError(DomainError):
    """One's own way of getting codes is changed under *Mijn codes*."""

    code = "own_code_app"


class CodesUnsendableError(DomainError):
    """No mail server is set up, so that mailed codes can't leave."""

    code = "codes_unsendable"


def require_codes(
    session: Session,
    administrator_id: AdministratorId,
    required: bool,
    *,
    mails: bool,
    actor: Actor,
    now: datetime,
) -> bool:
    """Require codes of an administrator, or leave it to them; says whether it is new.

    The person and the admin channels hear of it. `mails` is whether letters can
    leave. Raises NotPermittedError by today's rights, CodesUnreachableError and
    CodesUnsendableError when the person would be shut out, NotFoundError for nobody
    or somebody dismissed, StepUpRequiredError.
    """
    actor = hold_rights(session, actor, Act.REQUIRE_CODES)
    step_ups.require_step_up(session, actor, now=now)
    administrator = session.get(Administrator, administrator_id, populate_existing=True)
    if administrator is None or administrator.dismissed_at is not None:
        raise NotFoundError(kind="administrator")
    if required:
        only = _by_mail().where(Administrator.id == administrator_id)
        _refuse_who_is_out_of_reach(session, only, mails=mails)
    row = step_ups.hold(session, administrator_id)
    if row.is_required == required:
        return False
    row.is_required = required
    session.flush()
    details = {"administrator_id": administrator_id, "required": required}
    _record(session, details, actor, now)
    notices.queue(session, _notice(administrator, required), actor=actor, now=now)
    return True


def require_codes_for_all(
    session: Session, required: bool, *, mails: bool, actor: Actor, now: datetime
) -> bool:
    """Require codes of every administrator, or of none; says whether it is new.

    Each for whom that changes anything is told directly. Raises
    CodesUnreachableError, with the names of all who would be shut out, oneself among
    them, CodesUnsendableError, StepUpRequiredError.
    """
    # Nobody is appointed without an address meanwhile.
    actor = hold_rights(session, actor, Act.REQUIRE_CODES)
    step_ups.require_step_up(session, actor, now=now)
    if required:
        _refuse_who_is_out_of_reach(session, _by_mail(), mails=mails)
    rules = session.get_one(CompanyRules, read_rules(session).id, with_for_update=True)
    if rules.codes_for_all == required:
        return False
    rules.codes_for_all = required
    session.flush()
    _record(session, {"required": required, "of": "all"}, actor, now)
    for administrator in session.scalars(_not_demanded_alone()):
        notice = _notice(administrator, required)
        notices.queue_for_person(session, notice, actor=actor, now=now)
    return True


def mail_instead_of_app(
    session: Session,
    administrator_id: AdministratorId,
    *,
    mails: bool,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> bool:
    """Have codes of somebody who lost the phone come by mail; says whether it is new.

    What was confirmed with the app counts no more, and the person gets a letter.
    Raises OwnAppError, NotFoundError for nobody, CodesUnreachableError,
    CodesUnsendableError, StepUpRequiredError.
    """
    actor = hold_rights(session, actor, Act.LIFT_STEP_UP)
    if actor.administrator_id == administrator_id:
        raise OwnAppError
    step_ups.require_step_up(session, actor, now=now)
    administrator = session.get(Administrator, administrator_id, populate_existing=True)
    if administrator is None or administrator.dismissed_at is not None:
        raise NotFoundError(kind="administrator")
    row = step_ups.hold(session, administrator_id)
    if row.way is not CodeWay.APP:
        return False
    only = select(Administrator).where(Administrator.id == administrator_id)
    _refuse_who_is_out_of_reach(session, only, mails=mails)
    row.way = CodeWay.MAIL
    row.sealed_totp_seed = row.totp_last_step = None
    row.sealed_pending_seed = row.pending_since = None
    row.confirmed_at = None
    session.flush()
    details = {"administrator_id": administrator_id, "way": CodeWay.MAIL.value}
    concerning = Concerning(details=details)
    audit.record(session, AuditAct.CODES_SET_UP, concerning, actor=actor, now=now)
    to = step_up_mail.recipient_of(session, administrator_id)
    values = {"way": CodeWay.MAIL.value}
    kind = LetterKind.STEP_UP_SET
    queue_letter(session, kind, to, values=values, keyring=keyring, now=now)
    return True


def _by_mail() -> Select[Any]:
    """Administrators to whom required codes would come by mail."""
    return _administrators_but(StepUp.way == CodeWay.APP)


def _not_demanded_alone() -> Select[Any]:
    """Administrators of whom codes are required only when they are of all."""
    return _administrators_but(StepUp.is_required.is_(True))


def _administrators_but(left_out: ColumnElement[bool]) -> Select[Any]:
    """Those of today, by id, but for those whose codes are so."""
    is_left_out = exists().where(StepUp.administrator_id == Administrator.id, left_out)
    return (
        select(Administrator)
        .where(Administrator.dismissed_at.is_(None), ~is_left_out)
        .order_by(Administrator.id)
    )


def _notice(administrator: Administrator, required: bool) -> Notice:
    role = role_of(administrator)
    field = notices.CODES_REQUIRED if required else notices.CODES_OPTIONAL
    return Notice(Change.CHANGED, administrator, role, role, (field,))


def _refuse_who_is_out_of_reach(
    session: Session, administrators: Select[Any], *, mails: bool
) -> None:
    has_no_address = func.coalesce(Administrator.email, "") == ""
    shut_out = session.scalars(administrators.where(has_no_address)).all()
    if shut_out:
        who = [SlackIdentity(one.team_id, one.user_id) for one in shut_out]
        known = slack_users.display_names(session, who)
        names = ", ".join(known.get(one, one.user_id) for one in who)
        raise CodesUnreachableError(names=names)
    if not mails and session.scalar(administrators.limit(1)) is not None:
        raise CodesUnsendableError


def _record(
    session: Session, details: dict[str, Any], actor: Actor, now: datetime
) -> None:
    concerning = Concerning(details=details)
    audit.record(session, AuditAct.CODES_REQUIRED, concerning, actor=actor, now=now)
