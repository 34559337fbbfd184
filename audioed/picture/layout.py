"""Where everything stands: heading, legend, rows, and the list of chapters."""

from collections.abc import Callable, Iterator, Sequence

from audioed.config import Mastering
from audioed.model import Episode
from audioed.picture import lanes, measures
from audioed.picture.lanes import HEIGHT, LABEL, LEFT, NARROW, PLOT, Lane
from audioed.picture.measures import Waveform
from audioed.picture.palette import NAMES
from audioed.picture.shapes import Area, Box, Drawing, Shape, Strokes, Words, width_of
from audioed.timecode import clock
from audioed.wording import dated

RIGHT = LEFT + PLOT
BETWEEN_ROWS = 18.0
LEGEND = 34.0
NARROW_LINE = 20.0
"""Of a legend in several lines."""
HEADING = 128.0
LINE = 24.0
MARGIN = 26.0
CHIP, SAMPLE, APART = 12.0, 20.0, 14.0


def lanes_of(episode: Episode, top: float, plot: float = PLOT) -> tuple[Lane, ...]:
    """The rows of an episode, one below the other."""
    found = measures.rows(episode.duration, plot / PLOT)
    length = found[0].end - found[0].start
    return tuple(Lane(row, top + number * (HEIGHT + BETWEEN_ROWS), length, plot) for number, row in enumerate(found))


def chart(episode: Episode, sound: Waveform, limits: Mastering) -> Drawing:
    """The legend and the rows."""
    found = lanes_of(episode, LEGEND)
    shapes = [*_legend(episode, limits, 0.0), *_rows(found, episode, sound, limits)]
    return Drawing(width=RIGHT + 2, height=found[-1].top + HEIGHT, shapes=tuple(shapes))


def narrow_chart(episode: Episode, sound: Waveform, limits: Mastering) -> Drawing:
    """The same on a phone: more rows, each of less time."""
    found = narrow_lanes(episode)
    shapes = [*_narrow_legend(episode, limits), *_rows(found, episode, sound, limits)]
    return Drawing(width=LEFT + NARROW + 2, height=found[-1].top + HEIGHT, shapes=tuple(shapes))


def narrow_lanes(episode: Episode) -> tuple[Lane, ...]:
    """The rows of the narrow chart."""
    return lanes_of(episode, NARROW_LINE * len(_lines(episode)) + LEGEND - NARROW_LINE, NARROW)


