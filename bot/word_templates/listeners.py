"""Answers everything about Word templates."""

from collections.abc import Sequence
from functools import partial

from slack_bolt import App
from slack_sdk.models.blocks import Option

from bot.branches import choosing
from bot.branches.opening import found_branches
from bot.interaction import Interaction
from bot.listening import on_action, on_search, on_submission
from bot.office import Office
from bot.word_templates import (
    downloading,
    listing,
    template_list,
    upload_form,
    uploading,
)
from domain.exports.model import ReadyLetters
from domain.permissions import Act, require


def register(app: App, office: Office) -> None:
    """Listen for the list and the upload."""
    press, send = partial(on_action, app, office), downloading.download
    press(template_list.OPEN, listing.open_list)
    press(template_list.UPLOAD, uploading.ask)
    press(template_list.REMOVE, listing.remove)
    dutch, english = ReadyLetters.BUILT_IN_NL, ReadyLetters.BUILT_IN_EN
    press(template_list.DOWNLOAD_NL, partial(send, built_in=dutch))
    press(template_list.DOWNLOAD_EN, partial(send, built_in=english))
    on_search(app, office, upload_form.CHOOSE_BRANCH, _offer_branches)
    on_submission(app, office, upload_form.CALLBACK_ID, uploading.take)


def _offer_branches(interaction: Interaction) -> Sequence[Option]:
    require(interaction.actor, Act.EDIT_TEMPLATES)
    typed = str(interaction.body.get("value") or "")
    return choosing.options(found_branches(interaction, typed, choosing.OFFERED))
