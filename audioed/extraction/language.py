"""Which language a text is in, where nobody says so."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from itertools import islice

from audioed.extraction.tree import Element
from audioed.languages import known, primary, table

TAG = re.compile(r"[a-zA-Z]{2,3}(?:[-_](?:[a-zA-Z]{4}|[a-zA-Z]{2}|\d{3}))*")
"""The part of BCP 47 that web pages use: language, script, region."""
SAMPLE = 2000
"""Words that are counted; the start of an article is in its language."""
CLEAR = 0.08
"""Share of common words below which a text is in none of these languages; running text has 0.2 and more."""
PLAIN = 0.15
"""Share at which a text is in a language, whatever its page says;"""
ENOUGH = 60
"""of so many words at least."""


def tagged(name: str | None) -> str:
    """A BCP 47 tag in its usual spelling ("en_us" is "en-US"); empty for what is none."""
    text = (name or "").strip().split(".")[0]
    if not TAG.fullmatch(text):
        return ""
    first, *rest = re.split(r"[-_]", text)
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])  # noqa: PLR2004


SPAN = 4
"""Words inside a sentence from which another voice says them; changing for "raison d'être" would sound like a fault."""
NESTED = 8
"""Inline elements around a span; nobody writes more."""


def guessed(text: str) -> str:
    """The language whose common words this text uses most; English where none is clear."""
    tag, share, _ = _nearest(text)
    return tag if share >= CLEAR else "en"


def settled(stated: str, text: str) -> str:
    """The language that a page states, unless its text is plainly in another: themes are often left in English."""
    tag, share, words = _nearest(text)
    own = primary(stated)
    plain = (
        own in _common() and share >= PLAIN and words >= ENOUGH
    )  # a language without a table has neighbours with one
    return tag if plain and tag != own else stated


def elsewhere(root: Element, article: str) -> Mapping[Element, str]:
    """What its elements' `lang` says of each element whose language is not the article's, in one walk."""
    if not root.xpath("boolean(.//*[@lang][not(self::html or self::body)])"):
        return {}
    told: dict[Element | None, str] = {}
    for element in root.iter():
        if element.tag not in {"html", "body"}:
            tag = tagged(element.get("lang")) if element.get("lang") else told.get(element.getparent(), "")
            if tag:
                told[element] = tag
    own = primary(article)
    return {element: tag for element, tag in told.items() if element is not None and primary(tag) != own}


def spans(blocks: Collection[Element], tongues: Mapping[Element, str]) -> Mapping[Element, list[tuple[str, str]]]:
    """What stands inside these blocks in another language, as text and tag; a word or two are said in passing."""
    found: dict[Element, list[tuple[str, str]]] = {}
    for element, tag in tongues.items():
        if element in blocks or element.get("lang") is None:
            continue
        around = [*islice(element.iterancestors(), NESTED)]
        own = next((place for place, each in enumerate(around) if each in blocks), None)
        if own is None or any(each in tongues for each in around[: own + 1]):
            continue
        text = " ".join(element.text_content().split())
        if len(text.split()) >= SPAN:
            found.setdefault(around[own], []).append((text, tag))
    return found


@cache
def _common() -> Mapping[str, frozenset[str]]:
    """The most frequent words of each language."""
    tables = {code: table(code, "language") for code in known("language")}
    return {code: frozenset(each["common"].split()) for code, each in tables.items() if "common" in each}


def _nearest(text: str) -> tuple[str, float, int]:
    """The language whose common words a text uses most, their share of its words, and the number of these."""
    words = re.findall(r"[^\W\d_]+", text.lower())[:SAMPLE]
    often = Counter(words)
    counts = Counter({tag: sum(often[word] for word in common & often.keys()) for tag, common in _common().items()})
    tag, count = counts.most_common(1)[0]
    return tag, count / len(words) if words else 0.0, len(words)
