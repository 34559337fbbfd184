"""The feed: RSS 2.0 as Apple, PSP-1 and Podcasting 2.0 want it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from audioed.model import Episode, Show
from audioed.publishing.lint import check
from audioed.publishing.notes import LONGEST, notes
from audioed.publishing.text import cleaned, one_line, shortened, web_address

FEED = "feed.xml"
COVER = "cover.jpg"


def rss(episodes: Iterable[Episode], show: Show, base_url: str, cover: str = COVER) -> bytes:
    """
    The feed of these episodes, newest first: a pure function, so the same ones give the same bytes.

    The cover is the name of the show's picture in its folder.

    ConfigError names a setting of the show that directories would refuse.
    """
    from audioed.publishing.exact import generator, stamp
    from audioed.publishing.podcast_ns import PodcastNamespace
    from audioed.store import slug

    check(show, base_url)
    home = address(base_url, slug(show.title))
    newest_first = sorted(episodes, key=lambda each: (each.day, each.number, each.name), reverse=True)
    show = cleaned(show)
    feed = generator()
    feed.register_extension("podcast_ns", PodcastNamespace, PodcastNamespace)
    _describe(feed, show, home, cover)
    stamp(feed, show, newest_first[0] if newest_first else None)
    for episode in newest_first:
        _add(feed, episode, show, home, cover)
    document: bytes = feed.rss_str(pretty=True)
    return document


def address(base_url: str, *names: str) -> str:
    """The address of a file or folder below the base, percent-encoded."""
    return "/".join([web_address(base_url).rstrip("/"), *(quote(name, safe="") for name in names)])


def _describe(feed: Any, show: Show, home: str, picture: str) -> None:
    from audioed.publishing.podcast_ns import channel_tags

    title, author = one_line(show.title), one_line(show.author)
    site, cover = web_address(show.link) or f"{home}/", f"{home}/{picture}"
    feed.title(title)
    feed.link(href=f"{home}/{FEED}", rel="self", type="application/rss+xml")
    feed.link(href=site, rel="alternate")
    feed.description(shortened(show.description.strip(), LONGEST) or title)
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
    feed.podcast_ns.tags = channel_tags(show, f"{home}/{FEED}", cover)


def _add(feed: Any, episode: Episode, show: Show, home: str, picture: str) -> None:
    from audioed.publishing.exact import stamp_item
    from audioed.publishing.podcast_ns import item_tags

    folder = f"{home}/{quote(episode.name, safe='')}"
    enclosure = f"{folder}/{quote(episode.enclosure.name, safe='')}"
    captioned = bool(episode.cues)
    episode = cleaned(replace(episode, cues=(), segments=()))  # thousands of texts that the feed does not show
    item = feed.add_entry(order="append")
    item.title(one_line(episode.title))
    item.guid(episode.guid, permalink=False)
    item.description(notes(episode))
    item.enclosure(url=enclosure, length=str(episode.enclosure.length), type=episode.enclosure.media_type)
    if link := next((url for source in episode.sources if (url := web_address(source.url))), ""):
        item.link(href=link)
    item.podcast.itunes_duration(max(1, round(episode.duration)))
    item.podcast.itunes_episode(episode.number)
    item.podcast.itunes_episode_type("full")
    item.podcast.itunes_image(f"{folder}/{quote(episode.cover, safe='')}" if episode.cover else f"{home}/{picture}")
    stamp_item(item, show, episode)
    item.podcast_ns.tags = item_tags(episode, folder, captioned=captioned)
