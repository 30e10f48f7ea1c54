"""A Word template of one's own: taken before the ack, read and kept after it."""

from functools import partial

from bot import failures, notice
from bot.delivery.downloads import FileTooBigError
from bot.given_files import file_deletion, reading
from bot.given_files.file_deletion import TakenFile
from bot.interaction import Interaction
from bot.listening import Submitted
from bot.text import on_one_line
from bot.word_templates import problems, upload_form
from bot.word_templates.listing import refresh_list
from bot.word_templates.upload_form import Uploading, Wish
from domain.actor import BranchId
from domain.errors import DomainError
from domain.exports import word_templates
from domain.exports.word_package import LARGEST
from domain.exports.word_problems import WordProblem, WordTemplateRefusedError
from domain.permissions import Act, require


def ask(interaction: Interaction) -> None:
    """Ask for the file, on top of the list."""
    require(interaction.actor, Act.EDIT_TEMPLATES)
    interaction.push(upload_form.build(Uploading(), interaction.t))


def take(interaction: Interaction) -> Submitted:
    """Take the chosen file, and read it after the ack."""
    require(interaction.actor, Act.EDIT_TEMPLATES)
    wish = upload_form.parse(interaction.body)
    taken = file_deletion.take(interaction, wish.file, has_people=False)
    t = interaction.t
    sentence = t("The template is being looked at. That takes a few seconds.")
    return Submitted(
        notice.build(t("Word templates"), [sentence], t),
        then=partial(_keep, interaction, wish, taken),
        is_waiting=True,
    )


def _keep(interaction: Interaction, wish: Wish, taken: TakenFile) -> None:
    t, file_name = interaction.t, taken.file.file_name
    problem = ""
    try:
        content = reading.read(interaction, taken.file, largest=LARGEST)
        _add(interaction, file_name, content, wish.branch_id)
    except DomainError as error:
        problem = _worded(interaction, error, file_name)
    except Exception:
        reading.clear_away(interaction, taken)
        raise
    left = reading.clear_away(interaction, taken)
    if problem:
        interaction.show(upload_form.build(Uploading(problem, " ".join(left)), t))
        return
    said = t("Added: {name}.", name=on_one_line(file_name))
    interaction.show(notice.build(t("Word templates"), [said, *left], t))
    refresh_list(interaction, said)


def _add(
    interaction: Interaction,
    file_name: str,
    content: bytes,
    branch_id: BranchId | None,
) -> None:
    word_templates.require_usable(content)
    with interaction.transaction() as session:
        word_templates.add(
            session,
            file_name,
            content,
            branch_id=branch_id,
            actor=interaction.actor,
            now=interaction.now,
        )


def _worded(interaction: Interaction, error: DomainError, file_name: str) -> str:
    t = interaction.t
    if isinstance(error, FileTooBigError):
        error = WordTemplateRefusedError(WordProblem.TOO_LARGE)
    if isinstance(error, WordTemplateRefusedError):
        return problems.worded(error, file_name, t)
    return failures.worded(error, t, upload_form.CALLBACK_ID)
