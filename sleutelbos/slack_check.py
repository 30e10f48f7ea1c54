"""What is missing or wrong with the Slack app: tokens, scopes, channels, the clock."""

from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk import WebClient

from bot.delivery.channels import look_at_channel
from domain.clock import Clock
from domain.exports.channel import (
    DeliveryPostponedError,
    DeliveryRefusedError,
    find_problem,
)
from domain.slack_users import SlackIdentity
from sleutelbos import complaints, findings, manifest, slack_workspace
from sleutelbos.database_check import skew_problems
from sleutelbos.settings import Settings
from sleutelbos.slack_workspace import asking_with
from sleutelbos.wording import CommandError


def find_problems(
    settings: Settings, channels: Iterable[str | None], clock: Clock
) -> Iterator[CommandError]:
    """Everything that is wrong, as far as Slack can be asked."""
    if settings.slack_app_token is None and not settings.is_http_mode:
        yield CommandError(complaints.APP_TOKEN_MISSING)
    if None in channels:
        yield CommandError(findings.NO_ADMIN_CHANNEL)
    if settings.slack_bot_token is None:
        yield CommandError(complaints.BOT_TOKEN_MISSING)
        return
    client = slack_workspace.client(settings)
    try:
        with asking_with():
            answer = client.auth_test()
    except CommandError as error:
        yield error
        return
    except DeliveryRefusedError as error:
        yield _refused("auth.test", error)
        return
    headers = {name.lower(): str(value) for name, value in answer.headers.items()}
    yield from _scopes(headers)
    yield from _clock(headers, clock)
    yield from _socket(settings, client)
    bot = SlackIdentity(answer["team_id"], answer["user_id"])
    for channel in sorted(channel for channel in channels if channel is not None):
        yield from _channel(client, channel, bot)


def _scopes(headers: dict[str, str]) -> Iterator[CommandError]:
    granted = {part.strip() for part in headers.get("x-oauth-scopes", "").split(",")}
    needed = manifest.bot_scopes()
    for wording, scopes in (
        (findings.SCOPES_MISSING, needed - granted),
        (findings.SCOPES_TOO_MANY, granted - needed - {""}),
    ):
        if scopes:
            yield CommandError(wording, scopes=", ".join(sorted(scopes)))


def _clock(headers: dict[str, str], clock: Clock) -> Iterator[CommandError]:
    if "date" in headers:
        theirs = parsedate_to_datetime(headers["date"])
        yield from skew_problems(theirs, clock(), "Slack")


def _socket(settings: Settings, client: WebClient) -> Iterator[CommandError]:
    if settings.slack_app_token is None:
        return
    try:
        with asking_with("SLACK_APP_TOKEN"):
            client.apps_connections_open(app_token=settings.slack_app_token.reveal())
    except CommandError as error:
        yield error
    except DeliveryRefusedError as error:
        yield CommandError(findings.SOCKET_REFUSED, error=error.code)


def _channel(
    client: WebClient, channel: str, bot: SlackIdentity
) -> Iterator[CommandError]:
    try:
        look = look_at_channel(client, channel, bot)
    except (DeliveryPostponedError, DeliveryRefusedError) as error:
        yield _refused("conversations.info", error)
        return
    problem = find_problem(channel, look)
    if problem is not None:
        yield CommandError(findings.CHANNELS[problem], channel=channel)


def _refused(method: str, error: Any) -> CommandError:
    return CommandError(findings.SLACK_ANSWERED, method=method, error=error.code)
