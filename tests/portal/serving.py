"""The portal over real HTTP on this machine."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from waitress.server import create_server

from tests.domain.sign_in.people import SignInDesk
from tests.portal.counter import Counter, open_counter

HOST = "127.0.0.1"


@contextmanager
def served(desk: SignInDesk) -> Iterator[Counter]:
    """The portal at an address of its own, until the end of the block."""
    with socket.create_server((HOST, 0)) as listening:
        url = f"http://{HOST}:{listening.getsockname()[1]}"
        counter = open_counter(desk, url)
        server = create_server(counter.app, sockets=[listening], threads=4)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield counter
        finally:
            server.close()
            thread.join()
            server.task_dispatcher.shutdown()
