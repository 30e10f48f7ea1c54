"""Deletes a template, unless a task or a reminder uses it."""

from bot import notice
from bot.interaction import Interaction
from bot.locale import Translator
from bot.templates import editor, writing
from bot.templates.opening import refresh_list
from bot.text import on_one_line
from domain.errors import NotFoundError
from domain.letters import email_templates
from domain.permissions import Act, require
from domain.runs import template_use
from domain.runs.template_use import TemplateInUseError


def delete(interaction: Interaction) -> None:
    """Delete it, and say so in the place of its editor, or on top why not."""
    require(interaction.actor, Act.EDIT_TEMPLATES)
    t = interaction.t
    origin = editor.origin_of(interaction.body)
    if origin.template_id is None:
        raise NotFoundError(kind="template")
    try:
        with interaction.transaction() as session:
            if not writing.claim(session, interaction, "deleted"):
                return
            actor = interaction.actor
            template = email_templates.get(session, origin.template_id, actor=actor)
            template_use.delete_template(
                session, origin.template_id, actor=actor, now=interaction.now
            )
    except TemplateInUseError as error:
        interaction.push(notice.build(t("Not deleted"), [why_not(error, t)], t))
        return
    except NotFoundError:
        said = t("This template is not there, or somebody deleted it.")
    else:
        said = t("Deleted: {name}.", name=on_one_line(template.wording.name))
    refresh_list(interaction, origin.page, said)
    interaction.show(notice.build(t("Email template"), [said], t))


def why_not(error: TemplateInUseError, t: Translator) -> str:
    """What uses the template, and when it can be deleted."""
    branches = on_one_line(str(error.fields["branches"]), 500)
    if error.fields["is_under_way"]:
        return t(
            "E-mails are being sent with this template now: {branches}. Delete it when "
            "that is done.",
            branches=branches,
        )
    return t(
        "Reminders will be sent with this template: {branches}. Stop them first, at "
        "the message of the task, or wait until they are sent.",
        branches=branches,
    )
