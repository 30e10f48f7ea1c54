"""Answers the list of administrators, its form, and who becomes the first manager."""

from collections.abc import Sequence
from functools import partial

from slack_bolt import App
from slack_sdk.models.blocks import Option
from sqlalchemy.orm import Session

from bot import notice, payload
from bot.administrators import (
    dismissal,
    first_manager,
    form,
    list_screen,
    opening,
    requiring,
    saving,
)
from bot.branches import choosing, menu
from bot.branches.opening import found_branches
from bot.interaction import Interaction
from bot.listening import Submitted, on_action, on_search, on_submission
from bot.office import Office
from domain.actor import AdministratorId
from domain.appointments import appointing
from domain.permissions import Act, require


def register(app: App, office: Office) -> None:
    """Listen for the list, the form, and the first manager's confirmation."""
    press = partial(on_action, app, office)
    press(menu.ADMINISTRATORS, _open_list)
    press(list_screen.TURN_PAGE, _turn_page)
    press(list_screen.TURN_BACK, _turn_page)
    press(list_screen.NEW, _open_new)
    press(list_screen.OPEN, _open_one)
    press(list_screen.CODES_FOR_ALL, requiring.require_of_all)
    press(form.LIFT, requiring.lift_block)
    press(form.MAIL_INSTEAD, requiring.mail_instead_of_app)
    press(form.DISMISS, dismissal.dismiss)
    on_search(app, office, form.CHOOSE_BRANCHES, _offer_branches)
    on_submission(app, office, form.CALLBACK_ID, saving.save)
    on_submission(app, office, first_manager.CALLBACK_ID, _begin)


def _open_list(interaction: Interaction) -> None:
    require(interaction.actor, Act.SEE_ADMINISTRATORS)
    interaction.show(opening.list_view(interaction))


def _turn_page(interaction: Interaction) -> None:
    page = payload.whole_number(interaction.value)
    interaction.show(opening.list_view(interaction, page))


def _open_new(interaction: Interaction) -> None:
    page = list_screen.page_of(interaction.body)
    interaction.push(opening.form_view(interaction, None, page))


def _open_one(interaction: Interaction) -> None:
    page = list_screen.page_of(interaction.body)
    administrator_id = AdministratorId(payload.whole_number(interaction.value))
    interaction.push(opening.form_view(interaction, administrator_id, page))


def _offer_branches(interaction: Interaction) -> Sequence[Option]:
    require(interaction.actor, Act.APPOINT_ADMINISTRATORS)
    typed = str(interaction.body.get("value") or "")
    return choosing.options(found_branches(interaction, typed, choosing.OFFERED))


def _begin(interaction: Interaction) -> Submitted:
    person, t = interaction.person, interaction.t

    def appoint(session: Session) -> None:
        appointing.appoint_first_manager(
            session,
            person.identity,
            is_workspace_owner=person.is_workspace_owner,
            now=interaction.now,
        )

    interaction.once(appoint)
    done = [t("You are a manager now. Type /manage to begin.")]
    return Submitted(notice.build(t("First manager"), done, t))
