"""Refusals in words, and the place where each is said."""

from collections.abc import Mapping
from typing import Any, Final

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.models.views import View

from bot import conversation, log_safety, notice, payload
from bot.blocks import paragraph
from bot.home import home_view
from bot.identity import UnansweredError
from bot.interaction import (
    Interaction,
    RepeatedDeliveryError,
    ViewGoneError,
    say_beside,
)
from bot.locale import LANGUAGES, Translator, msgid, translator
from bot.message import Message
from bot.office import Office
from bot.text import escaped
from domain.errors import DomainError

# By the code of a DomainError; placeholders are the names of its fields.
WORDING: Final[dict[str, str]] = {
    "outsider": msgid(
        "Sleutelbos is for members of this workspace; it can do nothing for guests."
    ),
    "slack_silent": msgid(
        "Slack did not tell us who you are just now. Please try again in a moment."
    ),
    "too_slow": msgid(
        "That took too long for Slack. Please try again, or type the command again."
    ),
    "not_administrator": msgid(
        "You administer no logins in Sleutelbos. Should you? Then ask a manager."
    ),
    "already_managed": msgid("Sleutelbos has a manager already."),
    "not_permitted": msgid("Your account type may not do this."),
    "not_found": msgid("This is not there, or not in one of your branches."),
    "database_busy": msgid(
        "Somebody is changing a lot at this moment. Please try again in a moment."
    ),
    "wrong_number": msgid(
        "It concerns {count} people. Type exactly that number, or press Cancel."
    ),
    "nothing_to_do": msgid("There is nobody left for whom this would do something."),
    "stale_login": msgid(
        "Somebody changed this login meanwhile. Close this and open it again."
    ),
    "login_changed_meanwhile": msgid(
        "Somebody changed this login meanwhile. The password that was shown does "
        "not work; throw it away and ask for a new one."
    ),
    "shown_password_void": msgid(
        "The password that was shown does not work, because it could not be saved; "
        "throw it away and ask for a new one. If it stays so, give this number to "
        "whoever runs Sleutelbos: {reference}"
    ),
    "employment_ended": msgid(
        "The employment of this employee has ended. To let them in all the same, open "
        "the login, tick Active, and save."
    ),
    "branches_required": msgid("Choose at least one branch."),
    "wrong_attempts_out_of_range": msgid("Choose a number from {fewest} to {most}."),
    "run_under_way": msgid("A task of this branch is under way already."),
    "nobody_to_reset": msgid("There is nobody left for whom this would do something."),
    "count_changed": msgid(
        "Meanwhile it concerns {count} people. Please close this and look once more."
    ),
    "already_retried": msgid(
        "The failed ones were tried again before. Look at the newer task's message."
    ),
    "channel_unsuitable": msgid(
        "The admin channel of this branch may not receive passwords. Open this again "
        "to read why."
    ),
    "channel_unseen": msgid(
        "Slack did not tell us just now who is in the admin channel. Please try "
        "again in a moment."
    ),
    "not_your_export": msgid(
        "Only who started this task gets to see the opening password. Ask them; a task "
        "of your own would make the passwords of this file invalid."
    ),
    "export_gone": msgid(
        "The workbook is deleted, and its opening password with it. The passwords "
        "that were handed out stay valid until they expire."
    ),
    "number_missing": msgid("Type your employee number."),
    "no_file": msgid("Choose one file: your staff list as an Excel workbook (.xlsx)."),
    "file_gone": msgid("Slack does not have this file any more. Choose it once more."),
    "file_too_big": msgid(
        "This file has more than 10 MB. Remove pictures and sheets that are no staff "
        "list, or split the list."
    ),
    "file_withheld": msgid(
        "Slack did not hand this file over. Choose it once more in a moment; if it "
        "stays so, ask who set up Sleutelbos for you (IT)."
    ),
    "upload_expired": msgid(
        "This preview can't be used any more: half an hour went by, or you chose "
        "another file since. Choose the file once more."
    ),
    "list_not_sent": msgid(
        "Slack did not take the list just now. Please try again in a moment."
    ),
    "lease_lost": msgid("This work was taken over. Please look at the result again."),
}
UNEXPECTED: Final = msgid(
    "Something went wrong, and it is not your fault. Look at what is done before you "
    "try again. If it stays so, give this number to who set up Sleutelbos for you "
    "(IT): {reference}"
)
REPEATED: Final = msgid("This was done already. Close this and look how things stand.")
_SILENT: Final = (UnansweredError, RepeatedDeliveryError, ViewGoneError)
_log = structlog.get_logger(__name__)


