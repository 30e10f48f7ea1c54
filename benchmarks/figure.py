"""What a benchmark gives back, and how its parts are timed."""

import json
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Figure:
    """One measured job beside its floor; seconds are medians, memory is growth."""

    job: str
    floor: str
    floor_seconds: float
    seconds: float
    goal: float | None
    memory_mib: float | None = None
    memory_goal_mib: float | None = None
    limited_by: str = ""

    @property
    def ratio(self) -> float:
        """How many times the floor the job takes."""
        return self.seconds / self.floor_seconds

    def as_json(self) -> dict[str, Any]:
        """The figure with its ratio, for results.json."""
        return asdict(self) | {"ratio": self.ratio}


def seconds_of(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def median_seconds(
    work: Callable[[], object],
    *,
    repeats: int = 3,
    before: Callable[[], object] = lambda: None,
) -> float:
    """The median of `repeats` calls after one that warms up; `before` is not timed."""
    taken = []
    for _ in range(repeats + 1):
        before()
        taken.append(seconds_of(work))
    return statistics.median(taken[1:])


def peak_growth_mib(work: Callable[[], object]) -> float:
    """How far the process' peak RSS grows by this call (MiB)."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def apart(work: Callable[..., Result], *arguments: object) -> Result:
    """The result of a call in a fresh process, whose peak memory is its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as process:
        return process.submit(work, *arguments).result()


def dump(figures: list[Figure]) -> str:
    """The figures as JSON text."""
    return json.dumps([figure.as_json() for figure in figures], indent=2)
