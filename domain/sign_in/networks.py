"""What a network address is counted as; pure, no database."""

import ipaddress
from typing import Final

# Counted as one, and never as nobody's: what can't be read gets no budget of its own.
UNREADABLE: Final = "unreadable"
_PREFIX: Final = 64


def network_of(address: str) -> str:
    """IPv4 as it is, IPv6 as its /64: providers hand out whole /64s (RFC 6177).

    An IPv4-mapped address is the IPv4 address that it carries; a zone id ("%eth0")
    says nothing about who it is.
    """
    try:
        read = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return UNREADABLE
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((int(read), _PREFIX), strict=False))
