"""How far an address leads: to this machine, within a network of one's own, or to the same place for everybody."""

import ipaddress
from typing import TypeAlias

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

LOOPBACK = "127.0.0.1"
"""Where this machine finds itself, and nobody else does."""
OWN_NAMES = ("localhost", "*.localhost", LOOPBACK, "[::1]")
"""What this machine is called by its own browsers. A page elsewhere whose name is made to lead here has another one."""
UNSHARED = (".local", ".localhost", ".internal", ".home.arpa")
"""How names end that each network has its own of (RFC 6762, RFC 6761, ICANN's resolution of 2024-07-29, RFC 8375)."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that carry an IPv4 one (RFC 6052)."""
UNICAST = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given to anybody (IANA, IPv6 Global Unicast Address Assignments)."""
SPECIAL: tuple[Network, ...] = tuple(
    map(
        ipaddress.ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
            *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            *("2001::/23", "2001:db8::/32", "3fff::/20"),
        ),
    )
)
"""
What belongs to nobody on the public internet, by IANA's registries of special-purpose addresses, with multicast and
the anycast of 6to4 (RFC 7526). Our own list: what `is_global` says differs between Python 3.11, 3.12 and 3.13.
"""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host, by its name or IP address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return _plain(host) == "localhost" or _plain(host).endswith(".localhost")


def is_shared(host: str) -> bool:
    """Whether a host, by its name or IP address, may be the same one for everybody who asks for it."""
    try:
        return is_public(host)
    except ValueError:
        return "." in _plain(host) and not _plain(host).endswith(UNSHARED)


def is_public(text: str) -> bool:
    """Whether an IP address, and one wrapped in it, belongs to the public internet; ValueError for none."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
        if address not in UNICAST:
            return False
    return not any(address in network for network in SPECIAL if network.version == address.version)


def _plain(host: str) -> str:
    """A name as it is compared: in lower case, without the dot of the root."""
    return host.lower().removesuffix(".")
