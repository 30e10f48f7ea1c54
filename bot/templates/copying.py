"""Begins a new template with the words of another."""

from dataclasses import replace

from bot import payload
from bot.interaction import Interaction
from bot.templates import built_in, editor, entries, opening
from bot.templates.editor import Origin
from bot.templates.entries import Typed
from bot.text import on_one_line
from domain.errors import NotFoundError
from domain.letters.model import NAME_LENGTH
from domain.permissions import Act, require


def copy(interaction: Interaction) -> None:
    """An editor in the place of the other's, with what stands there now."""
    require(interaction.actor, Act.EDIT_TEMPLATES)
    typed, origin = _copied(interaction)
    t = interaction.t
    name = t("Copy of {name}", name=on_one_line(typed.name))
    interaction.show(
        opening.editor_view(
            interaction,
            replace(origin, is_copy=True),
            replace(typed, name=on_one_line(name, NAME_LENGTH), file=None),
        )
    )


def _copied(interaction: Interaction) -> tuple[Typed, Origin]:
    body = interaction.body
    origin = editor.origin_of(body)
    if payload.view(body).get("callback_id") == built_in.CALLBACK_ID:
        if origin.template_id is None:
            raise NotFoundError(kind="template")
        wording = opening.read(interaction, origin.template_id).wording
        return opening.typed_of(wording, None), Origin(page=origin.page)
    typed = entries.parse(body, origin.prefix)
    branch_id = origin.branch_id
    return replace(typed, branch_id=branch_id), Origin(
        kept=origin.kept, page=origin.page
    )
