"""The bot put together: Bolt, its pool of threads, and every feature's listeners."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler

from bot import log_safety, people
from bot.administrators import listeners as administrators
from bot.answering import UNHEARD
from bot.audit_log import listeners as audit_log
from bot.branch_settings import listeners as branch_settings
from bot.branches import listeners as branches
from bot.exports import listeners as exports
from bot.help import listeners as employee_help
from bot.home import listeners as home
from bot.importing import listeners as importing
from bot.left_out import listeners as left_out
from bot.lockouts import listeners as lockouts
from bot.logins import listeners as logins
from bot.moves import listeners as moves
from bot.office import Office
from bot.rate_limits import ShortWaitRetryHandler
from bot.record_cards import listeners as record_cards
from bot.resets import listeners as resets
from bot.socket_mode import SocketMode
from bot.step_up import listeners as step_up
from bot.templates import listeners as templates
from bot.word_templates import listeners as word_templates
from domain.secret import Secret

# Bolt's own five are soon taken by people who wait for a slow Slack.
LISTENER_THREADS: Final = 24
CALL_SECONDS: Final = 10
FEATURES: Final = (
    people,
    home,
    employee_help,
    administrators,
    branches,
    branch_settings,
    moves,
    importing,
    record_cards,
    logins,
    lockouts,
    resets,
    left_out,
    exports,
    templates,
    word_templates,
    audit_log,
    step_up,
)


def web_client(token: Secret, api_url: str | None = None) -> WebClient:
    """Slack's Web API with the bot's token; logs nothing that it sends."""
    return WebClient(
        token=token.reveal(),
        base_url=api_url or WebClient.BASE_URL,
        timeout=CALL_SECONDS,
        logger=log_safety.logger(),
        retry_handlers=[ConnectionErrorRetryHandler(), ShortWaitRetryHandler()],
    )


def build_app(office: Office, client: WebClient) -> App:
    """The app with its listeners. Raises BoltError when Slack refuses the token."""
    app = App(
        client=client,
        logger=log_safety.logger(),
        # The ack leaves as soon as the listener returns, without Bolt's 10 ms steps.
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        # Socket Mode has no signatures; HTTP mode checks them before Bolt.
        request_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(LISTENER_THREADS, "slack-work"),
    )
    app.error(_unforeseen)
    for feature in FEATURES:
        feature.register(app, office)
    return app


def socket_mode(app: App, app_token: Secret) -> SocketMode:
    """The app's connection; `connect()` begins, `close()` ends."""
    executor = app.listener_runner.listener_executor
    return SocketMode(app, app_token.reveal(), executor)


def _unforeseen(
    error: Exception, body: dict[str, Any], context: BoltContext
) -> BoltResponse:
    """A payload nobody listens for is acknowledged, so that Slack lets it rest."""
    if isinstance(error, BoltUnhandledRequestError):
        context[UNHEARD] = True
    else:
        log_safety.unexpected(error, "none", str(body.get("type")))
    return BoltResponse(status=200, body="")
