"""Word templates for ready letters: uploaded, looked at, chosen, removed."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO

import structlog
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from domain import audit, branches
from domain.actor import Actor, BranchId
from domain.audit import AuditAct, Concerning
from domain.branches import Branch
from domain.errors import DomainError, NotFoundError
from domain.exports import built_in_letters, merge_letters
from domain.exports.columns import HEADINGS, PASSWORD_HEADING
from domain.exports.letter_form import form_of
from domain.exports.model import ReadyLetters, WordTemplate
from domain.exports.text_gaps import Letter
from domain.exports.word_fields import merge_fields
from domain.exports.word_problems import WordProblem, WordTemplateRefusedError
from domain.permissions import Act, require
from domain.plain_text import clean

_log = structlog.get_logger()
NAME_LENGTH = 75
_SUFFIX = ".docx"


class WordTemplateGoneError(DomainError):
    """The template was removed, or is not one that this branch may use."""

    code = "word_template_gone"


@dataclass(frozen=True)
class WordTemplateLine:
    """A template of one's own, as lists show it; without a branch it is everybody's."""

    template_id: int
    name: str
    branch_id: BranchId | None
    branch_name: str | None
    uploaded_at: datetime


def add(
    session: Session,
    name: str,
    content: bytes,
    *,
    branch_id: BranchId | None,
    actor: Actor,
    now: datetime,
) -> int:
    """Keep a template for letters; gives its id.

    It is called as its file. Raises WordTemplateRefusedError for what is no proper
    template, and NotFoundError for a branch that is not there.
    """
    require(actor, Act.EDIT_TEMPLATES)
    if branch_id is not None:
        branches.get(session, branch_id, actor=actor)
    require_usable(content)
    template = WordTemplate(
        branch_id=branch_id,
        name=_tidied(name),
        content=content,
        uploaded_by=actor.administrator_id,
        uploaded_at=now,
    )
    session.add(template)
    session.flush()
    _audit(session, AuditAct.WORD_TEMPLATE_ADDED, template, actor=actor, now=now)
    return template.id


@lru_cache(maxsize=2)
def require_usable(content: bytes) -> None:
    """Make two letters, so that no run finds out that none can be made.

    One that does not say the password is none: nobody would get in with it. It
    takes a while: ask it before a transaction is opened, and it is known in it.
    Raises WordTemplateRefusedError.
    """
    try:
        names = merge_fields(content)
        letters = [Letter(dict.fromkeys(HEADINGS, "x"), number) for number in (1, 2)]
        merge_letters.write(BytesIO(), form_of(content), letters)
    except WordTemplateRefusedError:
        raise
    except Exception as error:
        _log.warning("word_template.unusable", error=type(error).__name__)
        raise WordTemplateRefusedError(WordProblem.DAMAGED) from error
    if PASSWORD_HEADING not in names:
        raise WordTemplateRefusedError(WordProblem.NO_PASSWORD)


def list_templates(session: Session, *, actor: Actor) -> list[WordTemplateLine]:
    """All that were not removed: the company's, then by branch."""
    require(actor, Act.EDIT_TEMPLATES)
    return _lines(session)


def choose_from(
    session: Session, branch_id: BranchId, *, actor: Actor
) -> list[WordTemplateLine]:
    """Those that letters of a branch may be made from: its own and the company's."""
    require(actor, Act.EXPORT_PASSWORDS, branch_id)
    return _lines(session, _is_for(branch_id))


def hold(session: Session, template_id: int, branch_id: BranchId) -> None:
    """Have a template stay until this transaction ends.

    Raises WordTemplateGoneError for one that this branch may not use.
    """
    held = session.scalar(
        select(WordTemplate.id)
        .where(
            WordTemplate.id == template_id,
            WordTemplate.removed_at.is_(None),
            _is_for(branch_id),
        )
        .with_for_update(read=True)
    )
    if held is None:
        raise WordTemplateGoneError


def require_content(session: Session, template_id: int, *, held: bool = False) -> None:
    """Refuse to make letters once more from one that was removed long ago.

    `held` has what they are made from stay until this transaction ends. Raises
    WordTemplateGoneError.
    """
    query = select(WordTemplate.id).where(WordTemplate.id == template_id, has_content())
    if held:
        query = query.with_for_update(read=True)
    if session.scalar(query) is None:
        raise WordTemplateGoneError


def has_content() -> ColumnElement[bool]:
    """Whether it was not emptied after its removal."""
    return WordTemplate.content != b""


def remove(session: Session, template_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a template from all lists; runs that began with it still make their letters.

    Raises NotFoundError.
    """
    require(actor, Act.EDIT_TEMPLATES)
    template = session.scalars(
        select(WordTemplate)
        .where(WordTemplate.id == template_id, WordTemplate.removed_at.is_(None))
        .with_for_update()
    ).one_or_none()
    if template is None:
        raise NotFoundError(kind="word_template")
    template.removed_at = now
    _audit(session, AuditAct.WORD_TEMPLATE_REMOVED, template, actor=actor, now=now)


def content_of(
    session: Session, chosen: ReadyLetters, template_id: int | None, sign_in_page: str
) -> bytes:
    """What letters are made from, of a removed template too; for who makes them.

    Raises NotFoundError, for one whose content is gone too.
    """
    if chosen is not ReadyLetters.OWN:
        return built_in_letters.template(chosen, sign_in_page)
    content = session.scalar(
        select(WordTemplate.content).where(
            WordTemplate.id == template_id, has_content()
        )
    )
    if content is None:
        raise NotFoundError(kind="word_template")
    return content


def _is_for(branch_id: BranchId) -> ColumnElement[bool]:
    return or_(WordTemplate.branch_id.is_(None), WordTemplate.branch_id == branch_id)


def _lines(
    session: Session, *conditions: ColumnElement[bool]
) -> list[WordTemplateLine]:
    found = session.execute(
        select(WordTemplate, Branch.name)
        .outerjoin(Branch, Branch.id == WordTemplate.branch_id)
        .where(WordTemplate.removed_at.is_(None), *conditions)
        .order_by(
            WordTemplate.branch_id.is_not(None),
            Branch.name,
            WordTemplate.name,
            WordTemplate.id,
        )
    )
    return [
        WordTemplateLine(
            template_id=template.id,
            name=template.name,
            branch_id=None
            if template.branch_id is None
            else BranchId(template.branch_id),
            branch_name=branch_name,
            uploaded_at=template.uploaded_at,
        )
        for template, branch_name in found
    ]


def _tidied(name: str) -> str:
    tidy = clean(name)
    if tidy.lower().endswith(_SUFFIX):
        tidy = tidy[: -len(_SUFFIX)].rstrip()
    return tidy[:NAME_LENGTH] or "Word"


def _audit(
    session: Session,
    act: AuditAct,
    template: WordTemplate,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    details = {"word_template": template.id}
    concerning = Concerning(branch_id=template.branch_id, details=details)
    audit.record(session, act, concerning, actor=actor, now=now)
