"""Which language a text is in, where nobody says so."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from itertools import islice

from audioed.extraction.tree import Element
from audioed.languages import UNTOLD, known, primary, table

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
FOREIGN, SOME = 0.03, 40
"""Share of common words below which a text of so many words is in none of these languages for certain."""
SCRIPTS = {
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "HANGUL": "Kore",
    "CJK": "Hans",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
    "THAI": "Thai",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
}
"""How Unicode begins the names of letters of a script, and that script's code (ISO 15924)."""
MOST_LETTERS = 0.5
"""Share of a text's letters from which it is written in a script; names and numbers may be in another."""
KANA = 0.05
"""The same of kana, which only Japanese has beside the signs that it shares with Chinese."""


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
    """
    The language whose common words or whose script this text uses most.

    `und` (BCP 47) for a longer text that has hardly any of their words; English for what is too short to tell.
    """
    tag, share, count = _nearest(text)
    if share >= CLEAR:
        return tag
    return _by_script(text) or (UNTOLD if share < FOREIGN and count >= SOME else "en")


def settled(stated: str, text: str) -> str:
    """The language that a page states, unless its text is plainly in another: themes are often left in English."""
    own = primary(stated)
    if own not in _common():  # a language without a table has neighbours with one
        return stated
    tag, share, count = _nearest(text)
    if share >= PLAIN and count >= ENOUGH:
        return stated if tag == own else tag
    written = _by_script(text)
    if written and written != _script_language(own):
        return written
    return UNTOLD if share < FOREIGN / 2 and count >= ENOUGH and not written else stated


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


def of_block(text: str, stated: str, article: str) -> str:
    """The language that a page states of a block; empty where it plainly is its article's: pasted text says wrong."""
    tag, share, _ = _nearest(text) if stated else ("", 0.0, 0)
    return "" if share >= PLAIN and tag == primary(article) else stated


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


def _by_script(text: str) -> str:
    """The language that is mostly written in the script of a text (CLDR, likely subtags); empty for Latin."""
    letters = [each for each in text[: 10 * SAMPLE] if each.isalpha()]
    if not letters or sum(map(str.isascii, letters)) > MOST_LETTERS * len(letters):
        return ""
    kinds = Counter(SCRIPTS.get(unicodedata.name(each, "").split(" ")[0].split("-")[0], "") for each in letters)
    script, count = kinds.most_common(1)[0]
    if kinds["Jpan"] > KANA * len(letters):
        script, count = "Jpan", len(letters)
    return _of_script(f"und_{script}") if script and count >= MOST_LETTERS * len(letters) else ""


def _script_language(own: str) -> str:
    """The language that is mostly written in the script of this one; empty for Latin."""
    script = _likely().get(own, "").split("_")[1:2]
    return _of_script(f"und_{script[0]}") if script and script[0] != "Latn" else ""


def _of_script(tag: str) -> str:
    return _likely().get(tag, "").partition("_")[0]


@cache
def _likely() -> Mapping[str, str]:
    from babel.core import get_global

    return get_global("likely_subtags")


def _nearest(text: str) -> tuple[str, float, int]:
    """The language whose common words a text uses most, their share of its words, and the number of these."""
    words = re.findall(r"[^\W\d_]+", text.lower())[:SAMPLE]
    often = Counter(words)
    counts = Counter({tag: sum(often[word] for word in common & often.keys()) for tag, common in _common().items()})
    tag, count = counts.most_common(1)[0]
    return tag, count / len(words) if words else 0.0, len(words)
