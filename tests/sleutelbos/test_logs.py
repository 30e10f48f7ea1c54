"""The logs run in a process of their own: they belong to the whole process."""

import json
import subprocess
import sys

import pytest

PREPARED = """
import logging, sys, threading, warnings
import structlog
from sleutelbos import logs
logs.configure(sys.stdout)
log = structlog.get_logger()
"""


def _lines(program):
    ended = subprocess.run(
        [sys.executable, "-c", PREPARED + program],
        capture_output=True,
        text=True,
        check=False,
    )
    return [json.loads(line) for line in ended.stdout.splitlines()], ended.stderr


def test_an_event_is_one_json_line_with_its_values_as_fields():
    lines, _ = _lines("log.info('run.started', run_id=7)")
    assert (
        lines[0].items()
        >= {
            "event": "run.started",
            "run_id": 7,
            "level": "info",
        }.items()
    )


def test_a_value_with_line_breaks_and_colours_stays_one_line():
    hostile = 'Jan\\n{"event": "forged"}\\x1b[31m\\u2028'
    lines, _ = _lines(f"log.info('seen', value='{hostile}')")
    assert [line["event"] for line in lines] == ["seen"]


ERRORS = {
    "an error that is logged": """
try:
    raise ValueError("geheim-1")
except ValueError as error:
    try:
        raise RuntimeError("geheim-2") from error
    except RuntimeError:
        log.exception("work.failed")
""",
    "an error given as a value": "log.error('work.failed', why=ValueError('geheim'))",
    "an error that ends a thread": """
def fail():
    raise ValueError("geheim")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
""",
    "an error that ends the process": "raise ValueError('geheim')",
    "what a library says": "logging.getLogger('slack_bolt').error('geheim %s', 'x')",
    "what a library says of an error": """
try:
    raise ValueError("geheim")
except ValueError:
    logging.getLogger("apscheduler.executors.default").exception("geheim")
""",
    "a warning of Python": "warnings.warn('geheim')",
    "a secret": """
from domain.secret import Secret
log.info("seen", value=Secret("geheim"), inside={"x": [Secret("geheim")]})
""",
}


@pytest.mark.parametrize("program", ERRORS.values(), ids=ERRORS.keys())
def test_no_text_of_an_error_or_library_is_logged(program):
    lines, errors = _lines(program)
    assert lines
    assert "geheim" not in json.dumps(lines)
    assert "geheim" not in errors


def test_an_error_is_logged_by_its_types_and_where_it_happened():
    lines, _ = _lines(ERRORS["an error that is logged"])
    assert lines[0]["error"] == ["RuntimeError", "ValueError"]
    assert lines[0]["frames"]


@pytest.mark.parametrize("name", ["slack_bolt.App", "slack_sdk.web", "alembic"])
def test_libraries_are_heard_from_warnings_on(name):
    lines, _ = _lines(f"""
logging.getLogger({name!r}).info("x")
logging.getLogger({name!r}).warning("x")
""")
    assert [(line["logger"], line["level"]) for line in lines] == [(name, "warning")]
