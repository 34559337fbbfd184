"""Which addresses a host has, and which of them a stranger's link may lead to."""

import ipaddress
import socket
from dataclasses import dataclass, field
from typing import TypeAlias

from audioed.errors import FetchError, Unreachable

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

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


@dataclass(frozen=True, slots=True)
class Hosts:
    """
    The addresses of the hosts that one build visits, each asked for once.

    A second answer could be another one: a feed's own host, which may be a
    local one where the user named it, would else lead to the user's router.
    """

    found: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def addresses(self, host: str, url: str, *, local: bool) -> tuple[str, ...]:
        """
        The host's addresses, IPv4 first; FetchError where it has none that may be used.

        `local` is for a host that the user named: it may be a private one.
        One that has public addresses, too, is not, and is visited there alone.
        """
        if host not in self.found:
            self.found[host] = _asked(host, url)
        public = tuple(filter(is_public, self.found[host]))
        if not local and public != self.found[host]:
            raise FetchError(f"{url} leads to a private address; only pages you name yourself may be local.", name=url)
        return public or self.found[host]


def _asked(host: str, url: str) -> tuple[str, ...]:
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{url} cannot be reached: no host is called {host}; check the address.", name=url) from error
    ordered = sorted(answers, key=lambda each: each[0] != socket.AF_INET)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in ordered))


def is_public(text: str) -> bool:
    """Whether this IP address belongs to the public internet, and so does one that is wrapped in it."""
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
