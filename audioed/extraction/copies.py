"""The same text told twice in one page, and where the article is over for that reason."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from audioed.textkey import SHINGLE, shingles, word_count, words

SAME = 0.9
"""Share of a block's shingles that its copy keeps; a corrected word costs six of them."""
LEAD = 8
"""Words of the shortest block whose repetition is noticed alone."""
ENTIRE = 0.8
"""Share of the first copy that the second tells again where it is the whole article."""
LEAD_PLACES = 5
"""Blocks at the start among which a lead may stand twice: lead, picture, day, lead."""
MOST = 0.6
"""Share of what came before that a second copy tells again; the first may have had more around it."""
PULLED = range(LEAD, 61)
"""Words of a pull quote."""
LONGER = 1.4
"""Times as long as it the paragraph is from which it was taken."""
MOST_HOLDERS = 20
"""Paragraphs that begin to say the same, and are looked at."""
TEASER = 200
"""Words up to which a first copy may be a teaser, with the whole article after the second."""


def copied(texts: Sequence[str]) -> frozenset[int]:
    """
    Indexes of the blocks that tell again what stood before them.

    A copy is a run of repeated blocks that makes up most of what came before
    it, or a lead repeated right below itself. A sentence said twice in an
    article is a figure of speech and stays. Where paragraphs begin and end may
    differ between the copies, so words in a row are compared, not blocks.
    """
    rows = [words(text) for text in texts]
    repeats = _repeats(rows)
    found = {i for i in range(1, min(LEAD_PLACES, len(rows))) if _is_lead_again(rows, i)}
    for first, last in _runs(repeats):
        before = sum(len(row) for i, row in enumerate(rows[:first]) if i not in found)
        again = sum(map(len, {tuple(rows[i]) for i in range(first, last + 1) if repeats[i]}))  # a refrain counts once
        if again >= MOST * before and last > first and again >= 4 * LEAD:
            found.update(i for i in range(first, last + 1) if repeats[i])
    return frozenset(found)


def pulled(texts: Sequence[str]) -> frozenset[int]:
    """
    Indexes of the blocks whose words stand in a row in a much longer one: pull quotes, which a listener hears there.

    Of labelled paragraphs that are read and stand so, ten of nineteen are pull quotes.
    """
    rows = [words(text) for text in texts]
    begins = {tuple(row[:LEAD]) for row in rows if len(row) in PULLED}
    holders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows if begins else ():
        for begin in begins & shingles(row, LEAD):
            holders[begin].append(f" {' '.join(row)} ")
    return frozenset(
        i
        for i, row in enumerate(rows)
        if len(row) in PULLED and any(_holds(each, row) for each in holders[tuple(row[:LEAD])][:MOST_HOLDERS])
    )


def _holds(longer: str, row: Sequence[str]) -> bool:
    """Whether these words stand in a row in a much longer text."""
    own = f" {' '.join(row)} "
    return len(longer) >= LONGER * len(own) and own in longer


def after_article(texts: Sequence[str], copies: AbstractSet[int]) -> range:
    """
    Indexes of what follows the second copy of a whole article: readers' comments.

    A page that is stored as its text and again with its discussion ends its
    article with the second copy. Where the first copy is short it may be a
    teaser of a longer article, so more text than it had is kept.
    """
    if not copies:
        return range(0)
    first, last = min(copies), max(copies)
    told = sum(word_count(text) for text in texts[:first])
    left = sum(word_count(text) for text in texts[last + 1 :])
    again = sum(word_count(texts[i]) for i in copies)
    whole = again >= ENTIRE * told and again >= 4 * LEAD and len(copies) > 1
    return range(last + 1, len(texts)) if whole and (told > TEASER or left <= told) else range(0)


def _is_lead_again(rows: Sequence[list[str]], i: int) -> bool:
    """Whether a block says the same as the one before it, or as the one before a short line between them."""
    if len(rows[i]) < LEAD:
        return False
    return rows[i] == rows[i - 1] or (i > 1 and rows[i] == rows[i - 2] and len(rows[i - 1]) <= 2 * LEAD - 4)


def _repeats(rows: Sequence[list[str]]) -> list[bool]:
    """Whether each block repeats words in a row, or a whole short line, from the blocks before it."""
    seen: set[tuple[str, ...]] = set()
    lines: set[tuple[str, ...]] = set()
    tail: list[str] = []  # words in a row also run across the end of a block
    answers = []
    for row in rows:
        own = shingles(row)
        short = len(row) < SHINGLE
        answers.append(tuple(row) in lines if short else len(own & seen) >= SAME * len(own))
        seen |= own | shingles([*tail, *row[: SHINGLE - 1]])
        tail = [*tail, *row][1 - SHINGLE :]
        lines.add(tuple(row))
    return answers


def _runs(repeats: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of each run of repeats; one new block in between, such as a note, is bridged."""
    runs: list[tuple[int, int]] = []
    for i, repeated in enumerate(repeats):
        if repeated and runs and i - runs[-1][1] <= 2:  # noqa: PLR2004
            runs[-1] = (runs[-1][0], i)
        elif repeated:
            runs.append((i, i))
    return runs
