"""Asks Slack who the bot is and who somebody is; failures become one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from slack_sdk import WebClient

from bot.app import web_client
from bot.delivery.asking import asking
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from sleutelbos import complaints
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError

# What Slack answers when the token itself is at fault.
_TOKEN_ERRORS: Final = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
_NO_MEMBER: Final = (
    "deleted",
    "is_bot",
    "is_restricted",
    "is_ultra_restricted",
    "is_stranger",
)


def client(settings: Settings) -> WebClient:
    """Slack's Web API with the bot's token. Raises CommandError without a token."""
    if settings.slack_bot_token is None:
        raise CommandError(complaints.BOT_TOKEN_MISSING)
    return web_client(settings.slack_bot_token, settings.slack_api_url)


@contextmanager
def asking_with(setting: str = "SLACK_BOT_TOKEN") -> Iterator[None]:
    """Turn a refused token and an unreachable Slack into what the operator can do.

    Raises CommandError for these, DeliveryRefusedError for every other refusal.
    """
    try:
        with asking():
            yield
    except DeliveryPostponedError as error:
        raise CommandError(complaints.SLACK_UNREACHABLE, error=error.code) from error
    except DeliveryRefusedError as error:
        if error.code not in _TOKEN_ERRORS:
            raise
        raise CommandError(
            complaints.SLACK_REFUSED, name=setting, error=error.code
        ) from error


def team_id(settings: Settings) -> str:
    """The workspace that the bot token belongs to."""
    with asking_with():
        return str(client(settings).auth_test()["team_id"])


def require_member(settings: Settings, user_id: str) -> None:
    """Refuse an id that is nobody, a bot, a guest or somebody who left."""
    try:
        with asking_with():
            answer = client(settings).users_info(user=user_id)
    except DeliveryRefusedError as error:
        raise CommandError(complaints.NO_SUCH_MEMBER, value=user_id) from error
    user = answer["user"]
    if any(user.get(flag) for flag in _NO_MEMBER):
        raise CommandError(complaints.NO_SUCH_MEMBER, value=user_id)
