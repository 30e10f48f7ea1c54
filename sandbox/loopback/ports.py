"""Ports of 127.0.0.1."""

from __future__ import annotations

import errno
import os
import socket

HOST = "127.0.0.1"


class PortTakenError(OSError):
    """Another program listens on `port` already."""

    def __init__(self, port: int) -> None:
        super().__init__(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
        self.port = port


def bound(port: int) -> socket.socket:
    """A socket with this port that does not listen yet; 0 takes a free one.

    Until it listens, connections are refused and nobody else gets the port.
    Raises PortTakenError.
    """
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # Connections that ended a moment ago must not keep the port; elsewhere than on
    # POSIX the same option would let two programs share it.
    if os.name == "posix":
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((HOST, port))
    except OSError as error:
        held.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(port) from error
        raise
    return held


def port_of(held: socket.socket) -> int:
    """Which port a bound socket has."""
    port: int = held.getsockname()[1]
    return port
