"""Files: announced, uploaded, completed, shared a moment later, and deleted."""

from __future__ import annotations

import mimetypes
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.slack.refusals import RefusedError

if TYPE_CHECKING:
    from sandbox.slack.conversations import Channel
    from sandbox.slack.state import State

# How long sharing takes when nobody asks for more; Slack says only "asynchronous".
SHARING_SECONDS = 0.05
# Without this scope an app neither downloads files nor asks for them in a modal.
READING = "files:read"
_NOT_IN_ADDRESSES = re.compile(r"[^a-z0-9._-]")


@dataclass(eq=False)
class File:
    """A file of the app or of a person, from its announcement on."""

    id: str
    name: str
    owner_id: str
    announced_size: int
    created_at: datetime
    upload_ticket: str
    title: str = ""
    content: bytes | None = None
    completed: bool = False
    deleted: bool = False
    shares: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content or b"")


class Files:
    """Every file, and how sharing goes."""

    def __init__(self, workspace: State) -> None:
        self.workspace = workspace
        self.all: dict[str, File] = {}
        self._is_holding = False
        self._held: list[tuple[File, list[Channel], str]] = []
        self._never = 0
        self.app_may_delete_any = False

    # -- what a test asks for ----------------------------------------------------

    def hold_sharing(self) -> None:
        """From now on completed files are shared only at `release_sharing()`."""
        self._is_holding = True

    def release_sharing(self) -> None:
        """Share what was held back, and hold nothing more."""
        with self.workspace.changed:
            self._is_holding = False
            waiting, self._held = self._held, []
        for file, channels, comment in waiting:
            self._share(file, channels, comment)

    def never_share_next(self) -> None:
        """The next completed file is never shared anywhere."""
        self._never += 1

    # -- the upload flow ---------------------------------------------------------

    def announce(self, name: str, size: int, owner_id: str) -> File:
        """Promise a file of so many bytes; it gets an id and an upload ticket."""
        file = File(
            self.workspace.new_id("F"),
            name,
            owner_id,
            size,
            self.workspace.now(),
            secrets.token_hex(16),
        )
        with self.workspace.changed:
            self.all[file.id] = file
        return file

    def receive(self, ticket: str, content: bytes) -> bool:
        """Take the bytes; false when nobody announced them like this."""
        with self.workspace.changed:
            for file in self.all.values():
                awaited = file.upload_ticket == ticket and not file.completed
                if awaited and len(content) == file.announced_size:
                    file.content = content
                    return True
            return False

    def complete(
        self, file_id: str, title: str, channels: list[Channel], comment: str
    ) -> File:
        """Finish an upload, once; it is shared a moment later."""
        file = self.all.get(file_id)
        if file is None or file.content is None or file.completed or file.deleted:
            raise RefusedError("file_not_found")
        file.completed = True
        file.title = title or file.name
        if channels:
            self._share_later(file, channels, comment)
        return file

    def _share_later(self, file: File, channels: list[Channel], comment: str) -> None:
        if self._never:
            self._never -= 1
        elif self._is_holding:
            self._held.append((file, channels, comment))
        else:
            self.workspace.courier.run(
                lambda: self._share(file, channels, comment), after=SHARING_SECONDS
            )

    def _share(self, file: File, channels: list[Channel], comment: str) -> None:
        for channel in channels:
            with self.workspace.changed:
                if file.deleted:
                    return
                message = self.workspace.posting.by_app(
                    channel, comment, [], file_ids=[file.id]
                )
                file.shares[channel.id] = message.ts

    # -- looking and deleting ----------------------------------------------------

    def find(self, file_id: str) -> File:
        """A file that is there. Raises RefusedError as files.info does."""
        file = self.all.get(file_id)
        if file is None or not file.completed:
            raise RefusedError("file_not_found")
        if file.deleted:
            raise RefusedError("file_deleted")
        return file

    def delete(self, file: File) -> None:
        """Take the file out of the workspace, and out of every message."""
        file.deleted, file.content = True, None
        for channel_id, ts in file.shares.items():
            message = self.workspace.channels[channel_id].message(ts)
            if message is None:
                continue
            message.file_ids.remove(file.id)
            if not message.text and not message.file_ids:
                self.workspace.posting.remove(message)
        self.workspace.changed.notify_all()

    def as_api(self, file: File) -> dict[str, Any]:
        """The file object of files.info and of messages."""
        name = _NOT_IN_ADDRESSES.sub("_", file.name.lower())
        url = f"{self.workspace.server.url}/files-pri/{file.id}/{name}"
        kinds: dict[str, list[str]] = {"channels": [], "groups": [], "ims": []}
        shares: dict[str, dict[str, Any]] = {}
        for channel_id, ts in file.shares.items():
            channel = self.workspace.channels[channel_id]
            kind = "private" if channel.is_private else "public"
            listed = "ims" if channel.is_im else "groups"
            kinds["channels" if kind == "public" else listed].append(channel_id)
            share = {"ts": ts, "reply_users": [], "channel_name": channel.name}
            shares.setdefault(kind, {})[channel_id] = [share]
        created = int(file.created_at.timestamp())
        return {
            "id": file.id,
            "created": created,
            "timestamp": created,
            "name": file.name,
            "title": file.title,
            "mimetype": mimetypes.guess_type(file.name)[0]
            or "application/octet-stream",
            "filetype": file.name.rpartition(".")[2],
            "user": file.owner_id,
            "user_team": self.workspace.team_id,
            "mode": "hosted",
            "size": file.size,
            "is_external": False,
            "is_public": "public" in shares,
            "url_private": url,
            "url_private_download": f"{url}?download=1",
            "shares": shares,
            **kinds,
        }
