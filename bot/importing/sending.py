"""Sends somebody the rows that ask for attention, where only they read them."""

from bot import notice
from bot.given_files.sending import send_file
from bot.importing import list_to_check, preview
from bot.importing.list_to_check import ListToCheck
from bot.interaction import Interaction
from domain.errors import DomainError
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.importing import uploads
from domain.importing.report import Remarks


class ListNotSentError(DomainError):
    """Slack did not take the file."""

    code = "list_not_sent"


def send_list(interaction: Interaction) -> None:
    """Send it, and say on top of the screen that it is there."""
    t = interaction.t
    upload_id = preview.upload_of(interaction.body)
    interaction.push(notice.wait(t("Import"), t))
    # The first writing transaction claims the press: twice delivered, sent once.
    with interaction.transaction() as session:
        file_name, remarks = uploads.remarks(
            session,
            upload_id,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    try:
        _send(interaction, file_name, remarks)
    except (DeliveryPostponedError, DeliveryRefusedError) as error:
        raise ListNotSentError from error
    sent = t(
        "The list is in your messages with Sleutelbos, where only you see it. It is "
        "deleted there after 24 hours."
    )
    interaction.show(notice.build(t("Import"), [sent], t))


def _send(interaction: Interaction, file_name: str, remarks: Remarks) -> None:
    t = interaction.t
    name = list_to_check.name(interaction.now, t)
    content = list_to_check.write(remarks, t)
    message = list_to_check.build(ListToCheck(file_name), t)
    send_file(interaction, name, content, message)
