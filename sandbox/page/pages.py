"""The addresses of the page, added to the workspace's own server."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, jsonify, request

from sandbox.loopback import guard
from sandbox.loopback.stream import stream
from sandbox.page import deeds, inspector, static_files, transfers
from sandbox.page.snapshot import player, snapshot
from sandbox.slack.client_rules import ImpossibleError

if TYPE_CHECKING:
    from sandbox.slack.client import Client
    from sandbox.slack.workspace import Workspace


# As elsewhere on this machine, and the page may show pictures that it makes itself.
POLICY = f"{guard.POLICY}; img-src 'self' data: blob:"


def add_to(workspace: Workspace) -> None:
    """Let the server show the page too; call it before `workspace.serve()`.

    It answers only this machine's browser, and no other page that is open in it.
    """
    page = Blueprint("page", __name__)
    guard.watch(page, workspace.server, POLICY)
    static_files.routes(page)
    _people(page, workspace)

    @page.get("/cast")
    def cast() -> dict[str, Any]:
        with workspace.changed:
            return {"cast": [player(user) for user in workspace.cast()]}

    @page.get("/inspector/live")
    def inspected() -> Response:
        return _live(workspace, "entries", inspector.Feed(workspace).news)

    @page.errorhandler(ImpossibleError)
    def impossible(refusal: ImpossibleError) -> tuple[Response, int]:
        return jsonify(problem=str(refusal), fields=refusal.fields), 409

    @page.errorhandler(deeds.MalformedError)
    def malformed(refusal: deeds.MalformedError) -> tuple[Response, int]:
        return jsonify(problem=str(refusal)), 400

    workspace.server.app.register_blueprint(page)


def _live(workspace: Workspace, event: str, produce: Callable[[], Any]) -> Response:
    return stream(workspace.server, event, lambda: workspace.changed.count, produce)


def _people(page: Blueprint, workspace: Workspace) -> None:
    def client(name: str) -> Client:
        try:
            user = workspace.user(name)
        except LookupError:
            abort(404)
        if user.is_bot or user.name != name:
            abort(404)
        return workspace.person(name).client

    @page.get("/client/<name>/live")
    def live(name: str) -> Response:
        whose = client(name)
        return _live(workspace, "snapshot", lambda: snapshot(whose))

    @page.post("/client/<name>/deeds")
    def do(name: str) -> dict[str, Any]:
        return {"ok": True} | deeds.do(client(name), request.get_json(silent=True))

    @page.post("/client/<name>/files")
    def upload(name: str) -> dict[str, Any]:
        return {"ok": True} | transfers.receive(client(name))

    @page.get("/client/<name>/files/<file_id>")
    def download(name: str, file_id: str) -> Response:
        return transfers.send(client(name), file_id)
