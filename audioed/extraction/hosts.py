"""Which addresses a host has, and which of them a stranger's link may lead to."""

import ipaddress
import socket

from audioed.errors import FetchError

NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that carry an IPv4 one (RFC 6052)."""


def addresses(host: str, url: str, *, local: bool) -> tuple[str, ...]:
    """The host's addresses, IPv4 first; FetchError where it has none that may be used."""
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{url} cannot be reached: no host is called {host}; check the address.", name=url) from error
    found = list(
        dict.fromkeys(str(answer[4][0]) for answer in sorted(answers, key=lambda each: each[0] != socket.AF_INET))
    )
    if not local and not all(map(is_public, found)):
        raise FetchError(f"{url} leads to a private address; only pages you name yourself may be local.", name=url)
    return tuple(found)


def is_public(text: str) -> bool:
    """Whether this IP address belongs to the public internet, and so does one that is wrapped in it."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast
