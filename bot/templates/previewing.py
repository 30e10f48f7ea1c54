"""Shows the letter of what stands in an editor, or of a built-in template."""

from dataclasses import replace

from slack_sdk.models.views import View

from bot import notice, payload
from bot.interaction import Interaction
from bot.templates import built_in, editor, opening, preview, problems, sample
from bot.templates.entries import Typed
from bot.templates.preview import Preview, Tested
from bot.templates.writing import wording_of
from domain.letters.email_templates import Template
from domain.letters.model import Attached
from domain.letters.template_wording import Wording, WordingRefusedError, tidied
from domain.logins import template_preview
from domain.logins.model import LoginId
from domain.permissions import Act, require


def show_preview(interaction: Interaction) -> None:
    """The letter on top, or in words why there is none yet.

    Raises NoColleagueError when nobody was chosen.
    """
    require(interaction.actor, Act.EDIT_TEMPLATES)
    login_id, t = sample.parse(interaction.body), interaction.t
    interaction.push(notice.wait(t("Preview"), t))
    try:
        view = _view(interaction, login_id)
    except WordingRefusedError as error:
        said = [t("This has to be mended first:"), *problems.listed(error, t)]
        view = notice.build(t("Preview"), said, t)
    interaction.show(view)


def view_of(
    interaction: Interaction,
    template: Template,
    login_id: LoginId,
    *,
    news: str = "",
    problem: str = "",
) -> View:
    """The letter of a template as it is saved. Raises NotFoundError."""
    said = template.wording
    data = _preview(interaction, said, login_id)
    tested = Tested(template.template_id, template.number, login_id)
    file_name = opening.file_name(interaction, said.attachment_id)
    shown = replace(
        data, file_name=file_name, tested=tested, news=news, problem=problem
    )
    return preview.build(shown, interaction.t)


def _view(interaction: Interaction, login_id: LoginId) -> View:
    body = interaction.body
    origin = editor.origin_of(body)
    template = None
    if origin.template_id is not None:
        template = opening.read(interaction, origin.template_id)
        if payload.view(body).get("callback_id") == built_in.CALLBACK_ID:
            return view_of(interaction, template, login_id)
    typed = editor.parse(body).typed
    said = tidied(wording_of(typed, origin.kept))
    if template and typed.file is None and said == template.wording:
        return view_of(interaction, template, login_id)
    return _unsaved(interaction, typed, said, login_id)


def _unsaved(
    interaction: Interaction, typed: Typed, said: Wording, login_id: LoginId
) -> View:
    # A new PDF is not here yet, and a name nobody needs to read a letter.
    read = replace(said, name=said.name or "–")
    if said.attached is Attached.FILE and said.attachment_id is None:
        read = replace(read, attached=Attached.NOTHING)
    data = replace(_preview(interaction, read, login_id), attached=said.attached)
    file_name = (
        typed.file.name
        if typed.file
        else opening.file_name(interaction, said.attachment_id)
    )
    return preview.build(replace(data, file_name=file_name), interaction.t)


def _preview(interaction: Interaction, said: Wording, login_id: LoginId) -> Preview:
    office = interaction.office
    with interaction.reading() as session:
        letter = template_preview.preview(
            session,
            said,
            login_id,
            company=office.company,
            portal_url=office.portal_url,
            actor=interaction.actor,
            now=interaction.now,
        )
    return Preview(letter, said.hands_over, said.attached)
