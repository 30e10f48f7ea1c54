"""The entry of a modal that takes a file, and the file that was put into it."""

import re
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import InputInteractiveElement

from bot import payload

_FILE_ID: Final = re.compile(r"[A-Z0-9]{1,30}")
_NAME_LENGTH: Final = 200


@dataclass(frozen=True)
class ChosenFile:
    """A file as the payload names it; whose it is, Slack has to say."""

    file_id: str
    name: str


class FileInput(InputInteractiveElement):
    """Slack's file input, which slack_sdk.models does not know."""

    type = "file_input"

    def __init__(self, action_id: str, filetypes: list[str], max_files: int) -> None:
        super().__init__(type=self.type, action_id=action_id)
        self.filetypes = filetypes
        self.max_files = max_files

    @property
    def attributes(self) -> set[str]:  # type: ignore[override]
        """What goes into the payload."""
        return super().attributes | {"filetypes", "max_files"}


def only_file(body: payload.Body, block_id: str, action_id: str) -> ChosenFile | None:
    """The chosen file; None when there is none, or not just one."""
    entry = payload.mapping(payload.values(body).get(block_id))
    files = payload.mapping(entry.get(action_id)).get("files")
    if not isinstance(files, list) or len(files) != 1:
        return None
    chosen = payload.mapping(files[0])
    file_id = chosen.get("id")
    if not isinstance(file_id, str) or not _FILE_ID.fullmatch(file_id):
        return None
    return ChosenFile(file_id, str(chosen.get("name") or file_id)[:_NAME_LENGTH])
