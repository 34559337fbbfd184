"""The lanes of a row, one above the other: chapters, waveform, what is said, loudness, time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from audioed.config import Mastering
from audioed.model import Episode, Lufs, Seconds
from audioed.picture import measures
from audioed.picture.measures import TENTH, Row, Waveform
from audioed.picture.palette import KINDS, NAMES
from audioed.picture.shapes import Area, Box, Point, Shape, Strokes, Words, width_of
from audioed.timecode import clock

LEFT, PLOT, NARROW = 44.0, 1_112.0, 296.0
"""Pixels before the picture of time, its width, and that on a phone."""
LABELS, WAVE, STRIP, LOUD, AXIS = 26.0, 104.0, 5.0, 84.0, 22.0
GAP = 9.0
"""Between two lanes."""
HEIGHT = LABELS + WAVE + GAP + STRIP + GAP + LOUD + AXIS
BAR, BETWEEN = 2.0, 1.0
LOWEST = 0.5
"""Of a bar; what is lower is a pause."""
HIGHEST, SOFTEST = 0.995, 0.02
"""The share of all bars that the lane has to hold, and the amplitude that fills it in a recording of silence."""
ABOVE, BELOW = 8.0, 14.0
"""Loudness units that the lane shows above and below the target."""
LABEL = 13.0
SMALL, SMALLEST = 11.0, 9.5
MARKS = 12
"""On the axis of time, at most."""
LONG_PAUSE: Seconds = 1.0
"""A pause that is told in figures, where there is room for them."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of time at its place in the picture."""

    row: Row
    top: float
    length: Seconds
    """Of a whole row; the last one may be shorter."""
    plot: float = PLOT
    """Pixels of a whole row."""

    def x(self, moment: Seconds) -> float:
        """Where a moment stands."""
        inside = min(max(moment, self.row.start), self.row.end)
        return LEFT + self.plot * (inside - self.row.start) / self.length

    @property
    def end(self) -> float:
        """Where the row ends."""
        return self.x(self.row.end)

    @property
    def wave(self) -> float:
        """Top of the waveform."""
        return self.top + LABELS

    @property
    def strip(self) -> float:
        """Top of what is said."""
        return self.wave + WAVE + GAP

    @property
    def loud(self) -> float:
        """Top of the loudness."""
        return self.strip + STRIP + GAP

    @property
    def bottom(self) -> float:
        """End of the loudness."""
        return self.loud + LOUD


def drawn(lane: Lane, episode: Episode, sound: Waveform, limits: Mastering) -> Iterator[Shape]:
    """All shapes of a row."""
    width = lane.end - LEFT
    yield Box(x=LEFT, y=lane.wave, width=width, height=WAVE, colour="lane", radius=4)
    yield Box(x=LEFT, y=lane.loud, width=width, height=LOUD, colour="lane", radius=4)
    yield from _time(lane)
    yield from _loudness(lane, sound, limits)
    yield from _waveform(lane, episode, sound)
    yield from _spoken(lane, episode)
    yield from _chapters(lane, episode)
    yield from _places(lane, episode)


def _waveform(lane: Lane, episode: Episode, sound: Waveform) -> Iterator[Shape]:
    """Bars as high as the peaks, and more strongly as high as the sound is loud, in the colour of their segment."""
    count = max(1, int((lane.end - LEFT) / (BAR + BETWEEN)))
    middle, full = lane.wave + WAVE / 2, WAVE / 2 - 5
    yield Strokes(lines=(((LEFT, middle), (lane.end, middle)),), width=1, colour="faint")
    whole = Row(0.0, episode.duration)
    bars = max(1, int(lane.plot / (BAR + BETWEEN) * episode.duration / lane.length))
    highest = float(np.quantile(measures.columns(sound.peaks, measures.FRAME, whole, bars, measures.mean), HIGHEST))
    for values, opacity in ((sound.peaks, 0.36), (sound.levels, 1.0)):
        lines: dict[str, list[tuple[Point, ...]]] = {}
        for number, value in enumerate(measures.columns(values, measures.FRAME, lane.row, count, measures.mean)):
            half = min(1.0, value / max(highest, SOFTEST)) * full
            if half < LOWEST:
                continue
            x = LEFT + (number + 0.5) * (lane.end - LEFT) / count
            moment = lane.row.start + (number + 0.5) * (lane.row.end - lane.row.start) / count
            lines.setdefault(_colour(episode, moment), []).append(((x, middle - half), (x, middle + half)))
        for colour, some in lines.items():
            yield Strokes(lines=tuple(some), width=BAR, colour=colour, opacity=opacity)


