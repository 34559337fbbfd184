"""What the words of a row hint at: who speaks to whom, what is asked for, who is paid or named, what comes twice."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from audioed import languages
from audioed.extraction.sayings import MOST_CHARACTERS, REMEMBERED, Saying
from audioed.languages import pattern, phrases
from audioed.textkey import words

OFTEN = 5
"""Times that a row names its site, beyond which it matters no more."""
SHORTEST, LONGEST, MOST_PARTS = 3, 40, 5
"""Characters and words of what a site may be called."""
PER = 10
"""Words that a share is told of."""
COPIED = 5
"""Words of the shortest row that counts as said already in a longer one."""
MOST_COMPARED = 100_000_000
"""Characters that are looked through for that on one page; of more, nothing is said to stand in a longer row."""
SMALL = r"(?<!\w)(?-i:PHRASES)(?!\w)"
"""Phrases in a text in small letters: where case need not be thought of, they are found in half of the time."""
NOTE = 400
"""Characters of the longest row that sends elsewhere, tells who pays, or names who worked on the text."""
FIGURES = (
    *("names the site", "share of its name", "we", "you", "asks"),
    *("sends elsewhere", "tells who pays", "credits", "tells of somebody", "in a longer row"),
)
"""What is told of each row."""


def figures(said: Sequence[Saying], sites: Iterable[str]) -> list[tuple[float, ...]]:
    """`FIGURES` of each row of a page; `sites` is what the page calls its site."""
    names = _named(sites)
    keys = [each.folded for each in said]
    often, running = Counter(keys), "\n".join(f" {key} " for key in keys)
    compared = len(keys) * len(running) <= MOST_COMPARED
    told = []
    for each, key in zip(said, keys, strict=True):
        read = _remembered if len(each.text) <= NOTE else _by_itself
        count, spoken, notes = read(each.text, each.low, key)
        share = PER / max(1, count)
        named = len(names.findall(key, 0, MOST_CHARACTERS))
        within = compared and count >= COPIED and running.count(f" {key} ") > often[key]
        told.append((min(named, OFTEN), named * share, *spoken, *notes, within))
    return told


def _by_itself(text: str, low: str, key: str) -> tuple[int, tuple[float, ...], tuple[bool, ...]]:
    """How many words a row has, and what it tells whatever page it stands on: who speaks to whom, and what it notes."""
    row = key[:MOST_CHARACTERS].split()
    share = PER / max(1, len(row))
    return len(row), tuple(sum(map(each.__contains__, row)) * share for each in _spoken()), tuple(_notes(text, low))


_remembered = lru_cache(maxsize=REMEMBERED)(_by_itself)


def _named(sites: Iterable[str]) -> re.Pattern[str]:
    """What finds these names of a site in a folded text."""
    names = {" ".join(words(site)) for site in sites}
    fit = [each for each in names if SHORTEST <= len(each) <= LONGEST and each.count(" ") < MOST_PARTS]
    whole = "|".join(map(re.escape, sorted(fit, key=lambda each: (-len(each), each))))
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)" if whole else "(?!)")


@cache
def _spoken() -> Sequence[frozenset[str]]:
    """The words by which somebody speaks of himself, to the listener, and asks for something, in any language."""
    return tuple(languages.words("page", "promo", key) for key in ("we", "you", "verbs"))


def _notes(text: str, low: str) -> Iterator[bool]:
    """Whether a short row sends the reader elsewhere, tells who pays, credits somebody, or tells of somebody."""
    short = len(text) <= NOTE
    yield short and pattern("hints.elsewhere", r"\W*(?-i:PHRASES)\b").match(low) is not None
    yield short and pattern("hints.paid", SMALL).search(low) is not None
    yield short and pattern("hints.credit", SMALL).search(low) is not None
    yield _life().match(text) is not None


@cache
def _life() -> re.Pattern[str]:
    """How a note about somebody begins: with a name of two words or more."""
    verbs = "|".join(phrases("page", "author", "verbs"))
    return re.compile(rf"\W*[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){{1,3}}\W+(?:{verbs})\b")
