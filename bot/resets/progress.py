"""Shows a run where it belongs: in the admin channel, or to who started it."""

import structlog
from slack_sdk import WebClient

from bot.delivery.channels import look_at_channel
from bot.delivery.messages import post_message, update_message
from bot.office import Office
from bot.resets import letters_comment, run_message
from bot.resets.run_message import RunMessage
from domain import administrators
from domain.exports.channel import (
    ChannelProblem,
    DeliveryRefusedError,
    find_problem,
)
from domain.runs.model import RunKind
from domain.runs.reporting import FileStatus, MessagePlace, RunReport
from domain.slack_users import SlackIdentity

_log = structlog.get_logger(__name__)


class Progress:
    """What a run's worker is handed to show how it goes.

    Both methods raise DeliveryPostponedError or DeliveryRefusedError.
    """

    def __init__(self, office: Office, client: WebClient) -> None:
        self._office = office
        self._client = client

    def show(self, report: RunReport) -> MessagePlace:
        """Post the run's message, or rewrite it where it stands."""
        starter = self._starter(report)
        place = report.message
        if place is None:
            return self._post(report, starter)
        try:
            self._rewrite(report, starter, place)
        except DeliveryRefusedError:
            # Somebody deleted it or closed the channel. A result is told all the
            # same; neither a number that is old in five seconds is, nor what became
            # of a result that was told before.
            if report.phase not in run_message.ENDED or _was_told(report):
                raise
            return self._post(report, starter)
        return place

    def comment(self, report: RunReport) -> str:
        """What stands under the file."""
        data = RunMessage(report, self._starter(report).user_id)
        return run_message.comment(data, self._office.t)

    def letters_comment(self, report: RunReport) -> str:
        """What stands under the ready letters."""
        data = RunMessage(report, self._starter(report).user_id)
        return letters_comment.words(data, self._office.t)

    def _starter(self, report: RunReport) -> SlackIdentity:
        with self._office.database.reading() as session:
            return administrators.slack_identity(session, report.started_by)

    def _message(
        self, report: RunReport, starter: SlackIdentity, *, is_direct: bool
    ) -> RunMessage:
        decided_by = None
        if report.decided_by is not None:
            with self._office.database.reading() as session:
                identity = administrators.slack_identity(session, report.decided_by)
            decided_by = identity.user_id
        return RunMessage(report, starter.user_id, is_direct, decided_by)

    def _post(self, report: RunReport, starter: SlackIdentity) -> MessagePlace:
        if self._may_stand_in_channel(report, starter):
            try:
                return self._send(report, starter, report.channel_id)
            except DeliveryRefusedError as error:
                _log.warning(
                    "run.channel_refused", run_id=report.run_id, code=str(error)
                )
        return self._send(report, starter, starter.user_id)

    def _may_stand_in_channel(self, report: RunReport, starter: SlackIdentity) -> bool:
        """Whether the channel is one that nobody else reads along in."""
        channel_id = report.channel_id
        if channel_id == starter.user_id:
            return False
        try:
            look = look_at_channel(self._client, channel_id, starter)
        except DeliveryRefusedError:
            return False
        problem = find_problem(channel_id, look)
        # A workbook has to be there, whoever left. A mailing needs no channel, and
        # who started it has to hear how it ends.
        is_left = problem is ChannelProblem.PERSON_NOT_MEMBER
        return problem is None or (is_left and report.kind is RunKind.EXPORT)

    def _send(
        self, report: RunReport, starter: SlackIdentity, conversation: str
    ) -> MessagePlace:
        is_direct = conversation == starter.user_id
        data = self._message(report, starter, is_direct=is_direct)
        message = run_message.build(data, self._office.t)
        return post_message(self._client, conversation, message.blocks, message.text)

    def _rewrite(
        self, report: RunReport, starter: SlackIdentity, place: MessagePlace
    ) -> None:
        is_direct = place.channel_id != report.channel_id
        data = self._message(report, starter, is_direct=is_direct)
        message = run_message.build(data, self._office.t)
        update_message(self._client, place, message.blocks, message.text)


def _was_told(report: RunReport) -> bool:
    is_about_the_file = report.file not in (None, FileStatus.IN_CHANNEL)
    return report.was_retried or is_about_the_file
