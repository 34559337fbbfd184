"""Which addresses a host has, and which of them a stranger's link may lead to."""

import socket
from dataclasses import dataclass, field

from audioed.errors import FetchError, Unreachable
from audioed.reach import is_public


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
