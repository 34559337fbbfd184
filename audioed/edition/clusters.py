"""Which articles tell one story, by the names, figures and words that they share; and what of one is news."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log
from typing import TypeAlias

from audioed import languages
from audioed.languages import primary
from audioed.model import Article
from audioed.textkey import shingles, words

SPAN = 4
"""Words in a row that tell a copied passage; of a sentence that was shortened, six in a row are seldom left."""
FEW = 20
"""Stories that are taken to be there beside those that are, so that what two of three have is not taken for common."""
LEAST = 30
"""Words from which a text is compared; by a notice of two sentences no story is known."""
STEM, SHORTEST = 6, 3
"""Letters of a word that its forms have in common, and those from which a word says something by itself."""
OLD = 0.25
"""Of what a sentence says, so much was told when it is no news."""
NEWS, NEWS_WORDS = 0.35, 50
"""Share of sentences that are news, and words in them, from which a story is told again, as an update."""
NAME = 1.5
"""What a name weighs where another word weighs 1."""
ENOUGH, KIN = 1.5, 0.2
"""How many precise figures tell one story, and the cosine from which they do: guides to anything name one price."""
PRECISE = (0.15, 0.4, 1.0)
"""What a number weighs that has one digit before its zeros, two, or more."""
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\n+")
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’-][^\W_]+)*")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
Weight: TypeAlias = Callable[[str], float]


@dataclass(frozen=True)
class Story:
    """What an article is compared by."""

    title: str
    text: str
    language: str = "en"

    @cached_property
    def terms(self) -> Counter[str]:
        """Every word that says something, by its beginning, and how often it is there."""
        return terms(f"{self.title}\n{self.text}", self.language)

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with a capital within a sentence: people, places and firms; in German, all nouns."""
        return frozenset(
            _key(each)
            for sentence in _SENTENCE.split(self.text)
            for each in _TOKEN.findall(sentence)[1:]
            if each[0].isupper() and _key(each) in self.terms
        )

    @cached_property
    def figures(self) -> frozenset[str]:
        """Numbers of two digits and more; years are in too many texts."""
        return frozenset(each for each in self.terms if each[0].isdigit() and each[1:] and not _YEAR.fullmatch(each))

    @cached_property
    def rows(self) -> set[tuple[str, ...]]:
        """Its words in a row."""
        return shingles(words(self.text), SPAN)


def story(article: Article) -> Story:
    """What an article is compared by."""
    return Story(article.title, "\n".join(each.text for each in article.blocks), article.language)


def terms(text: str, language: str) -> Counter[str]:
    """Every word of a text that says something, by its beginning, and how often it is there."""
    common = languages.words("language", "common", of=primary(language))
    found = (each for each in _TOKEN.findall(text) if each.lower() not in common)
    return Counter(_key(each) for each in found if len(each) >= SHORTEST or each[0].isdigit() or each.isupper())


def rarity(among: Iterable[Story]) -> Weight:
    """How much a term tells, 0 to 1: the fewer of these stories have it, the more (inverse document frequency)."""
    seen: Counter[str] = Counter()
    count = FEW
    for each in among:
        count += 1
        seen.update(each.terms.keys())
    return lambda term: log(count / (seen[term] + 1)) / log(count)


WEIGHTS: Mapping[str, float] = {"cosine": 6.5, "figures": 7.7, "clash": -3.3, "copied": 0.6}
"""What each of `alike` says for one story, as `benchmarks/clusters.py learn` found it,"""
BIAS = -3.3
"""what is to be said against any two,"""
LIKELY = 0.65
"""and how likely it has to be: who hears a story twice is told more than who never hears it."""


def alike(one: Story, other: Story, weight: Weight) -> Mapping[str, float]:
    """
    What two stories have in common, and where they contradict each other, each from 0 to 1.

    Names and figures count in the one that has fewer, so that a short telling is known in a long one. Figures clash
    where both have several and none is the same: yesterday's weather, another match, last month's rate.
    """
    cosine = _cosine(one, other, weight)
    figures = _share(one.figures, other.figures, lambda each: weight(each) * _precise(each), ENOUGH)
    both = min(len(one.figures), len(other.figures))
    return {
        "cosine": cosine,
        "figures": figures * min(1.0, cosine / KIN),
        "clash": min(1.0, both / 2) if not figures else 0.0,
        "copied": len(one.rows & other.rows) / max(10, min(len(one.rows), len(other.rows))),
    }


