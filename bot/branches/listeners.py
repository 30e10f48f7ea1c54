"""From a slash command or a menu to the screen of a branch."""

from collections.abc import Sequence
from functools import partial

from slack_bolt import App
from slack_sdk.models.blocks import Option

from bot import notice, payload
from bot.administrators import first_manager
from bot.branches import choosing, menu, place, screen
from bot.branches.opening import (
    branch_named,
    found_branches,
    show_branch,
    show_choice,
)
from bot.branches.place import Place
from bot.commands import (
    COMMANDS,
    PERMISSION,
    NotUnderstood,
    OpenCard,
    OpenLogins,
    OpenMenu,
    Route,
    parse,
)
from bot.interaction import Interaction
from bot.listening import on_action, on_command, on_search
from bot.office import Office
from bot.record_cards.opening import open_by_number
from domain import administrators
from domain.permissions import may, require

_MENU_ENTRIES = {
    menu.MANAGE_LOGINS: Route.MANAGEMENT,
    menu.STAFF_LOGINS: Route.STAFF,
}


def register(app: App, office: Office) -> None:
    """Listen for the commands, the menus, the choice and the paging."""
    for name, route in COMMANDS.items():
        on_command(app, office, name, partial(_answer_command, route=route))
    for action_id, route in _MENU_ENTRIES.items():
        on_action(app, office, action_id, partial(_leave_menu, route=route))
    on_search(app, office, choosing.SEARCH, _offer_branches)
    on_action(app, office, choosing.SEARCH, _open_branch)
    on_action(app, office, choosing.OPEN, _open_branch)
    on_action(app, office, screen.OTHER_BRANCH, show_choice)
    on_action(app, office, screen.SHOW_ALL, _show_all)
    for action_id in (screen.TURN_PAGE, screen.TURN_BACK):
        on_action(app, office, action_id, _turn_page)


def _answer_command(interaction: Interaction, route: Route) -> None:
    is_nobody_yet = interaction.person.actor is None
    if (route is Route.MANAGEMENT or is_nobody_yet) and _nobody_manages(interaction):
        _offer_to_begin(interaction)
        return
    if not may(interaction.actor, PERMISSION[route]):
        interaction.say(
            interaction.t(
                "{command} is for managers. You find the employee logins of your "
                "branches with /staff.",
                command=interaction.body["command"],
            )
        )
        return
    wish = parse(interaction.body.get("text") or "")
    if isinstance(wish, OpenMenu):
        interaction.open(menu.build(route, interaction.actor, interaction.t))
    elif isinstance(wish, OpenLogins):
        _open_logins(interaction, wish.branch_part)
    elif isinstance(wish, OpenCard):
        open_by_number(interaction, wish.number)
    else:
        _help(interaction, wish)


def _nobody_manages(interaction: Interaction) -> bool:
    with interaction.reading() as session:
        return not administrators.has_managers(session)


def _offer_to_begin(interaction: Interaction) -> None:
    if interaction.person.is_workspace_owner:
        interaction.open(first_manager.build(interaction.t))
        return
    interaction.say(
        interaction.t(
            "Nobody manages Sleutelbos yet. An owner of this workspace types "
            "/manage to begin."
        )
    )


def _open_logins(interaction: Interaction, part: str) -> None:
    interaction.open(notice.wait(interaction.t("Employee logins"), interaction.t))
    branch_id = branch_named(interaction, part) if part else None
    if branch_id is None:
        show_choice(interaction, part)
    else:
        show_branch(interaction, Place(branch_id))


def _help(interaction: Interaction, wish: NotUnderstood) -> None:
    command, t = interaction.body["command"], interaction.t
    near = found_branches(interaction, wish.typed, 1)
    if near and not wish.is_near:
        meant = f"{command} logins {near[0].name}"
        text = t("That is not clear. Did you mean {command}?", command=meant)
    elif wish.is_near:
        meant = f"{command} logins"
        text = t("That is not clear. Did you mean {command}?", command=meant)
    else:
        text = t("That is not clear.")
    interaction.say(
        text
        + "\n"
        + t(
            "{command} opens the menu; {command} logins and a part of a branch's "
            "name opens the logins of that branch.",
            command=command,
        )
        + "\n"
        + t("/staff card and an employee number opens that record card.")
    )


def _leave_menu(interaction: Interaction, route: Route) -> None:
    require(interaction.actor, PERMISSION[route])
    show_choice(interaction)


def _offer_branches(interaction: Interaction) -> Sequence[Option]:
    typed = str(interaction.body.get("value") or "")
    return choosing.options(found_branches(interaction, typed, choosing.OFFERED))


def _open_branch(interaction: Interaction) -> None:
    show_branch(interaction, choosing.parse(interaction.body))


def _show_all(interaction: Interaction) -> None:
    show_branch(interaction, Place(place.read(interaction.body).branch_id))


def _turn_page(interaction: Interaction) -> None:
    here = place.read(interaction.body)
    show_branch(interaction, place.turned(here, payload.action_value(interaction.body)))
