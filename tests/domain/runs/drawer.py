"""An admin channel in memory: what domain needs of Slack, as plain callables."""

import itertools
from dataclasses import dataclass, field
from io import BytesIO

import msoffcrypto
import openpyxl

from domain.exports.channel import (
    Channel,
    ChannelLook,
    DeliveryPostponedError,
    ReservedUpload,
)
from domain.runs.reporting import MessagePlace, RunReport
from domain.secret import Secret

SUITABLE = ChannelLook(
    exists=True, is_private=True, bot_is_member=True, person_is_member=True
)


@dataclass
class Drawer:
    """Keeps what was uploaded, completed and told; can be out of order."""

    look: ChannelLook = SUITABLE
    contents: dict[str, bytes] = field(default_factory=dict)
    posted: dict[str, str] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    messages: list[RunReport] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    trouble: dict[str, Exception] = field(default_factory=dict)
    shares_appear: bool = True
    is_away: bool = False
    _ids: itertools.count = field(default_factory=lambda: itertools.count(1))

    def channel(self) -> Channel:
        return Channel(
            look=lambda _channel_id, _identity: self._fails("look") or self.look,
            reserve=self._reserve,
            send=self._send,
            complete=self._complete,
            is_posted=lambda file_id, _channel_id: file_id in self.posted,
            delete=self._delete,
        )

    def show(self, report: RunReport) -> MessagePlace:
        self._fails("show")
        self.messages.append(report)
        return report.message or MessagePlace("C1", "1.1")

    def workbook(self, password: Secret) -> list[dict[str, str]]:
        """The rows of the one workbook that is in the channel."""
        (file_id,) = self.posted
        locked = msoffcrypto.OfficeFile(BytesIO(self.contents[file_id]))
        locked.load_key(password=password.reveal())
        opened = BytesIO()
        locked.decrypt(opened)
        sheet = openpyxl.load_workbook(opened)["Werknemerslogins"]
        headings, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(headings, row, strict=True)) for row in rows]

    def _fails(self, what: str) -> None:
        error = slack_is_away() if self.is_away else self.trouble.pop(what, None)
        if error is not None:
            raise error

    def _reserve(self, _file_name: str, _length: int) -> ReservedUpload:
        self._fails("reserve")
        file_id = f"F{next(self._ids)}"
        return ReservedUpload(file_id, f"https://upload/{file_id}")

    def _send(self, upload_url: str, content: bytes) -> None:
        self._fails("send")
        self.contents[upload_url.rpartition("/")[2]] = content

    def _complete(
        self, file_id: str, title: str, channel_id: str, comment: str
    ) -> None:
        self._fails("complete")
        self.comments.append(comment)
        if self.shares_appear:
            self.posted[file_id] = channel_id
        # The answer may be lost after Slack did what it was asked.
        self._fails("answer to complete")

    def _delete(self, file_id: str) -> None:
        self._fails("delete")
        self.posted.pop(file_id, None)
        self.deleted.append(file_id)


def slack_is_away() -> DeliveryPostponedError:
    return DeliveryPostponedError("timeout")
