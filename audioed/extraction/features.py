"""What the rows of a page show of themselves and of where they stand: the figures that the judge goes by."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p
from typing import TYPE_CHECKING, Any, TypeAlias

from audioed.extraction import dom, hints, lines, phrasing, sayings, surroundings
from audioed.extraction.hashes import Words, paired
from audioed.extraction.surroundings import Surroundings
from audioed.textkey import folded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float32]

LONGEST_LINE = 700
"""Characters of a row that may be a line of furniture; prose is longer."""
NEAR, FAR = 5, 40
"""Rows around one of which is counted which are kept, and among which the next such one is looked for."""
NONE_ABOVE = 60
"""Rows below the heading: what has none."""
PROSE = 8
"""Words of the shortest sentence that is taken for prose."""
MOSTLY = 0.5
"""Share of a row that is a link from which it is no prose."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page's rows as figures, and the words in their texts and names that the judge weighs itself."""

    figures: "Matrix"
    """Rows by `NAMES`."""
    texts: Words
    """Of each row, hashes of the words in its text."""
    names: Words
    """Of each row, hashes of the class words around it."""
    heads: list[int]
    """Of each row, the number of the heading above it; -1 where there is none."""
    groups: "NDArray[np.int32]"
    """Of each row, the numbers of its parent, of what holds that, and of the rows that are made alike."""
    sizes: "NDArray[np.float32]"
    """Of each row, its characters."""
    all_words: Words
    """Of each row, hashes of all its words,"""
    hints: "Matrix"
    """and what they hint at: rows by `hints.FIGURES`."""


def seen(rows: Sequence[dom.Row], kept: Sequence[bool], title: str, address: str, sites: Sequence[str]) -> Seen:
    """
    The figures of each row.

    `kept` tells which of them another extractor takes for the text, `sites`
    what the page calls its site.
    """
    import numpy as np

    said = _said(rows)
    heads = [each.head for each in said]
    words = [each.text.words for each in said]
    prose = [
        each.text.ends and each.text.words >= PROSE and row.linked < MOSTLY and not row.suspicions
        for row, each in zip(rows, said, strict=True)
    ]
    around = Surroundings(rows, words, kept, prose)
    host = phrasing.host_of(address)
    own = np.column_stack(
        (
            phrasing.figures(rows, said, folded(title), host),
            _of_place(rows, said, kept, folded(title)),
            np.asarray(_of_templates(rows, said, kept, around.templates)),
            around.figures(),
        )
    ).astype(np.float32)
    others = _told_others(rows, said, kept)
    return Seen(
        np.hstack([own, *(_moved(others, by) for by in OTHERS)]),
        phrasing.text_words(rows, said),
        around.names(),
        heads,
        np.asarray(around.groups(), np.int32),
        np.asarray([len(row.text) for row in rows], np.float32),
        paired(Words.of([each.text.within for each in said])),
        np.asarray(hints.figures([each.text for each in said], sites), np.float32).reshape(
            len(rows), len(hints.FIGURES)
        ),
    )


def _said(rows: Sequence[dom.Row]) -> list[phrasing.Said]:
    """What is known of the words of each row."""
    head, told = -1, []
    for number, row in enumerate(rows):
        told.append(
            phrasing.Said(
                text=sayings.of(row.text),
                line=lines.rule_of(row) if len(row.text) < LONGEST_LINE else "",
                head=head,
            )
        )
        head = number if row.kind == "heading" else head
    return told


def _of_place(
    rows: Sequence[dom.Row], said: Sequence[phrasing.Said], kept_: Sequence[bool], title: str
) -> "NDArray[Any]":
    """Of each row, what the first of `PLACES` name: where it stands on the page, below a heading, near what is kept."""
    import numpy as np

    count = len(rows)
    places = np.arange(count)
    kept = np.asarray(kept_, bool)
    sizes = np.asarray([len(row.text) for row in rows])
    heads = np.asarray([each.head for each in said])
    levels = np.asarray([row.level for row in rows])
    total, kept_total = max(1, int(sizes.sum())), max(1, int((sizes * kept).sum()))
    first, last = (int(kept.argmax()), count - 1 - int(kept[::-1].argmax())) if kept.any() else (count, -1)
    titled = next((number for number, each in enumerate(said) if each.text.key and each.text.key == title), -1)
    headed = heads >= 0
    whole = np.ones(count)
    return np.column_stack(
        (
            places / count,
            (sizes.cumsum() - sizes) / total,
            ((sizes * kept).cumsum() - sizes * kept) / kept_total,
            whole * log1p(count),
            _signed(places - first),
            _signed(places - last),
            (first <= places) & (places <= last),
            _signed(places - titled) if titled >= 0 else -9.0 * whole,
            whole * (titled >= 0),
            kept,
            whole * (int(kept.sum()) / max(1, count)),
            whole * (kept_total / total),
            _kept_before(kept) / NEAR,
            _kept_before(kept[::-1])[::-1] / NEAR,
            _gap_before(kept),
            _gap_before(kept[::-1])[::-1],
            np.minimum(NONE_ABOVE, np.where(headed, places - heads, NONE_ABOVE)),
            np.where(headed, levels[heads], 0),
            headed & kept[heads],
            levels,
        )
    )


