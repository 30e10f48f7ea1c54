"""E-mail templates as they stand, and as they were: lists, versions, history."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from domain.actor import Actor, AdministratorId, BranchId
from domain.branches import Branch
from domain.errors import NotFoundError
from domain.letters import built_in_templates
from domain.letters.model import (
    BuiltIn,
    EmailTemplate,
    EmailTemplateId,
    EmailTemplateVersion,
    TemplateVersionId,
)
from domain.letters.template_wording import HandsOver, Wording
from domain.letters.translator import Language
from domain.permissions import Act, require
from domain.plain_text import fold

TEXTS: Final = tuple(field.name for field in fields(Wording))
_Row = tuple[EmailTemplate, EmailTemplateVersion, str | None]


@dataclass(frozen=True)
class Template:
    """One version of a template, with all that it says."""

    version_id: TemplateVersionId
    template_id: EmailTemplateId
    number: int
    wording: Wording
    built_in: BuiltIn | None
    branch_id: BranchId | None = None

    @property
    def hands_over(self) -> HandsOver:
        """The way in that its letters give."""
        return self.wording.hands_over


@dataclass(frozen=True)
class TemplateLine:
    """A template in a list; `branch_id` is None for the company's."""

    template_id: EmailTemplateId
    version_id: TemplateVersionId
    name: str
    branch_id: BranchId | None
    branch_name: str | None
    built_in: BuiltIn | None
    hands_over: HandsOver
    changed_at: datetime


@dataclass(frozen=True)
class VersionLine:
    """One version: who made it (None came with the program), and what it changed."""

    version_id: TemplateVersionId
    number: int
    made_at: datetime
    made_by: AdministratorId | None
    fields: tuple[str, ...]


def list_templates(
    session: Session, *, language: Language = "nl", actor: Actor
) -> list[TemplateLine]:
    """All templates that are not deleted: built-in, the company's, by branch."""
    require(actor, Act.EDIT_TEMPLATES)
    return _lines(session, _current(), language)


def choose_from(
    session: Session,
    branch_id: BranchId,
    *,
    language: Language = "nl",
    actor: Actor,
) -> list[TemplateLine]:
    """What may be sent to employees of a branch; the first one is the default.

    Raises NotFoundError for a branch out of reach.
    """
    require(actor, Act.MAIL_PASSWORDS, branch_id)
    is_for = or_(
        EmailTemplate.branch_id.is_(None), EmailTemplate.branch_id == branch_id
    )
    return _lines(session, _current().where(is_for), language)


def get(
    session: Session,
    template_id: EmailTemplateId,
    *,
    language: Language = "nl",
    actor: Actor,
) -> Template:
    """Today's version of a template of the company or of a branch within reach.

    Raises NotFoundError for any other, and for a deleted one.
    """
    require(actor, Act.MAIL_PASSWORDS)
    row = session.execute(
        _current().where(EmailTemplate.id == template_id)
    ).one_or_none()
    if row is None or not is_within_reach(row[0], actor):
        raise NotFoundError(kind="email_template")
    return _template(row[0], row[1], language)


def read_version(
    session: Session, version_id: int, *, language: Language = "nl"
) -> Template:
    """A version, of a deleted template too; for whoever sends what was chosen.

    Raises NotFoundError.
    """
    version = session.get(EmailTemplateVersion, version_id)
    if version is None:
        raise NotFoundError(kind="email_template")
    template = session.get_one(EmailTemplate, version.template_id)
    return _template(template, version, language)


def history(
    session: Session, template_id: EmailTemplateId, *, actor: Actor
) -> list[VersionLine]:
    """All versions, the newest first. Raises NotFoundError."""
    require(actor, Act.EDIT_TEMPLATES)
    template = get(session, template_id, actor=actor)
    versions = session.scalars(
        select(EmailTemplateVersion)
        .where(EmailTemplateVersion.template_id == template.template_id)
        .order_by(EmailTemplateVersion.number)
    ).all()
    record = session.get_one(EmailTemplate, template.template_id)
    said = [said_by(version, record) for version in versions]
    lines = [
        VersionLine(
            version_id=TemplateVersionId(version.id),
            number=version.number,
            made_at=version.made_at,
            made_by=_maker(version),
            fields=differences(before, after),
        )
        for version, before, after in zip(
            versions, [Wording(""), *said], said, strict=False
        )
    ]
    return lines[::-1]


def said_by(
    version: EmailTemplateVersion, template: EmailTemplate, language: Language = "nl"
) -> Wording:
    """What a version says; a built-in one, from the program."""
    if template.built_in is not None:
        return built_in_templates.wording_of(template.built_in, language)
    return Wording(**{name: getattr(version, name) for name in TEXTS})


def differences(before: Wording, after: Wording) -> tuple[str, ...]:
    """The names of the fields in which they differ."""
    return tuple(
        name for name in TEXTS if getattr(before, name) != getattr(after, name)
    )


def is_within_reach(template: EmailTemplate, actor: Actor) -> bool:
    """Whether it is the company's, or of a branch within the actor's reach."""
    return template.branch_id is None or actor.reaches(BranchId(template.branch_id))


def _maker(version: EmailTemplateVersion) -> AdministratorId | None:
    return None if version.made_by is None else AdministratorId(version.made_by)


def _current() -> Select[*_Row]:
    # The built-in ones, the company's, the branches'; the link before the password.
    return (
        select(EmailTemplate, EmailTemplateVersion, Branch.name)
        .join(
            EmailTemplateVersion,
            (EmailTemplateVersion.template_id == EmailTemplate.id)
            & (EmailTemplateVersion.number == EmailTemplate.current_number),
        )
        .outerjoin(Branch, Branch.id == EmailTemplate.branch_id)
        .where(EmailTemplate.deleted_at.is_(None))
        .execution_options(populate_existing=True)
    )


def _lines(
    session: Session, query: Select[*_Row], language: Language
) -> list[TemplateLine]:
    rows: Sequence[Any] = session.execute(query).all()
    lines = [
        _line(template, version, name, language) for template, version, name in rows
    ]
    return sorted(
        lines,
        key=lambda line: (
            line.built_in is not BuiltIn.LINK,
            line.built_in is None,
            line.branch_name is not None,
            fold(line.branch_name or ""),
            fold(line.name),
        ),
    )


def _line(
    template: EmailTemplate,
    version: EmailTemplateVersion,
    branch_name: str | None,
    language: Language,
) -> TemplateLine:
    said = said_by(version, template, language)
    return TemplateLine(
        template_id=EmailTemplateId(template.id),
        version_id=TemplateVersionId(version.id),
        name=said.name,
        branch_id=None if template.branch_id is None else BranchId(template.branch_id),
        branch_name=branch_name,
        built_in=template.built_in,
        hands_over=said.hands_over,
        changed_at=version.made_at,
    )


def _template(
    template: EmailTemplate, version: EmailTemplateVersion, language: Language
) -> Template:
    return Template(
        version_id=TemplateVersionId(version.id),
        template_id=EmailTemplateId(template.id),
        number=version.number,
        wording=said_by(version, template, language),
        built_in=template.built_in,
        branch_id=None if template.branch_id is None else BranchId(template.branch_id),
    )