def poster(episode: Episode, sound: Waveform, limits: Mastering) -> Drawing:
    """The chart with a heading above it and the list of chapters below."""
    found = lanes_of(episode, MARGIN + HEADING + LEGEND)
    bottom = found[-1].top + HEIGHT
    shapes = [
        *_heading(episode),
        *_legend(episode, limits, MARGIN + HEADING),
        *_rows(found, episode, sound, limits),
    ]
    count = len(episode.chapters)
    if count:
        shapes += _contents(episode, bottom + 34)
        bottom += 34 + LINE * -(-count // 2)
    return Drawing(width=RIGHT + LEFT, height=bottom + MARGIN, shapes=tuple(shapes))


def subtitle(episode: Episode) -> str:
    """Channel, day and length."""
    return f"{episode.show}  ·  {dated(episode.day, episode.language)}  ·  {clock(episode.duration)}"


def figures(episode: Episode) -> list[tuple[str, str]]:
    """What was measured, each with its name."""
    silent = [end - start for start, end in measures.pauses(episode.cues)]
    share = sum(silent) / max(episode.duration, 1)
    loudness = episode.loudness  # of an imported recording none was measured
    measured = loudness and [
        ("Loudness", f"{loudness.integrated:.1f} LUFS".replace("-", "−")),
        ("True peak", f"{loudness.true_peak:.1f} dBTP".replace("-", "−")),
        ("Range", f"{loudness.range:.1f} LU"),
    ]
    return [
        *(measured or []),
        ("Chapters", f"{len(episode.chapters)}"),
        ("Without words", f"{share:.0%}, longest {max(silent, default=0.0):.1f} s"),
        ("Size", f"{episode.enclosure.length / 1e6:.1f} MB"),
    ]


def lasting(episode: Episode) -> list[tuple[str, str, str]]:
    """Of every chapter its start, its title and how long it lasts."""
    ends = [*(chapter.start for chapter in episode.chapters), episode.duration][1:]
    return [
        (clock(chapter.start), chapter.whole, clock(end - chapter.start))
        for chapter, end in zip(episode.chapters, ends, strict=True)
    ]


def _rows(found: tuple[Lane, ...], episode: Episode, sound: Waveform, limits: Mastering) -> Iterator[Shape]:
    for lane in found:
        yield from lanes.drawn(lane, episode, sound, limits)


def _heading(episode: Episode) -> Iterator[Shape]:
    yield Words(x=LEFT, y=MARGIN + 26, text=episode.title, size=26, bold=True, most=PLOT)
    yield Words(x=LEFT, y=MARGIN + 50, text=subtitle(episode), size=14, colour="muted", most=PLOT)
    x = LEFT
    for name, value in figures(episode):
        yield Words(x=x, y=MARGIN + 82, text=name, size=11, colour="muted")
        yield Words(x=x, y=MARGIN + 101, text=value, size=15, bold=True)
        x += max(width_of(name, 11), width_of(value, 15, bold=True)) + 34


def _legend(episode: Episode, limits: Mastering, top: float) -> Iterator[Shape]:
    yield from _chips(lanes.kinds(episode), top)
    samples = _samples(limits, top)
    yield from _sampled(samples, RIGHT + APART - sum(_taken(SAMPLE, text) for text, _ in samples), top)


def _narrow_legend(episode: Episode, limits: Mastering) -> Iterator[Shape]:
    """The same in several lines, with a word for each sign."""
    lines = _lines(episode)
    for number, names in enumerate(lines[:-1]):
        yield from _chips(names, number * NARROW_LINE)
    top = NARROW_LINE * (len(lines) - 1)
    shown = [(text.replace(",", " ").split()[0], shapes) for text, shapes in _samples(limits, top)]
    yield from _sampled(shown, LEFT, top)


def _lines(episode: Episode) -> list[list[str]]:
    """The colours of the narrow legend, line by line; the last line, for the loudness, has none."""
    lines: list[list[str]] = [[]]
    for name in lanes.kinds(episode):
        if sum(_taken(CHIP, NAMES[each]) for each in (*lines[-1], name)) - APART > NARROW:
            lines.append([])
        lines[-1].append(name)
    return [*lines, []]


def _chips(names: Sequence[str], top: float) -> Iterator[Shape]:
    x = LEFT
    for name in names:
        yield Box(x=x, y=top + 9.5 - CHIP / 2, width=CHIP, height=CHIP, colour=name, radius=3)
        yield Words(x=x + CHIP + 6, y=top + 14, text=NAMES[name], size=12, colour="muted")
        x += _taken(CHIP, NAMES[name])


def _samples(limits: Mastering, top: float) -> list[tuple[str, Callable[[float], list[Shape]]]]:
    middle = top + 9.5
    target = f"target {limits.loudness:g} ±{limits.tolerance:g} LUFS".replace("-", "−")
    return [
        ("momentary, 0.4 s", _area_sample(middle)),
        ("short-term, 3 s", _line_sample(middle)),
        (target, lambda at: [Box(x=at, y=middle - 4, width=SAMPLE, height=8, colour="target", opacity=0.3)]),
    ]


def _sampled(samples: Sequence[tuple[str, Callable[[float], list[Shape]]]], x: float, top: float) -> Iterator[Shape]:
    for text, shapes in samples:
        yield from shapes(x)
        yield Words(x=x + SAMPLE + 6, y=top + 14, text=text, size=12, colour="muted")
        x += _taken(SAMPLE, text)


def _taken(sign: float, text: str) -> float:
    """Pixels of an entry of the legend, to the next one."""
    return sign + 6 + width_of(text, 12) + APART


def _line_sample(y: float) -> Callable[[float], list[Shape]]:
    def sample(x: float) -> list[Shape]:
        return [
            Strokes(
                lines=(((x, y + 2), (x + 7, y - 2), (x + 13, y + 1), (x + 20, y - 3)),),
                width=1.5,
                colour="short",
                round=True,
            )
        ]

    return sample


def _area_sample(y: float) -> Callable[[float], list[Shape]]:
    def sample(x: float) -> list[Shape]:
        points = ((x, y + 5), (x, y), (x + 6, y - 4), (x + 12, y), (x + 20, y - 5), (x + 20, y + 5))
        return [Area(points=points, colour="momentary", opacity=0.3)]

    return sample


def _contents(episode: Episode, top: float) -> Iterator[Shape]:
    """The chapters in two columns, read down the first and then down the second."""
    entries = lasting(episode)
    half, column = -(-len(entries) // 2), PLOT / 2
    for number, (start, title, lasts) in enumerate(entries):
        x = LEFT + (column + 12) * (number // half)
        base = top + LINE * (number % half) + 14
        right = x + column - 12
        yield Words(x=x, y=base, text=str(number + 1), size=LABEL, bold=True)
        yield Words(x=x + 76, y=base, text=start, size=LABEL, colour="muted", anchor="end")
        yield Words(x=x + 90, y=base, text=title, size=LABEL, most=right - x - 90 - 70)
        yield Words(x=right, y=base, text=lasts, size=LABEL, colour="muted", anchor="end")
