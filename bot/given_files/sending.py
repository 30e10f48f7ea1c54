"""A file that somebody asked for, sent to their own messages with the app."""

from bot.delivery.files import FileDelivery
from bot.delivery.messages import post_message
from bot.given_files import file_deletion
from bot.given_files.file_deletion import AFTER_SENDING, DoomedFile
from bot.interaction import Interaction
from bot.message import Message


def send_file(
    interaction: Interaction, name: str, content: bytes, message: Message
) -> None:
    """Send it, to be deleted after a day; that is promised before it leaves.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    now, identity = interaction.now, interaction.person.identity
    files = FileDelivery(interaction.client)
    reserved = files.reserve(name, len(content))
    doomed = DoomedFile(
        reserved.file_id, name, identity.team_id, identity.user_id, is_given=False
    )
    with interaction.transaction() as session:
        due_at = now + AFTER_SENDING
        file_deletion.promise(session, doomed, due_at=due_at, now=now)
    files.send(reserved.upload_url, content)
    # The message first: Slack tells by it which conversation is theirs.
    place = post_message(
        interaction.client, identity.user_id, message.blocks, message.text
    )
    files.complete(reserved.file_id, name, place.channel_id, "")
