"""A port for a program that a test starts in a moment."""

import secrets
import socket
from contextlib import suppress

# The system gives nobody a port from here who asks for any: those begin at 32768.
_FIRST, _COUNT = 10_000, 9_900


def free_port() -> int:
    """A port at which nobody listens, and which no server beside us is given."""
    while True:
        port = _FIRST + secrets.randbelow(_COUNT)
        with suppress(OSError):
            socket.create_server(("127.0.0.1", port)).close()
            return port
