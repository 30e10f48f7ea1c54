"""One thing that one person did in Slack, and the ways to answer it."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient
from sqlalchemy.orm import Session

from bot import conversation, log_safety, notice, payload
from bot.identity import NotAdministratorError, Person
from bot.locale import Translator, translator
from bot.message import Message
from bot.office import Office
from bot.text import escaped
from domain import administrators, slack_deliveries
from domain.actor import Actor
from domain.errors import DomainError
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError

# How long a submission may wait for the database before Slack wants its ack.
BEFORE_ACK: Final = timedelta(seconds=1.5)
AFTER_ACK: Final = timedelta(seconds=5)


class RepeatedDeliveryError(Exception):
    """Slack delivered this once more; its effect is already there."""


class ViewGoneError(Exception):
    """The person closed the view, or it shows something newer."""


class PressedTwiceError(ViewGoneError):
    """A double click; what the first press showed is there."""


class TooSlowError(DomainError):
    """More than three seconds went by before a modal could be opened."""

    code = "too_slow"


_VIEW_GONE: Final = frozenset({"hash_conflict", "not_found", "view_not_found"})
_STACK_FULL: Final = "push_limit_reached"
_TRIGGER_USED: Final = "exchanged_trigger_id"
_TRIGGER_EXPIRED: Final = "expired_trigger_id"
_OURS: Final = "ours:"
# Seconds between tries, three in all, as long as Slack itself waits for an ack.
_ACK_ARRIVES_WITHIN: Final = (0.05, 0.1, 0.25, 0.6, 1.0, 1.0)
_log = structlog.get_logger(__name__)


@dataclass
class Interaction:
    """What somebody did; `view_id` is the view that answers go to.

    Reading may happen any number of times. The first writing transaction also
    claims the delivery, so that effect and claim are kept or lost together.
    """

    office: Office
    client: WebClient
    body: Mapping[str, Any]
    person: Person
    view_id: str | None = None
    patience: timedelta = AFTER_ACK
    _claimed: bool = field(default=False, repr=False)
    _follows_ack: bool = field(default=False, repr=False)

    @property
    def actor(self) -> Actor:
        """As whom this person acts. Raises NotAdministratorError for nobody."""
        if self.person.actor is None:
            raise NotAdministratorError
        return self.person.actor

    @property
    def t(self) -> Translator:
        """Wording in this person's language."""
        return translator(self.person.language)

    @property
    def now(self) -> datetime:
        """The present instant by the office's clock."""
        return self.office.clock()

    @property
    def value(self) -> str:
        """What the pressed button or the chosen option stands for."""
        return payload.action_value(self.body)

    def reading(self) -> AbstractContextManager[Session]:
        """A transaction that only reads."""
        return self.office.database.reading()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A transaction that writes, as whom this person is when it begins.

        It may have waited for others, or for a file. Raises RepeatedDeliveryError
        when this delivery already had its effect.
        """
        with self.office.database.transaction(self.patience) as session:
            if not self._claimed:
                self._claim(session)
            today = administrators.find_actor(session, self.person.identity)
            self.person = replace(self.person, actor=today)
            yield session
        self._claimed = True

    def once(self, effect: Callable[[Session], object]) -> None:
        """Write in one transaction, or leave it when this delivery did so already.

        For submissions: effect and claim are kept together, so that the answer
        to the repeated delivery is the same as to the first.
        """
        with suppress(RepeatedDeliveryError), self.transaction() as session:
            effect(session)

    def claim(self) -> None:
        """Take this delivery where nothing else is written.

        Raises RepeatedDeliveryError when it was taken before.
        """
        with self.transaction():
            pass

    def _claim(self, session: Session) -> None:
        delivery_id = payload.delivery_id(self.body)
        if delivery_id is None:
            return
        if not slack_deliveries.is_first(session, delivery_id, now=self.now):
            raise RepeatedDeliveryError

    def open(self, view: View) -> None:
        """Show a modal in answer to a command, or to a button outside modals."""
        self._use_trigger(self.client.views_open, view)

    def push(self, view: View) -> None:
        """Put a modal on top of the one in which this happened, or open it.

        The same buttons stand on screens, on the App Home and in messages. Raises
        PressedTwiceError when another press of the same button did so.
        """
        if payload.view(self.body).get("type") != "modal":
            self.open(view)
            return
        try:
            shown = self._use_trigger(self.client.views_push, view)
        except SlackApiError as error:
            if error.response.get("error") == _STACK_FULL:
                raise PressedTwiceError from error
            raise
        below = shown.get("previous_view_id")
        if below and below != payload.view(self.body).get("id"):
            twice = self.t("You pressed twice; close this window.")
            self.show(notice.build(self.t("Sleutelbos"), [twice], self.t))
            raise PressedTwiceError

    def will_show_later(self, view: View) -> None:
        """Let the modal that the ack shows be found again, once it is there."""
        view.external_id = self.view_id = f"{_OURS}{self.body['trigger_id']}"
        self._follows_ack = True

    def show(self, view: View) -> None:
        """Replace what the answering view shows; opens one if there is none."""
        if self._follows_ack:
            self._show_after_ack(view)
            return
        if self.view_id is None:
            self.open(view)
            return
        seen = payload.view(self.body)
        is_pressed = "actions" in self.body and seen.get("id") == self.view_id
        self.replace(self.view_id, view, hash_=seen["hash"] if is_pressed else None)

    def _show_after_ack(self, view: View) -> None:
        """An ack and a call go different ways to Slack: the call may be there first.

        Only the modal of the ack has our id; shown before it, the view would be
        replaced by the modal that asks to wait, and stay so.
        """
        for pause in _ACK_ARRIVES_WITHIN:
            try:
                self.replace(str(self.view_id), view)
            except ViewGoneError:
                time.sleep(pause)
            else:
                return
        self.replace(payload.view(self.body)["id"], view)

    def replace(self, view_id: str, view: View, *, hash_: str | None = None) -> None:
        """Put other content into a view. Raises ViewGoneError when it is not there.

        With `hash_` it is left alone when it changed since that was read.
        """
        key = "external_id" if view_id.startswith(_OURS) else "view_id"
        if key == "external_id":
            # An update without it takes it away, and nobody would find the view again.
            view.external_id = view_id
        try:
            self.client.views_update(view=view, hash=hash_, **{key: view_id})
        except SlackApiError as error:
            if error.response.get("error") in _VIEW_GONE:
                raise ViewGoneError from error
            raise

    def refresh(self, view_id: str, build: Callable[[], View]) -> None:
        """Renew another view that may be open still, if that goes.

        What was done stands, and its result is on the screen: a failure here is
        logged and takes neither away.
        """
        try:
            with suppress(ViewGoneError):
                self.replace(view_id, build())
        except Exception as error:  # noqa: BLE001 (nothing may undo what was done)
            reference = log_safety.new_reference()
            log_safety.unexpected(error, reference, "refresh")

    def say(self, text: str) -> None:
        """Answer beside the command or the message, for this person only."""
        say_beside(self.body, text)

    def reply(self, message: Message) -> None:
        """Answer the direct message that this was.

        An answer that is lost is for the log: what was done stands, and asking for
        it once more is easy.
        """
        said = conversation.written(self.body)
        if said is None:
            return
        try:
            conversation.reply(self.client, said, message)
        except (DeliveryPostponedError, DeliveryRefusedError) as error:
            _log.warning("slack.answer_lost", why=error.code, place="message")

    def _use_trigger(
        self, method: Callable[..., SlackResponse], view: View
    ) -> Mapping[str, Any]:
        """Gives the view as Slack tells it; nothing when that answer was lost."""
        # Known beforehand, so that the view is found again if the answer is lost.
        view.external_id = f"{_OURS}{self.body['trigger_id']}"
        try:
            answer = method(trigger_id=self.body["trigger_id"], view=view)
        except SlackApiError as error:
            code = error.response.get("error")
            if code == _TRIGGER_EXPIRED:
                raise TooSlowError from error
            if code != _TRIGGER_USED:
                raise
            self.view_id = view.external_id
            return {}
        shown: Mapping[str, Any] = answer["view"]
        self.view_id = str(shown["id"])
        return shown


def say_beside(body: Mapping[str, Any], text: str) -> None:
    """Answer through the payload's response_url, for this person only."""
    webhook = WebhookClient(body["response_url"], logger=log_safety.logger())
    answer = webhook.send(
        text=escaped(text), response_type="ephemeral", replace_original=False
    )
    # The SDK raises for a lost connection, not for a refusal.
    if answer.status_code != HTTPStatus.OK:
        _log.warning("slack.answer_lost", why="refused", status=answer.status_code)
