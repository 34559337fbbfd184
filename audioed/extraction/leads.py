"""Where an article begins: its headline, above which nothing is its text, and the standfirst below."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice

from audioed.extraction import dom
from audioed.extraction.judge import Opinion
from audioed.extraction.metadata import About
from audioed.extraction.names import parts
from audioed.extraction.neighbours import FACTS, MOSTLY, UNSURE, is_likely
from audioed.extraction.tree import names_of, words_of
from audioed.languages import pattern
from audioed.textkey import folded, word_count

ABOVE = 0.1
"""Share of what is read that may stand above the headline and be none of the text."""
KICKER = 5
"""Words before the title in one heading with it."""
MASTHEAD = 80
"""Rows in which the title stands."""
UNDER = 3
"""Rows below the title of which one is the standfirst."""
FEW = 3
"""Words of a label such as "By the editors."."""
LONGEST_NAME = 12
"""Words of a line that names who wrote the text, and an office."""
SMALL = 2
"""Words without a capital in a line that is no list of names."""
UNLIKELY = 0.05
"""Chance of being read up to which what is called a standfirst is none."""
STANDFIRST = frozenset(
    re.findall(
        r"\S+",
        "subtitle standfirst dek deck strapline subheadline subhead subheading description excerpt summary lead lede "
        "teaser chapo entradilla sumario bajada sapo",
    )
)
"""Words in the name of one;"""
OTHERS = frozenset(
    re.findall(
        r"\S+",
        "caption figcaption image img figure photo picture bild credit video audio media byline author meta date time "
        "share",
    )
)
"""and of what stands there, too."""


def settled(rows: Sequence[dom.Row], opinions: list[Opinion], about: About) -> list[Opinion]:
    """What the judge thinks of each row, with what its place by the headline says."""
    return _under(rows, _led(rows, opinions, about), about)


def _led(rows: Sequence[dom.Row], opinions: list[Opinion], about: About) -> list[Opinion]:
    """
    The same; below the title its standfirst is what the page calls so, or states to be its description, or a sentence.

    Of the sentence the judge may not be certain; only the day and who wrote it may stand between both.
    """
    title = about.title
    own = {folded(each) for each in (title, *parts(title)) if 2 * len(each) > len(title)}
    at = next((i for i, row in enumerate(rows[:MASTHEAD]) if _has_title(row, own)), None)
    if at is None or at + 1 >= len(rows):
        return opinions
    if folded(rows[at].text) != folded(title):
        opinions = [*opinions[:at], replace(opinions[at], rule="title"), *opinions[at + 1 :]]
    under = range(at + 1, min(at + 1 + UNDER, len(rows)))
    dated = pattern("byline.dated", r"PHRASES\W*")
    opinions = [
        replace(each, rule="byline") if i in under and not each.rule and dated.fullmatch(rows[i].text) else each
        for i, each in enumerate(opinions)
    ]
    described = next((i for i in under if about.summary and folded(rows[i].text) == folded(about.summary)), at)
    named = next((i for i in under if _is_called_standfirst(rows[i], opinions[i])), at)
    below = next((i for i in under if i in {described, named} or not _is_meta(rows[i], opinions[i])), at)
    row, opinion = rows[below], opinions[below]
    sentence = word_count(row.text) > FEW and row.text[-1:] in ".!?…" and row.kind != "item"
    told = below in {described, named} or (sentence and is_likely(row, opinion, UNSURE))
    if opinion.rule and below > at and told:
        return [*opinions[:below], replace(opinion, rule=""), *opinions[below + 1 :]]
    return opinions


def _is_called_standfirst(row: dom.Row, opinion: Opinion) -> bool:
    """Whether the class of a row, or of what holds it, says that; out of fold 12 of 16 rows that were cut are one."""
    near = [row.element, *islice(row.element.iterancestors(), 1)]
    around = frozenset[str]().union(*(names_of(each) for each in (*near, *islice(row.element.iterancestors(), 3))))
    named = any(each.get("itemprop") == "description" or names_of(each) & STANDFIRST for each in near)
    if not named or around & OTHERS or row.linked >= MOSTLY or row.kind == "item" or row.text.endswith(":"):
        return False
    small = sum(word[0].islower() for word in row.text.split())
    return small >= SMALL and word_count(row.text) > FEW and opinion.rule not in FACTS and opinion.chance > UNLIKELY


def _under(rows: Sequence[dom.Row], opinions: list[Opinion], about: About) -> list[Opinion]:
    """
    The same, but nothing above the headline, where nearly all that is read stands below it.

    Out of fold none of the rows that stand so on 812 labelled pages and would be read is a part of the text.
    """
    title = folded(about.title)
    at = next((i for i, row in enumerate(rows) if row.kind == "heading" and folded(row.text) == title), 0)
    read = [0 if opinion.rule else len(row.text) for row, opinion in zip(rows, opinions, strict=True)]
    if sum(read[:at]) > ABOVE * sum(read):
        return opinions
    return [replace(each, rule="outside") if i < at and not each.rule else each for i, each in enumerate(opinions)]


def _is_meta(row: dom.Row, opinion: Opinion) -> bool:
    """Whether a row below the title tells no more than a day or a name."""
    return bool(opinion.rule) and word_count(row.text) <= LONGEST_NAME and row.text[-1:] not in ".!?…"


def _has_title(row: dom.Row, own: AbstractSet[str]) -> bool:
    """Whether a row is the title, alone or in an element of its own behind a word or two on the subject."""
    words = folded(row.text)
    if words in own or row.kind != "heading" or not len(row.element):
        return words in own
    inner = {folded(words_of(each)) for each in row.element} & own
    return any(words.count(" ") - each.count(" ") <= KICKER for each in inner)
