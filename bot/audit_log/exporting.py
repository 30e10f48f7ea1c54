"""Sends what was found in the log to whoever asked, as a workbook."""

import io
from typing import Final

from bot import notice
from bot.audit_log import words, workbook
from bot.blocks import paragraph
from bot.delivery.files import FileDelivery
from bot.delivery.messages import post_message
from bot.given_files import file_deletion
from bot.given_files.file_deletion import AFTER_SENDING, DoomedFile
from bot.interaction import Interaction
from bot.locale import msgid
from bot.text import escaped
from domain import audit_log
from domain.audit_log import LogFilter
from domain.errors import DomainError
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.record_cards.employment import office_day

_FILE: Final = msgid("audit-log-{day}.xlsx")


class LogNotSentError(DomainError):
    """Slack did not take the workbook."""

    code = "log_not_sent"


def export(interaction: Interaction, wanted: LogFilter) -> None:
    """Make it, send it to their messages with the app, and say where it is.

    Raises TooManyEventsError, LogNotSentError.
    """
    t = interaction.t
    interaction.push(notice.wait(t(words.SHEET), t))
    content, number = _workbook(interaction, wanted)
    # Before it leaves: what was taken along is in the log, or it was not taken.
    with interaction.transaction() as session:
        audit_log.record_export(
            session, wanted, number, actor=interaction.actor, now=interaction.now
        )
    try:
        _send(interaction, content)
    except (DeliveryPostponedError, DeliveryRefusedError) as error:
        raise LogNotSentError from error
    sent = t(
        "The workbook is in your messages with Sleutelbos. It is deleted there after "
        "24 hours."
    )
    interaction.show(notice.build(t(words.SHEET), [sent], t))


def _workbook(interaction: Interaction, wanted: LogFilter) -> tuple[bytes, int]:
    file = io.BytesIO()
    with interaction.reading() as session:
        number = audit_log.count_exported(session, wanted, actor=interaction.actor)
        entries = audit_log.entries(session, wanted, actor=interaction.actor)
        workbook.write(file, entries, number, interaction.t)
    return file.getvalue(), number


def _send(interaction: Interaction, content: bytes) -> None:
    """The message first: Slack tells by it which conversation is theirs."""
    t, now = interaction.t, interaction.now
    identity, files = interaction.person.identity, FileDelivery(interaction.client)
    name = t(_FILE, day=office_day(now).isoformat())
    reserved = files.reserve(name, len(content))
    doomed = DoomedFile(
        reserved.file_id, name, identity.team_id, identity.user_id, is_given=False
    )
    with interaction.transaction() as session:
        due_at = now + AFTER_SENDING
        file_deletion.promise(session, doomed, due_at=due_at, now=now)
    files.send(reserved.upload_url, content)
    text = t("Here is what you asked for of the audit log. Keep it to yourself.")
    place = post_message(
        interaction.client, identity.user_id, [paragraph(text)], escaped(text)
    )
    files.complete(reserved.file_id, name, place.channel_id, "")
