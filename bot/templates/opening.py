"""Brings list and editor to somebody: reads them, and puts them in their views."""

from slack_sdk.models.views import View

from bot import payload
from bot.branches.choosing import BranchChoice
from bot.interaction import Interaction
from bot.templates import built_in, editor, template_list
from bot.templates.built_in import BuiltInTemplate
from bot.templates.editor import Editor, Origin
from bot.templates.entries import Typed
from bot.templates.template_list import TemplateList
from domain import branches
from domain.actor import BranchId
from domain.letters import attachments, email_templates
from domain.letters.email_templates import Template
from domain.letters.model import EmailTemplateId
from domain.letters.template_wording import HandsOver, Wording
from domain.permissions import Act, require


def list_view(interaction: Interaction, page: int = 0, news: str = "") -> View:
    """The list. Raises NotPermittedError for who edits no templates."""
    with interaction.reading() as session:
        lines = email_templates.list_templates(
            session, language=interaction.t.language, actor=interaction.actor
        )
    return template_list.build(TemplateList(lines, page, news), interaction.t)


def refresh_list(interaction: Interaction, page: int, news: str) -> None:
    """The list at the bottom of the stack, if it is still open."""
    view = payload.view(interaction.body)
    root_view_id = view.get("root_view_id")
    if root_view_id and root_view_id != view.get("id"):
        interaction.refresh(root_view_id, lambda: list_view(interaction, page, news))


def template_view(
    interaction: Interaction, template_id: EmailTemplateId, page: int
) -> View:
    """A template to read, when it is built in, or else to edit.

    Raises NotFoundError.
    """
    template = read(interaction, template_id)
    if template.built_in is not None:
        return built_in.build(BuiltInTemplate(template, page), interaction.t)
    origin = Origin(
        template_id,
        template.number,
        template.branch_id,
        template.wording.attachment_id,
        page=page,
    )
    return editor_view(
        interaction,
        origin,
        typed_of(template.wording, template.branch_id),
        sends_password=template.hands_over is HandsOver.PASSWORD,
    )


def editor_view(
    interaction: Interaction,
    origin: Origin,
    typed: Typed,
    problem: str = "",
    *,
    sends_password: bool = False,
) -> View:
    """The editor with what was typed. Raises NotFoundError for a foreign id."""
    data = Editor(
        origin=origin,
        typed=typed,
        branch=_branch(interaction, typed.branch_id),
        kept_name=file_name(interaction, origin.kept),
        problem=problem,
        sends_password=sends_password,
    )
    return editor.build(data, interaction.t)


def read(interaction: Interaction, template_id: EmailTemplateId) -> Template:
    """Today's version of a template. Raises NotFoundError, NotPermittedError."""
    require(interaction.actor, Act.EDIT_TEMPLATES)
    with interaction.reading() as session:
        return email_templates.get(
            session,
            template_id,
            language=interaction.t.language,
            actor=interaction.actor,
        )


def file_name(interaction: Interaction, attachment_id: int | None) -> str:
    """The name of a PDF of one's own, "" for none. Raises NotFoundError."""
    if attachment_id is None:
        return ""
    with interaction.reading() as session:
        return attachments.name_of(session, attachment_id)


def typed_of(wording: Wording, branch_id: BranchId | None) -> Typed:
    """A template's words as they stand in the editor."""
    return Typed(
        name=wording.name,
        subject_nl=wording.subject_nl,
        body_nl=wording.body_nl,
        subject_en=wording.subject_en,
        body_en=wording.body_en,
        attached=wording.attached,
        branch_id=branch_id,
    )


def _branch(
    interaction: Interaction, branch_id: BranchId | None
) -> BranchChoice | None:
    if branch_id is None:
        return None
    with interaction.reading() as session:
        branch = branches.get(session, branch_id, actor=interaction.actor)
        return BranchChoice(branch_id, branch.name)
