"""What every start of a mailing asks: may mail go out, and where is it told of."""

from sqlalchemy.orm import Session

from bot.interaction import Interaction
from bot.resets import admin_channel
from domain.actor import BranchId
from domain.branches import Branch
from domain.errors import DomainError
from domain.letters import email_templates
from domain.letters.email_templates import TemplateLine
from domain.runs.model import Run, RunId
from domain.runs.template_use import TemplateGoneError


class OtherTemplateError(DomainError):
    """The template says something else by now than when it was shown."""

    code = "other_template"


def usable_channel(interaction: Interaction, branch: Branch) -> str | None:
    """The admin channel, or None when progress has to go to this person directly.

    Raises ChannelUnseenError.
    """
    channel_id = admin_channel.of(branch, interaction.office)
    problem = admin_channel.problem_of(interaction, channel_id)
    return channel_id if problem is None else None


def shown_channel(
    interaction: Interaction, branch: Branch, *, is_direct: bool
) -> str | None:
    """The same as a dry run said, without asking Slack once more."""
    return None if is_direct else admin_channel.of(branch, interaction.office)


def template_of_today(
    session: Session, interaction: Interaction, version_id: int, branch_id: BranchId
) -> TemplateLine:
    """The template of an earlier mailing, as it is now. Raises TemplateGoneError."""
    template_id = email_templates.read_version(session, version_id).template_id
    offered = email_templates.choose_from(
        session,
        branch_id,
        language=interaction.t.language,
        actor=interaction.actor,
    )
    for line in offered:
        if line.template_id == template_id:
            return line
    raise TemplateGoneError


def require_version(session: Session, run_id: RunId, version_id: int | None) -> None:
    """Undo a start whose letters would say something else than was shown.

    Raises OtherTemplateError.
    """
    if session.get_one(Run, run_id).template_version_id != version_id:
        raise OtherTemplateError