def worded(error: Exception, t: Translator, place: str) -> str:
    """What to say; the unexpected is logged under a number, without its text."""
    if isinstance(error, DomainError) and error.code in WORDING:
        return t(WORDING[error.code], **error.fields)
    reference = log_safety.new_reference()
    log_safety.unexpected(error, reference, place)
    return t(UNEXPECTED, reference=reference)


def answer(
    error: Exception,
    office: Office,
    client: WebClient,
    body: Mapping[str, Any],
    interaction: Interaction | None,
) -> None:
    """Say it where the person looks: the modal, the App Home or beside the command."""
    if isinstance(error, _SILENT):
        _log.info("slack.unanswered", why=type(error).__name__)
        return
    t = _wording_for(error, office, interaction)
    text = worded(error, t, _place(body))
    try:
        _say(text, t, client, body, interaction)
    except Exception as lost:  # noqa: BLE001 (there is nobody left to tell but the log)
        _log.warning("slack.answer_lost", why=type(lost).__name__, place=_place(body))


def for_submission(
    error: Exception,
    office: Office,
    body: Mapping[str, Any],
    interaction: Interaction | None,
) -> dict[str, Any]:
    """The ack that says it: under an entry if there is one, else in the modal."""
    t = _wording_for(error, office, interaction)
    if isinstance(error, RepeatedDeliveryError):
        return {"response_action": "update", "view": _notice(t(REPEATED), t)}
    if isinstance(error, _SILENT):
        return {}
    text = worded(error, t, _place(body))
    entries = [
        block["block_id"]
        for block in payload.view(body).get("blocks", [])
        if block.get("type") == "input"
    ]
    if not entries:
        return {"response_action": "update", "view": _notice(text, t)}
    concerned = getattr(error, "concerns", None)
    entry = concerned if concerned in entries else entries[0]
    return {"response_action": "errors", "errors": {entry: text}}


def _wording_for(
    error: Exception, office: Office, interaction: Interaction | None
) -> Translator:
    if interaction is not None:
        return interaction.t
    known = error.fields.get("language") if isinstance(error, DomainError) else None
    return next(
        (translator(language) for language in LANGUAGES if language == known), office.t
    )


def _place(body: Mapping[str, Any]) -> str:
    done = payload.action(body).get("action_id")
    seen = payload.view(body).get("callback_id")
    event = payload.event(body).get("type")
    return str(body.get("command") or done or seen or event or body.get("type"))


def _notice(text: str, t: Translator) -> View:
    return notice.build(t("Sleutelbos"), [text], t)


def _say(
    text: str,
    t: Translator,
    client: WebClient,
    body: Mapping[str, Any],
    interaction: Interaction | None,
) -> None:
    seen = payload.view(body)
    shown = interaction.view_id if interaction else None
    if interaction and body.get("type") == "view_submission":
        interaction.show(_notice(text, t))
    elif interaction and shown and shown != seen.get("id"):
        interaction.replace(shown, _notice(text, t))
    elif seen.get("type") == "modal":
        _put_on_top(client, body, _notice(text, t))
    elif body.get("response_url"):
        say_beside(body, text)
    elif seen:
        trigger_id = body["trigger_id"]
        client.views_open(trigger_id=trigger_id, view=_notice(text, t))
    elif payload.event(body).get("type") == "app_home_opened":
        _publish(client, body, text)
    elif said := conversation.written(body):
        conversation.reply(client, said, Message([paragraph(text)], escaped(text)))


def _put_on_top(client: WebClient, body: Mapping[str, Any], view: View) -> None:
    try:
        client.views_push(trigger_id=body["trigger_id"], view=view)
    except SlackClientError:
        client.views_update(view_id=payload.view(body)["id"], view=view.to_dict())


def _publish(client: WebClient, body: Mapping[str, Any], text: str) -> None:
    client.views_publish(user_id=body["event"]["user"], view=home_view.refusal(text))
