"""*Voorbeeld* in the dry run of a mailing."""

from bot import notice
from bot.interaction import Interaction
from bot.resets import example, mailing_choice, mailing_dry_run
from bot.resets.example import Example
from bot.templates.opening import file_name
from domain.letters import email_templates
from domain.letters.model import EmailTemplateId
from domain.logins import template_preview
from domain.runs.example import first_met


def show(interaction: Interaction) -> None:
    """The letter with the template that is chosen now."""
    t, actor, office = interaction.t, interaction.actor, interaction.office
    interaction.push(notice.wait(t("Preview"), t))
    branch_id = mailing_dry_run.parse(interaction.body).place.branch_id
    choice = mailing_choice.chosen(interaction.body)
    with interaction.reading() as session:
        template = email_templates.get(
            session, EmailTemplateId(choice.template_id or 0), actor=actor
        )
        login_id = first_met(
            session,
            branch_id,
            choice.reset,
            again=choice.again,
            actor=actor,
            now=interaction.now,
        )
        letter = template_preview.example(
            session,
            template,
            login_id,
            company=office.company,
            portal_url=office.portal_url,
            actor=actor,
            now=interaction.now,
        )
    said = template.wording
    attached = file_name(interaction, said.attachment_id)
    data = Example(letter, template.hands_over, said.attached, attached)
    interaction.show(example.build(data, t))
