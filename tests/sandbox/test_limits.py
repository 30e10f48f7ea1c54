"""Slack's limits, each from both sides."""

import pytest

from sandbox.slack.limits import check_message, check_options, check_view
from tests.sandbox.pieces import (
    actions,
    button,
    checkboxes,
    field,
    home,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    select,
    text_input,
)

SUBMIT = {"submit": plain("Opslaan")}
CONFIRM = {
    "title": plain("t" * 100),
    "text": mrkdwn("t" * 300),
    "confirm": plain("c" * 30),
    "deny": plain("d" * 30),
}


def header(text):
    return {"type": "header", "text": plain(text)}


def context(*texts):
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def external(**more):
    return {"type": "external_select", "action_id": "x", **more}


GOOD_VIEWS = {
    "24 characters of title": modal(title="t" * 24),
    "100 blocks": modal(*[section("x") for _ in range(100)]),
    "3000 characters of section": modal(section("x" * 3000)),
    "150 characters of header": modal(header("x" * 150)),
    "25 buttons": modal(actions(*[button("x", f"b{n}") for n in range(25)])),
    "10 texts of context": modal(context(*"abcdefghij")),
    "75 characters of button": modal(actions(button("x" * 75, value="v" * 2000))),
    "a confirm dialog": modal(actions(button("x", confirm=CONFIRM))),
    "100 options": modal(actions(select(*[f"o{n}" for n in range(100)]))),
    "75 characters of option": modal(actions(select("o" * 75))),
    "10 checkboxes": modal(actions(checkboxes(*"abcdefghij"))),
    "an input and a submit": modal(field("Naam", text_input()), **SUBMIT),
    "a file input in a modal": modal(
        field("Bestand", {"type": "file_input", "action_id": "f", "max_files": 10}),
        **SUBMIT,
    ),
    "3000 characters of metadata": modal(private_metadata="m" * 3000),
    "an action_id in two blocks": modal(
        actions(button("a", "x")), actions(button("b", "x"))
    ),
    "an external select": modal(actions(external(min_query_length=1))),
    "a home": home(section("hallo")),
    "an input on a home": home(field("Naam", text_input())),
}


@pytest.mark.parametrize("name", GOOD_VIEWS)
def test_a_view_at_the_limit_is_good(name):
    assert check_view(GOOD_VIEWS[name]) == []


