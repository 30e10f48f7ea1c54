"""Refusals in words, and the place where each is said."""

from collections.abc import Mapping
from typing import Any, Final

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.models.views import View

from bot import conversation, log_safety, notice, payload
from bot.blocks import paragraph
from bot.failure_wording import WORDING
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
from bot.step_up import asking
from bot.text import escaped
from domain.errors import DomainError
from domain.step_ups import StepUpRequiredError

UNEXPECTED: Final = msgid(
    "Something went wrong, and it is not your fault. Look at what is done before you "
    "try again. If it stays so, give this number to who set up Sleutelbos for you "
    "(IT): {reference}"
)
REPEATED: Final = msgid("This was done already. Close this and look how things stand.")


class EntriesRefusedError(Exception):
    """What was filled in is refused; `texts` say why, by the id of the entry."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__("entries refused")
        self.texts = texts


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
    if interaction is not None and isinstance(error, StepUpRequiredError):
        try:
            asking.ask(interaction)
        except Exception as unasked:  # noqa: BLE001 (all are answered)
            answer(unasked, office, client, body, interaction)
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
    if isinstance(error, EntriesRefusedError):
        return {"response_action": "errors", "errors": dict(error.texts)}
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
