"""What never changes while it runs: the page, its modules and styles, and emoji."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from emoji import EMOJI_DATA
from flask import Blueprint, Response, jsonify

from sandbox.loopback.files import SHARED, sent

STATIC = Path(__file__).parent / "static"
# Slack's names for the five skin tones, as in `:wave::skin-tone-3:`.
SKIN_TONES = {f"skin-tone-{each}": chr(0x1F3F9 + each) for each in range(2, 7)}
# Names of Slack's that other lists lack; its flags are `:flag-nl:` and the like.
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "brown")
SHAPES = {
    f"large_{colour}_{shape}": unicodedata.lookup(f"LARGE {colour} {shape}")
    for colour in COLOURS
    for shape in ("circle", "square")
}
SMILE = {"simple_smile": "\N{SLIGHTLY SMILING FACE}"}
FIRST_LETTER = ord("\N{REGIONAL INDICATOR SYMBOL LETTER A}")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DAY = 24 * 3600


def routes(page: Blueprint) -> None:
    """Add the page, its files and the names of emoji."""

    @page.get("/")
    def workspace() -> Response:
        return _unkept(sent(STATIC, "workspace.html"))

    @page.get("/static/<path:name>")
    def static(name: str) -> Response:
        return _unkept(sent(STATIC, name))

    @page.get("/shared/<path:name>")
    def shared(name: str) -> Response:
        return _unkept(sent(SHARED, name))

    @page.get("/emoji.json")
    def emoji() -> Response:
        response = jsonify(emoji_by_name())
        response.headers["Cache-Control"] = f"max-age={DAY}"
        return response


def _unkept(response: Response) -> Response:
    """The browser asks each time whether it is still the same."""
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def emoji_by_name() -> dict[str, str]:
    """Characters by their short codes without colons."""
    named = SKIN_TONES | SHAPES | SMILE
    for character, known in EMOJI_DATA.items():
        for name in (*known.get("alias", ()), known["en"], *_flag(character)):
            named.setdefault(name.strip(":"), character)
    return named


def _flag(character: str) -> list[str]:
    places = [ord(part) - FIRST_LETTER for part in character]
    if len(places) != 2 or not all(0 <= each < len(LETTERS) for each in places):
        return []
    return ["flag-" + "".join(LETTERS[each] for each in places)]
