"""
What each row of a page is to a listener: part of the article, a headline, a promo, or furniture, as learned.

Boosted trees over the figures of `features`, trained by `training/judge.py` on
labelled pages; numpy alone reads them. One judge tells what is read from what
is not; two more tell promos and headlines from the rest of what is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from audioed.extraction import dom, features, hints
from audioed.extraction.hashes import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float32]

RULES = {
    "M": "byline",
    "C": "caption",
    "KN": "footnotes",
    "AZ": "author",
    "R": "related",
    "VOX": "navigation",
    "FW": "advertisement",
    "E": "comments",
    "U": "repeated-copy",
}
"""What cuts a row, by what its words are most like."""
GROUPS = ("BDST", "H", "L", "P", "M", "C", "KN", "AZ", "R", "VOX", "FW", "E", "U")
"""Kinds that the words of a row alone can tell."""
LEANING = 0.5
"""Added to the odds, as logits: a part of the article that is lost is worse than furniture that is read."""
AGREED, TRUST = 0.5, 4.0
"""Share of the other extractor's text below which it is trusted more, and by how much, as logits: 2 % is enough."""
ASKS = 0.25
"""Odds, as logits, from which a row is a promo: out of fold 65 words of a hundred that are said as promos are some."""
MAYBE = -3.0
"""Odds, as logits, of a promo that its words may still make one: one in twenty."""
DOUBT = 4.0
"""Odds, as logits, up to which it is told what weighed most: chances of 2 to 98 %."""
TOGETHER = 1000
"""Rows that are judged at once: each takes six kilobytes for as long."""
MOST_WHY = 2000
"""Rows of which it is told: more than any honest page has."""
UNKNOWN = -9.0
"""Stands for the logit of a row that is not there."""
SHOWN = 3
GATHERED = ("own name", "links", "links inside", "links to articles", "linked", "words", "ends a sentence", "money")
"""Figures that are gathered over a section and a list."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of hashed words, for one or several kinds."""

    weights: "Matrix"
    bias: "Matrix"

    def scores(self, words: Words) -> "Matrix":
        """Of each row and kind, the sum of its words' weights over the root of their number."""
        import numpy as np

        lengths = words.lengths
        found = self.weights.take(words.all % np.uint32(len(self.weights)), axis=0)
        starts = np.cumsum(lengths) - lengths
        sums = np.zeros((len(lengths), found.shape[1]), np.float32)
        full = lengths > 0
        if full.any():
            sums[full] = np.add.reduceat(found, starts[full], axis=0)
        roots = np.sqrt(np.maximum(lengths, 1)).astype(np.float32)
        told: Matrix = (sums / roots[:, None] + self.bias).astype(np.float32)
        return told


@dataclass(frozen=True, slots=True)
class Trees:
    """Oblivious trees: each asks the same questions on all of its ways (A. V. Dorogush, "CatBoost", 2018)."""

    figures: "NDArray[np.int32]"
    """Trees by depth: which figure is asked about."""
    borders: "Matrix"
    leaves: "Matrix"
    """Trees by leaves by kinds."""
    bias: "Matrix"

    def scores(self, inputs: "Matrix") -> "Matrix":
        """Of each row and kind, the sum of the leaves that it comes to."""
        import numpy as np

        count, ways, kinds = self.leaves.shape
        begins, values = np.arange(count) * ways, self.leaves.reshape(-1, kinds)
        told = np.empty((len(inputs), kinds), np.float32)
        for start in range(0, len(inputs), TOGETHER):
            rows = slice(start, start + TOGETHER)
            columns = np.ascontiguousarray(inputs[rows].T)
            leaves = np.zeros((count, columns.shape[1]), np.uint8)  # trees are at most eight deep
            for depth in range(self.figures.shape[1]):
                answers = columns.take(self.figures[:, depth], axis=0) > self.borders[:, depth, None]
                leaves |= answers << np.uint8(depth)
            told[rows] = values.take(np.ascontiguousarray(leaves.T) + begins, axis=0).sum(axis=1)
        return told + self.bias


