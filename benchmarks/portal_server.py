"""The servers that the portal benchmark compares, each in its own process."""

import multiprocessing
import os
import resource
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from flask import Flask

from benchmarks.company import furnish
from bot.office import Office
from domain.clock import utc_now
from domain.secret import Keyring, Secret
from sleutelbos import logs, memory
from sleutelbos.http import front, waiting_room
from sleutelbos.http.metrics import Metrics
from sleutelbos.http.server import HttpServer
from sleutelbos.settings import Listen, Settings

HOST = "inloggen.voorbeeld.nl"
LISTEN = Listen("127.0.0.1", 0)


@dataclass
class Served:
    """A server in another process."""

    address: tuple[str, int]
    _pipe: Connection

    def peak_mib(self) -> float:
        """How much memory it had at most."""
        self._pipe.send("peak")
        return float(self._pipe.recv())


def empty_page(pipe: Connection) -> None:
    """A Flask view that says two letters, on the same server."""
    app = Flask("empty")
    app.add_url_rule("/", "empty", lambda: "ja")
    threads = front.OTHER_THREADS + waiting_room.PLACES
    _attend(HttpServer(app.wsgi_app, LISTEN, threads), pipe)


def our_pages(pipe: Connection) -> None:
    """The sign-in pages of a company of two branches, as `serve` runs them."""
    os.environ |= {
        "SLEUTELBOS_LISTEN": "127.0.0.1:0",
        "SLEUTELBOS_PORTAL_URL": f"https://{HOST}",
        "SLEUTELBOS_TRUSTED_PROXIES": "1",
    }
    with Path(os.devnull).open("w") as nowhere, tempfile.TemporaryDirectory() as folder:
        # Every request is logged as `serve` does it; only nobody reads it.
        logs.configure(nowhere)
        memory.give_back_large_blocks()
        company = furnish(Path(folder), branch_count=2)
        office = Office(
            database=company.database,
            clock=utc_now,
            keyring=Keyring.from_setting(Secret("a key for benchmarks of 32 signs")),
            company="Benchmark",
            language="nl",
        )
        server = front.build(
            Settings(), office, Metrics(), {}, with_pages=True, slack=None
        )
        _attend(server, pipe)
        company.database.close()


def _attend(server: HttpServer, pipe: Connection) -> None:
    server.start()
    pipe.send(tuple(server.address))
    while pipe.recv() == "peak":
        pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    server.stop()


@contextmanager
def serving(work: Callable[[Connection], None]) -> Iterator[Served]:
    """Run one of the above."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=work, args=(theirs,))
    process.start()
    try:
        yield Served(ours.recv(), ours)
        ours.send("end")
        process.join()
    finally:
        process.kill()
