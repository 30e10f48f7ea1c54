"""The stylesheet and the icon, under addresses that name their content."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, request, url_for

from portal import visitor

pages: Final = Blueprint("static_files", __name__)
FOLDER: Final = Path(__file__).parent / "static"
# An address that names its content never gets another.
_FOR_A_YEAR: Final = "public, max-age=31536000, immutable"
_KINDS: Final = {"portal.css": "text/css", "key.svg": "image/svg+xml"}


@cache
def _content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@cache
def _mark(name: str) -> str:
    return hashlib.sha256(_content(name)).hexdigest()[:12]


@cache
def address(name: str) -> str:
    """Where a file is; another address as soon as its content is another."""
    return url_for("static_files.file", name=name, mark=_mark(name))


@pages.get("/static/<mark>/<name>")
@visitor.page_for(*visitor.EVERYBODY)
def file(mark: str, name: str) -> Response:
    """A file by its name; 404 for everything else.

    Under another mark too: while replicas are replaced one by one, a page of the
    new version may ask an old one for its stylesheet. That is not kept.
    """
    if name not in _KINDS:
        abort(404)
    response = Response(_content(name), mimetype=_KINDS[name])
    response.add_etag()
    response.make_conditional(request)
    if mark == _mark(name):
        response.headers["Cache-Control"] = _FOR_A_YEAR
    return response
