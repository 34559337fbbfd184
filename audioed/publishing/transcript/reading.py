"""The transcript to be read: which sentences make a paragraph, and whose they are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audioed.characters import line
from audioed.model import Cue, Episode, Seconds, Span

PARAGRAPH: Seconds = 0.45
"""A longer silence ends a paragraph: between sentences there is 0.3 s, between paragraphs twice as much."""
ELLIPSIS = "…"
SENTENCE = re.compile(r"[.…。][\"'”’»)]*\Z")
"""How a sentence ends and a heading does not; those may ask, or call out."""
ASIDE = {"headlines", "promo"}
"""Kinds of segments after which an article goes on."""
MOST_CUT = 5
"""Sentences of which a label can have the first words."""
BEFORE = Span(kind="opening", title="", start=0.0, end=0.0)
"""For cues before any segment."""
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
    resumes: bool = False
    """Whether an article goes on here, without a heading, after something else."""


def parts(episode: Episode) -> Iterator[Part]:
    """The episode in the order it is heard, a part a segment; a title that is only said is not written twice."""
    heading, before = line(episode.title), ""
    for span, cues in _segments(episode):
        title = _whole(line(span.title), episode)
        if span.kind != "title":
            title = _heading(title, [line(cue.text) for cue in cues])
        new = title if title != heading else ""
        heading = title or heading
        found = tuple(each for each in map(_paragraph, runs(cues)) if each.text.rstrip(".") != heading.rstrip("."))
        if new or found:
            yield Part(new, found, resumes=not title and span.kind == "body" and before in ASIDE)
            before = span.kind


def as_text(episode: Episode) -> str:
    """Plain text in paragraphs, headed by the title of a segment where that changes."""
    title = line(episode.title)
    written = [f"{title}\n{'=' * len(title)}"]
    for part in parts(episode):
        if part.title:
            written.append(f"{part.title}\n{'-' * len(part.title)}")
        elif part.resumes:
            written.append("* * *")
        if part.paragraphs:
            written.append("\n\n".join(each.text for each in part.paragraphs))
    return "\n\n".join(written) + "\n"


def _whole(label: str, episode: Episode) -> str:
    """A title that was cut for a list of chapters, as its article has it; on a page there is room."""
    if not label.endswith(ELLIPSIS):
        return label
    titles = (line(title) for title in (episode.title, *(source.title for source in episode.sources)))
    return next((title for title in titles if title.startswith(label.removesuffix(ELLIPSIS))), label)


def _heading(label: str, said: Sequence[str]) -> str:
    """
    The label of a segment as a heading.

    Where an article has none, a list of chapters shows the first words of a
    paragraph, or of a list behind what that is called: on the page they follow
    anyway. A heading that was cut is given as it is said.
    """
    words = label.removesuffix(ELLIPSIS)
    cut = words != label
    on = [" ".join(said[at : at + MOST_CUT]) for at in range(len(said))]  # short sentences are cut together
    whole = next(
        (text for text, long in zip(said, on, strict=True) if text == label or (cut and long.startswith(words))), ""
    )
    if whole:
        return "" if SENTENCE.search(whole) else whole
    name, _, first = words.partition(": ")
    return name if cut and first and any(text.startswith(first) for text in said) else label


def _segments(episode: Episode) -> list[tuple[Span, list[Cue]]]:
    """Every segment with its cues; a cue belongs to the segment in which it begins."""
    spans = episode.segments
    gathered: list[list[Cue]] = [[] for _ in range(len(spans) + 1)]  # the first for cues before any segment
    place = 0
    for cue in episode.cues:
        while place < len(spans) and cue.start >= spans[place].start - HALF:
            place += 1
        gathered[place].append(cue)
    return list(zip([BEFORE, *spans], gathered, strict=True))


def runs(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    """The cues that have words, a paragraph of one speaker a list."""
    run: list[Cue] = []
    for cue in filter(lambda each: line(each.text), cues):
        if run and (cue.speaker != run[-1].speaker or cue.start - run[-1].end > PARAGRAPH):
            yield run
            run = []
        run.append(cue)
    if run:
        yield run


def _paragraph(run: list[Cue]) -> Paragraph:
    return Paragraph(run[0].start, line(run[0].speaker), " ".join(line(cue.text) for cue in run))
