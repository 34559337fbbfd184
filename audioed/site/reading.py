"""What is heard, as a page shows it: stories with headings, paragraphs, lists and tables, each word with its time."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal, TypeAlias

from audioed.addresses import web_address
from audioed.characters import line
from audioed.kinds import BLOCKS, SEGMENTS
from audioed.model import Article, Block, Cue, Episode, Seconds, Source
from audioed.publishing.transcript.paragraphs import Part, Run, parts

Form: TypeAlias = Literal["text", "quote", "list", "table", "heading", "byline"]
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that are heard in one breath, or the part of them that stands in one cell of a table."""

    text: str
    start: Seconds
    end: Seconds
    words: tuple[int, ...] = ()
    """When each word begins, in hundredths of a second after the one before; empty where nobody knows."""
    url: str = ""
    """Where the words lead; an address that a listener can open."""


Line: TypeAlias = tuple[Spoken, ...]
"""What stands in one paragraph, item or cell."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a list, a table, a heading between them, or who wrote it and where it stood."""

    form: Form
    lines: tuple[Line, ...]
    """Its paragraphs or items, one of each where it is no list; nothing where it is a table."""
    rows: tuple[tuple[Line, ...], ...] = ()
    """Of a table, a line a cell."""
    heads: tuple[Line, ...] = ()
    """Above the columns of a table; empty where nothing stands there."""

    @property
    def start(self) -> Seconds:
        """When its first word is heard."""
        return next((each.start for cell in self.cells for each in cell if each.end), 0.0)

    @property
    def cells(self) -> Iterator[Line]:
        """All that stands in it, in order."""
        yield from (*self.lines, *self.heads, *(cell for row in self.rows for cell in row))


@dataclass(frozen=True, slots=True)
class Aside:
    """What interrupts an article: a promo, or the headlines of other stories."""

    kind: str
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An article, or what is said around the articles."""

    heading: Line
    title: str
    """The same as text; empty above a greeting."""
    source: Source | None
    """The article that is read, where that is known."""
    frames: bool = False
    """Whether it is the greeting or the farewell."""
    parts: list[Passage | Aside] = field(default_factory=list)
    goes_on: bool = False
    """Whether it began on another page."""
    opened: str = ""
    """The kind of the segment that it begins with."""


OPENERS = frozenset({"section", "title", "round"})
"""Kinds of segments with which something new begins."""


def stories(episode: Episode, articles: Iterable[Article] = ()) -> tuple[Story, ...]:
    """
    The episode in the order it is heard.

    The articles tell which paragraphs are rows of a table; without them these
    are read as paragraphs.
    """
    tables = {line(each.text): each for article in articles for each in article.blocks if each.cells}
    told: list[Story] = []
    sources = list(episode.sources)
    for part in parts(episode):
        traits = SEGMENTS[part.span.kind]
        kind = "section" if part.span.kind == "title" and not (part.heading or part.title) else part.span.kind
        begun = bool(told) and told[-1].opened == "section"
        if begun and kind == "title":  # what was said before its title stands below it
            heading, title = _headed(part)
            told[-1] = replace(told[-1], heading=heading, title=title, source=_source(part, sources), opened=kind)
        elif not begun and (not told or kind in OPENERS or traits.frames != told[-1].frames):
            source = _source(part, sources) if kind == "title" else None
            heading, title = _headed(part) if not (traits.frames or traits.aside) else ((), "")
            if not title and source and (told or line(source.title) != line(episode.title)):
                title = line(source.title)
            told.append(Story(heading, title, source, traits.frames, opened=kind))
        elif part.heading and not traits.aside:
            told[-1].parts.append(Passage("heading", (_line(part.heading),)))
        elif part.title and not traits.aside and not traits.frames:
            told[-1].parts.append(Passage("heading", (_written(part.title),)))
        passages = tuple(_passages(part.runs, tables))
        if part.span.kind == "title":
            passages = tuple(replace(each, form="byline") for each in passages)
        if traits.aside:
            told[-1].parts.append(Aside(part.span.kind, line(part.span.title), passages))
        else:
            told[-1].parts.extend(passages)
    return tuple(told)


def _headed(part: Part) -> tuple[Line, str]:
    """The heading of a story, and the same as text."""
    return (_line(part.heading) if part.heading else _written(part.title)), part.title


def _written(title: str) -> Line:
    """What is seen and not heard."""
    return (Spoken(title, 0.0, 0.0),) if title else ()


def _source(part: Part, left: list[Source]) -> Source | None:
    """The article with this title, or else the next one that has not been read; it is taken out of those."""
    title = line(part.title or part.span.whole)
    found = next((each for each in left if line(each.title) == title), left[0] if left else None)
    if found:
        left.remove(found)
    return found


def _passages(runs: Sequence[Run], tables: Mapping[str, Block]) -> Iterator[Passage]:
    """These paragraphs, those of one list or table together."""
    labelled = [(_form(run, tables), run) for run in runs]
    for form, group in groupby(labelled, key=lambda each: each[0]):
        found = [run for _, run in group]
        if form == "table":
            yield from _tables(found, tables)
        elif form == "list":
            yield Passage("list", tuple(map(_line, found)))
        else:
            yield from (Passage(form, (_line(run),)) for run in found)


def _form(run: Run, tables: Mapping[str, Block]) -> Form:
    if _text(run) in tables:
        return "table"
    if not run[0].block:
        return "text"
    traits = BLOCKS[run[0].block]
    return "list" if traits.listed else "quote" if run[0].block == "quote" else "text"


def _tables(runs: Sequence[Run], tables: Mapping[str, Block]) -> Iterator[Passage]:
    """A table for the rows of as many columns; a first row that is said as a head stands above the others."""
    rows = [(tables[_text(run)], run) for run in runs]
    for _, group in groupby(rows, key=lambda each: len(each[0].cells)):
        found = list(group)
        names = [
            next(filter(None, (block.cells[at][0] for block, _ in found)), "") for at in range(len(found[0][0].cells))
        ]
        first = [text for _, text in found[0][0].cells]
        headed = len(found) > 1 and all(not name or name == text for name, text in zip(names, first, strict=True))
        heads = _cells(*found.pop(0)) if headed else tuple(map(_written, names)) if any(names) else ()
        yield Passage("table", (), tuple(_cells(*each) for each in found), heads)


def _cells(block: Block, run: Run) -> tuple[Line, ...]:
    """The cells of a row, each with those of its words that stand in it."""
    text, end, spans = line(block.text), 0, list[tuple[int, int]]()
    for _, cell in block.cells:
        start = max(end, text.find(line(cell), end))
        end = min(len(text), start + len(line(cell)))
        spans.append((start, end))
    return tuple(tuple(_between(run, begin, until)) for begin, until in spans)


def _between(run: Run, begin: int, until: int) -> Iterator[Spoken]:
    """What is said of the paragraph's text between these places."""
    at = 0
    for cue in run:
        text = line(cue.text)
        first, last = max(begin - at, 0), min(until - at, len(text))
        if first < last:
            yield _part(cue, text, first, last)
        at += len(text) + 1