def _signed(distances: "NDArray[Any]") -> "NDArray[Any]":
    import numpy as np

    told: NDArray[Any] = np.sign(distances) * np.log1p(np.abs(distances))
    return told


def _kept_before(kept: "NDArray[np.bool_]") -> "NDArray[Any]":
    """How many of the few rows right before each are kept."""
    import numpy as np

    sums = np.concatenate((np.zeros(NEAR, int), [0], kept.cumsum()))
    return sums[NEAR:-1] - sums[: -NEAR - 1]


def _gap_before(kept: "NDArray[np.bool_]") -> "NDArray[Any]":
    """How many rows stand between each and the last one before it that is kept."""
    import numpy as np

    places = np.arange(len(kept))
    last = np.maximum.accumulate(np.where(kept, places, -FAR - 1))
    before = np.concatenate(([-FAR - 1], last[:-1]))
    return np.minimum(FAR, places - 1 - before)


def _of_templates(
    rows: Sequence[dom.Row], said: Sequence[phrasing.Said], kept: Sequence[bool], marks: Sequence[object]
) -> list[tuple[float, ...]]:
    """Of each row, what those are like that are made alike, by these marks, and how long a run of them it stands in."""
    groups: defaultdict[object, list[int]] = defaultdict(list)
    for number, mark in enumerate(marks):
        groups[mark].append(number)
    alike: dict[object, tuple[float, ...]] = {}
    for mark, members in groups.items():
        count = len(members)
        alike[mark] = (
            log1p(count),
            log1p(sum([said[each].text.words for each in members]) / count),
            sum([rows[each].linked for each in members]) / count,
            sum([kept[each] for each in members]) / count,
            (members[-1] - members[0] + 1) / len(rows),
        )
    runs = [1] * len(marks)
    start = 0
    for number in range(1, len(marks) + 1):
        if number == len(marks) or marks[number] != marks[start]:
            runs[start:number] = [number - start] * (number - start)
            start = number
    return [(*alike[mark], log1p(run)) for mark, run in zip(marks, runs, strict=True)]


def _told_others(rows: Sequence[dom.Row], said: Sequence[phrasing.Said], kept: Sequence[bool]) -> "Matrix":
    """What of each row counts for those around it."""
    import numpy as np

    parents: dict[dom.Element | None, int] = {}
    columns = (
        [log1p(each.text.words) for each in said],
        [row.linked for row in rows],
        [row.kind == "heading" for row in rows],
        [each.text.ends for each in said],
        kept,
        [bool(each.line) for each in said],
        [bool(row.suspicions) for row in rows],
        [parents.setdefault(row.element.getparent(), len(parents)) for row in rows],
    )
    return np.stack([np.asarray(each, np.float32) for each in columns], axis=1)


def shifted(table: "Matrix", by: int, missing: float) -> "Matrix":
    """The figures of the rows so many places further on, or another one where there are no such rows."""
    import numpy as np

    moved = np.full_like(table, missing)
    if by < 0:
        moved[-by:] = table[:by]
    else:
        moved[:-by] = table[by:]
    return moved


def _moved(table: "Matrix", by: int) -> "Matrix":
    """The same of what is told of others; its last figure tells whether both rows have one parent."""
    moved = shifted(table, by, -1.0)
    moved[:, -1] = moved[:, -1] == table[:, -1]
    return moved


PLACES = (
    *("place", "text before", "kept before", "rows", "from first", "from last", "between", "from title", "titled"),
    *("kept", "kept of rows", "kept of text", "kept near before", "kept near after", "gap before", "gap after"),
    *("below heading", "level above", "heading kept", "level"),
    *("alike", "alike: words", "alike: linked", "alike: kept", "alike: span", "run"),
)
TOLD = ("words", "linked", "heading", "ends", "kept", "line", "suspected", "same parent")
OTHERS = (-2, -1, 1, 2)
"""What is told of the rows around one, and of which."""
NAMES = (
    *(*phrasing.NAMES, *PLACES, *surroundings.NAMES),
    *(f"{kind} {other:+d}" for other in OTHERS for kind in TOLD),
)
"""What each figure is of."""
