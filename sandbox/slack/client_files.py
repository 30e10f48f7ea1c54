"""Files in somebody's client: into a file input and out again, and to her disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack.blocks import Block, Element
from sandbox.slack.client_rules import ClientRules, ImpossibleError

if TYPE_CHECKING:
    from sandbox.slack.conversations import Message
    from sandbox.slack.files import File
    from sandbox.slack.views import View

# https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
FILE_BYTES = 10 * 1024 * 1024
MOST_FILES = 10


class ClientFiles(ClientRules):
    """The part of a client that handles files."""

    def attach(
        self, view: View, block: Block, element: Element, name: str, content: bytes
    ) -> File:
        """Put a file of hers into a file input."""
        held = self._held_files(view, block, element)
        if len(held) >= element.get("max_files", MOST_FILES):
            raise ImpossibleError("no more files fit in here")
        if not 0 < len(content) <= FILE_BYTES:
            raise ImpossibleError("a file has 1 byte to 10 MB")
        kinds = element.get("filetypes")
        if kinds and name.rpartition(".")[2].lower() not in kinds:
            raise ImpossibleError(f"only {', '.join(kinds)} can be chosen")
        with self.workspace.changed:
            files = self.workspace.files
            file = files.announce(name, len(content), self.user.id)
            file.content, file.completed, file.title = content, True, name
            self._hold(view, block, element, [*held, files.as_api(file)])
        return file

    def remove_file(
        self, view: View, block: Block, element: Element, file_id: str
    ) -> None:
        """Take a file of hers out of a file input again."""
        held = self._held_files(view, block, element)
        left = [file for file in held if file["id"] != file_id]
        if len(left) == len(held):
            raise ImpossibleError("that file is not in here")
        with self.workspace.changed:
            self._hold(view, block, element, left)

    def file(self, file_id: str) -> File:
        """A file by its id, if it is there for her: shared where she is, or hers."""
        with self.workspace.changed:
            file = self.workspace.files.all.get(file_id)
            if file is None or not self._has(file):
                raise ImpossibleError("that file is not there for her")
            return file

    def download(self, file: File) -> bytes:
        """The bytes of a file shared where she is, or of one of her own."""
        self._alive()
        if file.content is None or not self._has(file):
            raise ImpossibleError(f"{file.name} is not there for her")
        return file.content

    def files_in(self, message: Message) -> list[File]:
        """The files of a message, in order."""
        return [self.workspace.files.all[file_id] for file_id in message.file_ids]

    # -- within --------------------------------------------------------------------

    def _has(self, file: File) -> bool:
        return file.owner_id == self.user.id or any(
            self.user.id in self.workspace.channels[channel_id].members
            for channel_id in file.shares
        )

    def _held_files(
        self, view: View, block: Block, element: Element
    ) -> list[dict[str, str]]:
        self._may_act(view, block, element, confirming=False)
        if element["type"] != "file_input":
            raise ImpossibleError("no files fit in there")
        held: list[dict[str, str]] = view.values[
            (block["block_id"], element["action_id"])
        ]["files"]
        return held

    def _hold(
        self, view: View, block: Block, element: Element, held: list[dict[str, str]]
    ) -> None:
        place = (block["block_id"], element["action_id"])
        view.values[place] = {"type": "file_input", "files": held}
        self.workspace.changed.notify_all()
