"""Reset and export: from press to posted file, beside the hashes alone.

Floor: the same number of argon2id hashes on all cores with nothing else. Limited
by the hash; what the run adds (ledger, workbook, encryption, upload, applying) has
to hide behind it. Memory is the growth of the worker's peak RSS.
"""

import os
import statistics
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.company import Company, furnish
from benchmarks.figure import Figure, apart, peak_growth_mib, seconds_of
from domain.actor import BranchId
from domain.clock import utc_now
from domain.exports.channel import Channel, ChannelLook, ReservedUpload
from domain.logins.passwords import hash_initial_password, new_initial_password
from domain.runs import ledger
from domain.runs.planning import ResetChoice
from domain.runs.reporting import MessagePlace
from domain.runs.tools import HashingPool, RunTools
from domain.runs.working import work_once
from domain.secret import Keyring, Secret

_SUITABLE = ChannelLook(
    exists=True, is_private=True, bot_is_member=True, person_is_member=True
)
CORES = os.cpu_count() or 1
HASHER_MIB = 19


def run(quick: bool) -> list[Figure]:
    """Both sizes; the memory goal is 32 MiB, 19 a hashing thread, 0.6 KiB each."""
    sizes = ((200, 3, 1.25),) if quick else ((1_000, 3, 1.10), (10_000, 1, 1.07))
    return [_figure(*size) for size in sizes]


def _figure(size: int, repeats: int, goal: float) -> Figure:
    floors, jobs, growth = [], [], []
    for _ in range(repeats):
        floors.append(apart(hash_alone, size))
        seconds, mib = apart(_reset_and_export, size)
        jobs.append(seconds)
        growth.append(mib)
    floors.append(apart(hash_alone, size))
    return Figure(
        job=f"reset and export of {size:,} logins",
        floor=f"{size:,} argon2id hashes on {CORES} cores",
        floor_seconds=statistics.median(floors),
        seconds=statistics.median(jobs),
        goal=goal,
        memory_mib=max(growth),
        memory_goal_mib=32 + HASHER_MIB * CORES + 0.6 * size / 1024,
        limited_by="the hash",
    )


def hash_alone(size: int) -> float:
    """How long the hashes alone take."""

    def one(_number: int) -> str:
        return hash_initial_password(new_initial_password())

    with ThreadPoolExecutor(CORES) as threads:
        return seconds_of(lambda: list(threads.map(one, range(size))))


def _reset_and_export(size: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        company = furnish(Path(folder))
        company.add_cards(company.branch_ids[0], range(1, size + 1))
        company.add_logins(range(1, size + 1))
        posted: dict[str, bytes] = {}
        tools = tools_for(company, posted, threading.Event())
        seconds = 0.0

        def work() -> None:
            nonlocal seconds
            seconds = seconds_of(lambda: _press_and_work(company, tools, size))

        mib = peak_growth_mib(work)
        tools.hashing.close()
        company.database.close()
        if len(posted) != 1:
            raise RuntimeError("the workbook was not posted")
        return seconds, mib


def _press_and_work(company: Company, tools: RunTools, size: int) -> None:
    press(company, company.branch_ids[0], size)
    while work_once(tools):
        pass


def press(company: Company, branch_id: BranchId, size: int) -> None:
    """Start the run as the button does."""
    with company.database.transaction() as session:
        ledger.start_reset(
            session,
            branch_id,
            ResetChoice(),
            expected_count=size,
            channel_id="C1",
            actor=company.actor,
            now=utc_now(),
        )


def tools_for(
    company: Company, posted: dict[str, bytes], stopping: threading.Event
) -> RunTools:
    """A run's tools with a channel that takes every file at once."""
    received: dict[str, bytes] = {}

    def complete(file_id: str, *_: str) -> None:
        posted[file_id] = received.pop(file_id)

    is_posted: Callable[[str, str], bool] = lambda file_id, _: file_id in posted  # noqa: E731
    return RunTools(
        database=company.database,
        keyring=Keyring.from_setting(Secret("a key for benchmarks of 32 characters")),
        clock=utc_now,
        hashing=HashingPool(),
        channel=Channel(
            look=lambda _channel, _person: _SUITABLE,
            reserve=lambda _name, _length: ReservedUpload("F1", "F1"),
            send=received.__setitem__,
            complete=complete,
            is_posted=is_posted,
            delete=lambda _file: None,
        ),
        show=lambda report: report.message or MessagePlace("C1", "1.1"),
        comment=lambda _report: "",
        sign_in_page="https://inloggen.example.nl",
        stopping=stopping,
    )
