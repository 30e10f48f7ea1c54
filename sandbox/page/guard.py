"""Who may ask: this machine's browser by this page, and nothing else in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, request

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

# Nothing inline, nothing from other hosts; pictures may be made by the page itself.
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def watch(page: Blueprint, workspace: Workspace) -> None:
    """Refuse what comes by another name or from another page, and say so in headers."""

    @page.before_request
    def check() -> None:
        port = workspace.server.url.rpartition(":")[2]
        hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        # A name that points here (DNS rebinding) is another Host.
        if request.host not in hosts:
            abort(403)
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{request.host}":
            abort(403)
        if _is_from_elsewhere():
            abort(403)

    @page.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Cache-Control", "no-cache")
        headers["Content-Security-Policy"] = POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Referrer-Policy"] = "no-referrer"
        return response


def _is_from_elsewhere() -> bool:
    """A picture or a frame on another site asks without an Origin, but says this."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    follows_link = request.headers.get("Sec-Fetch-Mode") == "navigate"
    return site not in ("none", "same-origin") and not (
        follows_link and request.method == "GET" and request.path == "/"
    )
