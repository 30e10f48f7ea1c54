"""By which names the pages may be asked for: the configured one alone."""

from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


def host_names(portal_url: str) -> frozenset[str]:
    """What browsers that follow this address say in `Host`, in lower case.

    Any other name is somebody else's: a page under it could be told apart from
    ours by nothing, and a link made of it would lead there.
    """
    parts = urlsplit(portal_url)
    host = parts.hostname or ""
    name = f"[{host}]" if ":" in host else host
    usual = _PORTS[parts.scheme]
    port = parts.port or usual
    with_port = f"{name}:{port}"
    return frozenset({name, with_port} if port == usual else {with_port})


def is_allowed(host: str | None, allowed: frozenset[str]) -> bool:
    """Whether a request with this `Host` is for us."""
    return host is not None and host.lower() in allowed
