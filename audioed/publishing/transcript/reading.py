"""The transcript to be read: which sentences make a paragraph, and whose they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from audioed.model import Cue, Episode, Seconds
from audioed.publishing.text import one_line

PARAGRAPH: Seconds = 0.45
"""A longer silence ends a paragraph: between sentences there is 0.3 s, between paragraphs twice as much."""
ELLIPSIS = "…"
HALF: Seconds = 0.0005
"""Half of a written millisecond."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one speaker says without a longer pause."""

    start: Seconds
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What stands below one heading."""

    title: str
    """Empty where the one above goes on."""
    paragraphs: tuple[Paragraph, ...]


def parts(episode: Episode) -> Iterator[Part]:
    """The episode in the order it is heard, a part a segment; a title that is only said is not written twice."""
    heading = one_line(episode.title)
    for label, cues in _segments(episode):
        title = _whole(label, episode)
        new = title if title != heading else ""
        heading = title or heading
        found = tuple(each for each in _paragraphs(cues) if each.text.rstrip(".") != heading.rstrip("."))
        if new or found:
            yield Part(new, found)


def as_text(episode: Episode) -> str:
    """Plain text in paragraphs, headed by the title of a segment where that changes."""
    title = one_line(episode.title)
    written = [f"{title}\n{'=' * len(title)}"]
    for part in parts(episode):
        if part.title:
            written.append(f"{part.title}\n{'-' * len(part.title)}")
        if part.paragraphs:
            written.append("\n\n".join(each.text for each in part.paragraphs))
    return "\n\n".join(written) + "\n"


def _whole(label: str, episode: Episode) -> str:
    """A title that was cut for a list of chapters, as its article has it; on a page there is room."""
    if not label.endswith(ELLIPSIS):
        return label
    titles = (one_line(title) for title in (episode.title, *(source.title for source in episode.sources)))
    return next((title for title in titles if title.startswith(label.removesuffix(ELLIPSIS))), label)


def _segments(episode: Episode) -> list[tuple[str, list[Cue]]]:
    """Title and cues of every segment; a cue belongs to the segment in which it begins."""
    spans = episode.segments
    gathered: list[list[Cue]] = [[] for _ in range(len(spans) + 1)]  # the first for cues before any segment
    place = 0
    for cue in episode.cues:
        while place < len(spans) and cue.start >= spans[place].start - HALF:
            place += 1
        gathered[place].append(cue)
    titles = ["", *(one_line(span.title) for span in spans)]
    return list(zip(titles, gathered, strict=True))


def _paragraphs(cues: list[Cue]) -> Iterator[Paragraph]:
    run: list[Cue] = []
    for cue in filter(lambda each: one_line(each.text), cues):
        if run and (cue.speaker != run[-1].speaker or cue.start - run[-1].end > PARAGRAPH):
            yield _paragraph(run)
            run = []
        run.append(cue)
    if run:
        yield _paragraph(run)


def _paragraph(run: list[Cue]) -> Paragraph:
    return Paragraph(run[0].start, one_line(run[0].speaker), " ".join(one_line(cue.text) for cue in run))
