"""Answers what is pressed in the history of a template."""

from slack_sdk.models.views import View

from bot import notice
from bot.interaction import Interaction
from bot.templates import history, version_text
from bot.templates.history import PAGE, History, Version
from bot.templates.makers import names_of
from bot.templates.opening import file_name
from bot.templates.version_text import VersionText
from domain.errors import NotFoundError
from domain.letters import attachments, email_templates


def open_history(interaction: Interaction) -> None:
    """The newest versions, on top of the editor."""
    interaction.push(notice.wait(interaction.t("History"), interaction.t))
    interaction.show(_history(interaction, before=None))


def turn_history(interaction: Interaction) -> None:
    """Another page of it, in its place."""
    interaction.show(_history(interaction, history.number_of(interaction.body)))


def show_version(interaction: Interaction) -> None:
    """What a version said, in the place of the list of versions."""
    number = history.number_of(interaction.body)
    if number is None:
        raise NotFoundError(kind="version")
    interaction.show(_version(interaction, number))


def _history(interaction: Interaction, before: int | None) -> View:
    template_id, actor = history.template_of(interaction.body), interaction.actor
    with interaction.reading() as session:
        template = email_templates.get(session, template_id, actor=actor)
        lines = email_templates.history(session, template_id, actor=actor)
        older = [line for line in lines if before is None or line.number < before]
        names = names_of(session, older[:PAGE])
    data = History(
        template_id=template_id,
        name=template.wording.name,
        versions=[
            Version(line.number, line.made_at, names.get(line.made_by, ""), line.fields)
            for line in older[:PAGE]
        ],
        is_newest=before is None,
        has_older=len(older) > PAGE,
    )
    return history.build(data, interaction.t)


def _version(interaction: Interaction, number: int) -> View:
    template_id, actor = history.template_of(interaction.body), interaction.actor
    with interaction.reading() as session:
        lines = email_templates.history(session, template_id, actor=actor)
        version_id = next(
            (line.version_id for line in lines if line.number == number), None
        )
        if version_id is None:
            raise NotFoundError(kind="version")
        template = email_templates.read_version(session, version_id)
        attachment_id = template.wording.attachment_id
        is_gone = attachment_id is not None and not attachments.is_kept(
            session, attachment_id
        )
    name = file_name(interaction, attachment_id)
    data = VersionText(template_id, number, template.wording, name, is_gone)
    return version_text.build(data, interaction.t)
