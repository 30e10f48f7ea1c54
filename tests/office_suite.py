"""Opening a workbook in LibreOffice, which runs apart and is gone afterwards."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from domain.secret import Secret

_SCRIPT = Path(__file__).parent / "office_script.py"
_TO_START = 120
_TO_END = 20


def office_or_skip() -> tuple[Path, Path]:
    """LibreOffice and a Python that can steer it; on CI their absence is a failure."""
    office = shutil.which("soffice")
    python = _steering_python(Path(office).resolve().parent) if office else None
    if office and python:
        return Path(office), python
    if os.environ.get("CI"):
        pytest.fail("LibreOffice or python3-uno is missing; nothing is skipped on CI")
    pytest.skip("LibreOffice (soffice) with python3-uno is not installed")


def mail_merge_or_skip() -> None:
    """What merging letters takes besides: Writer for them, Base for the list."""
    office, _python = office_or_skip()
    parts = office.resolve().parent
    if all(any(parts.glob(f"*{name}*")) for name in ("swlo", "dbaxmllo")):
        return
    if os.environ.get("CI"):
        pytest.fail("LibreOffice Writer or Base is missing; nothing is skipped on CI")
    pytest.skip("LibreOffice Writer and Base are not both installed")


def _steering_python(programs: Path) -> Path | None:
    for python in (programs / "python", Path("/usr/bin/python3"), Path(sys.executable)):
        if python.exists() and _can_steer(python):
            return python
    return None


def _can_steer(python: Path) -> bool:
    asked = subprocess.run(
        [python, "-c", "import uno"], capture_output=True, check=False
    )
    return asked.returncode == 0


def read_with_libreoffice(
    path: Path, password: Secret, sheet: str = "Werknemerslogins"
) -> list[list[str]]:
    """What the cells of a sheet say, opened with the password.

    Raises AssertionError when it does not open, when a cell is anything but text,
    or when the document points outside.
    """
    order = {"path": str(path), "password": password.reveal(), "sheet": sheet}
    seen = steered(_SCRIPT, order)
    assert seen["not_text"] == ""
    assert seen["links"] == 0
    return seen["rows"]


def steered(script: Path, order: dict[str, Any]) -> Any:
    """What a script answers that steers a LibreOffice of its own.

    Raises AssertionError with its words when it gives up.
    """
    office, python = office_or_skip()
    with _running(office) as pipe:
        answer = subprocess.run(
            [python, script],
            input=json.dumps(order | {"pipe": pipe}),
            capture_output=True,
            check=False,
            text=True,
            timeout=_TO_START,
        )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@contextmanager
def _running(office: Path) -> Iterator[str]:
    """A LibreOffice with a profile of its own; gives the name of its pipe."""
    folder = Path(tempfile.mkdtemp(prefix="sb-office-"))
    process = subprocess.Popen(
        [
            office,
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={folder.name};urp;",
            f"-env:UserInstallation={folder.as_uri()}/profile",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield folder.name
    finally:
        _end_group(process)
        shutil.rmtree(folder)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end that the script asked for, or make one."""
    try:
        process.wait(_TO_END)
    except subprocess.TimeoutExpired:
        # soffice is a script around the program: the whole group ends.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
