"""E-mail templates (emailtemplates): kept in versions, for the company or a branch."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain import audit, branches
from domain.actor import Actor, BranchId
from domain.audit import AuditAct, Concerning
from domain.database import wait_for_turn
from domain.errors import DomainError, NotFoundError
from domain.letters import attachments, built_in_templates
from domain.letters.model import (
    EmailTemplate,
    EmailTemplateId,
    EmailTemplateVersion,
)
from domain.letters.template_versions import (
    TEXTS,
    Template,
    TemplateLine,
    VersionLine,
    choose_from,
    differences,
    get,
    history,
    is_within_reach,
    list_templates,
    read_version,
    said_by,
)
from domain.letters.template_wording import (
    HandsOver,
    Wording,
    WordingProblem,
    WordingProblemKind,
    WordingRefusedError,
    problems_of,
    tidied,
)
from domain.permissions import Act, require
from domain.plain_text import fold

__all__ = [
    "HandsOver",
    "Template",
    "TemplateBuiltInError",
    "TemplateChangedError",
    "TemplateLine",
    "VersionLine",
    "Wording",
    "WordingProblem",
    "WordingProblemKind",
    "WordingRefusedError",
    "add",
    "change",
    "choose_from",
    "get",
    "history",
    "list_templates",
    "mark_deleted",
    "read_version",
]


class TemplateChangedError(DomainError):
    """Somebody saved another version meanwhile."""

    code = "template_changed"


class TemplateBuiltInError(DomainError):
    """A built-in template stays as it is; a copy of it can be changed."""

    code = "template_built_in"


def add(
    session: Session,
    wording: Wording,
    *,
    branch_id: BranchId | None,
    actor: Actor,
    now: datetime,
) -> EmailTemplateId:
    """A new template of the company, or of one branch.

    Raises WordingRefusedError, and NotFoundError for a branch that is not there.
    """
    require(actor, Act.EDIT_TEMPLATES)
    if branch_id is not None:
        branches.get(session, branch_id, actor=actor)
    said = _accepted(session, wording, branch_id, template_id=None)
    template = EmailTemplate(branch_id=branch_id, current_number=1, created_at=now)
    session.add(template)
    session.flush()
    changed = tuple(name for name in TEXTS if getattr(said, name))
    _add_version(session, template, said, changed, actor=actor, now=now)
    return EmailTemplateId(template.id)


def change(
    session: Session,
    template_id: EmailTemplateId,
    wording: Wording,
    *,
    expected_number: int,
    actor: Actor,
    now: datetime,
) -> None:
    """A new version of a template; one that says the same is none.

    Raises TemplateChangedError when `expected_number` is not today's version any
    more, TemplateBuiltInError, WordingRefusedError, and NotFoundError.
    """
    template = _held(session, template_id, actor=actor)
    if template.current_number != expected_number:
        raise TemplateChangedError(number=template.current_number)
    said = _accepted(session, wording, template.branch_id, template_id=template.id)
    before = said_by(_version(session, template), template)
    changed = differences(before, said)
    if changed:
        template.current_number += 1
        _add_version(session, template, said, changed, actor=actor, now=now)


def mark_deleted(
    session: Session, template_id: EmailTemplateId, *, actor: Actor, now: datetime
) -> None:
    """Take a template from all lists; what was sent with it can still be read.

    Whether something uses it, its caller asks first. Raises TemplateBuiltInError,
    and NotFoundError.
    """
    template = _held(session, template_id, actor=actor)
    template.deleted_at = now
    _audit(session, AuditAct.TEMPLATE_DELETED, template, (), actor=actor, now=now)


def _version(session: Session, template: EmailTemplate) -> EmailTemplateVersion:
    return session.scalars(
        select(EmailTemplateVersion).where(
            EmailTemplateVersion.template_id == template.id,
            EmailTemplateVersion.number == template.current_number,
        )
    ).one()


def _held(
    session: Session, template_id: EmailTemplateId, *, actor: Actor
) -> EmailTemplate:
    """The template, held until the transaction ends."""
    require(actor, Act.EDIT_TEMPLATES)
    template = session.scalars(
        select(EmailTemplate)
        .where(EmailTemplate.id == template_id, EmailTemplate.deleted_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if template is None or not is_within_reach(template, actor):
        raise NotFoundError(kind="email_template")
    if template.built_in is not None:
        raise TemplateBuiltInError
    return template


def _accepted(
    session: Session,
    wording: Wording,
    branch_id: int | None,
    *,
    template_id: int | None,
) -> Wording:
    """The wording as it will be kept. Raises WordingRefusedError."""
    said = tidied(wording)
    problems = list(problems_of(said))
    # Of two who give the same name at once one is first.
    wait_for_turn(session, "email_template")
    if said.name and _is_taken(session, said.name, branch_id, template_id):
        problems.insert(0, WordingProblem("name", WordingProblemKind.NAME_TAKEN))
    if problems:
        raise WordingRefusedError(tuple(problems))
    attachment_id = said.attachment_id
    if attachment_id is not None and not attachments.is_kept(session, attachment_id):
        raise NotFoundError(kind="attachment")
    return said


def _is_taken(
    session: Session, name: str, branch_id: int | None, template_id: int | None
) -> bool:
    """Whether another template that can stand in the same list has this name."""
    others = (
        select(EmailTemplateVersion.name, EmailTemplate.id)
        .join(
            EmailTemplate,
            (EmailTemplateVersion.template_id == EmailTemplate.id)
            & (EmailTemplateVersion.number == EmailTemplate.current_number),
        )
        .where(EmailTemplate.deleted_at.is_(None), EmailTemplate.built_in.is_(None))
    )
    if branch_id is not None:
        others = others.where(
            or_(EmailTemplate.branch_id.is_(None), EmailTemplate.branch_id == branch_id)
        )
    taken = {
        fold(other)
        for other, other_id in session.execute(others)
        if other_id != template_id
    }
    return fold(name) in taken | {fold(other) for other in built_in_templates.names()}


def _add_version(
    session: Session,
    template: EmailTemplate,
    wording: Wording,
    changed: tuple[str, ...],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    version = EmailTemplateVersion(
        template_id=template.id,
        number=template.current_number,
        made_by=actor.administrator_id,
        made_at=now,
        **{name: getattr(wording, name) for name in TEXTS},
    )
    session.add(version)
    session.flush()
    is_first = template.current_number == 1
    act = AuditAct.TEMPLATE_ADDED if is_first else AuditAct.TEMPLATE_CHANGED
    _audit(session, act, template, changed, actor=actor, now=now)


def _audit(
    session: Session,
    act: AuditAct,
    template: EmailTemplate,
    changed: tuple[str, ...],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    details = {
        "template": template.id,
        "version": template.current_number,
        "fields": list(changed),
    }
    concerning = Concerning(branch_id=template.branch_id, details=details)
    audit.record(session, act, concerning, actor=actor, now=now)
