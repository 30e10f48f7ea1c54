"""Refusals in words."""

import importlib
import pkgutil

import pytest

import bot
import domain
from bot.failure_wording import WORDING
from bot.failures import worded
from bot.locale import LANGUAGES, translator
from domain.errors import DomainError

# What no person in Slack can meet: the root of all, what is swallowed on purpose,
# what only the command line or the schedule meets, and what an import words itself.
ELSEWHERE = {
    "refused",
    "unanswered",
    "address_in_use",
    "unusable_value",
    "unreadable_list",
    "preview_outdated",
    "last_manager",
    "tick_held",
    "alert_held",
    # Of `sleutelbos person erase`.
    "still_employed",
    "still_administers",
    # Said by the screen itself, under its entry or in its own words.
    "card_refused",
    "settings_changed",
    "handed_out_meanwhile",
    "wording_refused",
    "attachment_refused",
    "template_in_use",
    "no_own_address",
    "other_template",
    "word_template_refused",
    "login_inactive",
    # Said by the window that asks for the code.
    "step_up_required",
    "move_refused",
    "undo_refused",
    # Said by the buttons of a waiting task, with who was first.
    "run_decided",
}
# What only employees meet, and the sign-in page words (tests/portal/test_wording.py).
ON_THE_SIGN_IN_PAGE = {
    "session_gone",
    "reauthentication_due",
    "hashing_busy",
    "second_factor_required",
    "wrong_code",
    "no_pending_app",
    "no_app",
}


def every_error():
    for package in (domain, bot):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    found, waiting = set(), [DomainError]
    while waiting:
        error = waiting.pop()
        found.add(error)
        waiting += error.__subclasses__()
    return found


def test_every_refusal_has_its_words():
    codes = {
        error.code
        for error in every_error()
        if not error.__module__.startswith("tests.")
    }
    assert codes - ELSEWHERE - ON_THE_SIGN_IN_PAGE <= set(WORDING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_unexpected_gets_a_number_and_tells_nothing(language):
    error = RuntimeError("INSERT INTO login VALUES ('kq7m-2v9x')")
    text = worded(error, translator(language), "here")
    assert "kq7m" not in text
    assert "INSERT" not in text
    assert text.rpartition(": ")[2].isalnum()
