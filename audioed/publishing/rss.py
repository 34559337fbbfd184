"""The feed: RSS 2.0 as Apple, PSP-1 and Podcasting 2.0 want it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from audioed.addresses import web_address
from audioed.characters import line, plain
from audioed.model import Channel, Episode
from audioed.publishing.admission import validate
from audioed.publishing.paging import FeedPage
from audioed.publishing.stylesheet import instruction
from audioed.publishing.tags import Tag
from audioed.publishing.text import cleaned, escaped
from audioed.store import FEED

COVER = "cover.jpg"
OPENING, ENDING = b"    <item>\n", b"    </item>\n"
"""Of an item, as it is written; within a text no element begins."""
DATE = re.compile(rb"<pubDate>([^<]*)</pubDate>")
CLOSING = b"  </channel>"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a show lies."""

    url: str
    """The address of its folder."""
    cover: str = COVER
    """The name of its picture there."""
    first_feed: str = ""
    """The first address of its feed; where that is another one, apps are told that it has moved."""
    hub: str = ""
    """The address of a WebSub hub that tells apps of a new feed."""


def rss(episodes: Iterable[Episode], show: Channel, home: Home, page: FeedPage | None = None) -> bytes:
    """
    The feed of these episodes, newest first: a pure function, so the same ones give the same bytes.

    A feed of several documents tells in each where the others are.
    ConfigError names a setting of the show that directories would refuse.
    """
    newest_first = sorted(episodes, key=lambda each: (each.day, each.number, each.name), reverse=True)
    return document(newest_first, show, home, page or FeedPage(FEED, ()))


def document(parts: Sequence[Episode | bytes], show: Channel, home: Home, page: FeedPage) -> bytes:
    """A document of a feed: each item made of its episode, or taken over as it was written before, newest first."""
    from audioed.publishing.exact import generator, published, stamp
    from audioed.publishing.podcast_ns import PodcastNamespace

    validate(show, home.url)
    show = cleaned(show)
    feed = generator()
    feed.register_extension("podcast_ns", PodcastNamespace, PodcastNamespace)
    _describe(feed, show, home, page)
    dates = (_date(each) if isinstance(each, bytes) else published(each, show) for each in parts)
    stamp(feed, show, next(dates, ""))
    feed.exact.tags = (*feed.exact.tags, *_elsewhere(home, page))
    for each in parts:
        if isinstance(each, Episode):
            _add(feed, each, show, home)
    written: bytes = feed.rss_str(pretty=True)
    declared, end = written.index(b"\n") + 1, written.rindex(CLOSING)
    begin = written.find(OPENING)
    made = iter(items_of(written))
    items = [each if isinstance(each, bytes) else next(made) for each in parts]
    head = [written[:declared], instruction(page.file), written[declared : end if begin < 0 else begin]]
    return b"".join([*head, *items, written[end:]])


def items_of(document: bytes) -> list[bytes]:
    """The items of a document, as they are written in it."""
    parts = document.split(OPENING)[1:]
    return [OPENING + part[: part.rindex(ENDING) + len(ENDING)] for part in parts if ENDING in part]


def _date(item: bytes) -> str:
    found = DATE.search(item)
    return found[1].decode() if found else ""


def address(base_url: str, *names: str) -> str:
    """The address of a file or folder below the base, percent-encoded."""
    return "/".join([web_address(base_url).rstrip("/"), *map(escaped, names)])


def _elsewhere(home: Home, page: FeedPage) -> Iterator[Tag]:
    """The hub (WebSub, 4), the other pages (RFC 5005), where the feed is now (Apple's itunes:new-feed-url)."""
    if page.is_archive:
        yield Tag("fh:archive")
    if (hub := web_address(home.hub)) and page.file == page.feed:  # nobody is told of an older page
        yield Tag("atom:link", attributes={"href": hub, "rel": "hub"})
    for rel, file in page.links:
        attributes = {"href": f"{home.url}/{file}", "rel": rel, "type": "application/rss+xml"}
        yield Tag("atom:link", attributes=attributes)
    if home.first_feed and home.first_feed != f"{home.url}/{page.feed}":
        yield Tag("itunes:new-feed-url", f"{home.url}/{page.feed}")


def _describe(feed: Any, show: Channel, home: Home, page: FeedPage) -> None:
    from audioed.publishing.notes import LONGEST
    from audioed.publishing.podcast_ns import channel_tags
    from audioed.publishing.summary import whole_sentences

    title, author = line(show.title), line(show.author)
    site, cover = web_address(show.link) or f"{home.url}/", f"{home.url}/{home.cover}"
    feed.title(title)
    feed.link(href=f"{home.url}/{page.file}", rel="self", type="application/rss+xml")
    feed.link(href=site, rel="alternate")
    feed.description(whole_sentences(show.description.strip(), LONGEST) or title)
    feed.language(show.language.replace("_", "-").lower())
    feed.generator("audioed")
    feed.image(url=cover, title=title, link=site)
    if show.copyright.strip():
        feed.copyright(re.sub(r"^copyright\s*", "", show.copyright.strip(), flags=re.IGNORECASE))
    feed.podcast.itunes_author(author or title)
    feed.podcast.itunes_category(show.category, show.subcategory or False)
    feed.podcast.itunes_image(cover)
    feed.podcast.itunes_type("episodic")
    if show.email.strip():
        feed.podcast.itunes_owner(name=author or title, email=show.email.strip())
    feed.podcast_ns.tags = channel_tags(show, f"{home.url}/{page.feed}", cover)


def _add(feed: Any, episode: Episode, show: Channel, home: Home) -> None:
    from audioed.publishing.exact import stamp_item
    from audioed.publishing.notes import notes
    from audioed.publishing.podcast_ns import item_tags

    folder = f"{home.url}/{escaped(episode.name)}"
    enclosure = f"{folder}/{escaped(episode.enclosure.name)}"
    item = feed.add_entry(order="append")
    item.title(line(episode.title))
    adopted = episode.adopted
    item.guid(episode.guid if adopted else plain(episode.guid), permalink=False)
    item.description(plain(notes(episode)))
    item.enclosure(url=enclosure, length=str(episode.enclosure.length), type=episode.enclosure.media_type)
    item.link(href=_page(episode) or f"{folder}/")
    item.podcast.itunes_duration(max(1, round(episode.duration)))
    if number := adopted.number if adopted else episode.number:
        item.podcast.itunes_episode(number)
    if adopted and adopted.season:
        item.podcast.itunes_season(adopted.season)
    item.podcast.itunes_episode_type(adopted.kind if adopted else "full")
    item.podcast.itunes_image(f"{folder}/{escaped(episode.cover)}" if episode.cover else f"{home.url}/{home.cover}")
    stamp_item(item, show, episode)
    item.podcast_ns.tags = item_tags(episode, folder)


def _page(episode: Episode) -> str:
    """Where the article of an episode stands, if it reads that one alone; the page of one that was imported."""
    if episode.adopted:
        return web_address(episode.adopted.link)
    return web_address(episode.sources[0].url) if len(episode.sources) == 1 else ""
