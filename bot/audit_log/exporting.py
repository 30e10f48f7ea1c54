"""Sends what was found in the log to whoever asked, as a workbook."""

import io
from typing import Final

from bot import notice
from bot.audit_log import words, workbook
from bot.blocks import paragraph
from bot.given_files.sending import send_file
from bot.interaction import Interaction
from bot.locale import msgid
from bot.message import Message
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
    t = interaction.t
    name = t(_FILE, day=office_day(interaction.now).isoformat())
    text = t("Here is what you asked for of the audit log. Keep it to yourself.")
    message = Message([paragraph(text)], escaped(text))
    send_file(interaction, name, content, message)
