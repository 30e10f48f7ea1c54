"""Brings the list of Word templates to somebody, and takes one out of it."""

from slack_sdk.models.views import View

from bot import notice, payload
from bot.interaction import Interaction
from bot.text import on_one_line
from bot.word_templates import template_list
from bot.word_templates.template_list import WordTemplateList
from domain.exports import word_templates
from domain.exports.word_templates import WordTemplateLine
from domain.permissions import Act, require


def open_list(interaction: Interaction) -> None:
    """On top of the list of templates of e-mails."""
    require(interaction.actor, Act.EDIT_TEMPLATES)
    t = interaction.t
    interaction.push(notice.wait(t("Word templates"), t))
    interaction.show(list_view(interaction))


def list_view(interaction: Interaction, news: str = "") -> View:
    """The list. Raises NotPermittedError for who edits no templates."""
    lines = _lines(interaction)
    return template_list.build(WordTemplateList(lines, news), interaction.t)


def refresh_list(interaction: Interaction, news: str) -> None:
    """The list under what is shown now, if it is still open."""
    below = payload.view(interaction.body).get("previous_view_id")
    if below:
        interaction.refresh(below, lambda: list_view(interaction, news))


def remove(interaction: Interaction) -> None:
    """Remove a template, and say so on top of the list."""
    template_id = payload.whole_number(interaction.value)
    name = next(
        (line.name for line in _lines(interaction) if line.template_id == template_id),
        "",
    )
    with interaction.transaction() as session:
        word_templates.remove(
            session, template_id, actor=interaction.actor, now=interaction.now
        )
    said = interaction.t("Removed: {name}.", name=on_one_line(name))
    interaction.show(list_view(interaction, said))


def _lines(interaction: Interaction) -> list[WordTemplateLine]:
    with interaction.reading() as session:
        return word_templates.list_templates(session, actor=interaction.actor)
