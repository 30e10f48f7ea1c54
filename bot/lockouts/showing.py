"""Shows alerts about locked logins: in the admin channel, else to the managers."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import structlog
from slack_sdk import WebClient

from bot.delivery.channels import look_at_channel
from bot.delivery.messages import post_message, update_message
from bot.lockouts import alert
from bot.lockouts.alert import LockoutAlert
from bot.message import Message
from bot.office import Office
from domain import administrators
from domain.exports.channel import (
    ChannelProblem,
    DeliveryPostponedError,
    DeliveryRefusedError,
    find_problem,
)
from domain.runs.reporting import MessagePlace
from domain.sign_in import lockout_alerts, lockout_decisions, lockout_reports
from domain.sign_in.lockout_alerts import AlertHeldError, AlertPlace, ClaimedAlert
from domain.sign_in.lockout_reports import LockoutReport

_HELD_FOR: Final = timedelta(seconds=1)
_log = structlog.get_logger(__name__)


def gather(office: Office, payload: Mapping[str, Any]) -> None:
    """A login was locked: put it into an alert, which is then shown."""
    with office.database.transaction() as session:
        lockout_alerts.gather(
            session,
            payload["lockout_id"],
            default_channel=office.default_admin_channel,
            now=office.clock(),
        )


def settle(office: Office, payload: Mapping[str, Any]) -> None:
    """Locked logins were activated or closed: their alerts are to say so."""
    with office.database.transaction() as session:
        lockout_decisions.settle(session, payload["login_ids"], now=office.clock())


def show(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Bring an alert up to date, wherever it stands.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    try:
        with office.database.transaction() as session:
            claimed = lockout_alerts.claim_to_show(
                session, payload["alert_id"], now=office.clock()
            )
            report = lockout_reports.report(session, claimed.alert_id)
    except AlertHeldError as error:
        raise DeliveryPostponedError(error.code, _HELD_FOR) from error
    showing = Showing(office, client, claimed, report)
    try:
        showing.bring_up_to_date()
    except Exception:
        with office.database.transaction() as session:
            lockout_alerts.release(session, claimed)
        raise
    with office.database.transaction() as session:
        lockout_alerts.note_shown(session, claimed, report.count, now=office.clock())


class Showing:
    """One look at one alert, and what it takes to show it as it stands."""

    def __init__(
        self,
        office: Office,
        client: WebClient,
        claimed: ClaimedAlert,
        report: LockoutReport,
    ) -> None:
        self._office = office
        self._client = client
        self._claimed = claimed
        self._report = report
        self._places = list(claimed.places)

    def bring_up_to_date(self) -> None:
        """Rewrite its messages; post where a new lockout was not told yet."""
        problem = self._problem()
        was_withdrawn = self._rewrite(problem)
        is_news = self._report.count > self._claimed.shown_count
        if is_news or (was_withdrawn and self._report.still_locked):
            self._post(problem)

    def _problem(self) -> ChannelProblem | None:
        """Why no names may stand in the channel at this moment, or None."""
        channel_id = self._claimed.channel_id
        if channel_id is None:
            return ChannelProblem.UNSET
        try:
            look = look_at_channel(self._client, channel_id)
        except DeliveryRefusedError:
            return ChannelProblem.NOT_FOUND
        problem = find_problem(channel_id, look)
        return None if problem is ChannelProblem.PERSON_NOT_MEMBER else problem

    def _rewrite(self, problem: ChannelProblem | None) -> bool:
        """Whether a message was taken back from a channel that others read by now."""
        was_withdrawn = False
        for place in self._claimed.places:
            is_withdrawn = self._is_in_channel(place) and problem is not None
            message = (
                alert.withdrawn(self._office.t)
                if is_withdrawn
                else self._message(place.asked, problem)
            )
            if not self._update(place, message) or is_withdrawn:
                self._forget(place)
            was_withdrawn = was_withdrawn or is_withdrawn
        return was_withdrawn

    def _update(self, place: AlertPlace, message: Message) -> bool:
        """Whether the message is there still."""
        where = MessagePlace(place.channel_id, place.ts)
        try:
            update_message(self._client, where, message.blocks, message.text)
        except DeliveryRefusedError as error:
            _log.warning(
                "lockout.message_gone",
                alert_id=self._claimed.alert_id,
                code=error.code,
            )
            return False
        return True

    def _post(self, problem: ChannelProblem | None) -> None:
        if problem is None and self._post_in_channel():
            return
        reason = problem or ChannelProblem.NOT_FOUND
        with self._office.database.reading() as session:
            managers = administrators.managers(session)
        reached = [self._post_to(who.user_id, reason) for who in managers]
        if not any(reached):
            raise DeliveryRefusedError("nobody_to_tell")

    def _post_in_channel(self) -> bool:
        return self._post_to(str(self._claimed.channel_id), None)

    def _post_to(self, asked: str, problem: ChannelProblem | None) -> bool:
        """Whether it stands there, from now on or since before."""
        if any(place.asked == asked for place in self._places):
            return True
        message = self._message(asked, problem)
        try:
            posted = post_message(self._client, asked, message.blocks, message.text)
        except DeliveryRefusedError as error:
            _log.warning(
                "lockout.not_told", alert_id=self._claimed.alert_id, code=error.code
            )
            return False
        self._places.append(AlertPlace(asked, posted.channel_id, posted.ts))
        self._keep_places()
        return True

    def _message(self, asked: str, problem: ChannelProblem | None) -> Message:
        channel_id = self._claimed.channel_id
        why = None if asked == channel_id else problem
        return alert.build(LockoutAlert(self._report, channel_id, why), self._office.t)

    def _is_in_channel(self, place: AlertPlace) -> bool:
        return place.asked == self._claimed.channel_id

    def _forget(self, place: AlertPlace) -> None:
        self._places.remove(place)
        self._keep_places()

    def _keep_places(self) -> None:
        with self._office.database.transaction() as session:
            lockout_alerts.note_places(
                session, self._claimed, self._places, now=self._office.clock()
            )
