"""Answers what is chosen, submitted, pressed and closed while importing."""

from slack_bolt import App

from bot.branches import menu
from bot.importing import applying, choosing_file, preview, reading, sending
from bot.listening import on_action, on_closing, on_submission
from bot.office import Office


def register(app: App, office: Office) -> None:
    """Listen for the menu, the two submissions, the list and the cancelling."""
    on_action(app, office, menu.IMPORT, reading.choose)
    on_submission(app, office, choosing_file.CALLBACK_ID, reading.read)
    on_submission(app, office, preview.CALLBACK_ID, applying.confirm)
    on_action(app, office, preview.SEND_LIST, sending.send_list)
    on_closing(app, office, preview.CALLBACK_ID, applying.cancel)
