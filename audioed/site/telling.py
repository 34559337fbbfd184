"""What a page says of itself to search engines, social networks and other sites: JSON-LD, OpenGraph, oEmbed."""

import json
from dataclasses import dataclass
from typing import Any

from audioed.addresses import web_address
from audioed.characters import line, shortened
from audioed.model import Channel, Enclosure, Episode
from audioed.publishing.summary import summaries
from audioed.timecode import iso_duration

LONGEST = 240
"""Bytes of a summary; previews of links and search engines cut longer ones."""
CONTEXT = "https://schema.org"
EMBEDDED = (640, 224)
"""Pixels of the page that others embed: wide at most, and high."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an episode is found, as whole addresses."""

    page: str
    embed: str
    oembed: str
    image: str
    audio: str
    show: str
    feed: str


def summary(episode: Episode) -> str:
    """What an episode is about in a line: its article's own summary, or how that begins; of several, their titles."""
    if len(episode.sources) > 1:
        return shortened(" · ".join(line(each.title) for each in episode.sources), LONGEST)
    return next(iter(summaries(episode, LONGEST)), "")


def series(show: Channel, url: str, feed: str, image: str) -> str:
    """A show as JSON-LD (schema.org PodcastSeries)."""
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "PodcastSeries",
        "name": line(show.title),
        "description": line(show.description),
        "url": url,
        "webFeed": feed,
        "image": image,
        "inLanguage": show.language.replace("_", "-"),
        "author": {"@type": "Organization", "name": line(show.author) or line(show.title)},
    }
    return in_page(told)


def described(episode: Episode, show: Channel, at: Addresses, about: str) -> str:
    """An episode, and what it is about, as JSON-LD (schema.org PodcastEpisode)."""
    read = [
        {"@type": "Article", "headline": line(each.title)}
        | ({"url": url} if (url := web_address(each.url)) else {})
        | ({"author": {"@type": "Person", "name": line(each.byline)}} if each.byline else {})
        for each in episode.sources
    ]
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "PodcastEpisode",
        "name": line(episode.title),
        "description": about,
        "url": at.page,
        "identifier": episode.guid,
        "datePublished": episode.day.isoformat(),
        "episodeNumber": episode.number,
        "duration": iso_duration(round(episode.duration)),
        "inLanguage": episode.language.replace("_", "-"),
        "image": at.image,
        "associatedMedia": _recording(episode.enclosure, episode, at.audio),
        "partOfSeries": {"@type": "PodcastSeries", "name": line(show.title), "url": at.show, "webFeed": at.feed},
        "isBasedOn": read,
    }
    return in_page(told)


def _recording(enclosure: Enclosure, episode: Episode, address: str) -> dict[str, Any]:
    return {
        "@type": "AudioObject",
        "contentUrl": address,
        "encodingFormat": enclosure.media_type,
        "contentSize": str(enclosure.length),
        "duration": iso_duration(round(episode.duration)),
    }


def oembed(episode: Episode, show: Channel, at: Addresses, code: str) -> str:
    """What sites ask for that show the player of an episode behind its address (oEmbed 1.0, type rich)."""
    wide, high = EMBEDDED
    told = {
        "version": "1.0",
        "type": "rich",
        "title": line(episode.title),
        "author_name": line(show.author) or line(show.title),
        "provider_name": line(show.title),
        "provider_url": at.show,
        "thumbnail_url": at.image,
        "html": code,
        "width": wide,
        "height": high,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def in_page(told: Any) -> str:
    """JSON that may stand in a script element: nothing in it ends that, or begins a comment (HTML, 4.12.1.3)."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
