"""No other site may post here: checked beside the token in every form."""

from typing import Final

from flask import Flask, abort, request

from portal.office import PortalOffice

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN: Final = frozenset({"same-origin", "none"})


def install(app: Flask, office: PortalOffice) -> None:
    """Refuse what changes something and comes from elsewhere."""

    @app.before_request
    def refuse_others() -> None:
        if request.method in _READING:
            return
        if request.headers.get("Sec-Fetch-Site", "none") not in _OWN:
            abort(403)
        # Our own forms say "null": that is what no-referrer makes of an Origin
        # (fetch.spec.whatwg.org, "append a request Origin header").
        if request.headers.get("Origin", "null") not in ("null", office.origin):
            abort(403)
