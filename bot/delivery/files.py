"""Files on their way into a channel and out of it again.

Slack's external upload: an address is reserved, the bytes go there, and the upload
is completed once; the share appears in the channel some time later.
"""

from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from slack_sdk import WebClient

from bot.delivery.asking import asked_once, asking
from domain.exports.channel import (
    DeliveryPostponedError,
    DeliveryRefusedError,
    ReservedUpload,
)

UPLOAD_SECONDS: Final = 60
GONE: Final = frozenset({"file_not_found", "file_deleted"})
# What Slack leaves in place of a deleted file (docs.slack.dev, file object).
GONE_MODES: Final = frozenset({"tombstone", "deleted"})


class FileDelivery:
    """Uploads, looks for and deletes the app's own files.

    Every method raises DeliveryPostponedError when it may work later, and
    DeliveryRefusedError when it will not.
    """

    def __init__(self, client: WebClient) -> None:
        self._client = asked_once(client)

    def reserve(self, file_name: str, length: int) -> ReservedUpload:
        """An address for so many bytes; nobody sees the file yet."""
        with asking():
            # The SDK sends this form-encoded; Slack refuses it as JSON.
            answer = self._client.files_getUploadURLExternal(
                filename=file_name, length=length
            )
        return ReservedUpload(answer["file_id"], answer["upload_url"])

    def send(self, upload_url: str, content: bytes) -> None:
        """Put the bytes at the reserved address; the token does not go along."""
        if urlsplit(upload_url).scheme != urlsplit(self._client.base_url).scheme:
            raise DeliveryRefusedError("unexpected_upload_url")
        headers = {"Content-Type": "application/octet-stream"}
        request = Request(upload_url, content, headers, method="POST")  # noqa: S310 (the scheme is that of the API)
        with (
            asking(),
            urlopen(request, timeout=UPLOAD_SECONDS, context=self._client.ssl),  # noqa: S310 (as above)
        ):
            return

    def complete(self, file_id: str, title: str, channel_id: str, comment: str) -> None:
        """Finish the upload; Slack shares it in the channel when it gets to it."""
        with asking():
            self._client.files_completeUploadExternal(
                files=[{"id": file_id, "title": title}],
                channel_id=channel_id,
                initial_comment=comment,
            )

    def is_posted(self, file_id: str, channel_id: str) -> bool:
        """Whether the file's share is in the channel at this moment."""
        shares = (self._find(file_id) or {}).get("shares") or {}
        return any(kind.get(channel_id) for kind in shares.values())

    def delete(self, file_id: str) -> None:
        """Delete the file; returns once Slack no longer shows it."""
        try:
            with asking():
                self._client.files_delete(file=file_id)
        except DeliveryRefusedError as error:
            if error.code not in GONE:
                raise
        if self._find(file_id) is not None:
            raise DeliveryPostponedError("file_still_there")

    def _find(self, file_id: str) -> dict[str, Any] | None:
        try:
            with asking():
                found: dict[str, Any] = self._client.files_info(file=file_id)["file"]
        except DeliveryRefusedError as error:
            if error.code in GONE:
                return None
            raise
        return None if found.get("mode") in GONE_MODES else found
