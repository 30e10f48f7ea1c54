"""Which runs use an e-mail template: none is deleted while one does.

Starting a run holds the template's row and so does deleting it, so that of both at
once one is first.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from domain.actor import Actor, BranchId
from domain.branches import Branch
from domain.errors import DomainError
from domain.letters import email_templates
from domain.letters.model import (
    EmailTemplate,
    EmailTemplateId,
    EmailTemplateVersion,
    TemplateVersionId,
)
from domain.permissions import Act, require
from domain.runs.model import Reminder, Run


class TemplateGoneError(DomainError):
    """The template was deleted, or is not one that this branch may use."""

    code = "template_gone"


class TemplateInUseError(DomainError):
    """A run uses the template, or a reminder will: `branches` names whose.

    `is_under_way` says that a run is at it now, otherwise only reminders wait.
    """

    code = "template_in_use"


@dataclass(frozen=True)
class TemplateUse:
    """The branches with an open mailing of a template, and with reminders to come."""

    under_way: tuple[str, ...]
    reminding: tuple[str, ...]


def uses_of(session: Session, template_id: EmailTemplateId) -> TemplateUse:
    """What uses the template now."""
    is_due = select(Reminder.run_id).where(Reminder.ended_at.is_(None))
    return TemplateUse(
        _names(session, _mailings(template_id).where(Run.ended_at.is_(None))),
        _names(session, _mailings(template_id).where(Run.id.in_(is_due))),
    )


def delete_template(
    session: Session, template_id: EmailTemplateId, *, actor: Actor, now: datetime
) -> None:
    """Delete a template that nothing uses.

    Raises TemplateInUseError, and what `email_templates.mark_deleted` raises.
    """
    require(actor, Act.EDIT_TEMPLATES)
    session.execute(
        select(EmailTemplate.id)
        .where(EmailTemplate.id == template_id)
        .with_for_update()
    )
    use = uses_of(session, template_id)
    names = use.under_way or use.reminding
    if names:
        raise TemplateInUseError(
            branches=", ".join(names), is_under_way=bool(use.under_way)
        )
    email_templates.mark_deleted(session, template_id, actor=actor, now=now)


def hold_current_version(
    session: Session, template_id: EmailTemplateId, branch_id: BranchId
) -> TemplateVersionId:
    """Today's version of a template that this branch may use; it can't be deleted now.

    Raises TemplateGoneError.
    """
    template = session.scalars(
        select(EmailTemplate)
        .where(
            EmailTemplate.id == template_id,
            EmailTemplate.deleted_at.is_(None),
            or_(
                EmailTemplate.branch_id.is_(None), EmailTemplate.branch_id == branch_id
            ),
        )
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if template is None:
        raise TemplateGoneError
    return TemplateVersionId(
        session.scalars(
            select(EmailTemplateVersion.id).where(
                EmailTemplateVersion.template_id == template_id,
                EmailTemplateVersion.number == template.current_number,
            )
        ).one()
    )


def hold_newest_version_of(
    session: Session, version_id: int, branch_id: BranchId
) -> TemplateVersionId:
    """Today's version of the template that this is a version of.

    Raises TemplateGoneError.
    """
    version = session.get_one(EmailTemplateVersion, version_id)
    template_id = EmailTemplateId(version.template_id)
    return hold_current_version(session, template_id, branch_id)


def _mailings(template_id: EmailTemplateId) -> Select[str]:
    return (
        select(Branch.name)
        .join(Run, Run.branch_id == Branch.id)
        .join(EmailTemplateVersion, EmailTemplateVersion.id == Run.template_version_id)
        .where(EmailTemplateVersion.template_id == template_id)
        .distinct()
        .order_by(Branch.name)
    )


def _names(session: Session, branches: Select[str]) -> tuple[str, ...]:
    return tuple(session.scalars(branches))
