"""The direct message to who started a run that others did not let through."""

from collections.abc import Mapping
from typing import Any, Final

from slack_sdk import WebClient

from bot.blocks import marked_paragraph
from bot.delivery.messages import post_message
from bot.identity import language_of
from bot.locale import Translator, msgid, translator
from bot.message import Message
from bot.office import Office
from bot.resets import export_status, mailing_status, run_message
from bot.resets.run_message import RunMessage
from domain import administrators, slack_users
from domain.runs.model import RunFailure, RunId, RunKind
from domain.runs.reporting import report

_YOURS: Final = {
    RunFailure.NOT_PERMITTED: msgid(
        "You may not hand out passwords of this branch any more."
    ),
    RunFailure.STEP_UP_MISSING: msgid(
        "You owed a code, or are blocked because of wrong codes. Start it anew, with a "
        "code."
    ),
}


def build(data: RunMessage, t: Translator) -> Message:
    """Which task stopped, why, and what came of it: as its own message says it."""
    title = run_message.title(data, t)
    words = t.marked("Your task was stopped: {task}", task=title)
    why = _why(data, t)
    return Message([marked_paragraph(f"*{words}*\n{why}")], f"{words}\n{why}")


def _why(data: RunMessage, t: Translator) -> str:
    report = data.report
    if report.failure not in _YOURS:
        return run_message.status(data, t)
    words = mailing_status.words if report.kind is RunKind.MAIL else export_status.words
    failed = t(_YOURS[report.failure])
    return words(report, data.started_by, t, failed=failed)


def tell(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell who started it, in their language; nobody who left Slack.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    with office.database.reading() as session:
        found = report(session, RunId(payload["run_id"]))
        starter = administrators.slack_identity(session, found.started_by)
        user = slack_users.find(session, starter)
        if user is not None and (user.is_deleted or user.is_bot):
            return
        decided_by = None
        if found.decided_by is not None:
            decider = administrators.slack_identity(session, found.decided_by)
            decided_by = decider.user_id
    t = translator(language_of(user, office)) if user is not None else office.t
    data = RunMessage(found, starter.user_id, decided_by=decided_by)
    message = build(data, t)
    post_message(client, starter.user_id, message.blocks, message.text)
