"""What part of speech a word is where it stands: "they record" is a verb, "the record" is none."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

from audioed.english import tagger
from audioed.scripting.normalize.rules import listed

PartOfSpeech: TypeAlias = Literal["noun", "name", "verb", "past", "adjective", "adverb"]
"""`past` is a verb's past tense or participle, `verb` any other form of it."""
PARTS: frozenset[str] = frozenset(get_args(PartOfSpeech))
_TAGS: tuple[tuple[str, PartOfSpeech], ...] = (
    ("NNP", "name"),
    ("NN", "noun"),
    ("VBD", "past"),
    ("VBN", "past"),
    ("VB", "verb"),
    ("JJ", "adjective"),
    ("RB", "adverb"),
)
"""The first letters of a tag of the Penn Treebank, the most particular first."""
_AFTER: Mapping[PartOfSpeech, frozenset[str]] = {
    "verb": listed(
        "to will would can could may might must shall should cannot not don't doesn't didn't won't can't couldn't "
        "wouldn't shouldn't let's please i'll we'll you'll they'll he'll she'll"
    ),
    "past": listed("he she it"),
    "noun": listed("the a an this its our your their my every no any of"),
}
_PRONOUNS = listed("i we you they who people")
_TOKENS = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")
_LONGEST = 200
"""Words; no sentence of a script is longer."""


@lru_cache(maxsize=256)
def parts_of_speech(text: str) -> Mapping[int, PartOfSpeech]:
    """The part of speech of each word of an English sentence, by the place of its first character."""
    told = tags(text)
    named = ((place, "noun" if _closes_noun(told, at) else _part(tag)) for at, (place, tag) in enumerate(told))
    return {place: part for place, part in named if part}


def _closes_noun(told: Sequence[tuple[int, str]], at: int) -> bool:
    """
    Whether what the tagger takes for a past tense is the last of several nouns: "each file read takes a second".

    It is none in "the book the man read takes".
    """
    if told[at][1] not in {"VBD", "VBN"} or at + 1 == len(told) or told[at + 1][1] not in {"VBZ", "MD"}:
        return False
    first = at
    while first and told[first - 1][1] in {"NN", "JJ"}:
        first -= 1
    return first < at and first > 0 and told[first - 1][1] == "DT" and (first == 1 or told[first - 2][1][:2] != "NN")


@lru_cache(maxsize=256)
def tags(text: str) -> tuple[tuple[int, str], ...]:
    """The place of each word and mark of an English sentence, and its tag of the Penn Treebank."""
    tokens = list(_TOKENS.finditer(text))[:_LONGEST]
    found = tagger()([token[0].replace("’", "'") for token in tokens])
    return tuple((token.start(), tag) for token, tag in zip(tokens, found, strict=True))


def possible(before: str) -> frozenset[str]:
    """What a word of several parts of speech can be after this one; everything where it tells nothing."""
    if before in _AFTER["verb"]:
        return frozenset({"verb"})
    if before in _AFTER["past"]:
        return frozenset({"past"})
    if before in _AFTER["noun"]:
        return frozenset({"noun", "name", "adjective", "adverb"})
    return frozenset({"verb", "past"}) if before in _PRONOUNS else PARTS


def _part(tag: str) -> PartOfSpeech | None:
    return next((part for start, part in _TAGS if tag.startswith(start)), None)
