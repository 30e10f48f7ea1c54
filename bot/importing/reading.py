"""From a chosen file to its preview: downloaded, read apart, deleted, looked at."""

from functools import partial

from slack_sdk.models.views import View

from bot import failures, notice
from bot.given_files import file_deletion
from bot.given_files import reading as given_files
from bot.given_files.file_deletion import DoomedFile, TakenFile
from bot.importing import choosing_file, preview, wording
from bot.importing.choosing_file import Choosing
from bot.importing.preview import PreviewScreen
from bot.interaction import Interaction, ViewGoneError
from bot.listening import Submitted
from bot.text import on_one_line
from domain.errors import DatabaseBusyError, DomainError
from domain.importing import staff_lists, uploads
from domain.importing.staff_lists import StaffList
from domain.importing.unreadable import UnreadableListError
from domain.permissions import Act, require


def choose(interaction: Interaction) -> None:
    """Ask for a file, in the place of the menu."""
    require(interaction.actor, Act.IMPORT_RECORD_CARDS)
    ask_again(interaction)


def open_choice(interaction: Interaction) -> None:
    """Ask for a file, where no modal is open yet."""
    require(interaction.actor, Act.IMPORT_RECORD_CARDS)
    interaction.open(_asking(interaction))


def ask_again(
    interaction: Interaction, problem: str = "", left: str | None = None
) -> None:
    """Ask for a file; `problem` is what was wrong with the last one."""
    interaction.show(_asking(interaction, problem, left))


def _asking(
    interaction: Interaction, problem: str = "", left: str | None = None
) -> View:
    is_bound = not interaction.actor.reaches_every_branch
    return choosing_file.build(Choosing(is_bound, problem, left), interaction.t)


def read(interaction: Interaction) -> Submitted:
    """Take the chosen file, and read it after the ack."""
    require(interaction.actor, Act.IMPORT_RECORD_CARDS)
    taken = file_deletion.take(interaction, choosing_file.parse(interaction.body))
    t = interaction.t
    sentence = t(
        "The list is being read. That takes a few seconds, and longer for thousands "
        "of people."
    )
    return Submitted(
        notice.build(t("Import"), [sentence], t),
        then=partial(_read, interaction, taken),
        is_waiting=True,
    )


def _read(interaction: Interaction, taken: TakenFile) -> None:
    file = taken.file
    found = _list_or_problem(interaction, file)
    is_left = not file_deletion.delete_now(interaction, taken)
    left = file.file_name if is_left else None
    if isinstance(found, str):
        ask_again(interaction, found, left)
        return
    try:
        _show(interaction, found, file.file_name, is_left=is_left)
    except DatabaseBusyError as error:
        ask_again(interaction, _worded(interaction, error, file.file_name), left)


def _list_or_problem(interaction: Interaction, file: DoomedFile) -> StaffList | str:
    """The list in the file, or in words why there is none."""
    try:
        return _staff_list(interaction, file)
    except DomainError as error:
        return _worded(interaction, error, file.file_name)


def _staff_list(interaction: Interaction, file: DoomedFile) -> StaffList:
    content = given_files.read(interaction, file)
    return staff_lists.read(content, now=interaction.now)


def _worded(interaction: Interaction, error: DomainError, file_name: str) -> str:
    if isinstance(error, UnreadableListError):
        return wording.unreadable(error, on_one_line(file_name), interaction.t)
    return failures.worded(error, interaction.t, choosing_file.CALLBACK_ID)


def _show(
    interaction: Interaction, staff_list: StaffList, file_name: str, *, is_left: bool
) -> None:
    with interaction.reading() as session:
        found = uploads.preview(session, staff_list, actor=interaction.actor)
    with interaction.transaction() as session:
        upload_id = uploads.keep(
            session,
            staff_list,
            file_name,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    screen = PreviewScreen(upload_id, file_name, found, is_left)
    try:
        interaction.show(preview.build(screen, interaction.t))
    except ViewGoneError:
        # Whoever closed the window meanwhile cancelled.
        with interaction.transaction() as session:
            uploads.cancel(session, upload_id, actor=interaction.actor)
        raise
