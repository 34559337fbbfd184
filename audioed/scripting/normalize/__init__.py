"""
From the written to the spoken form: what a reader would say for the text before them.

A language is a row of families, each a table of rules; `rules.py` says what a rule is.
"""

import re
from functools import cache
from re import Match

from audioed import letters
from audioed.languages import known, primary, rows
from audioed.scripting.normalize.rules import choice, settled
from audioed.scripting.normalize.tidy import tidy
from audioed.scripting.trace import sub


def familiar(text: str, language: str) -> str:
    """The text in letters that voices of its language know; as it is in a language without rules."""
    if text.isascii() or primary(language) not in ("en", *known("numbers")):
        return text
    text = sub(_ALSO, "", sub(_TWICE, _once, text))
    if _HAN.search(text):
        text = sub(_japanese(), _name, sub(_SOUNDED, r"\g<sound>", text))
    return sub(letters.FOREIGN, letters.familiar, text)


_HAN = re.compile("[\u3400-\u9fff]")
_EASTERN = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff"
_OTHERS = "\u0370-\u03ff\u0400-\u052f\u0590-\u077f\u0900-\u1cff"
_TWICE = re.compile(
    rf"(?<=[\w\"'”’»]) ?\((?:[A-Z][a-z]+: ?)?(?:[{_EASTERN}]|[{_OTHERS}]{{2}})[{_EASTERN}{_OTHERS} ·・、,-]{{0,60}}\)"
)
"""A word in its own letters behind the same in those of the text: "Kyiv (Київ)"."""
_ALSO = re.compile(rf"(?<=[a-zà-ž]), (?:[{_EASTERN}]|[{_OTHERS}]{{2}})[{_EASTERN}{_OTHERS} ·・-]{{0,60}}(?=\))")
"""The same within brackets: "(Hokkai Island, 北海島)"."""
_SOUNDED = re.compile(rf"[{_EASTERN}]*[\u3400-\u9fff][{_EASTERN}]* \((?P<sound>[A-Za-zĀ-ſ][^()]{{0,40}})\)")
"""The same the other way round; how Chinese letters sound is better known to the text than to us."""


def _once(match: Match[str]) -> str:
    """Nothing, for nobody reads a name twice; behind an ordinary word it is said, if its letters tell how."""
    word = match.string[max(0, match.start() - 40) : match.start()].rpartition(" ")[2].lstrip("\"'“‘«(")
    return match[0] if word[:1].islower() and not _EAST.search(match[0]) else ""


_EAST = re.compile(f"[{_EASTERN}]")


@cache
def _japanese() -> re.Pattern[str]:
    """Japanese names in kanji, which would be read as Chinese; the city or prefecture behind one is not said."""
    return re.compile(rf"(?<!{_HAN.pattern})(?:{choice(_kanji())})+(?:[都府県市]|駅)?(?!{_HAN.pattern})")


@cache
def _kanji() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("en", "kanji")}


def _name(match: Match[str]) -> str:
    return " ".join(_kanji()[each] for each in re.findall(choice(_kanji()), match[0]))


def normalize(text: str, language: str = "en") -> str:
    """The spoken form of a written text; what is spoken already stays as it is."""
    text = familiar(tidy(text), language)
    code = primary(language)
    if code == "en":
        from audioed.scripting.normalize.en import FAMILIES

        return settled(FAMILIES, text)
    from audioed.scripting.normalize import others

    return others.spoken(text, language) if code in known("numbers") else others.untouched(text)
