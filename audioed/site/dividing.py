"""A long text in parts, so that the page of an hour or two opens as quickly as that of ten minutes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from audioed.model import Seconds
from audioed.site.reading import Aside, Line, Story, said

MOST = 60_000
"""
Bytes of text and times in a part: about fifty minutes.

With markup, styles, scripts and pictures that makes 130 kB, of which a page should not load more than 150.
"""
MARKUP = 40
"""Bytes around each paragraph, item or cell."""


def divided(stories: Iterable[Story], most: int) -> list[list[Story]]:
    """The stories in parts that a page loads as they are reached; a part ends before a paragraph, never within one."""
    parts: list[list[Story]] = [[]]
    size = 0
    for story in stories:
        for piece in _pieces(story):
            more = _size(piece)
            if size and size + more > most:
                parts.append([])
                size = 0
            _put(piece, parts[-1])
            size += more
    return parts


def _pieces(story: Story) -> Iterator[Story]:
    """A story as one that begins, and those that go on with a paragraph each."""
    yield replace(story, parts=story.parts[:1])
    for part in story.parts[1:]:
        yield replace(story, heading=(), title="", source=None, goes_on=True, parts=[part])


def _put(piece: Story, stories: list[Story]) -> None:
    if piece.goes_on and stories:
        stories[-1].parts.extend(piece.parts)
    else:
        stories.append(replace(piece, parts=[*piece.parts]))


def _size(story: Story) -> int:
    return _weight(story.heading) + sum(map(_weight, _lines(story)))


def _lines(story: Story) -> Iterator[Line]:
    for part in story.parts:
        for passage in part.passages if isinstance(part, Aside) else (part,):
            yield from passage.cells


def _weight(line: Line) -> int:
    return MARKUP + sum(len(each.text.encode()) + len(each.words) + len(each.url) for each in line)


def starts(stories: Iterable[Story]) -> Seconds:
    """When the first word of these is heard."""
    return next((each.start for each in said(stories)), 0.0)
