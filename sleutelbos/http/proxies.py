"""Who the visitor is behind the proxies that are ours; what others claim is dropped."""

import re
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_CLAIMS: Final = re.compile(
    r"HTTP_(X_FORWARDED(_\w+)?|FORWARDED(_\w+)?|X_REAL_IP|X_CLIENT_IP|CLIENT_IP"
    r"|X_CLUSTER_CLIENT_IP|TRUE_CLIENT_IP|CF_CONNECTING_IP|X_ORIGINAL_\w+"
    r"|X_REWRITE_URL|X_HOST|X_SCHEME|X_URL_SCHEME|FRONT_END_HTTPS|PROXY)"
)
_WITH_PORT: Final = re.compile(r"([0-9.]+):[0-9]+|\[([0-9A-Fa-f:.]+)\](?::[0-9]+)?")
# Who connected, and whether headers say that it did so for somebody else.
PEER: Final = "sleutelbos.peer"
VIA_PROXY: Final = "sleutelbos.via_proxy"


def visitor_address(forwarded_for: str, peer: str, hops: int) -> str:
    """The visitor's address: the entry that the outermost of our proxies wrote.

    Each proxy adds at the end whom it heard, so that of `hops` proxies the first
    wrote the entry `hops` from the end; what stands before it is the visitor's own
    claim. Where that entry is missing or no address, the peer counts.
    """
    entries = forwarded_for.split(",")
    if hops == 0 or len(entries) < hops:
        return plain_address(peer) or peer
    return plain_address(entries[-hops].strip()) or plain_address(peer) or peer


def plain_address(text: str) -> str | None:
    """An IP address in its one form, without a port; None for anything else."""
    with_port = _WITH_PORT.fullmatch(text)
    bare = (with_port[1] or with_port[2]) if with_port else text
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        # A zone is the name of somebody's network card.
        if address.scope_id:
            return None
        return str(address.ipv4_mapped or address)
    return str(address)


def _scheme(forwarded: str, hops: int, otherwise: str) -> str:
    entries = [entry.strip().lower() for entry in forwarded.split(",")]
    if hops and len(entries) >= hops and entries[-hops] in ("http", "https"):
        return entries[-hops]
    return otherwise


def behind(
    application: WSGIApplication, hops: int, public_scheme: str
) -> WSGIApplication:
    """The application, told of the visitor and of no claim.

    `REMOTE_ADDR` and `wsgi.url_scheme` are set, the headers of proxies are removed.
    """

    def told(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        claims = [name for name in environ if _CLAIMS.fullmatch(name)]
        environ[VIA_PROXY] = bool(claims) or "HTTP_VIA" in environ
        environ[PEER] = environ["REMOTE_ADDR"]
        environ["REMOTE_ADDR"] = visitor_address(
            environ.get("HTTP_X_FORWARDED_FOR", ""), environ[PEER], hops
        )
        if hops:
            environ["wsgi.url_scheme"] = _scheme(
                environ.get("HTTP_X_FORWARDED_PROTO", ""), hops, public_scheme
            )
        for name in claims:
            del environ[name]
        return application(environ, start_response)

    return told
