"""What somebody gave, read from Slack and cleared away there."""

import structlog

from bot.delivery import downloads
from bot.delivery.downloads import MAX_BYTES, FileTooBigError, FileWithheldError
from bot.given_files import file_deletion, leftover
from bot.given_files.file_deletion import DoomedFile, TakenFile
from bot.given_files.leftover import Leftover
from bot.interaction import Interaction

_log = structlog.get_logger(__name__)


def read(
    interaction: Interaction, file: DoomedFile, *, largest: int = MAX_BYTES
) -> bytes:
    """The bytes of a file, `largest` of them at most.

    Raises FileTooBigError, FileGoneError or FileWithheldError.
    """
    client = interaction.client
    try:
        given = file_deletion.find(client, file)
        if given.size > largest:
            raise FileTooBigError
        return downloads.download(client, given)
    except FileWithheldError as error:
        _log.warning("given_file.withheld", why=error.fields["why"])
        raise


def clear_away(interaction: Interaction, taken: TakenFile) -> list[str]:
    """Delete the file; what its owner has to do where Slack refuses, as sentences."""
    if file_deletion.delete_now(interaction, taken):
        return []
    file = Leftover(taken.file.file_name, taken.file.has_people)
    return [leftover.sentence(file, interaction.t)]
