"""What a source says that there is: the articles of a feed, the pages of a sitemap, the feeds of a list."""

from dataclasses import dataclass
from datetime import date

from audioed.model import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article that a feed announces."""

    url: str
    """http or https, without user information; empty where the feed has the article's text and no page."""
    title: str
    id: str = ""
    """Atom's id or RSS' guid as it stands; empty where there is none, or where other articles of the feed share it."""
    published: date | None = None
    page: Page | None = None
    """What the feed itself carries of the article, however short; None where it carries no text."""
    whole: bool = False
    """Whether that is long enough to do without the article's page."""
    cut: bool = False
    """Whether that clearly goes on elsewhere."""
    author: str = ""
    """Who wrote it, as the feed says."""
    categories: tuple[str, ...] = ()
    """What the feed files it under."""
    site: str = ""
    """Who published it, as the feed calls itself or the one that the entry was taken from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What a source says that there is."""

    entries: tuple[Entry, ...] = ()
    sources: tuple[str, ...] = ()
    """http(s) addresses of further ones: the feeds of a list, the sitemaps of an index."""
    more: str = ""
    """The page on which it goes on, as a service calls it; empty on the last one."""
