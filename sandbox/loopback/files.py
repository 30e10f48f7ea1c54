"""What never changes while it runs: pages, modules and styles in a folder."""

from __future__ import annotations

from pathlib import Path

from flask import Response, abort, request
from werkzeug.security import safe_join

# Machines differ in what they call these, and browsers refuse modules by a wrong name.
MIME_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


# Modules and styles that more than one page uses, at /shared.
SHARED = Path(__file__).parent / "static"


def sent(folder: Path, name: str) -> Response:
    """A file of the folder, or of a folder in it; 404 for everything else.

    Read at once: werkzeug forgets to close an open file when the browser resets the
    connection.
    """
    path = safe_join(str(folder), name)
    kind = MIME_TYPES.get(Path(name).suffix)
    if path is None or kind is None or not Path(path).is_file():
        abort(404)
    response = Response(Path(path).read_bytes(), mimetype=kind)
    response.add_etag()
    response.make_conditional(request)
    return response
