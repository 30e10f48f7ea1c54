"""Answers *Toon openingswachtwoord* of a run's message."""

from slack_bolt import App

from bot import notice, payload
from bot.exports import opening_password
from bot.interaction import Interaction
from bot.listening import on_action
from bot.office import Office
from bot.resets import run_message
from domain.exports import handover
from domain.exports.model import FileKind


def register(app: App, office: Office) -> None:
    """Listen for the button."""
    on_action(app, office, run_message.SHOW_OPENING_PASSWORD, _show)


def _show(interaction: Interaction) -> None:
    """Logged in the transaction that gives the password, before it is seen."""
    t = interaction.t
    interaction.open(notice.wait(t("Opening password"), t))
    run_id = payload.whole_number(interaction.value)
    with interaction.transaction() as session:
        password = handover.show_opening_password(
            session,
            run_id,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
        file = handover.find_file(session, run_id)
        letters = handover.find_file(session, run_id, FileKind.LETTERS)
    file_name = file.file_name if file else ""
    letters_name = letters.file_name if letters else None
    interaction.show(opening_password.build(file_name, password, t, letters_name))
