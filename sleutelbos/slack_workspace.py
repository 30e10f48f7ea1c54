"""Asks Slack who the bot is and who somebody is; failures become one line."""

from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.app import web_client
from sleutelbos import complaints
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError

# What Slack answers when the token itself is at fault.
_TOKEN_ERRORS = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)


def client(settings: Settings) -> WebClient:
    """Slack's Web API with the bot's token. Raises CommandError without a token."""
    if settings.slack_bot_token is None:
        raise CommandError(complaints.BOT_TOKEN_MISSING)
    return web_client(settings.slack_bot_token, settings.slack_api_url)


def asked(
    call: Callable[..., Any], name: str = "SLACK_BOT_TOKEN", **fields: Any
) -> Any:
    """Slack's answer to this call, made with the token of that name.

    Raises CommandError when Slack refuses the token or can't be reached;
    SlackApiError for every other refusal.
    """
    try:
        return call(**fields)
    except SlackApiError as error:
        code = str(error.response.get("error"))
        if code in _TOKEN_ERRORS:
            raise CommandError(
                complaints.SLACK_REFUSED, name=name, error=code
            ) from error
        raise
    except (SlackClientError, HTTPException, HTTPError, OSError) as error:
        reason = type(error).__name__
        raise CommandError(complaints.SLACK_UNREACHABLE, error=reason) from error


def team_id(settings: Settings) -> str:
    """The workspace that the bot token belongs to."""
    return str(asked(client(settings).auth_test)["team_id"])


def require_member(settings: Settings, user_id: str) -> None:
    """Refuse an id that is nobody, a bot, a guest or somebody who left."""
    try:
        answer = asked(client(settings).users_info, user=user_id)
    except SlackApiError as error:
        raise CommandError(complaints.NO_SUCH_MEMBER, value=user_id) from error
    user = answer["user"]
    flags = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
    if any(user.get(flag) for flag in flags):
        raise CommandError(complaints.NO_SUCH_MEMBER, value=user_id)
