"""What every screen looks like, and that Slack takes it whatever people are called.

`UPDATE_SNAPSHOTS=1` writes the snapshots anew; look at the difference then.
"""

import ast
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locale import LANGUAGES, translator
from sandbox.slack.limits import check_view
from tests.bot.screens import SCREENS

SNAPSHOTS = Path(__file__).parent / "snapshots"
BOT = Path(__file__).parents[2] / "bot"
HOSTILE = (
    "<!channel>",
    "<https://evil.example|Inloggen>",
    "<@U0HANNA> & <#C0BEHEER>",
    "*vet* _schuin_ `code` ~weg~",
    '=HYPERLINK("https://evil.example")',
    "x" * 400,
    "👩‍👩‍👧‍👦" * 60,
    "\u202eNALP\u202c עברית العربية",
    "a\u200bb\x0b\x00c\nd",
    "&amp;&lt;",
    ":skull: {who} %(name)s {0}",
)


# The administrator and the channel of the screens' own data.
OUR_MENTIONS = re.compile("<@U[12]>|<#C1>")


def built(name, language, text="Piet Pietersen"):
    return SCREENS[name](translator(language), text).to_dict()


def texts(node):
    """Every text object of a payload."""
    if isinstance(node, dict):
        if node.get("type") in ("plain_text", "mrkdwn"):
            yield node
        for child in node.values():
            yield from texts(child)
    elif isinstance(node, list):
        for child in node:
            yield from texts(child)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_screen_is_as_it_was_seen(name, language):
    view = built(name, language)
    file = SNAPSHOTS / f"{name}.{language}.json"
    written = json.dumps(view, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(written, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == written
    assert check_view(view) == []


def test_no_snapshot_is_of_a_screen_that_is_gone():
    known = {f"{name}.{language}.json" for name in SCREENS for language in LANGUAGES}
    assert {file.name for file in SNAPSHOTS.iterdir()} == known


def test_every_view_module_has_its_screens_here():
    modules = {
        path.relative_to(BOT).with_suffix("").as_posix().replace("/", ".")
        for path in BOT.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == "build"
    }
    built_here = {
        module
        for path in (Path(__file__).parent / "screens").glob("*.py")
        for module in modules_built(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert built_here == {f"bot.{module}" for module in modules}


def modules_built(tree):
    """Full names of the modules whose `build` is called."""
    imported = {
        name.asname or name.name: f"{node.module}.{name.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "build"
            and isinstance(node.func.value, ast.Name)
        ):
            yield imported[node.func.value.id]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", SCREENS)
def test_hostile_text_breaks_no_limit_and_becomes_no_markup(name, text):
    view = built(name, "nl", text)
    assert check_view(view) == []
    for shown in texts(view):
        is_markup = shown["type"] == "mrkdwn"
        assert not is_markup or "<" not in OUR_MENTIONS.sub("", shown["text"])
        assert is_markup or shown.get("emoji") is False


@given(text=st.text(min_size=1, max_size=400).filter(str.strip))
def test_any_name_fits_on_the_branch_screen_and_the_login_screen(text):
    for name in ("branch", "login-locked", "left-out", "timeline", "choosing"):
        assert check_view(built(name, "en", text)) == []


def test_a_shown_password_stands_in_a_modal_without_elements():
    for name in (
        "shown-password",
        "shown-password-inactive",
        "opening-password",
        "app-key",
    ):
        view = built(name, "nl")
        kinds = {block["type"] for block in view["blocks"]}
        assert kinds <= {"section", "header", "context"}
        assert "notify_on_close" not in view
        assert all("accessory" not in block for block in view["blocks"])


def test_no_view_remembers_more_than_ids():
    for name in SCREENS:
        remembered = json.loads(built(name, "nl").get("private_metadata") or "{}")
        texts_in_it = {value for value in remembered.values() if isinstance(value, str)}
        assert texts_in_it <= {
            ">30",
            "built_in_nl",
            "own 7",
            "",
            "without_address",
            "creation",
            "activation",
            "reset",
            "run",
            "locked",
            "address_shared",
            "never_signed_in",
            "whole_branch",
            "locked new",
            "3 14",
            "switched_off",
            "changed_meanwhile",
            "upload",
            "fingerprint",
            "mark",
            "V1",
            "C1",
            "2026-11-20T09:30:00+00:00",
            "email",
        }
