"""Which pages a site asks programs to leave alone (RFC 9309); asked before a scheduled build visits them."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from audioed.addresses import without_user
from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction.hosts import Hosts
from audioed.extraction.page_cache import PageCache

NAME = "audioed"
"""Our product token; the first word of our user agent."""
LONGEST = 512_000
"""Characters of a robots.txt that are read (RFC 9309, 2.5: at least 500 KiB)."""


@dataclass(frozen=True, slots=True)
class Robots:
    """What the sites of one build ask for, each asked once."""

    config: Extraction
    cache: PageCache | None = None
    hosts: Hosts = field(default_factory=Hosts)
    _rules: dict[str, Any] = field(default_factory=dict)

    def refuse(self, url: str, *, private: bool) -> None:
        """FetchError where the site does not want this page visited."""
        from audioed.extraction.visit import resolved

        url = without_user(url)
        home = resolved(url, "/robots.txt")
        if home not in self._rules:
            self._rules[home] = self._read(home, private=private)
        rules = self._rules[home]
        if isinstance(rules, FetchError):
            raise type(rules)(str(rules), name=url, status=rules.status, retry_after=rules.retry_after)
        if not rules.can_fetch(url, NAME):
            raise FetchError(
                f"{url} is closed to programs by the site's robots.txt; save it from a browser as HTML "
                "and put the file into a folder of [nightly].",
                name=url,
                status=HTTPStatus.OK,
            )

    def _read(self, home: str, *, private: bool) -> Any:
        """The rules; a site without any allows everything, its error where it cannot tell (RFC 9309, 2.3.1)."""
        from protego import Protego

        from audioed.extraction.fetch import download

        try:
            sent = download(home, self.config, private=private, cache=self.cache, hosts=self.hosts)
            text = sent.data.decode("utf-8", "replace")
        except FetchError as error:
            if not HTTPStatus.OK <= error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return error
            text = ""
        return Protego.parse(text[:LONGEST])
