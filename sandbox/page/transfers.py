"""Files that somebody puts into a file input, and files she saves."""

from __future__ import annotations

import io
import mimetypes
from typing import TYPE_CHECKING, Any

from flask import Response, request, send_file

from sandbox.page.deeds import MalformedError
from sandbox.slack.client_files import FILE_BYTES

if TYPE_CHECKING:
    from sandbox.slack.client import Client


def receive(client: Client) -> dict[str, Any]:
    """Take one file for a file input. Raises MalformedError, ImpossibleError."""
    given, form = request.files.get("file"), request.form
    if given is None or not given.filename:
        raise MalformedError("there is no file in it")
    try:
        place = form["view_id"], form["block_id"], form["action_id"]
    except KeyError as missing:
        raise MalformedError(f"{missing.args[0]} is missing") from None
    content = given.stream.read(FILE_BYTES + 1)
    with client.workspace.changed:
        view = client.view(place[0])
        block, element = client.element(view, *place[1:])
        file = client.attach(view, block, element, given.filename, content)
    return {"file_id": file.id}


def send(client: Client, file_id: str) -> Response:
    """A file for her disk; never shown in the page. Raises ImpossibleError."""
    file = client.file(file_id)
    response = send_file(
        io.BytesIO(client.download(file)),
        mimetype=mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        as_attachment=True,
        download_name=file.name,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
