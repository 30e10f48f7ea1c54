"""Answers the buttons that open a list of who is left out, and those on it."""

from functools import partial

from slack_bolt import App

from bot import notice, payload
from bot.branches import place as places
from bot.interaction import Interaction
from bot.left_out import screen
from bot.left_out.lists import view_of
from bot.left_out.screen import LeftOutOf, Listing
from bot.listening import on_action
from bot.logins import activating, creating
from bot.office import Office
from bot.record_cards.opening import show_card
from bot.resets import run_message, whom
from domain.record_cards.model import RecordCardId


def register(app: App, office: Office) -> None:
    """Listen for the buttons of the dry runs, of a run's message, and the paging."""
    press = partial(on_action, app, office)
    press(creating.SHOW_LEFT_OUT, partial(_open_of_branch, act=LeftOutOf.CREATION))
    press(activating.SHOW_LEFT_OUT, partial(_open_of_branch, act=LeftOutOf.ACTIVATION))
    press(whom.SHOW_LEFT_OUT, _open_of_reset)
    press(run_message.SHOW_REASON, _open_of_run)
    press(screen.OPEN_CARD, _open_card)
    press(screen.FURTHER, _turn)
    press(screen.FROM_START, _turn)


def _open_of_branch(interaction: Interaction, act: LeftOutOf) -> None:
    branch_id = places.read(interaction.body).branch_id
    _push(interaction, Listing(act, branch_id, interaction.value))


def _open_of_reset(interaction: Interaction) -> None:
    branch_id = places.read(interaction.body).branch_id
    choice = whom.choice_of(payload.remembered(interaction.body))
    listing = Listing(LeftOutOf.RESET, branch_id, interaction.value, choice)
    _push(interaction, listing)


def _open_of_run(interaction: Interaction) -> None:
    interaction.open(notice.wait(interaction.t("Left out"), interaction.t))
    run_id, _, reason = interaction.value.partition(" ")
    listing = Listing(LeftOutOf.RUN, payload.whole_number(run_id), reason)
    interaction.show(view_of(interaction, listing))


def _push(interaction: Interaction, listing: Listing) -> None:
    interaction.push(notice.wait(interaction.t("Left out"), interaction.t))
    interaction.show(view_of(interaction, listing))


def _open_card(interaction: Interaction) -> None:
    show_card(interaction, RecordCardId(payload.whole_number(interaction.value)))


def _turn(interaction: Interaction) -> None:
    interaction.show(view_of(interaction, screen.parse(interaction.body)))
