"""
Feedgen without its surprises: no clock, no locale, and tags exactly as directories want them.

What feedgen does on its own, and what stands here instead:

- it says explicit `yes` or `no`, and directories want `true` or `false`;
- it formats a date by switching the locale of the whole process;
- it stamps every feed with the time of its making, so that no two are alike.

Imported only where a feed is made, because feedgen and lxml take 0.1 s.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from email.utils import format_datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from audioed.characters import plain
from audioed.model import Channel, Episode
from audioed.publishing.tags import NAMESPACES, Tag

MOST_SECONDS, HOUR = 86_399, 3_600


class Tags(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """An extension that writes the tags it was given, below what feedgen writes itself."""

    namespaces: ClassVar[Mapping[str, str]] = {}

    def __init__(self) -> None:
        self.tags: tuple[Tag, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """Prefixes that the feed declares."""
        return dict(self.namespaces)

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """The channel or item with its tags."""
        parent = feed[0] if feed.tag == "rss" else feed
        for tag in self.tags:
            self._write(parent, tag)
        return feed

    def _write(self, parent: etree._Element, tag: Tag) -> None:
        prefix, _, name = tag.name.rpartition(":")
        attributes = {key: plain(value) for key, value in (tag.attributes or {}).items()}
        element = etree.SubElement(parent, f"{{{self.namespaces[prefix]}}}{name}" if prefix else name, attributes)
        element.text = plain(tag.text) or None
        for child in tag.children:
            self._write(element, child)


class Exact(Tags):
    """What feedgen would not write as directories want it."""

    namespaces = NAMESPACES

    def extend_ns(self) -> dict[str, str]:
        """Without `atom`, which feedgen declares itself, and those of another extension."""
        return {each: NAMESPACES[each] for each in ("itunes", "fh")}


def generator() -> Any:
    """A feedgen generator that asks neither clock nor locale; dates and explicit go through its `exact`."""
    feed = FeedGenerator()
    feed.load_extension("podcast")  # feedgen's name for the itunes: tags
    feed.register_extension("exact", Exact, Exact)
    feed._FeedGenerator__rss_lastBuildDate = None  # noqa: SLF001 - its setter takes no None
    return feed


def stamp(feed: Any, show: Channel, newest: str) -> None:
    """
    Date of the newest item instead of the time of making, empty without one, and the advisory.

    The same catalogue then gives the same bytes, and whoever fetches the feed
    again is told that nothing changed.
    """
    dates = (Tag("lastBuildDate", newest),) if newest else ()
    feed.exact.tags = (*dates, explicit(show))


def stamp_item(item: FeedEntry, show: Channel, episode: Episode) -> None:
    """The item's date and advisory."""
    own = episode.adopted.explicit if episode.adopted else None
    item.exact.tags = (
        Tag("pubDate", published(episode, show)),
        explicit(show if own is None else replace(show, explicit=own)),
    )


def published(episode: Episode, show: Channel) -> str:
    """
    The moment of publishing as RFC 2822 writes it: the first seconds of the episode's day where the show is at home.

    A later hour would lie in the future for a build that runs before it, and
    AntennaPod drops such a date. A second for each earlier episode puts those
    of one day in their order; where the running number has more seconds than a day, since that of an imported show is
    a date, they are counted anew each hour. One that was imported keeps its moment, by which apps know it.
    """
    if episode.adopted:
        return format_datetime(episode.adopted.published)
    number = episode.number
    return midnight(episode.day, show, number if number <= MOST_SECONDS else number % HOUR)


def midnight(day: date, show: Channel, seconds: int = 0) -> str:
    """The beginning of a day where the show is at home, or so many seconds later, as RFC 2822 writes it."""
    return format_datetime(datetime.combine(day, time(), tzinfo=ZoneInfo(show.timezone)) + timedelta(seconds=seconds))


def explicit(show: Channel) -> Tag:
    """`true` or `false`: Apple's validator refuses feedgen's `yes` and `no`."""
    return Tag("itunes:explicit", "true" if show.explicit else "false")