def _colour(episode: Episode, moment: Seconds) -> str:
    """The colour of the segment at this moment; what sounds before the first word frames the episode."""
    return next((KINDS[span.kind] for span in episode.segments if span.start <= moment < span.end), "frame")


def _spoken(lane: Lane, episode: Episode) -> Iterator[Shape]:
    """A strip of what is said, open where there is a pause."""
    for start, end, colour in _runs(lane, episode):
        radius = min(STRIP / 2, (end - start) / 2)
        yield Box(x=start, y=lane.strip, width=end - start, height=STRIP, colour=colour, radius=radius)
    for start, end in measures.pauses(episode.cues):
        if end - start < LONG_PAUSE or start < lane.row.start or end > lane.row.end:
            continue
        text = f"{end - start:.1f} s"
        if lane.x(end) - lane.x(start) > width_of(text, SMALLEST) + 2:
            middle = (lane.x(start) + lane.x(end)) / 2
            base = lane.strip + STRIP / 2 + SMALLEST * 0.36
            yield Words(x=middle, y=base, text=text, size=SMALLEST, colour="muted", anchor="middle")


def _runs(lane: Lane, episode: Episode) -> list[tuple[float, float, str]]:
    """Start, end and colour of what is said without a pause that could be seen."""
    runs: list[tuple[float, float, str]] = []
    for cue in episode.cues:
        if cue.end <= lane.row.start or cue.start >= lane.row.end:
            continue
        start, end, colour = lane.x(cue.start), lane.x(cue.end), _colour(episode, (cue.start + cue.end) / 2)
        if runs and runs[-1][2] == colour and start - runs[-1][1] < 1:
            runs[-1] = (runs[-1][0], end, colour)
        else:
            runs.append((start, max(end, start + 0.75), colour))
    return runs


def _loudness(lane: Lane, sound: Waveform, limits: Mastering) -> Iterator[Shape]:
    """The target with what it allows, momentary loudness as an area, short-term loudness as a line."""

    def y(value: Lufs) -> float:
        share = (limits.loudness + ABOVE - value) / (ABOVE + BELOW)
        return lane.loud + LOUD * min(max(share, 0.0), 1.0)

    for off in (6.0, -6.0, -12.0):
        line = ((LEFT, y(limits.loudness + off)), (lane.end, y(limits.loudness + off)))
        yield Strokes(lines=(line,), width=1, colour="faint")
        yield _level(limits.loudness + off, y(limits.loudness + off), "muted")
    high, low = y(limits.loudness + limits.tolerance), y(limits.loudness - limits.tolerance)
    yield Box(x=LEFT, y=high, width=lane.end - LEFT, height=low - high, colour="target", opacity=0.3)
    yield _level(limits.loudness, y(limits.loudness), "ink")
    count = max(2, int((lane.end - LEFT) / 1.5))
    xs = np.linspace(LEFT, lane.end, count)
    momentary = measures.columns(sound.momentary, TENTH, lane.row, count, measures.loudest)
    area = [(float(x), y(value)) for x, value in zip(xs, momentary, strict=True)]
    points = ((LEFT, lane.bottom), *area, (lane.end, lane.bottom))
    yield Area(points=points, colour="momentary", opacity=0.26)
    short = measures.columns(sound.short_term, TENTH, lane.row, count, measures.loudest)
    curve = [(float(x), y(value) if value > measures.FLOOR else None) for x, value in zip(xs, short, strict=True)]
    yield Strokes(lines=tuple(_unbroken(curve)), width=1.5, colour="short", round=True)


