"""The portal over real HTTP on this machine, on the server of `sleutelbos serve`."""

from collections.abc import Iterator
from contextlib import contextmanager

from sleutelbos.http.server import HttpServer
from sleutelbos.settings import Listen
from tests.domain.sign_in.people import SignInDesk
from tests.portal.counter import Counter, open_counter

HOST = "127.0.0.1"


@contextmanager
def served(desk: SignInDesk, company: str = "De Gouden Lepel") -> Iterator[Counter]:
    """The portal at an address of its own, until the end of the block."""
    counters: list[Counter] = []

    # Its own address is part of the portal, and the server has it first.
    def application(environ, start_response):
        return counters[0].app(environ, start_response)

    server = HttpServer(application, Listen(HOST, 0), threads=4)
    address = f"http://{HOST}:{server.address.port}"
    counters.append(open_counter(desk, address, company))
    server.start()
    try:
        yield counters[0]
    finally:
        server.stop()
