"""A mail catcher: takes every letter over SMTP and shows it in a browser."""

from sandbox.loopback.ports import PortTakenError
from sandbox.mailbox.conversations import Conversation, Exchange
from sandbox.mailbox.faults import Faults, Step
from sandbox.mailbox.holding import Held
from sandbox.mailbox.letter import Attachment, Headers, Letter
from sandbox.mailbox.mailbox import Mailbox

__all__ = [
    "Attachment",
    "Conversation",
    "Exchange",
    "Faults",
    "Headers",
    "Held",
    "Letter",
    "Mailbox",
    "PortTakenError",
    "Step",
]
