"""How a payload becomes work: acknowledged, admitted, done once, answered.

Features register through these functions and never through Bolt itself, so that
no listener can forget who is asking or leave somebody without an answer. What
follows an ack is done by the pool, after the ack has left.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View

from bot import conversation, failures, payload
from bot.identity import OutsiderError, SlackSilentError, recognise
from bot.interaction import AFTER_ACK, BEFORE_ACK, Interaction
from bot.office import Office
from bot.step_up import asking
from domain import slack_deliveries
from domain.errors import DatabaseBusyError
from domain.step_ups import StepUpRequiredError

Work = Callable[[Interaction], None]
AFTERWARDS: Final = "afterwards"


@dataclass(frozen=True)
class Submitted:
    """What becomes of a submitted modal.

    `view` replaces it, otherwise it closes; `then` is done after the ack. With
    `is_waiting` the view asks to wait for what `then` shows in its place; with
    `is_pushed` it comes on top, and what was filled in stays below.
    """

    view: View | None = None
    then: Callable[[], None] | None = None
    is_waiting: bool = False
    is_pushed: bool = False


def on_command(app: App, office: Office, name: str, work: Work) -> None:
    """Do `work` when somebody types this command."""
    app.command(name)(_acknowledging(office, work))


def on_action(app: App, office: Office, action_id: str, work: Work) -> None:
    """Do `work` when somebody presses or chooses this."""
    app.action(action_id)(_acknowledging(office, work))


def on_event(app: App, office: Office, name: str, work: Work) -> None:
    """Do `work` when Slack tells that somebody did this."""
    app.event(name)(_acknowledging(office, work))


def on_direct_message(app: App, office: Office, work: Work) -> None:
    """Do `work` when somebody wrote to the app; whatever else Slack tells is let be."""

    def acknowledge(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        if conversation.written(body):
            _afterwards(context, partial(_attend, office, body, context, work))

    app.event("message")(acknowledge)


def on_news(
    app: App, office: Office, name: str, hear: Callable[[Office, payload.Body], None]
) -> None:
    """Take note of an event that nobody asks us to answer."""

    def acknowledge(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        _afterwards(context, partial(_take_note, office, body, hear))

    app.event(name)(acknowledge)


def on_submission(
    app: App,
    office: Office,
    callback_id: str,
    submit: Callable[[Interaction], Submitted],
) -> None:
    """Answer a submitted modal; a DomainError is said under the entry it concerns."""

    def decide(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        client, interaction = context.client, None
        try:
            interaction = _admitted(office, client, body, context)
            interaction.patience = BEFORE_ACK
            submitted = submit(interaction)
            _ack_with(ack, interaction, submitted)
        except Exception as error:  # noqa: BLE001 (all are answered)
            if interaction is not None and isinstance(error, StepUpRequiredError):
                _ask_code(ack, interaction, context)
                return
            ack(**failures.for_submission(error, office, body, interaction))
            return
        if submitted.then:
            then = submitted.then
            job = partial(_follow_up, office, interaction, lambda _: then())
            _afterwards(context, job)

    app.view(callback_id)(decide)


def _ask_code(ack: Ack, interaction: Interaction, context: BoltContext) -> None:
    """Put the code modal on top; the code is mailed once the ack has left."""
    office, body = interaction.office, dict(interaction.body)
    try:
        answer, asked = asking.ask_on_submission(interaction)
    except Exception as error:  # noqa: BLE001 (all are answered)
        ack(**failures.for_submission(error, office, body, interaction))
        return
    ack(**answer)
    send = partial(asking.send, asking=asked)
    _afterwards(context, partial(_follow_up, office, interaction, send))


def _ack_with(ack: Ack, interaction: Interaction, submitted: Submitted) -> None:
    if submitted.view is None:
        ack()
        return
    if submitted.is_waiting:
        interaction.will_show_later(submitted.view)
    action = "push" if submitted.is_pushed else "update"
    ack(response_action=action, view=submitted.view)


def on_closing(app: App, office: Office, callback_id: str, work: Work) -> None:
    """Do `work` when somebody closes this modal, which asks to be told of it.

    Nobody looks at it any more, so a failure is for the log alone.
    """

    def acknowledge(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        _afterwards(context, partial(_tidy_up, office, body, context, work))

    app.view_closed(callback_id)(acknowledge)


def on_search(
    app: App,
    office: Office,
    action_id: str,
    suggest: Callable[[Interaction], Sequence[Option]],
) -> None:
    """Offer options while somebody types in an external select."""

    def offer(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        try:
            options = suggest(_admitted(office, context.client, body, context))
        except Exception as error:  # noqa: BLE001 (a search shows options or none)
            failures.worded(error, office.t, action_id)
            options = []
        ack(options=list(options))

    app.options(action_id)(offer)


def _acknowledging(office: Office, work: Work) -> Callable[..., None]:
    def acknowledge(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        _afterwards(context, partial(_attend, office, body, context, work))

    return acknowledge


def _afterwards(context: BoltContext, job: Callable[[], None]) -> None:
    context.setdefault(AFTERWARDS, []).append(job)


def _attend(
    office: Office, body: dict[str, Any], context: BoltContext, work: Work
) -> None:
    client = context.client
    try:
        interaction = _admitted(office, client, body, context)
    except Exception as error:  # noqa: BLE001 (all are answered)
        if conversation.written(body) is None or _is_first(office, body):
            failures.answer(error, office, client, body, None)
        return
    _follow_up(office, interaction, work)


def _is_first(office: Office, body: dict[str, Any]) -> bool:
    """Whether this message was not refused before: a message gets one answer."""
    delivery_id = payload.delivery_id(body)
    try:
        with office.database.transaction(AFTER_ACK) as session:
            return delivery_id is not None and slack_deliveries.is_first(
                session, delivery_id, now=office.clock()
            )
    except DatabaseBusyError:
        return False


def _tidy_up(
    office: Office, body: dict[str, Any], context: BoltContext, work: Work
) -> None:
    try:
        work(_admitted(office, context.client, body, context))
    except Exception as error:  # noqa: BLE001 (nobody waits for an answer)
        failures.worded(error, office.t, str(payload.view(body).get("callback_id")))


def _take_note(
    office: Office,
    body: dict[str, Any],
    hear: Callable[[Office, payload.Body], None],
) -> None:
    try:
        hear(office, body)
    except Exception as error:  # noqa: BLE001 (nobody waits for an answer)
        failures.worded(error, office.t, str(body["event"]["type"]))


def _follow_up(office: Office, interaction: Interaction, work: Work) -> None:
    interaction.patience = AFTER_ACK
    try:
        work(interaction)
    except Exception as error:  # noqa: BLE001 (all are answered)
        failures.answer(
            error, office, interaction.client, interaction.body, interaction
        )


def _admitted(
    office: Office, client: WebClient, body: dict[str, Any], context: BoltContext
) -> Interaction:
    identity = payload.caller(body)
    if identity is None:
        raise SlackSilentError
    own = context.authorize_result
    if own is None or identity.team_id != own.team_id:
        raise OutsiderError
    person = recognise(office, client, identity)
    seen = payload.view(body)
    return Interaction(
        office=office,
        client=client,
        body=body,
        person=person,
        view_id=seen.get("id") if seen.get("type") == "modal" else None,
    )
