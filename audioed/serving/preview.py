"""Published texts as the preview shows them: they lead to this machine, and pages load anew after a build."""

import re
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit

from audioed.media_types import HTML
from audioed.publishing.public import front

GUID = re.compile(rb"(<guid\b.*?</guid>)", re.DOTALL)
SELF = re.compile(rb"<atom:link\b[^>]*\brel=[\"']self[\"'][^>]*>")
HREF = re.compile(rb"\bhref=[\"']([^\"']+)[\"']")
BODY = re.compile(rb"</body\s*>(?!.*</body)", re.IGNORECASE | re.DOTALL)
HEAD = 100_000
"""Bytes of a feed in which its own address stands: all that is told of the show comes before the first episode."""


def local(data: bytes, home: str, here: str) -> bytes:
    """
    A text with the addresses below `home`, where the show will be, replaced by those below `here`.

    So a podcast app, a player and a browser stay with the preview. A GUID that looks
    like an address stays: it names the episode for ever.
    """
    if not home or home == here:
        return data
    (_, there), (scheme, ours) = _split(home), _split(here)
    plain = rb"(?:https?://|(?<=/))%b(?=/)" % re.escape(there)  # apps' own addresses have it behind another scheme
    quoted = re.escape(quote(home, safe="").encode())
    addresses = re.compile(rb"%b|%b" % (plain, quoted), re.IGNORECASE)

    def led_here(found: re.Match[bytes]) -> bytes:
        if b"%" in found[0][:10]:
            return quote(here, safe="").encode()
        return scheme + b"://" + ours if found[0][:7].lower() in {b"http://", b"https:/"} else ours

    parts = GUID.split(data)
    return b"".join(part if at % 2 else addresses.sub(led_here, part) for at, part in enumerate(parts))


def reloading(data: bytes, kind: str, state: str) -> bytes:
    """A page with the script that loads it anew; any other text as it is."""
    if kind != HTML:
        return data
    script = f'<script src="/-/reload.js" data-state="{escape(state)}"></script>\n'.encode()
    page, inserted = BODY.subn(lambda found: script + found[0], data, count=1)
    return page if inserted else data + script


def home_of(public: Path) -> str:
    """The address of a show's public folder, as a feed in it tells it; empty where there is none."""
    feed = front(public)
    try:
        status = feed and feed.stat()
    except OSError:
        return ""
    if not feed or not status:
        return ""
    return _home(feed, len(feed.relative_to(public).parts), status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _home(feed: Path, below: int, _changed: int, _size: int) -> str:
    with feed.open("rb") as file:
        told = SELF.search(file.read(HEAD))
    href = HREF.search(told[0]) if told else None
    return href[1].decode("utf-8", "replace").rsplit("/", below)[0].replace("&amp;", "&") if href else ""


def _split(url: str) -> tuple[bytes, bytes]:
    """The scheme of an address, and the rest of it as XML and HTML have it."""
    parts = urlsplit(url)
    return parts.scheme.encode(), escape(f"{parts.netloc}{parts.path}", quote=False).encode()
