"""Rows of the table: the words of e-mails, and Word templates."""

from domain.audit import AuditAct
from domain.exports import word_templates
from domain.letters import email_templates
from domain.letters.model import BuiltIn
from domain.runs import template_use
from tests.domain.audit.acts import Deed, Stage, row
from tests.domain.exports.word_files import every_field
from tests.domain.letters.templating import wording
from tests.domain.runs.mailing import add_template, template_of

WORD = every_field()


@row(
    AuditAct.TEMPLATE_ADDED,
    "email_template",
    "email_template_version",
    by="hanna",
    not_by="bram",
)
def adding_a_template(stage: Stage) -> Deed:
    return lambda actor: stage.does(
        email_templates.add, wording(), branch_id=None, actor=actor
    )


@row(
    AuditAct.TEMPLATE_ADDED,
    "email_template",
    "email_template_version",
    by="hanna",
    not_by="bram",
)
def copying_a_template(stage: Stage) -> Deed:
    """A copy is a new template with the words of another."""
    with stage.database.reading() as session:
        found = email_templates.get(
            session,
            template_of(stage.office, BuiltIn.LINK),
            actor=stage.office.hanna,
        )
    said = wording(found.wording.body_nl, found.wording.subject_nl)
    return lambda actor: stage.does(
        email_templates.add, said, branch_id=stage.office.utrecht, actor=actor
    )


@row(
    AuditAct.TEMPLATE_CHANGED,
    "email_template",
    "email_template_version",
    by="hanna",
    not_by="bram",
)
def changing_a_template(stage: Stage) -> Deed:
    template_id = add_template(stage.office)
    return lambda actor: stage.does(
        email_templates.change, template_id, wording(), expected_number=1, actor=actor
    )


@row(AuditAct.TEMPLATE_DELETED, "email_template", by="hanna", not_by="bram")
def deleting_a_template(stage: Stage) -> Deed:
    template_id = add_template(stage.office)
    return lambda actor: stage.does(
        template_use.delete_template, template_id, actor=actor
    )


@row(AuditAct.WORD_TEMPLATE_ADDED, "word_template", by="hanna", not_by="bram")
def adding_a_word_template(stage: Stage) -> Deed:
    return lambda actor: stage.does(
        word_templates.add, "Brief.docx", WORD, branch_id=None, actor=actor
    )


@row(AuditAct.WORD_TEMPLATE_REMOVED, "word_template", by="hanna", not_by="bram")
def removing_a_word_template(stage: Stage) -> Deed:
    template_id = stage.does(
        word_templates.add,
        "Brief.docx",
        WORD,
        branch_id=None,
        actor=stage.office.hanna,
    )
    return lambda actor: stage.does(word_templates.remove, template_id, actor=actor)