def _unbroken(curve: Iterable[tuple[float, float | None]]) -> Iterator[tuple[Point, ...]]:
    """The parts of a curve between the places where it has no value."""
    part: list[Point] = []
    for x, y in [*curve, (0.0, None)]:
        if y is not None:
            part.append((x, y))
        elif part:
            yield (*part, part[0]) if len(part) == 1 else tuple(part)
            part = []


def _level(value: Lufs, y: float, colour: str) -> Words:
    text = f"{value:.0f}".replace("-", "−")
    return Words(x=LEFT - 8, y=y + SMALL * 0.36, text=text, size=SMALL, colour=colour, anchor="end")


def _time(lane: Lane) -> Iterator[Shape]:
    """Marks at whole steps of time; the last one is left out where it would leave the row."""
    step = measures.step(lane.length, round(MARKS * lane.plot / PLOT) + 1 if lane.plot < PLOT else MARKS)
    for number in range(int(np.ceil(lane.row.start / step)), int(lane.row.end / step) + 1):
        x, text = lane.x(number * step), clock(number * step)
        yield Strokes(lines=(((x, lane.bottom), (x, lane.bottom + 4)),), width=1, colour="muted")
        half = width_of(text, SMALL) / 2
        anchor = "start" if x - half < LEFT else "end" if x + half > LEFT + lane.plot else "middle"
        yield Words(x=x, y=lane.bottom + 16, text=text, size=SMALL, colour="muted", anchor=anchor)


def _chapters(lane: Lane, episode: Episode) -> Iterator[Shape]:
    """A line where each chapter begins, and its number and title as far as there is room before the next."""
    starts = [chapter.start for chapter in episode.chapters]
    for number, chapter in enumerate(episode.chapters):
        end = starts[number + 1] if number + 1 < len(starts) else episode.duration
        if end <= lane.row.start or chapter.start >= lane.row.end:
            continue
        x, room = lane.x(chapter.start), lane.x(end) - lane.x(chapter.start) - 10
        base = lane.top + LABEL + 3
        begins = chapter.start >= lane.row.start
        if begins:
            line = ((x, lane.top + 3), (x, lane.bottom))
            yield Strokes(lines=(line,), width=1, colour="muted", opacity=0.75)
        figure = str(number + 1)
        taken = width_of(figure, LABEL, bold=True) + 6
        if room + 8 >= taken:
            shown = "ink" if begins else "muted"
            yield Words(x=x + 5, y=base, text=figure, size=LABEL, colour=shown, bold=True)
            if room - taken > 3 * LABEL:
                most = room - taken
                yield Words(x=x + 5 + taken, y=base, text=chapter.whole, size=LABEL, colour=shown, most=most)


def _places(lane: Lane, episode: Episode) -> Iterator[Shape]:
    """What a mouse is told: the segment under it."""
    for span in episode.segments:
        if span.end <= lane.row.start or span.start >= lane.row.end:
            continue
        told = f"{NAMES[KINDS[span.kind]]}: {span.whole}" if span.title else NAMES[KINDS[span.kind]]
        told = f"{told} ({clock(span.start)} to {clock(span.end)})"
        start, end = lane.x(span.start), lane.x(span.end)
        height = lane.bottom - lane.wave
        yield Box(x=start, y=lane.wave, width=end - start, height=height, colour="ink", opacity=0.0, title=told)


def kinds(episode: Episode) -> Sequence[str]:
    """The colours that the episode needs, in the order of the palette."""
    found = {KINDS[span.kind] for span in episode.segments}
    return [name for name in NAMES if name in found]
