"""Signing in over HTTP, 16 connections, right and wrong passwords mixed.

Floor: as many argon2 verifications on all cores with nothing else. Peer: a bare
Flask page with the same hash and three statements, on the same server. Limited by
the hash; the two transactions, the form and its token have to hide behind it.
Memory is the peak of the portal's process at 200 connections.
"""

import os
import statistics
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.figure import Figure, seconds_of
from benchmarks.sign_in_servers import PASSWORD, Page, bare, fill, name_of, ours, send
from domain.logins.passwords import hash_password
from domain.secret import Secret
from domain.sign_in.hashing_slots import HashingSlots

_CORES = os.cpu_count() or 1
_HASHER_MIB = 19
_CONNECTIONS = 16
_MANY = 200


def run(quick: bool) -> list[Figure]:
    """Beside the hashes alone and beside the bare page, then with 200 connections."""
    count, repeats = (160, 1) if quick else (960, 3)
    floors, peers, pages = [], [], []
    for _ in range(repeats):
        floors.append(_hash_alone(count))
        peers.append(_seconds(bare, count))
        pages.append(_seconds(ours, count))
    floor, peer, page = map(statistics.median, (floors, peers, pages))
    job = f"{count} sign-ins, {_CONNECTIONS} connections"
    hashes = f"{count} argon2 verifications on {_CORES} cores"
    return [
        Figure(job, hashes, floor, page, None, limited_by="the hash"),
        Figure(job, "a bare Flask page, same hash", peer, page, 1.0),
        _crowd(count, floor),
    ]


def _hash_alone(count: int) -> float:
    slots, stored = HashingSlots(_CORES), hash_password(Secret(PASSWORD))

    def one(number: int) -> bool:
        return slots.verify(Secret(_attempt(number)[1]), stored)

    with ThreadPoolExecutor(_CORES) as threads:
        return seconds_of(lambda: list(threads.map(one, range(count))))


def _attempt(number: int) -> tuple[str, str]:
    """One in four is wrong, each at another login."""
    return name_of(number + 1), "fout" if number % 4 == 0 else PASSWORD


def _seconds(
    page_of: Callable[[str], AbstractContextManager[Page]], count: int
) -> float:
    with tempfile.TemporaryDirectory() as folder:
        url = fill(Path(folder), count)
        with page_of(url) as page:
            send(
                page,
                _CONNECTIONS,
                _CONNECTIONS,
                lambda number: (name_of(number + 1), PASSWORD),
            )
            seconds, statuses = send(page, _CONNECTIONS, count, _attempt)
    if statuses[303] != count - len(range(0, count, 4)):
        raise RuntimeError(f"not everybody with the right password got in: {statuses}")
    return seconds


def _crowd(count: int, floor: float) -> Figure:
    """200 connections at once; those who find no place get a 503 at once."""
    with tempfile.TemporaryDirectory() as folder:
        url = fill(Path(folder), count)
        with ours(url) as page:
            seconds, statuses = send(page, _MANY, count, _attempt, again=False)
            peak = page.peak_mib()
    if set(statuses) - {303, 403, 503}:
        raise RuntimeError(f"answers that nobody expects: {statuses}")
    return Figure(
        job=f"{count} sign-ins, {_MANY} connections ({statuses[503]} sent away)",
        floor="the same verifications alone",
        floor_seconds=floor,
        seconds=seconds,
        goal=None,
        memory_mib=peak,
        memory_goal_mib=150 + _HASHER_MIB * _CORES,
    )
