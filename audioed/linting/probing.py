"""Asking a server for a feed and the files it names, in every way that apps do; what it sends is a stranger's."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from audioed.addresses import credentials, without_user
from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction.hosts import Hosts
from audioed.extraction.visit import MOVED, Visit, resolved
from audioed.linting.feed import Document, Named, item_of
from audioed.linting.server import MOST_REDIRECTS, Probe, Reply

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_OF_ITEM, MOST = 100, 10_000
"""Addresses of one episode, or of the show itself, that are asked for, and of a whole feed: it is a stranger's."""
NEWEST = 3
"""Episodes whose files are asked for, unless all are."""


@dataclass(frozen=True)
class Asker:
    """Who asks, and what for; its own host may be a local one, no other."""

    url: str
    """Of the feed, as it was named."""
    config: Extraction
    hosts: Hosts = field(default_factory=Hosts)

    def feed(self, now: datetime) -> Document:
        """The feed, under the address that answered in the end; FetchError where there is none."""
        address = without_user(self.url)
        for _ in range(MOST_REDIRECTS + 1):
            visit = self._visit()
            answer = visit.look(address, visit.headers(address), whole=True)
            if answer.status not in MOVED or "location" not in answer.headers:
                if not answer.body:
                    raise FetchError(f"{address} answered {answer.status}; check the address.", name=address)
                return Document(address, answer.body, now)
            address = resolved(address, answer.headers["location"])
        own = without_user(self.url)
        raise FetchError(f"{own} redirects more than {MOST_REDIRECTS} times; name where it leads.", name=own)

    def probe(self, named: Named) -> Probe:
        """A file, asked for by HEAD, in part, and again as an app does that has it."""
        about = {"kind": named.kind, "url": named.url, "media_type": named.media_type, "length": named.length}
        hops: list[tuple[int, str]] = []
        address = named.url
        try:
            while True:
                part = self._asked("GET", address, {"Range": "bytes=0-1"} if named.kind == "audio" else {})
                leads = part.headers.get("location", "")
                if part.status not in MOVED or not leads or len(hops) > MOST_REDIRECTS:
                    break
                address = resolved(address, leads)
                hops.append((part.status, address))
            head = self._asked("HEAD", address, {})
            again = self._asked("GET", address, known) if (known := _known(head, part)) else None
        except FetchError as error:
            return Probe(**about, hops=tuple(hops), fault=str(error).rstrip("."))  # type: ignore[arg-type]
        return Probe(**about, hops=tuple(hops), head=head, part=part, again=again)  # type: ignore[arg-type]

    def _asked(self, method: str, address: str, headers: dict[str, str]) -> Reply:
        visit = self._visit()
        answer = visit.look(address, {**visit.headers(address), "Accept": "*/*", **headers}, method)
        return Reply(answer.status, answer.headers)

    def _visit(self) -> Visit:
        return Visit(without_user(self.url), self.config, True, self.hosts, credentials(self.url))


def probes(document: Document, asker: Asker, *, whole: bool) -> Iterator[Probe]:
    """
    Every file that the feed names, once; of the newest episodes alone, unless the whole feed is looked at.

    Where the feed names very many, the last one tells how many were not asked for.
    """
    late: set[Element | None] = set() if whole else set(document.items[NEWEST:])
    seen: set[str] = set()
    asked: Counter[Element | None] = Counter()
    unasked = 0
    for each in document.addresses:
        item = item_of(each.at)
        if each.kind == "page" or each.url in seen or item in late or not each.url.startswith(("http:", "https:")):
            continue
        seen.add(each.url)
        if asked[item] >= MOST_OF_ITEM or asked.total() >= MOST:
            unasked += 1
            continue
        asked[item] += 1
        yield asker.probe(each)
    if unasked:
        yield Probe(kind="feed", url=document.name, unasked=unasked)


def _known(head: Reply, part: Reply) -> dict[str, str]:
    """The conditions by which an app asks again (RFC 9110, 13.1)."""
    told = {**head.headers, **part.headers}
    conditions = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return next(({header: told[name]} for name, header in conditions.items() if told.get(name)), {})
