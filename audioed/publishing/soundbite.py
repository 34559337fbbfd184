"""A minute from the start of an article, which apps play to whoever asks what an episode is like."""

from collections.abc import Iterator

from audioed.characters import line, within_bytes
from audioed.kinds import HEADINGS
from audioed.model import Cue, Episode, Seconds
from audioed.publishing.tags import Tag
from audioed.publishing.transcript.paragraphs import HALF, runs

LEAST: Seconds = 15.0
MOST: Seconds = 120.0
"""The definition of podcast:soundbite recommends from 15 to 120 seconds."""
WANTED: Seconds = 60.0
"""A listener knows by then; a longer one is given only where nothing ends sooner."""
LONGEST_TITLE = 128
"""Bytes that aggregators keep."""


def soundbite(episode: Episode) -> Iterator[Tag]:
    """
    The first article from its first words to the end of a paragraph, else of a sentence; none where neither fits.

    Nothing is cut out or put together: what is heard is the recording from there on.
    """
    first = next((span for span in episode.segments if span.kind == "body"), None)
    if first is None:
        return
    cues = (cue for cue in episode.cues if first.start <= cue.start + HALF and cue.start < first.end)
    told: list[list[Cue]] = []
    for run in runs(cues):
        if told and run[0].start - told[0][0].start > MOST:
            break
        if told or run[0].block not in HEADINGS:
            told.append(run)
    if not told:
        return
    begins = told[0][0].start
    ends = _end([run[-1] for run in told], begins) or _end([cue for run in told for cue in run], begins)
    if ends:
        title = next((source.title for source in episode.sources), first.title)
        attributes = {"startTime": f"{begins:.3f}", "duration": f"{ends - begins:.3f}"}
        yield Tag("podcast:soundbite", within_bytes(line(title), LONGEST_TITLE), attributes)


def _end(cues: list[Cue], begins: Seconds) -> Seconds:
    """Where the last of these ends that is over by then, else the first that takes longer; 0 where none fits."""
    ends = [cue.end for cue in cues if cue.boundary != "clause" and LEAST <= cue.end - begins <= MOST]
    soon = [end for end in ends if end - begins <= WANTED]
    return soon[-1] if soon else ends[0] if ends else 0.0