def likeness(one: Story, other: Story, weight: Weight) -> float:
    """How likely two texts tell one story, 0 to 1, as learned from pairs (`benchmarks/clusters.py`)."""
    if primary(one.language) != primary(other.language) or min(len(one.rows), len(other.rows)) < LEAST:
        return 0.0
    if _in_a_series(one.title, other.title):
        return 0.0
    if len(one.names & other.names) + len(one.figures & other.figures) < 2 and not one.rows & other.rows:  # noqa: PLR2004
        return 0.0
    if (apart := _apart(one, other)) and _cosine(*apart, weight) < KIN:
        return 0.0
    found = alike(one, other, weight)
    return 1 / (1 + exp(-BIAS - sum(WEIGHTS[each] * share for each, share in found.items())))


def _apart(one: Story, other: Story) -> tuple[Story, Story] | None:
    """
    Both without the sentences that they begin and end with word for word, such as a greeting and who wrote it.

    None where they have no such sentences, or one has nothing else: that is the other, or the beginning of it.
    """
    a, b = ([each for each in _SENTENCE.split(text) if each.strip()] for text in (one.text, other.text))
    shortest = min(len(a), len(b))
    head = next((n for n in range(shortest) if words(a[n]) != words(b[n])), shortest)
    tail = next((n for n in range(shortest - head) if words(a[-1 - n]) != words(b[-1 - n])), shortest - head)
    if not head + tail:
        return None
    own = Story(one.title, "\n".join(a[head : len(a) - tail]), one.language)
    its = Story(other.title, "\n".join(b[head : len(b) - tail]), other.language)
    fewer, more = sorted((words(own.text), words(its.text)), key=len)
    begun = fewer[:-1]  # it may be cut within a word
    return None if more[: len(begun)] == begun else (own, its)


def same(one: Story, other: Story, weight: Weight) -> bool:
    """Whether two texts tell one story."""
    return likeness(one, other, weight) > LIKELY


def _in_a_series(one: str, other: str) -> bool:
    """Whether two titles differ in their numbers alone, as those of versions, days and parts do."""
    a, b = (_DIGITS.sub("#", each.lower()) for each in (one, other))
    return a == b and "#" in a and _DIGITS.findall(one) != _DIGITS.findall(other)


def is_update(new: Story, told: Sequence[Story], weight: Weight) -> bool:
    """Whether a story tells so much that was in none of these that it is worth hearing again."""
    known = frozenset(term for each in told for term in each.terms)
    sentences = [each for each in _SENTENCE.split(new.text) if each.strip()]
    news = [each for each in sentences if _told(each, new.language, known, weight) < OLD]
    return len(news) >= NEWS * len(sentences) and sum(len(words(each)) for each in news) >= NEWS_WORDS


def _told(sentence: str, language: str, known: frozenset[str], weight: Weight) -> float:
    """How much of what a sentence says was told, 0 to 1; all of one that says nothing."""
    said = {each: weight(each) for each in terms(sentence, language)}
    whole = sum(said.values())
    return sum(value for each, value in said.items() if each in known) / whole if whole > 1 else 1.0


def _key(word: str) -> str:
    """What the forms of a word have in common, roughly: its first letters; a number as it is, whatever its marks."""
    if word[0].isdigit():
        return re.sub(r"[.,](?=\d{3}\b)", "", word).replace(",", ".")
    bare = re.sub(r"['’]s?\Z", "", word).lower()
    return bare[:STEM] if len(bare) > STEM else bare.rstrip("s") or bare or word


def _precise(figure: str) -> float:
    """How much a number tells, 0 to 1: 200 is said of anything, 212 of one ship."""
    return PRECISE[min(len(re.sub(r"\D", "", figure).strip("0")), len(PRECISE)) - 1]


def _share(one: frozenset[str], other: frozenset[str], weight: Weight, least: float) -> float:
    """The weight of what both have, of that of the one that has less, or of so many rare terms."""
    return sum(map(weight, one & other)) / max(least, min(sum(map(weight, one)), sum(map(weight, other))))


def _cosine(one: Story, other: Story, weight: Weight) -> float:
    """The cosine of two texts' TF-IDF vectors, in which names weigh more: a rewrite keeps them, and no other words."""
    names = one.names | other.names
    a, b = (
        {each: (1 + log(n)) * weight(each) * (NAME if each in names else 1.0) for each, n in row.terms.items()}
        for row in (one, other)
    )
    norm = (sum(v * v for v in a.values()) * sum(v * v for v in b.values())) ** 0.5
    return sum(value * b[each] for each, value in a.items() if each in b) / norm if norm else 0.0
