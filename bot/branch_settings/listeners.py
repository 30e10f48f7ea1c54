"""From the menu to the settings of a branch, and back into the database."""

from collections.abc import Sequence
from functools import partial

from slack_bolt import App
from slack_sdk.models.blocks import Option

from bot import payload
from bot.branch_settings import form, saving, showing
from bot.branch_settings.entered import parse_choices
from bot.branches import choosing, menu
from bot.branches.choosing import Choosing
from bot.branches.opening import found_branches
from bot.interaction import Interaction
from bot.listening import on_action, on_search, on_submission
from bot.office import Office
from domain.actor import BranchId
from domain.permissions import Act, require

SEARCH = "branch_settings.search"
OPEN = "branch_settings.open_form"


def register(app: App, office: Office) -> None:
    """Listen for the menu entry, the choice of a branch, and the form."""
    press = partial(on_action, app, office)
    press(menu.BRANCH_SETTINGS, _choose_branch)
    on_search(app, office, SEARCH, _offer_branches)
    press(SEARCH, _open_form)
    press(OPEN, _open_form)
    press(form.TICK_SECOND_FACTOR, _say_more)
    press(form.CHOOSE_CHANNEL, _say_more)
    on_submission(app, office, form.CALLBACK_ID, saving.save)


def _choose_branch(interaction: Interaction) -> None:
    require(interaction.actor, Act.SET_UP_BRANCHES)
    found = found_branches(interaction, "", choosing.LISTED + 1)
    data = Choosing(
        found[: choosing.LISTED],
        has_more=len(found) > choosing.LISTED,
        search_id=SEARCH,
        open_id=OPEN,
    )
    interaction.show(choosing.build(data, interaction.t))


def _offer_branches(interaction: Interaction) -> Sequence[Option]:
    require(interaction.actor, Act.SET_UP_BRANCHES)
    typed = str(interaction.body.get("value") or "")
    return choosing.options(found_branches(interaction, typed, choosing.OFFERED))


def _open_form(interaction: Interaction) -> None:
    branch_id = BranchId(payload.whole_number(interaction.value))
    require(interaction.actor, Act.SET_UP_BRANCHES, branch_id)
    interaction.show(showing.opened(interaction, branch_id))


def _say_more(interaction: Interaction) -> None:
    """Of two quick choices the second says all, whatever the first made of it."""
    entered = parse_choices(interaction.body)
    require(interaction.actor, Act.SET_UP_BRANCHES, entered.branch_id)
    news = showing.channel_news(interaction, entered)
    view = showing.again(interaction, entered, news)
    interaction.replace(interaction.body["view"]["id"], view)
