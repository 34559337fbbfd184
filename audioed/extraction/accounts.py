"""With what a source is asked that is no feed: a mail folder, or a service that keeps articles to be read later."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from audioed.addresses import without_user
from audioed.cache import Cache
from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction.hosts import Hosts
from audioed.passwords import remedy, secret


@dataclass(frozen=True, slots=True)
class Reach:
    """What such a source is asked with."""

    config: Extraction
    hosts: Hosts = field(default_factory=Hosts)
    cache: Cache | None = None
    """Where letters are kept; None where nothing is."""
    keeps: bool = True
    """Whether something may be put there."""
    opened: dict[str, str] = field(default_factory=dict)
    """What a service gave for a password, by its address."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose source it is, as its address says."""

    address: str
    """Without user name; what is told of it."""
    host: str
    user: str
    parts: SplitResult

    def named(self) -> str:
        """Its user; FetchError where the address names none."""
        if self.user:
            return self.user
        whole = self.parts._replace(netloc=f"jane@{self.parts.netloc}").geturl()
        told = f"{self.address} needs a user name: write it before the host, as in {whole}."
        raise FetchError(told, name=self.address, status=401)

    def secret(self, kind: str = "PASSWORD") -> str:
        """Its password, or another kind of secret, under the name of user and host, or of the host; or nothing."""
        names = [f"{self.user}@{self.host}"] if self.user else []
        return next((told for each in (*names, self.host) if (told := secret(each, kind))), "")

    def needed(self, kind: str = "PASSWORD") -> str:
        """The same; FetchError, which says how to give it, where there is none."""
        if found := self.secret(kind):
            return found
        message = f"{self.address} needs a {kind.lower()}: {self.remedy(kind)}."
        raise FetchError(message, name=self.address, status=401)

    def remedy(self, kind: str = "PASSWORD") -> str:
        """What to do where a secret is missing, or wrong."""
        return remedy(self.host, kind)


def account(address: str) -> Account:
    """Whose source this address names; FetchError where that is none."""
    bare = without_user(address)
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host:
        raise FetchError(f"{bare} is no address; write it as docs/sources.md shows.", name=bare)
    return Account(bare, host, unquote(parts.username or ""), parts)
