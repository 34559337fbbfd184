"""What an article is about, in its own words: the description that its page gives, else its first sentences."""

import re
from collections.abc import Iterator, Sequence

from audioed.characters import line, within_bytes
from audioed.kinds import HEADINGS
from audioed.model import Cue, Episode, Span
from audioed.publishing.transcript.paragraphs import HALF, runs
from audioed.textkey import folded

LEAST = 40
"""Bytes of a first sentence that says something: `Good morning.` goes on with the next one."""
SENTENCE = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z]\w)(?<!\b[A-Z]\w\w)(?<!\.\w)[.!?…]+[\"'”’»)\]]*(?=\s|\Z)|[。！？।]+[」』”]*"
)
"""How a sentence ends; a point behind a short word with a capital, or a letter, is more often an abbreviation's."""


def summaries(episode: Episode, most: int) -> tuple[str, ...]:
    """A summary for each article of an episode, of at most so many bytes; empty where nothing is known."""
    begun = list(_beginnings(episode))
    if len(begun) != len(episode.sources):  # nobody knows which words are whose
        begun = begun[:1] if len(episode.sources) == 1 else []
    told = []
    for number, source in enumerate(episode.sources):
        said = whole_sentences(line(source.summary), most)
        if not said or folded(said) in folded(source.title):
            said = _first(begun[number], most) if begun else ""
        told.append("" if folded(said) in folded(source.title) else said)
    return tuple(told)


def whole_sentences(text: str, most: int) -> str:
    """The text in at most so many UTF-8 bytes: as many of its first sentences as fit, else its first words."""
    if len(text.encode()) <= most:
        return text
    ends = [found.end() for found in SENTENCE.finditer(text[:most])]
    kept = next((text[:end] for end in reversed(ends) if len(text[:end].encode()) <= most), "")
    return kept or within_bytes(text, most)


def _beginnings(episode: Episode) -> Iterator[Sequence[Cue]]:
    """The first paragraph of each article's text, as it is heard."""
    articles: list[list[Span]] = []
    for span in episode.segments:
        if span.kind == "title" or (span.kind == "body" and not articles):
            articles.append([])
        if span.kind == "body":
            articles[-1].append(span)
    for spans in articles:
        yield next(_paragraphs(episode.cues, spans[0]), []) if spans else []


def _paragraphs(cues: Sequence[Cue], span: Span) -> Iterator[Sequence[Cue]]:
    within = (cue for cue in cues if span.start - HALF <= cue.start < span.end - HALF)
    return (run for run in runs(within) if run[0].block not in HEADINGS)


def _first(cues: Sequence[Cue], most: int) -> str:
    """The first sentence of a paragraph, and the next where it says little; nothing where they do not fit."""
    said = ""
    for cue in cues:
        said = f"{said} {line(cue.text)}".strip()
        if cue.boundary != "clause" and len(said.encode()) >= LEAST:
            break
    return said if len(said.encode()) <= most else ""
