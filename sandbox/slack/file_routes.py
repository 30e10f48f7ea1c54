"""Where bytes come in and go out: the upload address and url_private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, request

from sandbox.slack.files import READING
from sandbox.slack.refusals import RefusedError

if TYPE_CHECKING:
    from sandbox.slack.state import State


def routes(app: Flask, workspace: State) -> None:
    """Add both addresses."""

    @app.post("/upload/v1/<ticket>")
    def upload(ticket: str) -> Response:
        content = request.get_data()
        demand = workspace.demands.take("upload")
        if demand.status:
            return Response("NOT OK", status=demand.status)
        with workspace.changed:
            workspace.record.heard(content.decode("latin-1"))
        if workspace.files.receive(ticket, content):
            return Response(f"OK - {len(content)}")
        workspace.blame("refused", "upload of bytes that were not announced so")
        return Response("NOT OK", status=400)

    @app.get("/files-pri/<file_id>/<path:_name>")
    def download(file_id: str, _name: str) -> Response:
        demand = workspace.demands.take("url_private")
        if demand.hold:
            demand.hold.wait()
        if demand.status:
            return Response("NOT OK", status=demand.status)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != workspace.bot_token:
            # Slack answers with its sign-in page, not with an error.
            return Response("<html>sign in</html>", mimetype="text/html")
        if READING not in workspace.manifest.scopes:
            return Response("<html>sign in</html>", mimetype="text/html")
        with workspace.changed:
            try:
                content = workspace.files.find(file_id).content
            except RefusedError:
                return Response(status=404)
        return Response(content, mimetype="application/octet-stream")
