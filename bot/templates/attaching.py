"""A PDF of one's own: taken before the ack, read and kept with the template after."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from bot import failures, notice
from bot.delivery.downloads import FileTooBigError
from bot.failures import EntriesRefusedError
from bot.given_files import file_deletion, reading
from bot.given_files.file_deletion import TakenFile
from bot.given_files.file_entry import ChosenFile
from bot.interaction import Interaction
from bot.listening import Submitted
from bot.locale import Translator, msgid
from bot.templates import editor, meanwhile, problems
from bot.templates.entries import FILE_BLOCK
from bot.templates.opening import editor_view, refresh_list
from bot.templates.writing import claim, news, wording_of, write
from bot.text import on_one_line
from domain.errors import DomainError
from domain.letters import attachments
from domain.letters.attachments import AttachmentProblem, AttachmentRefusedError
from domain.letters.email_templates import TemplateChangedError
from domain.letters.model import Attached
from domain.letters.template_wording import WordingRefusedError

REFUSED: Final[Mapping[AttachmentProblem, str]] = {
    AttachmentProblem.EMPTY: msgid("{file} is empty. Choose another file."),
    AttachmentProblem.TOO_LARGE: msgid(
        "{file} has more than 5 MB. Make it smaller, for instance with smaller "
        "pictures, and choose it again."
    ),
    AttachmentProblem.NO_PDF: msgid(
        "{file} is no PDF, or a damaged one. Open it where it was made, and save it as "
        "a PDF there."
    ),
    AttachmentProblem.ENCRYPTED: msgid(
        "{file} is protected, so that not everybody could open it. Save it without "
        "protection."
    ),
}


def require_clear_choice(wanted: editor.Submitted, t: Translator) -> None:
    """Refuse a PDF that is missing, or that the choice above it does not want."""
    typed, origin = wanted.typed, wanted.origin
    wants_own = typed.attached is Attached.FILE
    if wants_own and typed.file is None and origin.kept is None:
        text = t("Choose the PDF that goes along, or choose another attachment above.")
    elif typed.file is not None and not wants_own:
        text = t("Choose “A PDF of your own” above, or take this file out again.")
    else:
        return
    raise EntriesRefusedError({f"{origin.prefix}{FILE_BLOCK}": text})


def begin(
    interaction: Interaction, wanted: editor.Submitted, chosen: ChosenFile
) -> Submitted:
    """Take the PDF, if all else can be saved, and read it after the ack.

    Raises WordingRefusedError or TemplateChangedError, before anything is taken.
    """
    t = interaction.t
    _try(interaction, wanted)
    taken = file_deletion.take(interaction, chosen, has_people=False)
    sentence = t("The PDF is being fetched. That takes a few seconds.")
    return Submitted(
        notice.build(t("Email template"), [sentence], t),
        then=partial(_attach, interaction, wanted, taken),
        is_waiting=True,
    )


class _TriedError(Exception):
    """Ends a transaction that was only to find out whether it would do."""


def _try(interaction: Interaction, wanted: editor.Submitted) -> None:
    without = wording_of(replace(wanted.typed, attached=Attached.NOTHING), None)
    database = interaction.office.database
    with suppress(_TriedError), database.transaction(interaction.patience) as session:
        write(session, interaction, wanted, without)
        raise _TriedError


def _attach(
    interaction: Interaction, wanted: editor.Submitted, taken: TakenFile
) -> None:
    file_name = taken.file.file_name
    left: list[str] = []
    try:
        try:
            content = reading.read(interaction, taken.file, largest=attachments.LARGEST)
        finally:
            left = reading.clear_away(interaction, taken)
        with interaction.transaction() as session:
            _save(session, interaction, wanted, file_name, content)
    except TemplateChangedError:
        interaction.show(meanwhile.editor_again(interaction, wanted, left))
    except DomainError as error:
        problem = " ".join([_worded(interaction, error, file_name), *left])
        again = editor_view(interaction, wanted.origin, wanted.typed, problem)
        interaction.show(again)
    else:
        _tell(interaction, wanted, file_name, left)


def _save(
    session: Session,
    interaction: Interaction,
    wanted: editor.Submitted,
    file_name: str,
    content: bytes,
) -> None:
    if not claim(session, interaction, "saved"):
        return
    actor, now = interaction.actor, interaction.now
    attachment_id = attachments.add(session, file_name, content, actor=actor, now=now)
    write(session, interaction, wanted, wording_of(wanted.typed, attachment_id))


def _worded(interaction: Interaction, error: DomainError, file_name: str) -> str:
    t = interaction.t
    if isinstance(error, FileTooBigError):
        error = AttachmentRefusedError(AttachmentProblem.TOO_LARGE)
    if isinstance(error, AttachmentRefusedError):
        return t(REFUSED[error.problem], file=on_one_line(file_name))
    if isinstance(error, WordingRefusedError):
        return " ".join(problems.listed(error, t))
    return failures.worded(error, t, editor.CALLBACK_ID)


def _tell(
    interaction: Interaction,
    wanted: editor.Submitted,
    file_name: str,
    left: list[str],
) -> None:
    t = interaction.t
    said = news(interaction, wording_of(wanted.typed, None))
    attached = t("Attachment: {file}", file=on_one_line(file_name))
    # First what is there for sure: this window may have been closed meanwhile.
    refresh_list(interaction, wanted.origin.page, said)
    interaction.show(notice.build(t("Email template"), [said, attached, *left], t))
