"""Sign-in pages to measure, each a process of its own, and browsers that hurry."""

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import insert

from benchmarks.company import furnish, login_row
from benchmarks.ports import free_port
from domain.logins.model import Login, LoginState, PasswordKind
from domain.logins.passwords import hash_password
from domain.secret import Secret

PASSWORD = "vier rode fietsen bellen"  # noqa: S105 (of people who do not exist)
KEY = "a key for benchmarks of 32 characters"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_STARTS_WITHIN = 60


@dataclass(frozen=True)
class Page:
    """A sign-in page at an address; `process` is measured, never talked to."""

    port: int
    process: subprocess.Popen[bytes]

    def peak_mib(self) -> float:
        """The largest resident size that the process ever had."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0


def name_of(number: int) -> str:
    """The user name of login `number`."""
    return f"jan{number}@example.nl"


def fill(
    folder: Path, count: int, states: Sequence[LoginState] = (LoginState.ACTIVE,)
) -> str:
    """A company whose people all have PASSWORD; gives the URL of its database.

    Login n has state n modulo their number.
    """
    company = furnish(folder)
    company.add_cards(company.branch_ids[0], range(1, count + 1))
    stored = hash_password(Secret(PASSWORD))
    own = {"password_kind": PasswordKind.OWN, "password_hash": stored}
    rows = [
        login_row(number, states[number % len(states)]) | own
        for number in range(1, count + 1)
    ]
    with company.database.transaction() as session:
        session.execute(insert(Login), rows)
    company.database.close()
    return company.database.url.render_as_string(hide_password=False)


@contextmanager
def ours(database_url: str) -> Iterator[Page]:
    """The portal, as `sleutelbos serve --only portal` serves it."""
    port = free_port()
    environment = {
        "SLEUTELBOS_DATABASE_URL": database_url,
        "SLEUTELBOS_SECRET_KEY": KEY,
        "SLEUTELBOS_LISTEN": f"127.0.0.1:{port}",
        "SLEUTELBOS_PORTAL_URL": f"http://127.0.0.1:{port}",
        "SLEUTELBOS_TRUSTED_PROXIES": "1",
    }
    command = [sys.executable, "-m", "sleutelbos", "serve", "--only", "portal"]
    with _serving(command, port, environment) as page:
        yield page


@contextmanager
def bare(database_url: str) -> Iterator[Page]:
    """One Flask view: the same hash, three statements, on the same server."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.bare_sign_in", database_url, str(port)]
    with _serving(command, port, {}) as page:
        yield page


@contextmanager
def _serving(
    command: list[str], port: int, environment: dict[str, str]
) -> Iterator[Page]:
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield Page(port, process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError):
            browser = Browser(port, 0)
            browser.opens()
            return
        time.sleep(0.05)
    raise RuntimeError("the sign-in page does not start")


class Browser:
    """One kept connection, from an address of its own behind the proxy."""

    def __init__(self, port: int, number: int) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._number = number
        self._sent = 0
        self._token = ""
        self._cookie = ""

    def opens(self) -> None:
        """Fetch the page with its form."""
        self._connection.request("GET", "/", headers=self._headers())
        response = self._connection.getresponse()
        found = _TOKEN.search(response.read().decode())
        self._token = found[1] if found else ""
        self._cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]

    def signs_in(self, name: str, password: str) -> int:
        """Send the form; the status of the answer."""
        form = {"csrf_token": self._token, "user_name": name, "password": password}
        headers = self._headers() | {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self._cookie,
            "Origin": f"http://127.0.0.1:{self._port}",
        }
        self._connection.request("POST", "/", urlencode(form), headers)
        response = self._connection.getresponse()
        response.read()
        return response.status

    def _headers(self) -> dict[str, str]:
        # Failures are counted by network: each comes from another.
        self._sent += 1
        address = f"10.{self._number}.{self._sent // 250}.{self._sent % 250 + 1}"
        return {"X-Forwarded-For": address}

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def send(
    page: Page,
    connections: int,
    count: int,
    attempt: Callable[[int], tuple[str, str]],
    *,
    again: bool = True,
) -> tuple[float, Counter[int]]:
    """`count` attempts over so many connections; seconds, and answers by status.

    `again`: who is told that the page is too busy comes back at once.
    """
    browsers = [Browser(page.port, number) for number in range(connections)]
    for browser in browsers:
        browser.opens()
    numbers, lock = iter(range(count)), threading.Lock()
    statuses: Counter[int] = Counter()

    def go_on(browser: Browser) -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            status = browser.signs_in(*attempt(number))
            while again and status == HTTPStatus.SERVICE_UNAVAILABLE:
                status = browser.signs_in(*attempt(number))
            with lock:
                statuses[status] += 1

    threads = [threading.Thread(target=go_on, args=(browser,)) for browser in browsers]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    for browser in browsers:
        browser.close()
    return seconds, statuses
