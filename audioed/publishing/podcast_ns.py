"""
The tags of https://podcastindex.org/namespace/1.0, and Podlove's chapters, which Spotify reads.

A new tag of a feed belongs here. Imported only where a feed is made, see `exact`.
"""

from collections.abc import Iterator, Mapping
from typing import ClassVar
from uuid import UUID, uuid5

from audioed import formats
from audioed.addresses import web_address
from audioed.characters import line, within_bytes
from audioed.companions import CHAPTERS, TRANSCRIPTS
from audioed.model import Channel, Chapter, Enclosure, Episode
from audioed.publishing.admission import SPDX, day
from audioed.publishing.exact import Tags, midnight
from audioed.publishing.soundbite import soundbite
from audioed.publishing.tags import NAMESPACES, Tag
from audioed.publishing.text import escaped, picture_address
from audioed.timecode import timestamp
from audioed.wording import wording

GUID_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Fixed by the definition of podcast:guid."""
LONGEST_NAME = 128
"""Bytes of a name or a title that aggregators keep (podcast:person, podcast:funding and others)."""


class PodcastNamespace(Tags):
    """Writes podcast: and psc: tags into a channel or an item."""

    namespaces: ClassVar[Mapping[str, str]] = NAMESPACES

    def extend_ns(self) -> dict[str, str]:
        """Those that nothing else declares."""
        return {each: NAMESPACES[each] for each in ("podcast", "psc")}


def channel_tags(show: Channel, feed_url: str, cover_url: str) -> tuple[Tag, ...]:
    """What the whole show says of itself."""
    owner = {"owner": show.email} if show.email else None
    tags = [
        Tag("podcast:guid", show.guid or feed_guid(feed_url)),
        Tag("podcast:locked", "yes", owner),
        Tag("podcast:medium", "newsletter"),
        Tag("podcast:txt", "true", {"purpose": "ai-content"}),
        _picture(cover_url, show.title, show.language),
    ]
    if show.author:
        tags.append(_person(show.author, group="creative direction", role="producer"))
    return (*tags, *_offers(show), *(Tag(each.tag, each.text, each.attributes) for each in show.tags))


def _offers(show: Channel) -> Iterator[Tag]:
    """What a show has settings for: who pays for it, what may be done with it, when it comes, how it sounds."""
    for words, url in show.funding.items():
        yield Tag("podcast:funding", _short(words), {"url": web_address(url)})
    if name := _short(show.licence.name):
        url = web_address(show.licence.url)
        yield Tag("podcast:license", name.lower() if SPDX.fullmatch(name) else name, {"url": url} if url else None)
    if words := _short(show.updates.words):
        yield Tag("podcast:updateFrequency", words, {"rrule": show.updates.rule} if show.updates.rule else None)
    if (trailer := show.trailer).url and (published := day(trailer)):
        kind = formats.of(trailer.url)
        attributes = {
            "url": web_address(trailer.url),
            "pubdate": midnight(published, show),
            "length": str(trailer.length or ""),
            "type": kind.media_type if kind else "",
        }
        told = {key: value for key, value in attributes.items() if value}
        yield Tag("podcast:trailer", _short(trailer.title) or _short(show.title), told)


def _short(text: str) -> str:
    return within_bytes(line(text), LONGEST_NAME)


def item_tags(episode: Episode, folder_url: str) -> tuple[Tag, ...]:
    """Who wrote an episode, its cover, the files that accompany it, and the recording in every format."""
    bylines = dict.fromkeys(line(source.byline or "") for source in episode.sources)
    tags = [_person(byline, group="writing", role="author") for byline in bylines if byline]
    if episode.cover:
        tags.append(_picture(f"{folder_url}/{escaped(episode.cover)}", episode.title, episode.language))
    for each in TRANSCRIPTS if episode.cues else ():
        attributes = {"url": f"{folder_url}/{each.name}", "type": each.media_type, "language": episode.language}
        tags.append(Tag("podcast:transcript", attributes=attributes | ({"rel": "captions"} if each.captions else {})))
    if episode.chapters:
        url = f"{folder_url}/{CHAPTERS.name}"
        tags.append(Tag("podcast:chapters", attributes={"url": url, "type": CHAPTERS.media_type}))
        tags.append(_simple_chapters(episode.chapters, folder_url))
    tags.extend(soundbite(episode))
    if episode.alternates or episode.enclosure.integrity:
        tags.append(_alternate(episode.enclosure, folder_url, is_default=True))
        tags.extend(_alternate(each, folder_url) for each in episode.alternates)
    return tuple(tags)


def _picture(url: str, title: str, language: str) -> Tag:
    alt = wording(language).cover.format(title=line(title))
    attributes = {"href": url, "alt": alt, "aspect-ratio": "1/1", "type": "image/jpeg", "purpose": "artwork"}
    return Tag("podcast:image", attributes=attributes)


def feed_guid(feed_url: str) -> str:
    """
    The identity of a feed across all hosts (podcast:guid).

    A UUIDv5 of the address without scheme and without trailing slashes. A show
    that moves keeps the old one in its config.
    """
    return str(uuid5(GUID_NAMESPACE, feed_url.partition("://")[2].rstrip("/")))


def _alternate(audio: Enclosure, folder_url: str, *, is_default: bool = False) -> Tag:
    """
    A file with the recording, for apps that choose one themselves.

    The enclosure stands among them as the default, so that its hash is told, too.
    """
    kind = formats.of(audio.name)
    called, codecs = (kind.called, kind.codecs) if kind else ("", "")
    attributes = {
        "type": audio.media_type,
        "length": str(audio.length),
        "bitrate": str(audio.bitrate or ""),
        "title": ", ".join(filter(None, (called, f"{audio.bitrate // 1000} kbit/s" if audio.bitrate else ""))),
        "codecs": codecs,
        "default": "true" if is_default else "",
    }
    children = [Tag("podcast:source", attributes={"uri": f"{folder_url}/{escaped(audio.name)}"})]
    if audio.integrity:
        children.append(Tag("podcast:integrity", attributes={"type": "sri", "value": audio.integrity}))
    kept = {key: value for key, value in attributes.items() if value}
    return Tag("podcast:alternateEnclosure", attributes=kept, children=tuple(children))


def _person(name: str, *, group: str, role: str) -> Tag:
    """Groups and roles are those of the Podcast Taxonomy Project."""
    return Tag("podcast:person", _short(name), {"group": group, "role": role})


def _simple_chapters(chapters: tuple[Chapter, ...], folder: str) -> Tag:
    children = tuple(_simple_chapter(chapter, folder) for chapter in chapters)
    return Tag("psc:chapters", attributes={"version": "1.2"}, children=children)


def _simple_chapter(chapter: Chapter, folder: str) -> Tag:
    """
    Podlove Simple Chapters 1.2, with short titles.

    Spotify reads these and the show notes, and asks for fewer than 40 characters; both say the same, so that it does
    not matter which it takes. Apps that show a whole heading have it from the chapters file or the recording, which
    they prefer (AntennaPod merges lists of one length, and takes the titles of the file).
    """
    attributes = {
        "start": timestamp(round(chapter.start * 1000)),
        "title": line(chapter.title),
        "href": web_address(chapter.url),
        "image": picture_address(chapter.image, folder),
    }
    return Tag("psc:chapter", attributes={key: value for key, value in attributes.items() if value})
