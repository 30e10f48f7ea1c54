"""Pages that hash nothing: their own speed, and while sign-ins use all cores.

Floor: an empty Flask view on the same server, asked by the same 16 connections.
Limited by the template, the headers and the log. The second figure is the 99th
percentile while as many sign-ins hash as there are places, over the 250 ms that it
may take; the third is the slowest health check beside 200 sign-ins at once, over
half a second, with the memory that these take.
"""

import itertools
import os
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from benchmarks.figure import Figure
from benchmarks.portal_server import HOST, Served, empty_page, our_pages, serving
from domain.secret import Secret

CONNECTIONS = 16
AT_ONCE = 200
SPEED_GOAL = 2.0
_PAGE_MAY_TAKE = 0.25
_HEALTH_MAY_TAKE = 0.5
# argon2's memory per core that hashes, and what 200 connections may take beside it.
_MIB_PER_HASH, _MIB_BESIDE = 19, 150
# A wrong password.
_WRONG = 403
_names = itertools.count()


class Visitor:
    """One kept connection."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._socket = socket.create_connection(address, timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._form = ""
        self._cookie = ""

    def get(self, path: str = "/") -> bytes:
        return self._send(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())

    def prepare(self) -> "Visitor":
        """Fetch the form, with its token and its cookie."""
        page = self.get().decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token is not None
        self._form = token[1]
        cookies = re.findall(r"(?i)set-cookie: ([^;\r]+)", page)
        self._cookie = "; ".join(cookies)
        return self

    def sign_in(self) -> bytes:
        """Try a name that nobody has, from an address of its own: it hashes."""
        number = next(_names)
        body = urlencode(
            {
                "csrf_token": self._form,
                "user_name": f"niemand{number}@voorbeeld.nl",
                "password": Secret("verkeerd wachtwoord").reveal(),
            }
        )
        network = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return self._send(
            f"POST / HTTP/1.1\r\nHost: {HOST}\r\nOrigin: https://{HOST}\r\n"
            f"X-Forwarded-For: {network}\r\nX-Forwarded-Proto: https\r\n"
            f"Cookie: {self._cookie}\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}".encode()
        )

    def _send(self, request: bytes) -> bytes:
        self._socket.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._received()
        head, _, body = answer.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        assert length is not None
        while len(body) < int(length[1]):
            body += self._received()
        return head + b"\r\n\r\n" + body

    def _received(self) -> bytes:
        part = self._socket.recv(65_536)
        assert part, "the server hung up"
        return part

    def close(self) -> None:
        self._socket.close()


def run(quick: bool) -> list[Figure]:
    """Speed alone, then pages beside sign-ins, then 200 sign-ins at once."""
    asked = 2_000 if quick else 10_000
    seconds = 5 if quick else 20
    with serving(empty_page) as served:
        floor = _seconds_for(served, asked)
    with serving(our_pages) as served:
        ours = _seconds_for(served, asked)
    with serving(our_pages) as served:
        beside = _page_times_beside_sign_ins(served, seconds)
    with serving(our_pages) as served:
        slowest, statuses, growth = _many_at_once(served)
    refused = statuses[503]
    return [
        Figure(
            job=f"{asked:,} first pages of the portal, 16 connections",
            floor="an empty Flask view on the same server",
            floor_seconds=floor,
            seconds=ours,
            goal=SPEED_GOAL,
            limited_by="template and headers",
        ),
        Figure(
            job=f"a page beside sign-ins on all cores, p99 of {len(beside):,}",
            floor="0.25 s",
            floor_seconds=_PAGE_MAY_TAKE,
            seconds=sorted(beside)[int(len(beside) * 0.99)],
            goal=1.0,
            limited_by="the cores that hash",
        ),
        Figure(
            job=f"health beside {AT_ONCE} sign-ins ({refused} got 503), slowest",
            floor="0.5 s",
            floor_seconds=_HEALTH_MAY_TAKE,
            seconds=slowest,
            goal=1.0,
            memory_mib=growth,
            memory_goal_mib=(os.cpu_count() or 1) * _MIB_PER_HASH + _MIB_BESIDE,
            limited_by="the cores that hash",
        ),
    ]


def _seconds_for(served: Served, count: int) -> float:
    """The median of three rounds after one that warms up."""

    def ask(visitor: Visitor) -> None:
        for _ in range(count // CONNECTIONS):
            assert visitor.get().startswith(b"HTTP/1.1 200")

    with _visitors(served, CONNECTIONS) as visitors:
        taken = []
        for _ in range(4):
            begin = time.perf_counter()
            _together([lambda each=each: ask(each) for each in visitors])
            taken.append(time.perf_counter() - begin)
    return sorted(taken[1:])[1]


def _page_times_beside_sign_ins(served: Served, seconds: float) -> list[float]:
    done = threading.Event()
    hashing: Counter[int] = Counter()

    def sign_in(visitor: Visitor) -> None:
        while not done.is_set():
            hashing[_status(visitor.sign_in())] += 1

    def look(visitor: Visitor) -> list[float]:
        times = []
        until = time.perf_counter() + seconds
        while (begin := time.perf_counter()) < until:
            assert _status(visitor.get()) == 200
            times.append(time.perf_counter() - begin)
            done.wait(0.01)
        return times

    with _visitors(served, CONNECTIONS + 2) as visitors:
        signing_in = [visitor.prepare() for visitor in visitors[2:]]
        with ThreadPoolExecutor(len(visitors)) as threads:
            under_way = [threads.submit(sign_in, each) for each in signing_in]
            looking = [threads.submit(look, each) for each in visitors[:2]]
            times = [taken for each in looking for taken in each.result()]
            done.set()
            for each in under_way:
                each.result()
    assert set(hashing) <= {_WRONG, 503}, hashing
    return times


def _many_at_once(served: Served) -> tuple[float, Counter[int], float]:
    """The slowest health check meanwhile, the statuses, and the memory it took."""
    statuses: Counter[int] = Counter()
    done = threading.Event()
    times = []
    with _visitors(served, AT_ONCE + 1) as visitors:
        health, *others = visitors
        for each in others:
            each.prepare()
        before = served.peak_mib()

        def look() -> None:
            while not done.is_set():
                begin = time.perf_counter()
                assert _status(health.get("/healthz")) == 200
                times.append(time.perf_counter() - begin)
                done.wait(0.005)

        looking = threading.Thread(target=look)
        looking.start()
        statuses.update(
            _together([lambda each=each: _status(each.sign_in()) for each in others])
        )
        done.set()
        looking.join()
        growth = served.peak_mib() - before
    return max(times), statuses, growth


def _status(answer: bytes) -> int:
    return int(answer[9:12])


def _together(jobs: list[Callable[[], Any]]) -> list[Any]:
    begin = threading.Barrier(len(jobs))

    def started(job: Callable[[], Any]) -> Any:
        begin.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(started, jobs))


@contextmanager
def _visitors(served: Served, count: int) -> Any:
    visitors = [Visitor(served.address) for _ in range(count)]
    yield visitors
    for visitor in visitors:
        visitor.close()