@dataclass(frozen=True, slots=True)
class Judge:
    """All that was learned."""

    text: Linear
    whole: Linear
    kinds: Linear
    names: Linear
    read: Trees
    promo_words: Linear
    headline_words: Linear
    promo: Trees
    headlines: Trees

    def told(self, page: features.Seen) -> "tuple[Matrix, Matrix, Matrix, Matrix]":
        """
        Of each row what the judge saw of it, and logits: of its being read, of its words for each of `GROUPS`,
        and of its being a promo and a headline where it is read.
        """
        import numpy as np

        texts, all_words = Words.of(page.texts), Words.of(page.all_words)
        whole, kinds = self.whole.scores(all_words), self.kinds.scores(texts)
        names = self.names.scores(Words.of(page.names))
        inputs = reading_inputs(page, self.text.scores(texts), whole, kinds, names)
        odds: Matrix = self.read.scores(inputs)[:, 0] + np.float32(LEANING)
        words = [each.scores(all_words) for each in (self.promo_words, self.headline_words)]
        asked = asking_inputs(page, np.hstack(words))
        likely = odds > -TRUST  # all that may be read
        readings = np.full((len(odds), 2), UNKNOWN, np.float32)
        readings[likely] = np.hstack([trees.scores(asked[likely]) for trees in (self.promo, self.headlines)])
        return inputs, odds, kinds, readings


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the judge thinks of a row."""

    rule: str
    """That cuts it; empty where it is read."""
    reading: Literal["", "body", "promo", "headlines"]
    """How, where it is read; empty where it may be a promo, which is left to what its words ask for."""
    chance: float
    """Of its being read, 0 to 1."""
    why: tuple[str, ...] = ()
    """What weighed most in that, where there was doubt."""


def opinions(
    rows: Sequence[dom.Row], kept: Sequence[bool], title: str, address: str, sites: Sequence[str]
) -> list[Opinion]:
    """
    An opinion of each row.

    `kept` tells which of them another extractor takes for the text, `sites`
    what the page calls its site.
    """
    import numpy as np

    if not rows:
        return []
    judge = learned()
    page = features.seen(rows, kept, title, address, sites)
    inputs, odds, kinds, readings = judge.told(page)
    odds = trusting(odds, np.asarray(kept), page.sizes)
    doubtful = np.flatnonzero((odds <= 0) & (odds > -DOUBT))[:MOST_WHY]
    why = dict(zip(doubtful.tolist(), _why(judge.read, inputs[doubtful], odds[doubtful] > 0), strict=True))
    cut = kinds[:, [GROUPS.index(group) for group in RULES]].argmax(axis=1)
    chances = 1 / (1 + np.exp(-odds))
    return [
        Opinion(
            "" if odds[i] > 0 else tuple(RULES.values())[cut[i]],
            _reading(promo, listed),
            round(float(chances[i]), 3),
            why.get(i, ()),
        )
        for i, (promo, listed) in enumerate(readings)
    ]


def trusting(odds: "Matrix", kept: "NDArray[np.bool_]", sizes: "Matrix") -> "Matrix":
    """
    The odds, raised for what the other extractor keeps where they leave less than half of that.

    Such a page is like none that the judge knows: an article that is lost is
    worse than furniture that is read.
    """
    import numpy as np

    agreed = float((sizes * kept * (odds > 0)).sum()) / max(1.0, float((sizes * kept).sum()))
    return np.where(kept & (agreed < AGREED), odds + np.float32(TRUST), odds) if kept.any() else odds


def _reading(promo: float, listed: float) -> Literal["", "body", "promo", "headlines"]:
    """How a row is read, from the odds of its being a promo and a headline."""
    if promo > max(ASKS, listed):
        return "promo"
    if listed > 0:
        return "headlines"
    return "" if promo > MAYBE else "body"


@cache
def learned() -> Judge:
    """What `make judge` stored."""
    import numpy as np

    with (
        files("audioed.extraction").joinpath("judge.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as held,
    ):
        stored = {name: held[name] for name in held.files}

    def whole(name: str) -> "Matrix":
        array = stored[name]
        scale = stored.get(f"{name}.scale")
        told: Matrix = (array if scale is None else array * scale).astype(np.float32)
        return told

    def linear(name: str) -> Linear:
        return Linear(whole(f"{name}.weights"), whole(f"{name}.bias"))

    def trees(name: str) -> Trees:
        figures = stored[f"{name}.figures"].astype(np.int32)
        return Trees(figures, whole(f"{name}.borders"), whole(f"{name}.leaves"), whole(f"{name}.bias"))

    return Judge(
        text=linear("text"),
        whole=linear("whole"),
        kinds=linear("kinds"),
        names=linear("names"),
        read=trees("read"),
        promo_words=linear("promo_words"),
        headline_words=linear("headline_words"),
        promo=trees("promo"),
        headlines=trees("headlines"),
    )


def _why(trees: Trees, inputs: "Matrix", reads: "NDArray[np.bool_]") -> list[tuple[str, ...]]:
    """Of each row the figures whose other answer would have changed its odds most, and that spoke as was decided."""
    import numpy as np

    count, depth = trees.figures.shape
    places = 1 << np.arange(depth)
    answers = inputs[:, trees.figures] > trees.borders
    leaves = answers @ places
    each = np.arange(count)
    values = trees.leaves[..., 0]
    told = []
    for row in range(len(inputs)):
        others = leaves[row][:, None] ^ places
        change = values[each, leaves[row]][:, None] - values[each[:, None], others]
        weights = np.bincount(trees.figures.ravel(), change.ravel(), len(INPUT_NAMES))
        order = np.argsort(weights if not reads[row] else -weights, kind="stable")[:SHOWN]
        told.append(tuple(INPUT_NAMES[figure] for figure in order))
    return told


def reading_inputs(page: features.Seen, text: "Matrix", whole: "Matrix", kinds: "Matrix", names: "Matrix") -> "Matrix":
    """
    What the judge of what is read sees: figures, and what is learned of words.

    Those of a row's ends, of all of it, of its ends by kind, and of the names of what it stands in.
    """
    import numpy as np

    heads = np.asarray(page.heads)
    above = np.where(heads[:, None] >= 0, np.hstack([text, kinds])[heads], UNKNOWN)
    around = [features.shifted(each, by, UNKNOWN) for each in (text, names) for by in (-2, -1, 1, 2)]
    return np.hstack([page.figures, page.hints, whole, text, names, kinds, above, *around]).astype(np.float32)


def asking_inputs(page: features.Seen, asked: "Matrix") -> "Matrix":
    """
    What the judges of promos and of headlines see: a row and the section, list and neighbours that it stands in.

    `asked` is what the words of each row say of both.
    """
    import numpy as np

    heads = np.asarray(page.heads)
    figures = page.figures[:, [features.NAMES.index(name) for name in GATHERED]]
    asked = np.hstack([asked, page.hints])
    told = np.hstack([asked, figures])
    kept = page.figures[:, features.NAMES.index("kept")]
    whole = np.average(told, axis=0, weights=page.sizes * (kept + 0.01))
    gathered = [_mean_of(groups, told, page.sizes) for groups in (heads, *page.groups.T)]
    weights = {reach: _around(page.sizes, reach) for reach in (2, 5)}
    windows = [
        _around(each * page.sizes, reach) / np.maximum(weight, 1e-6)
        for each in told.T
        for reach, weight in weights.items()
    ]
    above = np.where(heads[:, None] >= 0, asked[heads], UNKNOWN)
    around = [features.shifted(asked, by, UNKNOWN) for by in (-2, -1, 1, 2)]
    sections = np.unique(heads[kept > 0])
    later = len(sections) - np.searchsorted(sections, heads, "right")
    sizes = np.bincount(heads + 1, page.sizes)[heads + 1]
    places = [later, later / max(1, len(sections)), 0 * later + len(sections), np.log1p(sizes)]
    columns = np.column_stack([*windows, *places])
    return np.hstack([page.figures, told, *gathered, gathered[0] - whole, columns, above, *around]).astype(np.float32)


def _mean_of(groups: "NDArray[Any]", told: "NDArray[Any]", sizes: "Matrix") -> "NDArray[Any]":
    """The mean of each column over the group of each row, long rows counting more."""
    import numpy as np

    _, numbers = np.unique(groups, return_inverse=True)
    weight = np.maximum(np.bincount(numbers, sizes), 1e-6)
    means = [np.bincount(numbers, column * sizes) / weight for column in told.T]
    return np.column_stack(means)[numbers]


def _around(figures: "NDArray[Any]", reach: int) -> "NDArray[Any]":
    """The sum of each figure and of as many as this on both sides of it."""
    import numpy as np

    told: NDArray[Any] = np.convolve(figures, np.ones(2 * reach + 1), "full")[reach:-reach]
    return told


def _input_names() -> Iterator[str]:
    yield from (*features.NAMES, *hints.FIGURES)
    words = [f"words of {group}" for group in GROUPS]
    yield from ("all words of the text", "words of the text", "names around it", *words)
    yield from ("heading: words of the text", *(f"heading: {each}" for each in words))
    yield from (f"{what} {by:+d}" for what in ("words of the text", "names around it") for by in (-2, -1, 1, 2))


INPUT_NAMES = tuple(_input_names())
"""What each figure that the judge sees is of."""
