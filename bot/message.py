"""A message as it is sent to a channel or a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block


@dataclass(frozen=True)
class Message:
    """Blocks to look at, and `text` for notifications and screen readers."""

    blocks: Sequence[Block]
    text: str
