"""What an export needs of the admin channel, and what must be true of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.errors import DomainError
from domain.slack_users import SlackIdentity


class DeliveryPostponedError(Exception):
    """It may work later: too many calls, no answer, or Slack is not well."""

    def __init__(self, code: str, retry_after: timedelta | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


class DeliveryRefusedError(Exception):
    """It will not work however often it is tried; `code` is Slack's own."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class ChannelLook:
    """What a channel is like at this moment, for one person."""

    exists: bool
    is_private: bool = False
    is_shared: bool = False
    is_archived: bool = False
    bot_is_member: bool = False
    person_is_member: bool = False


class ChannelProblem(StrEnum):
    """Why no passwords are posted in a channel."""

    UNSET = "unset"
    NOT_FOUND = "not_found"
    ARCHIVED = "archived"
    PUBLIC = "public"
    SHARED = "shared"
    BOT_NOT_MEMBER = "bot_not_member"
    PERSON_NOT_MEMBER = "person_not_member"


class ChannelUnsuitableError(DomainError):
    """The admin channel may not receive passwords; `problem` says why."""

    code = "channel_unsuitable"


@dataclass(frozen=True)
class ReservedUpload:
    """A place for a file in Slack: nothing is posted by having one."""

    file_id: str
    upload_url: str


@dataclass(frozen=True)
class Channel:
    """What is done in Slack for an export.

    Each callable raises DeliveryPostponedError or DeliveryRefusedError. `reserve`
    takes the file's name and length; `complete` takes file id, title, channel id
    and comment; `is_posted` asks whether the file's share is in the channel;
    `delete` returns once Slack says that the file is gone.
    """

    look: Callable[[str, SlackIdentity], ChannelLook]
    reserve: Callable[[str, int], ReservedUpload]
    send: Callable[[str, bytes], None]
    complete: Callable[[str, str, str, str], None]
    is_posted: Callable[[str, str], bool]
    delete: Callable[[str], None]


def find_problem(channel_id: str | None, look: ChannelLook) -> ChannelProblem | None:
    """The first reason why passwords may not go there, or None."""
    reasons = (
        (channel_id is None, ChannelProblem.UNSET),
        (not look.exists, ChannelProblem.NOT_FOUND),
        (look.is_archived, ChannelProblem.ARCHIVED),
        (not look.is_private, ChannelProblem.PUBLIC),
        (look.is_shared, ChannelProblem.SHARED),
        (not look.bot_is_member, ChannelProblem.BOT_NOT_MEMBER),
        (not look.person_is_member, ChannelProblem.PERSON_NOT_MEMBER),
    )
    return next((problem for holds, problem in reasons if holds), None)