def _part(cue: Cue, text: str, first: int, last: int) -> Spoken:
    """The words of a cue between two places of its text, with their own times where these are known."""
    places = list(_WORD.finditer(text))
    if len(places) == len(cue.words):
        inside = [(place, word) for place, word in zip(places, cue.words, strict=True) if first <= place.start() < last]
        if inside:
            following = cue.words[places.index(inside[-1][0]) + 1 :]
            ends = following[0].start if following else cue.end
            cue = replace(cue, start=inside[0][1].start, end=ends, words=tuple(word for _, word in inside))
    return _spoken(cue, text[first:last])


def _line(run: Run) -> Line:
    return tuple(_spoken(cue, line(cue.text)) for cue in run)


def _spoken(cue: Cue, text: str) -> Spoken:
    start, end = round(cue.start, 2), round(cue.end, 2)
    return Spoken(text, start, end, _steps(cue, text, start), web_address(cue.url))


def _steps(cue: Cue, text: str, start: Seconds) -> tuple[int, ...]:
    """When each word of this text begins, after the one before; empty where not each has a time."""
    if not cue.words or len(cue.words) != len(text.split()):
        return ()
    moments = [round(100 * (word.start - start)) for word in cue.words]
    return tuple(max(0, after - before) for before, after in zip([0, *moments], moments, strict=False))


def _text(run: Run) -> str:
    return " ".join(line(cue.text) for cue in run)


def said(told: Iterable[Story]) -> Iterator[Spoken]:
    """Everything that is heard, in order."""
    for story in told:
        yield from (each for each in story.heading if each.end)
        for part in story.parts:
            for passage in part.passages if isinstance(part, Aside) else (part,):
                yield from (each for cell in passage.cells for each in cell if each.end)
