"""Answers everything about templates of e-mails."""

from collections.abc import Sequence
from functools import partial

from slack_bolt import App
from slack_sdk.models.blocks import Option

from bot import notice, payload
from bot.branches import choosing, menu
from bot.branches.opening import found_branches
from bot.interaction import Interaction
from bot.listening import on_action, on_search, on_submission
from bot.office import Office
from bot.templates import (
    copying,
    deleting,
    editor,
    entries,
    history,
    opening,
    preview,
    previewing,
    sample,
    saving,
    template_list,
    testing,
    version_text,
    versions,
)
from bot.templates.editor import Origin
from bot.templates.entries import Typed
from domain.letters.model import EmailTemplateId
from domain.logins import finding
from domain.permissions import Act, require


def register(app: App, office: Office) -> None:
    """Listen for the list, the editor, the preview and the history."""
    press = partial(on_action, app, office)
    press(menu.TEMPLATES, _open_list)
    press(template_list.TURN_PAGE, _turn_page)
    press(template_list.TURN_BACK, _turn_page)
    press(template_list.NEW, _open_new)
    press(template_list.OPEN, _open_template)
    press(editor.COPY, copying.copy)
    press(editor.DELETE, deleting.delete)
    press(editor.SHOW_HISTORY, versions.open_history)
    for action_id in (history.OLDER, history.NEWEST, version_text.BACK):
        press(action_id, versions.turn_history)
    press(history.SHOW_VERSION, versions.show_version)
    press(sample.SEARCH, previewing.show_preview)
    press(sample.PREVIEW, previewing.show_preview)
    press(preview.SEND_TEST, testing.send_test)
    on_search(app, office, sample.SEARCH, _offer_colleagues)
    on_search(app, office, entries.CHOOSE_BRANCH, _offer_branches)
    on_submission(app, office, editor.CALLBACK_ID, saving.save)


def _open_list(interaction: Interaction) -> None:
    require(interaction.actor, Act.EDIT_TEMPLATES)
    interaction.show(opening.list_view(interaction))


def _turn_page(interaction: Interaction) -> None:
    page = payload.whole_number(interaction.value)
    interaction.show(opening.list_view(interaction, page))


def _open_new(interaction: Interaction) -> None:
    require(interaction.actor, Act.EDIT_TEMPLATES)
    origin = Origin(page=template_list.page_of(interaction.body))
    interaction.push(opening.editor_view(interaction, origin, Typed()))


def _open_template(interaction: Interaction) -> None:
    require(interaction.actor, Act.EDIT_TEMPLATES)
    page = template_list.page_of(interaction.body)
    template_id = EmailTemplateId(payload.whole_number(interaction.value))
    interaction.push(notice.wait(interaction.t("Email template"), interaction.t))
    interaction.show(opening.template_view(interaction, template_id, page))


def _offer_branches(interaction: Interaction) -> Sequence[Option]:
    require(interaction.actor, Act.EDIT_TEMPLATES)
    typed = str(interaction.body.get("value") or "")
    return choosing.options(found_branches(interaction, typed, choosing.OFFERED))


def _offer_colleagues(interaction: Interaction) -> Sequence[Option]:
    """Of the template's branch, or of all when it is for all or nobody there fits."""
    require(interaction.actor, Act.EDIT_TEMPLATES)
    body = interaction.body
    origin = editor.origin_of(body)
    branch_id = origin.branch_id or entries.branch_of(body, origin.prefix)
    find = partial(
        finding.find_holders,
        part=str(body.get("value") or ""),
        limit=sample.OFFERED,
        actor=interaction.actor,
    )
    with interaction.reading() as session:
        found = find(session, branch_id=branch_id) or find(session)
    return sample.options(found)
