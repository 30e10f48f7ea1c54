"""Sends somebody a built-in template to begin with, in their messages with the app."""

from bot import notice
from bot.blocks import paragraph
from bot.delivery.files import FileDelivery
from bot.delivery.messages import post_message
from bot.given_files import file_deletion
from bot.given_files.file_deletion import AFTER_SENDING, DoomedFile
from bot.interaction import Interaction
from bot.text import escaped
from domain.errors import DomainError
from domain.exports import built_in_letters
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.exports.letter_words import WORDS
from domain.exports.model import ReadyLetters
from domain.permissions import Act, require


class WordTemplateNotSentError(DomainError):
    """Slack did not take the file."""

    code = "word_template_not_sent"


def download(interaction: Interaction, built_in: ReadyLetters) -> None:
    """Send it, and say where it is."""
    require(interaction.actor, Act.EDIT_TEMPLATES)
    t = interaction.t
    interaction.push(notice.wait(t("Word templates"), t))
    try:
        _send(interaction, built_in)
    except (DeliveryPostponedError, DeliveryRefusedError) as error:
        raise WordTemplateNotSentError from error
    sent = t(
        "The letter is in your messages with Sleutelbos. Change it in Word, save it, "
        "and upload it here. It is deleted there after 24 hours."
    )
    interaction.show(notice.build(t("Word templates"), [sent], t))


def _send(interaction: Interaction, built_in: ReadyLetters) -> None:
    """The message first: Slack tells by it which conversation is theirs."""
    t, now = interaction.t, interaction.now
    identity = interaction.person.identity
    files, name = FileDelivery(interaction.client), WORDS[built_in].file_name
    content = built_in_letters.template(built_in, interaction.office.portal_url)
    reserved = files.reserve(name, len(content))
    doomed = DoomedFile(
        reserved.file_id,
        name,
        identity.team_id,
        identity.user_id,
        is_given=False,
        has_people=False,
    )
    with interaction.transaction() as session:
        due_at = now + AFTER_SENDING
        file_deletion.promise(session, doomed, due_at=due_at, now=now)
    files.send(reserved.upload_url, content)
    text = t("Here is the built-in letter, to change in Word and to upload.")
    place = post_message(
        interaction.client, identity.user_id, [paragraph(text)], escaped(text)
    )
    files.complete(reserved.file_id, name, place.channel_id, "")
