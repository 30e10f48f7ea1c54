"""Logs hold no payload, token or name, whatever goes wrong."""

import logging

import structlog

from bot import log_safety
from bot.failures import worded
from bot.locale import translator

CANARY = "xoxb-canary-kq7m"


def test_slacks_libraries_log_where_and_never_what(caplog):
    logger = log_safety.logger()
    caplog.set_level(logging.DEBUG)
    logger.setLevel(logging.DEBUG)
    try:
        int(CANARY)
    except ValueError:
        logger.exception("Failed to run %s", CANARY)
    logger.warning("body: %s", {"token": CANARY})
    logger.debug("body: %s", CANARY)
    logger.setLevel(logging.WARNING)
    assert CANARY not in caplog.text
    assert "ValueError" in caplog.text
    assert len(caplog.records) == 2


def test_an_unexpected_error_is_logged_by_type_and_frames():
    with structlog.testing.capture_logs() as logged:
        try:
            {}[CANARY]
        except KeyError as error:
            text = worded(error, translator("nl"), "somewhere")
    assert CANARY not in str(logged)
    assert logged[0]["error"] == ["KeyError"]
    assert logged[0]["reference"] in text
    assert "test_log_safety.py" in logged[0]["frames"][0]
