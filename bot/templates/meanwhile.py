"""What somebody else saved while the editor was open: told, and left as it is."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.views import View

from bot.interaction import Interaction
from bot.templates import wording
from bot.templates.editor import Submitted
from bot.templates.makers import names_of
from bot.templates.opening import editor_view
from bot.text import on_one_line
from domain.letters import email_templates
from domain.letters.model import EmailTemplateId


def editor_again(
    interaction: Interaction, wanted: Submitted, more: Sequence[str] = ()
) -> View:
    """The editor with what was typed, and whose change saving would now replace.

    `more` is what else there is to say. Raises NotFoundError when the template was
    deleted.
    """
    origin, t, actor = wanted.origin, interaction.t, interaction.actor
    template_id = EmailTemplateId(origin.template_id or 0)
    with interaction.reading() as session:
        newest = email_templates.history(session, template_id, actor=actor)[0]
        names = names_of(session, [newest])
    name = names.get(newest.made_by, "")
    problem = t(
        "Not saved, because {who} changed this template on {instant}: {fields}. What "
        "you typed is still here. Save puts it in the place of that change, which "
        "stays readable under History; Cancel leaves the change as it is.",
        who=on_one_line(name) if name else t("an administrator"),
        instant=t.instant(newest.made_at),
        fields=wording.fields(newest.fields, t),
    )
    return editor_view(
        interaction,
        replace(origin, number=newest.number),
        wanted.typed,
        " ".join([problem, *more]),
    )
