"""Writes a template as its editor has it: once, never over what others wrote since."""

from sqlalchemy.orm import Session

from bot import payload
from bot.interaction import Interaction
from bot.templates import wording
from bot.templates.editor import Submitted
from bot.templates.entries import Typed
from bot.text import on_one_line
from domain import slack_deliveries
from domain.letters import email_templates
from domain.letters.model import Attached
from domain.letters.template_wording import HandsOver, Wording, tidied


def claim(session: Session, interaction: Interaction, done: str) -> bool:
    """Whether this was not `done` from this very window before.

    A window closes with it, so whoever comes second pressed twice.
    """
    window = f"{done} {payload.view(interaction.body).get('id')}"
    return slack_deliveries.is_first(session, window, now=interaction.now)


def write(
    session: Session, interaction: Interaction, wanted: Submitted, saved: Wording
) -> None:
    """Save it. Raises WordingRefusedError, TemplateChangedError or NotFoundError."""
    now, actor, origin = interaction.now, interaction.actor, wanted.origin
    if origin.template_id is None:
        email_templates.add(
            session, saved, branch_id=wanted.typed.branch_id, actor=actor, now=now
        )
        return
    email_templates.change(
        session,
        origin.template_id,
        saved,
        expected_number=origin.number or 0,
        actor=actor,
        now=now,
    )


def wording_of(typed: Typed, attachment_id: int | None) -> Wording:
    """What stands in the entries, with this PDF if one is wanted."""
    return Wording(
        name=typed.name,
        subject_nl=typed.subject_nl,
        body_nl=typed.body_nl,
        subject_en=typed.subject_en,
        body_en=typed.body_en,
        attached=typed.attached,
        attachment_id=attachment_id if typed.attached is Attached.FILE else None,
    )


def news(interaction: Interaction, saved: Wording) -> str:
    """That it is saved, and what to mind."""
    t = interaction.t
    said = t("Saved: {name}.", name=on_one_line(saved.name))
    if tidied(saved).hands_over is not HandsOver.PASSWORD:
        return said
    return f"{said} {wording.link_is_safer(t)}"
