"""Requires codes of all administrators, and lifts the block of one."""

from bot.administrators import entered, form, list_screen, opening
from bot.interaction import Interaction
from domain.actor import AdministratorId
from domain.errors import DomainError
from domain.permissions import Act, require
from domain.sign_in import step_up, step_up_demands


def require_of_all(interaction: Interaction) -> None:
    """Do as the tick says; when that is refused the tick goes back."""
    require(interaction.actor, Act.REQUIRE_CODES)
    t, page = interaction.t, list_screen.page_of(interaction.body)
    required = list_screen.parse_for_all(interaction.body)
    times = list_screen.times_of(interaction.body) + 1
    try:
        with interaction.transaction() as session:
            step_up_demands.require_codes_for_all(
                session,
                required,
                mails=interaction.office.mails,
                actor=interaction.actor,
                now=interaction.now,
            )
    except DomainError:
        interaction.show(opening.list_view(interaction, page, times=times))
        raise
    said = t("Codes are required of all administrators from now on.")
    if not required:
        said = t("Codes are not required of all administrators any more.")
    interaction.show(opening.list_view(interaction, page, said, times=times))


def lift_block(interaction: Interaction) -> None:
    """Let the administrator of a form give codes again."""
    require(interaction.actor, Act.LIFT_STEP_UP)
    t = interaction.t
    administrator_id = entered.administrator_of(interaction.body)
    page = list_screen.page_of(interaction.body)
    with interaction.transaction() as session:
        was_blocked = step_up.lift(
            session, administrator_id, actor=interaction.actor, now=interaction.now
        )
    said = t("The block is lifted: codes can be given again.")
    if not was_blocked:
        said = t("There was nothing to do: codes can be given.")
    opening.refresh_list(interaction, page, said)
    _draw_again(interaction, administrator_id, page, said)


def mail_instead_of_app(interaction: Interaction) -> None:
    """Have codes come by mail for the administrator of a form, who lost the phone."""
    require(interaction.actor, Act.LIFT_STEP_UP)
    administrator_id = entered.administrator_of(interaction.body)
    page = list_screen.page_of(interaction.body)
    with interaction.transaction() as session:
        step_up_demands.mail_instead_of_app(
            session,
            administrator_id,
            mails=interaction.office.mails,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    said = interaction.t("The codes of this administrator come by e-mail from now on.")
    _draw_again(interaction, administrator_id, page, said)
    opening.refresh_list(interaction, page, said)


def _draw_again(
    interaction: Interaction, administrator_id: AdministratorId, page: int, said: str
) -> None:
    shown = form.shown_in(interaction.body)
    interaction.show(
        opening.form_view(interaction, administrator_id, page, said, shown)
    )