BAD_VIEWS = {
    "25 characters of title": (modal(title="t" * 25), "/title/text"),
    "no title": ({"type": "modal", "blocks": []}, ""),
    "mrkdwn in a title": (modal() | {"title": mrkdwn("x")}, "/title"),
    "101 blocks": (modal(*[section("x") for _ in range(101)]), "/blocks"),
    "3001 characters of section": (modal(section("x" * 3001)), "/blocks/0/text/text"),
    "an empty section": (modal(section("")), "/blocks/0/text/text"),
    "a section of nothing": (modal({"type": "section"}), "/blocks/0"),
    "11 fields": (
        modal({"type": "section", "fields": [mrkdwn("x")] * 11}),
        "/blocks/0/fields",
    ),
    "2001 characters of a field": (
        modal({"type": "section", "fields": [mrkdwn("x" * 2001)]}),
        "/blocks/0/fields/0/text",
    ),
    "151 characters of header": (modal(header("x" * 151)), "/blocks/0/text/text"),
    "26 buttons": (
        modal(actions(*[button("x", f"b{n}") for n in range(26)])),
        "/blocks/0/elements",
    ),
    "no buttons": (modal(actions()), "/blocks/0/elements"),
    "11 texts of context": (modal(context(*"abcdefghijk")), "/blocks/0/elements"),
    "76 characters of button": (
        modal(actions(button("x" * 76))),
        "/blocks/0/elements/0/text/text",
    ),
    "2001 characters of value": (
        modal(actions(button("x", value="v" * 2001))),
        "/blocks/0/elements/0/value",
    ),
    "an unknown style": (
        modal(actions(button("x", style="red"))),
        "/blocks/0/elements/0/style",
    ),
    "a url without scheme": (
        modal(actions(button("x", url="example.nl"))),
        "/blocks/0/elements/0/url",
    ),
    "a javascript url": (
        modal(actions(button("x", url="javascript:alert(1)"))),
        "/blocks/0/elements/0/url",
    ),
    "31 characters of confirm": (
        modal(actions(button("x", confirm=CONFIRM | {"deny": plain("d" * 31)}))),
        "/blocks/0/elements/0/confirm/deny/text",
    ),
    "101 options": (
        modal(actions(select(*[f"o{n}" for n in range(101)]))),
        "/blocks/0/elements/0/options",
    ),
    "no options": (modal(actions(select())), "/blocks/0/elements/0/options"),
    "76 characters of option": (
        modal(actions(select("o" * 76))),
        "/blocks/0/elements/0/options/0/text/text",
    ),
    "76 characters of option value": (
        modal(actions(select("o") | {"options": [option("o", "v" * 76)]})),
        "/blocks/0/elements/0/options/0/value",
    ),
    "an initial option that is not offered": (
        modal(actions(select("a", initial_option=option("b")))),
        "/blocks/0/elements/0",
    ),
    "options and groups": (
        modal(actions(select("a", option_groups=[]))),
        "/blocks/0/elements/0/option_groups",
    ),
    "11 checkboxes": (
        modal(actions(checkboxes(*"abcdefghijk"))),
        "/blocks/0/elements/0/options",
    ),
    "151 characters of placeholder": (
        modal(actions(external(placeholder=plain("p" * 151)))),
        "/blocks/0/elements/0/placeholder/text",
    ),
    "an input without submit": (modal(field("Naam", text_input())), "/submit"),
    "2001 characters of label": (
        modal(field("l" * 2001, text_input()), **SUBMIT),
        "/blocks/0/label/text",
    ),
    "a button in an input": (
        modal(field("Naam", button("x")), **SUBMIT),
        "/blocks/0/element",
    ),
    "a text input in actions": (modal(actions(text_input())), "/blocks/0/elements/0"),
    "a max_length over 3000": (
        modal(field("Naam", text_input(max_length=3001)), **SUBMIT),
        "/blocks/0/element/max_length",
    ),
    "a text longer than its max_length": (
        modal(field("Naam", text_input(max_length=2, initial_value="abc")), **SUBMIT),
        "/blocks/0/element/initial_value",
    ),
    "11 files": (
        modal(
            field("B", {"type": "file_input", "action_id": "f", "max_files": 11}),
            **SUBMIT,
        ),
        "/blocks/0/element/max_files",
    ),
    "a file input on a home": (
        home(field("B", {"type": "file_input", "action_id": "f"})),
        "/blocks/0/element",
    ),
    "a table in a modal": (modal({"type": "table", "rows": [[]]}), "/blocks/0"),
    "an unknown block": (modal({"type": "poem"}), "/blocks/0"),
    "an unknown field": (
        modal(section("x", colour="red")),
        "/blocks/0/colour",
    ),
    "a view that was fetched": (modal(id="V1"), "/id"),
    "a title on a home": (home(title=plain("x")), "/title"),
    "3001 characters of metadata": (
        modal(private_metadata="m" * 3001),
        "/private_metadata",
    ),
    "256 characters of callback_id": (modal(callback_id="c" * 256), "/callback_id"),
    "256 characters of action_id": (
        modal(actions(button("x", "a" * 256))),
        "/blocks/0/elements/0/action_id",
    ),
    "a block_id twice": (
        modal(section("a", block_id="b"), section("c", block_id="b")),
        "/blocks/1/block_id",
    ),
    "an action_id twice in a block": (
        modal(actions(button("a", "x"), button("b", "x"))),
        "/blocks/0",
    ),
    "two focuses": (
        modal(
            actions(external(focus_on_load=True)), actions(external(focus_on_load=True))
        ),
        "/blocks",
    ),
    "a flag in words": (modal(clear_on_close="yes"), "/clear_on_close"),
}


@pytest.mark.parametrize("name", BAD_VIEWS)
def test_a_view_over_the_limit_is_refused_where_it_is(name):
    view, pointer = BAD_VIEWS[name]
    problems = check_view(view)
    assert pointer in [problem.pointer for problem in problems], problems
    assert {problem.code for problem in problems} == {"invalid_arguments"}


def test_a_view_over_250_kb_is_too_large():
    blocks = [section("é" * 3000) for _ in range(50)]
    assert [found.code for found in check_view(modal(*blocks))] == ["view_too_large"]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"blocks": [section("x")] * 51}, "invalid_blocks"),
        ({"blocks": [section("x" * 2700) for _ in range(5)]}, "msg_blocks_too_long"),
        ({"blocks": [{"type": "markdown", "text": "x" * 12_001}]}, "invalid_blocks"),
        ({"blocks": [{"type": "table", "rows": [[]] * 101}]}, "invalid_blocks"),
        ({"text": "x", "attachments": [{"text": "x"}]}, "invalid_attachments"),
        (
            {"blocks": [field("B", {"type": "file_input", "action_id": "f"})]},
            "invalid_blocks",
        ),
    ],
)
def test_a_message_over_the_limit_is_refused(message, code):
    assert code in [problem.code for problem in check_message(message)]


@pytest.mark.parametrize(
    "message",
    [
        {"text": "x" * 40_000},
        {"blocks": [section("x")] * 50},
        {"blocks": [section("x" * 2500) for _ in range(5)]},
        {"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}]},
    ],
)
def test_a_message_at_the_limit_is_good(message):
    assert check_message(message) == []


@pytest.mark.parametrize(
    "answer",
    [
        {"options": [option(f"o{n}") for n in range(101)]},
        {"options": [option("o" * 76)]},
        {"options": [], "option_groups": []},
        {},
        None,
    ],
)
def test_offered_options_over_the_limit_are_refused(answer):
    assert check_options(answer)


def test_no_options_may_be_offered():
    assert check_options({"options": []}) == []
