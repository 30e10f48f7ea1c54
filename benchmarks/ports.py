"""A port that nobody listens on."""

import socket


def free_port() -> int:
    """One that the system gives out now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
