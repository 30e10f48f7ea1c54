"""Who may ask: this machine's browser by this page, and nothing else in it."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, request

from sandbox.loopback.server import LoopbackServer

# Nothing inline, nothing from other hosts.
POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def watch(
    pages: Flask | Blueprint, server: LoopbackServer, policy: str = POLICY
) -> None:
    """Refuse what comes by another name or from another page, and say so in headers.

    An answer that brings its own Content-Security-Policy keeps it.
    """
    refuse_others(pages, server)

    @pages.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Cache-Control", "no-cache")
        headers.setdefault("Content-Security-Policy", policy)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Referrer-Policy"] = "no-referrer"
        return response


def refuse_others(pages: Flask | Blueprint, server: LoopbackServer) -> None:
    """Refuse what comes by another name or from another page.

    Programs say neither where they come from nor another name, so they pass.
    """

    @pages.before_request
    def check() -> None:
        port = server.url.rpartition(":")[2]
        # A name that points here (DNS rebinding) is another Host. Browsers name the
        # port too, slack_sdk's socket client leaves it out.
        name, _, named_port = request.host.partition(":")
        if name not in ("127.0.0.1", "localhost") or named_port not in ("", port):
            abort(403)
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{request.host}":
            abort(403)
        if _is_from_elsewhere():
            abort(403)


def _is_from_elsewhere() -> bool:
    """A picture or a frame on another site asks without an Origin, but says this."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    follows_link = request.headers.get("Sec-Fetch-Mode") == "navigate"
    is_frame = request.headers.get("Sec-Fetch-Dest") in ("iframe", "frame", "object")
    return site not in ("none", "same-origin") and not (
        follows_link
        and not is_frame
        and request.method == "GET"
        and request.path == "/"
    )
