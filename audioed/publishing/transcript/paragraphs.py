"""The transcript to be read: which sentences make a paragraph, and whose they are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from audioed.characters import line
from audioed.kinds import HEADINGS, INSIDE, SEGMENTS, ended_at
from audioed.model import Cue, Episode, Seconds, Span

Run: TypeAlias = tuple[Cue, ...]
"""The cues of a paragraph."""
BEFORE = Span(kind="opening", title="", start=0.0, end=0.0)
"""For cues before any segment."""
HALF: Seconds = 0.0005
"""Half of a written millisecond."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands below one heading."""

    title: str
    """Empty where the one above goes on."""
    runs: tuple[Run, ...]
    """Its paragraphs, each as the cues that it is made of."""
    resumes: bool = False
    """Whether something else goes on or begins here without a heading: an article behind a promo, a transition."""
    span: Span = BEFORE
    """The segment that it is a part of."""
    heading: Run = ()
    """The cues that say the title; none where it is only written."""

    @property
    def paragraphs(self) -> tuple[Cue, ...]:
        """Each paragraph as one long cue."""
        return tuple(map(_paragraph, self.runs))


def parts(episode: Episode) -> Iterator[Part]:
    """The episode in the order it is heard, a part a heading; one that stands right above is not written again."""
    above, below, aside = line(episode.title), False, False
    for span, cues in _segments(episode):
        for said, (title, heading, found) in enumerate(_headed(span, cues)):
            new = title if title != above or (below and (said or SEGMENTS[span.kind].aside)) else ""
            above, below = title or above, span.kind != "opening" and bool(found or (below and not title))
            if new or found:
                apart = span.kind in {"section", "title"} or (aside and span.kind == "body")
                yield Part(new, tuple(found), resumes=apart and not title, span=span, heading=heading)
                aside = SEGMENTS[span.kind].aside


def _headed(span: Span, cues: Sequence[Cue]) -> Iterator[tuple[str, Run, list[Run]]]:
    """What is said of a segment, below each heading that is said there, and first below its title if that is not."""
    told = [(tuple(run), _paragraph(run)) for run in runs(cues)]
    title, found = _above(span, [paragraph for _, paragraph in told]), list[Run]()
    heading: Run = ()
    for run, paragraph in told:
        if paragraph.block in HEADINGS or (not paragraph.block and paragraph.text == line(span.title)):
            yield title, heading, found
            title, heading, found = paragraph.text, run, []
        else:
            found.append(run)
    yield title, heading, found


def _above(span: Span, told: Sequence[Cue]) -> str:
    """
    The title of a segment, where it is not said there.

    Where nobody knows what is a heading, as in episodes made before 0.2, the title
    of a text that has none is its first words.
    """
    traits, title = SEGMENTS[span.kind], line(span.title)
    if not traits.headed:
        return title if traits.aside else line(span.whole)  # of headlines the whole has the first, which follows
    said = " ".join(paragraph.text for paragraph in told)
    known = any(paragraph.block for paragraph in told)
    return "" if known or said.startswith(title.removesuffix("…")) else title


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
        if run and (cue.speaker != run[-1].speaker or _ends(run[-1], cue)):
            yield run
            run = []
        run.append(cue)
    if run:
        yield run


def _ends(cue: Cue, following: Cue) -> bool:
    """Whether a paragraph ends between these cues; the silence tells it where nothing is known."""
    return (cue.boundary or ended_at(following.start - cue.end)) not in INSIDE


def paragraphs(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Each paragraph of one speaker as one long cue."""
    return map(_paragraph, runs(cues))


def _paragraph(run: Sequence[Cue]) -> Cue:
    text = " ".join(line(cue.text) for cue in run)
    return replace(run[0], end=run[-1].end, speaker=line(run[0].speaker), text=text)
