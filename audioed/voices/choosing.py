"""Which voice reads a language best: the one that its folder names, else the best of Piper's list."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from audioed.languages import primary, table
from audioed.model import Voice

_TAG = re.compile(r"[A-Za-z]{2}([-_]([A-Za-z]{2}|[A-Za-z]{4}|[0-9]{3}))*")
"""BCP 47, with or without script and region; of ISO 639 the codes of two letters."""
_QUALITIES = ("x_low", "low", "medium", "high")
"""Of Piper's voices, the best last."""
_LISTED = {"nb": "no"}
"""Code -> what Piper's list calls the language."""
UNREAD = frozenset({"ja", "th", "km", "lo", "bo"})
"""Languages that espeak-ng cannot read as they are written."""


@cache
def language_of(name: str) -> str:
    """The code of a language by its tag, or its name in English or in itself: `de` for "de-AT", "German", "Deutsch"."""
    english = _english()
    if _TAG.fullmatch(name):
        return primary(name) if primary(name) in english else ""
    wanted = _plain(name)
    named = (code for names in (english, _own()) for code, each in names.items() if _plain(each) == wanted)
    return next(named, "") if wanted else ""


def language_name(code: str) -> str:
    """What English calls a language; its code where that is not known."""
    return _english().get(primary(code), code)


def best(code: str) -> tuple[str, ...]:
    """The voices to install for a language, the best first, as far as its folder knows them."""
    found = table(code, "language")
    return tuple(str(found[kind]) for kind in ("kokoro", "piper") if kind in found)


def ranked(code: str, listed: Mapping[str, Any]) -> str:
    """The best voice of a language in Piper's list: by quality, then by name; empty where it has none."""
    own = {
        name: _QUALITIES.index(about["quality"])
        for name, about in listed.items()
        if name.partition("_")[0] == _LISTED.get(code, code) and about.get("quality") in _QUALITIES
    }
    return min(own, key=lambda name: (-own[name], name), default="")


def reason(card: Voice) -> str:
    """Why this voice was chosen for its language."""
    code = primary(card.language)
    if card.engine == "kokoro":
        return "a speaker of Kokoro, the best liked of the free networks"
    if card.engine == "system":
        return "the computer's own voice; no network that audioed can install reads it"
    return "the voice of Piper's list that we recommend" if card.name in best(code) else "the best of Piper's list"


@cache
def _english() -> Mapping[str, str]:
    from babel import Locale

    return {code: name for code, name in Locale("en").languages.items() if len(code) == len("en")}


@cache
def _own() -> Mapping[str, str]:
    """The languages' own names for themselves."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    codes = [code for code in sorted(locale_identifiers()) if len(code) == len("en")]
    return {code: Locale.parse(code).languages.get(code, "") for code in codes}


def _plain(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
