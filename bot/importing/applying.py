"""Confirming a preview: imported as it was shown, or shown anew."""

from collections.abc import Sequence
from functools import partial

from bot import failures, notice
from bot.branches.choosing import BranchChoice
from bot.importing import preview, result
from bot.importing.preview import PreviewScreen, Shown
from bot.importing.reading import ask_again
from bot.importing.result import ImportResult
from bot.interaction import Interaction
from bot.listening import Submitted
from bot.resets import admin_channel
from domain import branches
from domain.actor import BranchId
from domain.branches import Branch
from domain.errors import DatabaseBusyError
from domain.importing import uploads
from domain.importing.model import UploadExpiredError
from domain.importing.uploads import Imported, PreviewOutdatedError
from domain.permissions import Act, require


def confirm(interaction: Interaction) -> Submitted:
    """Import what was shown, after the ack: thousands of rows take seconds."""
    require(interaction.actor, Act.IMPORT_RECORD_CARDS)
    shown, t = preview.parse(interaction.body), interaction.t
    sentence = t("The good rows are being taken over. That takes a few seconds.")
    return Submitted(
        notice.build(t("Import"), [sentence], t),
        then=partial(_import, interaction, shown),
        is_waiting=True,
    )


def cancel(interaction: Interaction) -> None:
    """Forget the rows of a preview that somebody closed."""
    shown = preview.parse(interaction.body)
    with interaction.transaction() as session:
        uploads.cancel(session, shown.upload_id, actor=interaction.actor)


def _import(interaction: Interaction, shown: Shown) -> None:
    t = interaction.t
    try:
        file_name, imported = _confirmed(interaction, shown)
    except PreviewOutdatedError:
        problem = t(
            "The record cards changed meanwhile, so nothing was imported. This is what "
            "importing would do now; please look once more."
        )
        _show_again(interaction, shown, problem)
    except DatabaseBusyError as error:
        problem = failures.worded(error, t, preview.CALLBACK_ID)
        _show_again(interaction, shown, problem)
    except UploadExpiredError as error:
        ask_again(interaction, failures.worded(error, t, preview.CALLBACK_ID))
    else:
        _show_result(interaction, shown, file_name, imported)


def _confirmed(interaction: Interaction, shown: Shown) -> tuple[str, Imported]:
    with interaction.transaction() as session:
        return uploads.confirm(
            session,
            shown.upload_id,
            shown.fingerprint,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )


def _show_again(interaction: Interaction, shown: Shown, problem: str) -> None:
    with interaction.reading() as session:
        file_name, found = uploads.preview_again(
            session,
            shown.upload_id,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    data = PreviewScreen(shown.upload_id, file_name, found, shown.is_left, problem)
    interaction.show(preview.build(data, interaction.t))


def _show_result(
    interaction: Interaction, shown: Shown, file_name: str, imported: Imported
) -> None:
    found = _branches(interaction, imported.branch_ids)
    office = interaction.office
    data = ImportResult(
        upload_id=shown.upload_id,
        file_name=file_name,
        imported=imported,
        branches=[_choice(branch) for branch in found],
        without_channel=[
            _choice(branch)
            for branch in found
            if admin_channel.of(branch, office) is None
        ],
        is_left=shown.is_left,
    )
    interaction.show(result.build(data, interaction.t))


def _branches(interaction: Interaction, branch_ids: Sequence[BranchId]) -> list[Branch]:
    actor = interaction.actor
    with interaction.reading() as session:
        return [
            branches.get(session, branch_id, actor=actor) for branch_id in branch_ids
        ]


def _choice(branch: Branch) -> BranchChoice:
    return BranchChoice(BranchId(branch.id), branch.name)
