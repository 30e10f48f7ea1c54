"""The addresses of the page."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, request, send_file

from sandbox.loopback import guard
from sandbox.loopback.files import SHARED, sent
from sandbox.loopback.server import LoopbackServer
from sandbox.loopback.stream import stream
from sandbox.mailbox import html_document
from sandbox.mailbox.letter import Letter
from sandbox.mailbox.showing import Choice, detail, source, summary

if TYPE_CHECKING:
    from sandbox.mailbox.mailbox import Mailbox

STATIC = Path(__file__).parent / "static"
NOTHING = "sandbox; default-src 'none'"


def add_to(app: Flask, server: LoopbackServer, mailbox: Mailbox) -> None:
    """Let the app show the mailbox to this machine's browser."""
    guard.watch(app, server)
    _files(app)
    _letters(app, mailbox)

    @app.get("/live")
    def live() -> Response:
        choice = Choice(request.args.get("for", ""), request.args.get("find", ""))
        kept = mailbox.kept
        return stream(
            server, "letters", lambda: kept.revision, lambda: summary(mailbox, choice)
        )

    @app.post("/clear")
    def clear() -> dict[str, Any]:
        mailbox.clear()
        return {"ok": True}


def _files(app: Flask) -> None:
    @app.get("/")
    def page() -> Response:
        return sent(STATIC, "mailbox.html")

    @app.get("/static/<path:name>")
    def static(name: str) -> Response:
        return sent(STATIC, name)

    @app.get("/shared/<path:name>")
    def shared(name: str) -> Response:
        return sent(SHARED, name)


def _letters(app: Flask, mailbox: Mailbox) -> None:
    def find(number: int) -> Letter:
        letter = mailbox.kept.find(number)
        if letter is None:
            abort(404)
        return letter

    @app.get("/letters/<int:number>")
    def letter(number: int) -> dict[str, Any]:
        return detail(find(number))

    @app.get("/letters/<int:number>/html")
    def html(number: int) -> Response:
        response = Response(html_document.document(find(number)), mimetype="text/html")
        response.headers["Content-Security-Policy"] = html_document.POLICY
        response.headers["X-DNS-Prefetch-Control"] = "off"
        return response

    @app.get("/letters/<int:number>/source")
    def letter_source(number: int) -> dict[str, Any]:
        return source(find(number))

    @app.get("/letters/<int:number>/letter.eml")
    def whole(number: int) -> Response:
        content = find(number).raw
        return _download(content, f"letter-{number}.eml", "message/rfc822")

    @app.get("/letters/<int:number>/attachments/<int:place>")
    def attachment(number: int, place: int) -> Response:
        attachments = find(number).attachments
        if place >= len(attachments):
            abort(404)
        found = attachments[place]
        return _download(found.content, found.name, found.content_type)


def _download(content: bytes, name: str, content_type: str) -> Response:
    response = send_file(
        io.BytesIO(content), content_type, as_attachment=True, download_name=name
    )
    response.headers["Content-Security-Policy"] = NOTHING
    return response
