"""A read-along book: an episode as EPUB 3 with media overlays, each sentence lit while it is heard."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from audioed.addresses import web_address
from audioed.characters import line
from audioed.errors import StoreError
from audioed.files import explained, place, scratch
from audioed.model import Article, Episode, Seconds
from audioed.site.reading import Spoken, Story, said, stories
from audioed.templates import filled
from audioed.wording import direction, wording

MIMETYPE = "application/epub+zip"
FIRST_YEAR = 1980
"""Earlier than which no file in a ZIP archive can be."""


@dataclass(frozen=True, slots=True)
class Lit:
    """A sentence, and what is heard while it is lit."""

    id: str
    start: Seconds
    end: Seconds


@dataclass(frozen=True, slots=True)
class Section:
    """A story of the book, with a file of its own."""

    name: str
    """Of its files, without an ending."""
    title: str
    story: Story
    ids: dict[Spoken, str]
    """What each sentence of it that is heard is called in its file."""
    lit: tuple[Lit, ...]

    @property
    def lasts(self) -> Seconds:
        """How long it is heard."""
        return sum(each.end - each.start for each in self.lit)


def write_epub(episode: Episode, articles: Iterable[Article], audio: Path, cover: Path | None, to: Path) -> Path:
    """
    Write the episode as a book to this file, whole or not at all; the same episode gives the same bytes.

    The articles tell which paragraphs are rows of a table. The text follows
    EPUB 3.3, sections 5 to 7 and 9 (media overlays). StoreError where the
    recording is missing, or where its words were not written down.
    """
    if not episode.cues:
        raise StoreError(f"{episode.name}: has no transcript, so there is no book to read along; render it.", path=to)
    files = _texts(episode, sections(episode, articles), cover)
    with scratch(to.parent, to.suffix) as temporary:
        with explained(to), ZipFile(temporary, "w", ZIP_DEFLATED) as book:
            book.writestr(_entry("mimetype", episode.day, ZIP_STORED), MIMETYPE)
            for name, text in files:
                book.writestr(_entry(name, episode.day), text)
            for path, name in [(audio, _sound(episode)), *([(cover, "cover.jpg")] if cover else [])]:
                with explained(path), path.open("rb") as file:
                    entry = _entry(f"EPUB/{name}", episode.day, ZIP_STORED)
                    entry.file_size = path.stat().st_size
                    with book.open(entry, "w") as inside:
                        while portion := file.read(1 << 20):
                            inside.write(portion)
        return place(temporary, to)


def sections(episode: Episode, articles: Iterable[Article]) -> tuple[Section, ...]:
    """The stories of an episode, each with its sentences and when they are lit: all of the recording in all of them."""
    told = [story for story in stories(episode, articles) if any(said([story]))]
    heard = [sorted(said([story]), key=lambda each: each.start) for story in told]
    starts = [0.0, *(each[0].start for each in heard[1:]), episode.duration]
    found = []
    for number, (story, spoken, (start, end)) in enumerate(zip(told, heard, pairwise(starts), strict=True), start=1):
        ids = {each: f"s{place}" for place, each in enumerate(dict.fromkeys(spoken), start=1)}
        moments = [start, *(max(each.start, start) for each in list(ids)[1:]), max(end, start)]
        lit = tuple(Lit(id_, *span) for id_, span in zip(ids.values(), pairwise(moments), strict=True))
        found.append(Section(f"story-{number}", story.title or line(episode.title), story, ids, lit))
    return tuple(found)


def _texts(episode: Episode, told: Sequence[Section], cover: Path | None) -> Iterator[tuple[str, str]]:
    """Every file of the book but sound and picture, by its name."""
    shown = {
        "episode": episode,
        "title": line(episode.title),
        "language": episode.language.replace("_", "-"),
        "direction": direction(episode.language),
        "words": wording(episode.language).page,
        "sections": told,
        "sound": _sound(episode),
        "cover": cover is not None,
        "authors": list(dict.fromkeys(filter(None, (line(each.byline or "") for each in episode.sources)))),
        "links": list(dict.fromkeys(filter(None, (web_address(each.url) for each in episode.sources)))),
        "disclosure": wording(episode.language).note,
        "address": web_address,
    }
    yield "META-INF/container.xml", filled("epub/container.xml")
    yield "EPUB/package.opf", filled("epub/package.opf", **shown)
    yield "EPUB/nav.xhtml", filled("epub/nav.xhtml", **shown)
    yield "EPUB/book.css", filled("epub/book.css")
    for section in told:
        yield f"EPUB/{section.name}.xhtml", filled("epub/story.xhtml", section=section, **shown)
        yield f"EPUB/{section.name}.smil", filled("epub/overlay.smil", section=section, **shown)


def _sound(episode: Episode) -> str:
    return f"recording{Path(episode.enclosure.name).suffix.lower()}"


def _entry(name: str, day: date, compression: int = ZIP_DEFLATED) -> ZipInfo:
    """A file of the archive, dated to the episode's day, so that the same episode gives the same bytes."""
    entry = ZipInfo(name, (max(day.year, FIRST_YEAR), day.month, day.day, 0, 0, 0))
    entry.compress_type, entry.external_attr = compression, 0o644 << 16
    return entry
