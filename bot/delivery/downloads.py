"""Files that people gave the app, read from where Slack keeps them.

The bot's token goes along, so the address that Slack names is not believed: it is
Slack's own host, or nothing is asked there. No redirect is followed.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import IO, Any, Final, cast
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from slack_sdk import WebClient

from bot.delivery.asking import asked_once, asking
from bot.delivery.files import GONE, GONE_MODES
from domain.errors import DomainError
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError

# What Slack's file input takes (docs.slack.dev, file input element).
MAX_BYTES: Final = 10 * 1024 * 1024
FILES_HOST: Final = "files.slack.com"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SILENCE_SECONDS: Final = 10
TIME_LIMIT: Final = timedelta(minutes=1)
_READ_AT_ONCE: Final = 64 * 1024


class FileGoneError(DomainError):
    """Slack does not have the file any more, or never had it for this person."""

    code = "file_gone"
    concerns = "file"


class FileTooBigError(DomainError):
    """The file has more than 10 MB."""

    code = "file_too_big"
    concerns = "file"


class FileWithheldError(DomainError):
    """Slack has the file and does not hand it over; `why` is for the log."""

    code = "file_withheld"
    concerns = "file"


@dataclass(frozen=True)
class GivenFile:
    """A file as Slack describes it; `size` in bytes."""

    file_id: str
    name: str
    size: int
    owner_id: str
    url: str


def find_file(client: WebClient, file_id: str) -> GivenFile:
    """What Slack knows of a file.

    Raises FileGoneError or FileWithheldError.
    """
    try:
        with asking():
            found = asked_once(client).files_info(file=file_id)["file"]
    except DeliveryRefusedError as error:
        if error.code in GONE:
            raise FileGoneError from error
        raise FileWithheldError(why=error.code) from error
    except DeliveryPostponedError as error:
        raise FileWithheldError(why=error.code) from error
    if found.get("mode") in GONE_MODES:
        raise FileGoneError
    return _described(found)


def download(
    client: WebClient, file: GivenFile, *, within: timedelta = TIME_LIMIT
) -> bytes:
    """The bytes of a file, 10 MB at most and all of them `within` this time.

    Raises FileTooBigError, FileGoneError or FileWithheldError.
    """
    if file.size > MAX_BYTES:
        raise FileTooBigError
    request = Request(_trusted(client, file.url))  # noqa: S310 (the scheme is checked)
    request.add_unredirected_header("Authorization", f"Bearer {client.token}")
    try:
        with _opener(client).open(request, timeout=_SILENCE_SECONDS) as answer:
            content = _read(cast("HTTPResponse", answer), within)
    except HTTPError as error:
        error.close()
        if error.code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            raise FileGoneError from error
        raise FileWithheldError(why=f"http_{error.code}") from error
    except (OSError, HTTPException) as error:
        raise FileWithheldError(why=type(error).__name__) from error
    if len(content) != file.size:
        # To a token that may not read it, Slack sends its sign-in page.
        raise FileWithheldError(why="other_size")
    return content


class _NoRedirects(HTTPRedirectHandler):
    """Takes a redirect for the error that it is here."""

    def redirect_request(
        self, _req: Request, _fp: IO[bytes], *_answer: Any
    ) -> Request | None:
        """None: whoever asked gets the redirect as an HTTPError."""
        return None


def _opener(client: WebClient) -> OpenerDirector:
    return build_opener(_NoRedirects, HTTPSHandler(context=client.ssl))


def _described(found: Mapping[str, Any]) -> GivenFile:
    try:
        return GivenFile(
            file_id=found["id"],
            name=str(found.get("name") or found["id"]),
            size=int(found["size"]),
            owner_id=found["user"],
            # Of some kinds of file `url_private` is a redirect to a viewer.
            url=str(found.get("url_private_download") or found["url_private"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise FileWithheldError(why="not_described") from error


def _trusted(client: WebClient, url: str) -> str:
    """The address, on the only host that may see the token.

    It is put together anew, so that nobody's reading of a strange one matters.
    """
    api = urlsplit(client.base_url)
    is_sandbox = api.hostname in _LOOPBACK
    scheme, host = (api.scheme, api.netloc) if is_sandbox else ("https", FILES_HOST)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise FileWithheldError(why="other_host") from error
    if (parts.scheme, parts.netloc) != (scheme, host):
        raise FileWithheldError(why="other_host")
    path = quote(parts.path, safe="/%")
    return urlunsplit((scheme, host, path, quote(parts.query, safe="=&%"), ""))


def _read(answer: HTTPResponse, within: timedelta) -> bytes:
    ends_at = time.monotonic() + within.total_seconds()
    content = bytearray()
    while part := answer.read1(_READ_AT_ONCE):
        content += part
        if len(content) > MAX_BYTES:
            raise FileTooBigError
        if time.monotonic() > ends_at:
            raise FileWithheldError(why="too_slow")
    return bytes(content)
