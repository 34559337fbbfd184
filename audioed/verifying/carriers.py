"""Everything of an episode that is read and shown: chapters, transcripts, tags, cover and feed, side by side."""

from collections.abc import Iterator, Sequence
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from audioed import formats
from audioed.companions import CHAPTERS
from audioed.formats import CONTAINERS, MAIN
from audioed.verifying import captions, pictures, tags
from audioed.verifying import chapters as marks
from audioed.verifying import cues as lines
from audioed.verifying import feed as feeds
from audioed.verifying.chapters import Mark, Unreadable, attempted
from audioed.verifying.report import Rule

if TYPE_CHECKING:
    from audioed.verifying import Published

Carriers = dict[str, Sequence[Mark] | Unreadable]


def chapters(published: "Published") -> Iterator[Rule]:
    """The chapters are in order, and the same wherever they are written."""
    episode = published.episode
    yield marks.in_order(episode.chapters, episode.duration)
    yield marks.as_scripted(episode.chapters, published.script)
    carriers: Carriers = {CHAPTERS.name: attempted(marks.in_json, published.companions / CHAPTERS.name)}
    for recording in (episode.enclosure, *episode.alternates):
        path, kind = published.audio.with_name(recording.name), formats.of(recording.name)
        if kind and path.is_file():
            name = kind.suffix[1:].upper() if kind.encoder else "ID3"
            reader = resolve_name(CONTAINERS[kind.container].chapters)
            carriers[f"small {name}" if name in carriers else name] = attempted(reader, path)
    if item := _item(published):
        carriers |= {marks.PODLOVE: item.podlove, marks.NOTES: item.notes}
    yield marks.agree(episode.chapters, carriers)


def adopted(published: "Published") -> Iterator[Rule]:
    """What audioed made of an imported episode's chapters, transcript and cover, and what the feed says of it."""
    episode = published.episode
    if episode.chapters:
        found: Carriers = {CHAPTERS.name: attempted(marks.in_json, published.companions / CHAPTERS.name)}
        if item := _item(published):
            found[marks.PODLOVE] = item.podlove
        yield marks.agree(episode.chapters, found)
    if episode.cues:
        yield lines.in_order(episode.cues, episode.duration)
        yield lines.agree(episode.cues, captions.read(published.companions, episode.cues))
    yield from _told(published)


def cues(published: "Published") -> Iterator[Rule]:
    """The cues are in order, have all that is said, and are the same in every transcript."""
    episode = published.episode
    yield lines.in_order(episode.cues, episode.duration)
    yield lines.words(episode.cues)
    yield lines.cover(episode.cues, published.script)
    yield lines.agree(episode.cues, captions.read(published.companions, episode.cues))


def shown(published: "Published") -> Iterator[Rule]:
    """What a player shows of the file and of the show, and what the feed says of them."""
    if published.audio.suffix == MAIN.suffix and published.audio.is_file():
        yield tags.tags(tags.id3(published.audio), published.episode, published.script)
    if names := sorted({chapter.image for chapter in published.episode.chapters if chapter.image}):
        yield pictures.cards(published.audio.parent, names)
    yield from _told(published)


def _told(published: "Published") -> Iterator[Rule]:
    """What the feed says of an episode, and the pictures that it shows."""
    shown = None
    if published.feed:
        try:
            item, shown = feeds.item(published.feed, published.episode.guid), feeds.cover(published.feed)
        except Unreadable as error:
            yield Rule(name="feed", told="", wrong=(f"{published.feed.name} {error}",))
        else:
            missing = f"{published.feed.name} does not have the episode"
            yield feeds.tells(item, published.episode) if item else Rule(name="feed", told="", wrong=(missing,))
    edition = published.episode.cover
    yield pictures.covers(published.covers, published.audio.with_name(edition) if edition else None, shown)


def _item(published: "Published") -> feeds.Item | None:
    """What the feed says of the episode, None where it says nothing that can be read; `shown` tells that."""
    try:
        return feeds.item(published.feed, published.episode.guid) if published.feed else None
    except Unreadable:
        return None
