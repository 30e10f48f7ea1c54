"""What is wrong with the sign-in page's address, and whether it leads here."""

import http.client
import json
import ssl
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import SplitResult, urlsplit

from bot.http_mode import PATH
from sleutelbos import complaints, findings
from sleutelbos.settings import THIS_MACHINE, Listen, Settings
from sleutelbos.wording import CommandError

_PATIENCE_SECONDS: Final = 5
_LARGEST_ANSWER: Final = 10_000
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (as set)


class _SilentError(Exception):
    """Nobody answers, or not as this product does; the text says how."""


def find_problems(settings: Settings) -> Iterator[CommandError]:
    """Everything that is wrong, as far as this machine can tell.

    The address itself is asked only while a `serve` answers here: before the first
    start nobody can.
    """
    parts = urlsplit(settings.portal_url)
    yield from _settings(settings, parts)
    if settings.listen.port == 0:
        return
    try:
        here = _installation(_local(settings.listen))
    except ConnectionRefusedError:
        return
    except (_SilentError, OSError, http.client.HTTPException):
        host, port = settings.listen
        yield CommandError(findings.LISTEN_STRANGER, address=f"{host}:{port}")
        return
    yield from _leads_here(settings, parts, here)


def _settings(settings: Settings, parts: SplitResult) -> Iterator[CommandError]:
    url = settings.portal_url
    if parts.hostname in THIS_MACHINE:
        yield CommandError(findings.PORTAL_URL_LOCAL, url=url)
    elif parts.scheme != "https":
        yield CommandError(findings.PORTAL_URL_PLAIN, url=url)
    elif settings.trusted_proxies == 0:
        yield CommandError(findings.PROXIES_UNSET)
    if parts.path:
        yield CommandError(complaints.PORTAL_URL_WITH_PATH, url=url)
    if settings.slack_app_token and settings.slack_signing_secret:
        yield CommandError(findings.SIGNING_SECRET_UNUSED)


def _leads_here(
    settings: Settings, parts: SplitResult, here: str
) -> Iterator[CommandError]:
    url = settings.portal_url
    try:
        there = _installation(parts)
    except (_SilentError, OSError, http.client.HTTPException) as error:
        reason = _reason(error)
        yield CommandError(findings.PORTAL_SILENT, url=url, error=reason)
        return
    if there != here:
        yield CommandError(findings.PORTAL_ELSEWHERE, url=url)
    elif settings.is_http_mode and not _is_guarded(parts):
        yield CommandError(findings.SLACK_PATH_CLOSED, url=url + PATH)


def _local(listen: Listen) -> SplitResult:
    host = _EVERYWHERE.get(listen.host, listen.host)
    name = f"[{host}]" if ":" in host else host
    return urlsplit(f"http://{name}:{listen.port}")


def _installation(parts: SplitResult) -> str:
    """Whose `/healthz` it is. Raises _SilentError when it is none of ours."""
    status, body = _asked(parts, "GET", "/healthz")
    if status != HTTPStatus.OK:
        raise _SilentError(f"HTTP {status}")
    try:
        return str(json.loads(body)["installation"])
    except (ValueError, KeyError, TypeError) as error:
        raise _SilentError("no Sleutelbos") from error


def _is_guarded(parts: SplitResult) -> bool:
    """Whether Slack's calls come through: ours has no signature and is refused."""
    return _asked(parts, "POST", PATH)[0] == HTTPStatus.UNAUTHORIZED


def _asked(parts: SplitResult, method: str, path: str) -> tuple[int, bytes]:
    connection = _connection(parts)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read(_LARGEST_ANSWER)
    finally:
        connection.close()


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        return http.client.HTTPSConnection(
            host,
            parts.port,
            timeout=_PATIENCE_SECONDS,
            context=ssl.create_default_context(),
        )
    return http.client.HTTPConnection(host, parts.port, timeout=_PATIENCE_SECONDS)


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
