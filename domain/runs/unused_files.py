"""Uploaded files that nothing uses any more: PDFs along letters, Word templates.

What was replaced, deleted or removed stays for a month more, because a letter may
wait and a failed run may be tried again. Versions and runs that name such a file stay
readable after that: only its bytes go.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from domain.exports import word_templates
from domain.exports.model import WordTemplate
from domain.letters import attachments
from domain.letters.model import (
    AccessLetter,
    Attachment,
    EmailTemplate,
    EmailTemplateVersion,
)
from domain.runs.model import Run

KEPT_FOR: Final = timedelta(days=30)


def forget_attachments(session: Session, *, now: datetime) -> None:
    """Drop PDFs that no letter is, or will soon be, sent with.

    Those stay that today's version of a template names, that one named which was
    replaced or deleted within a month, or that a letter or an open mailing waits for.
    """
    version, template = EmailTemplateVersion, EmailTemplate
    since = now - KEPT_FOR
    needed = (
        select(version.attachment_id)
        .join(template, template.id == version.template_id)
        .where(
            version.attachment_id.is_not(None),
            or_(
                and_(
                    template.deleted_at.is_(None),
                    version.number == template.current_number,
                ),
                template.deleted_at > since,
                _was_replaced_after(since),
                exists().where(
                    AccessLetter.template_version_id == version.id,
                    AccessLetter.ended_at.is_(None),
                ),
                exists().where(
                    Run.template_version_id == version.id, Run.ended_at.is_(None)
                ),
            ),
        )
    )
    attachments.forget(session, Attachment.id.not_in(needed), added_before=since)


def forget_word_templates(session: Session, *, now: datetime) -> None:
    """Empty Word templates that were removed a month ago and no open run uses."""
    # Held first: who tries a run again meanwhile is then seen as an open run.
    removed = session.scalars(
        select(WordTemplate.id)
        .where(WordTemplate.removed_at <= now - KEPT_FOR, word_templates.has_content())
        .with_for_update()
    ).all()
    if not removed:
        return
    in_use = exists().where(
        Run.word_template_id == WordTemplate.id, Run.ended_at.is_(None)
    )
    session.execute(
        update(WordTemplate)
        .where(WordTemplate.id.in_(removed), ~in_use)
        .values(content=b"")
        .execution_options(synchronize_session=False)
    )


def _was_replaced_after(since: datetime) -> ColumnElement[bool]:
    following = aliased(EmailTemplateVersion)
    return exists().where(
        following.template_id == EmailTemplateVersion.template_id,
        following.number == EmailTemplateVersion.number + 1,
        following.made_at > since,
    )
