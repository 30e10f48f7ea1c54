"""Dismisses the administrator of a form."""

from bot import notice
from bot.administrators import entered, list_screen
from bot.administrators.opening import refresh_list
from bot.interaction import Interaction
from domain.appointments import dismissing
from domain.permissions import Act, require


def dismiss(interaction: Interaction) -> None:
    """Dismiss, and say so in the place of the form and on the list below."""
    require(interaction.actor, Act.APPOINT_ADMINISTRATORS)
    t = interaction.t
    administrator_id = entered.administrator_of(interaction.body)
    page = list_screen.page_of(interaction.body)
    with interaction.transaction() as session:
        stays_elsewhere = dismissing.dismiss(
            session, administrator_id, actor=interaction.actor, now=interaction.now
        )
    said = t("Dismissed. The person and the admin channel hear of it.")
    if stays_elsewhere:
        said = t("This person administers none of your branches any more.")
    refresh_list(interaction, page, said)
    interaction.show(notice.build(t("Administrator"), [said], t))
