"""The stylesheet and the icon, under addresses that name their content."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, request, url_for

from portal import visitor

pages: Final = Blueprint("static_files", __name__)
FOLDER: Final = Path(__file__).parent / "static"
_KINDS: Final = {"portal.css": "text/css", "key.svg": "image/svg+xml"}


@cache
def _content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@cache
def _mark(name: str) -> str:
    return hashlib.sha256(_content(name)).hexdigest()[:12]


def address(name: str) -> str:
    """Where a file is; another address as soon as its content is another."""
    return url_for("static_files.file", name=name, mark=_mark(name))


@pages.get("/static/<mark>/<name>")
@visitor.page_for(*visitor.EVERYBODY)
def file(mark: str, name: str) -> Response:
    """A file by its name and content; 404 for everything else."""
    if name not in _KINDS or mark != _mark(name):
        abort(404)
    response = Response(_content(name), mimetype=_KINDS[name])
    response.add_etag()
    response.make_conditional(request)
    return response
