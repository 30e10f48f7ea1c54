"""Sends an administrator a test of a template: *Stuur test naar mijzelf*."""

from bot import failures, notice, payload
from bot.interaction import Interaction
from bot.letters import leaving
from bot.templates import opening, preview
from bot.templates.preview import Tested
from bot.templates.previewing import view_of
from domain.errors import DomainError
from domain.letters.email_templates import Template, TemplateChangedError
from domain.logins import template_preview
from domain.logins.template_preview import NoOwnAddressError
from domain.permissions import Act, require


def send_test(interaction: Interaction) -> None:
    """Send it, and say on the preview where to.

    The preview makes way first: of a double click Slack takes that from one press
    only, and the other ends there.
    """
    require(interaction.actor, Act.EDIT_TEMPLATES)
    tested, t = preview.parse(interaction.body), interaction.t
    template = opening.read(interaction, tested.template_id)
    interaction.show(notice.wait(t("Preview"), t))
    news = problem = ""
    try:
        news = t(
            "A test is on its way to {address}.",
            address=_sent(interaction, template, tested),
        )
    except NoOwnAddressError:
        problem = _no_address(interaction)
    except TemplateChangedError:
        problem = t(
            "Somebody changed this template meanwhile, so no test was sent. This is "
            "how it is now."
        )
    except DomainError as error:
        problem = failures.worded(error, t, preview.SEND_TEST)
    view = view_of(interaction, template, tested.login_id, news=news, problem=problem)
    interaction.replace(payload.view(interaction.body)["id"], view)


def _sent(interaction: Interaction, template: Template, tested: Tested) -> str:
    leaving.require_mail(interaction)
    if template.number != tested.number:
        raise TemplateChangedError(number=template.number)
    with interaction.transaction() as session:
        return template_preview.send_test(
            session,
            template,
            tested.login_id,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )


def _no_address(interaction: Interaction) -> str:
    user_id = interaction.person.identity.user_id
    return interaction.t(
        "No e-mail address of yours is known, so no test was sent. Ask who set up "
        "Sleutelbos for you (IT) to add it: {command}",
        command=f"sleutelbos administrator add {user_id} --type manager --email …",
    )
