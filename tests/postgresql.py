"""A PostgreSQL of our own, started for the tests and gone with them."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

_DISK = Path("/tmp")  # noqa: S108 (a folder of its own is made in it)
_MEMORY = Path("/dev/shm")  # noqa: S108 (likewise)
_ROOM = 2 * 1024**3


def _programs() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    config = shutil.which("pg_config")
    if config is not None:
        answer = subprocess.run(
            [config, "--bindir"], capture_output=True, text=True, check=False
        )
        folders.insert(0, Path(answer.stdout.strip()))
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def programs_or_skip() -> Path:
    """Where PostgreSQL's programs are; on CI their absence is a failure."""
    folder = _programs()
    if folder is not None:
        return folder
    if os.environ.get("CI"):
        pytest.fail("PostgreSQL's programs are missing; nothing is skipped on CI")
    pytest.skip("PostgreSQL's server programs (initdb) are not installed")


def _place() -> Path:
    """In memory where there is room: a new database is some 300 files."""
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if has_room and os.access(_MEMORY, os.W_OK) else _DISK


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """A server on a socket in a temporary folder; gives its SQLAlchemy URL."""
    # A socket's path is limited to about 100 bytes, which pytest's folders exceed.
    folder = Path(tempfile.mkdtemp(prefix="sb-pg-", dir=_place()))
    # PostgreSQL refuses to run as root.
    account = {"user": "nobody"} if os.geteuid() == 0 else {}
    if account:
        shutil.chown(folder, "nobody")
    data = folder / "data"
    options = (
        f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
        " -c max_wal_size=256MB -c shared_buffers=32MB"
    )

    def run(*command: str | Path) -> None:
        subprocess.run(
            command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **account
        )

    run(
        programs / "initdb", "-D", data, "-U", "sleutelbos", "-A", "trust",
        "-E", "UTF8", "--no-sync",
    )  # fmt: skip
    log = folder / "log"
    run(programs / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
    try:
        yield f"postgresql+psycopg://sleutelbos@/postgres?host={folder}"
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def create_database(url: str, name: str, template: str = "template0") -> str:
    """A new database on the server, copied from the template; gives its URL."""
    with _connection(url) as connection:
        # Half the time of PostgreSQL 15's own choice, and of old the only one.
        is_chosen = connection.info.server_version >= 150_000
        strategy = "STRATEGY FILE_COPY" if is_chosen else ""
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} {strategy}")
    return url.replace("/postgres?", f"/{name}?")


def drop_database(url: str, name: str) -> None:
    """Take the database off the server, whoever is still connected to it.

    Thousands of tests at 10 MB each would fill a small machine's disk.
    """
    with _connection(url) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _connection(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
