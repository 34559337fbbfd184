"""The letters that covers are set in: they come from pip, so that every machine draws the same."""

import logging
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from audioed.characters import line, shown

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family of letters in one weight."""

    package: str
    file: str
    axes: tuple[tuple[str, float], ...] = ()
    narrowest: float = 100.0
    """How far it may be condensed, per cent of its width; 100 where it cannot."""
    leading: float = 1.0
    """Distance of lines, in sizes."""
    index: int = 0
    """Which of several fonts in the file."""


GROTESQUE = Typeface("fontpkg_archivo", "Archivo[wdth,wght].ttf", (("wght", 800),), 70, 0.98)
BRICOLAGE = "fontpkg_bricolage_grotesque", "BricolageGrotesque[opsz,wdth,wght].ttf"
LIVELY = Typeface(*BRICOLAGE, (("wght", 800), ("opsz", 96)), 78, 0.98)
FRAUNCES = "fontpkg_fraunces", "Fraunces[SOFT,WONK,opsz,wght].ttf"
SERIF = Typeface(*FRAUNCES, (("wght", 800), ("opsz", 60), ("SOFT", 0), ("WONK", 0)), 100, 1.02)
ROUND = Typeface("fontpkg_rubik", "Rubik[wght].ttf", (("wght", 800),), 100, 1.06)
SMALL = Typeface("fontpkg_archivo", "Archivo[wdth,wght].ttf", (("wght", 620),), 70, 1.2)
"""For what stands beside a title."""
DISPLAY = (GROTESQUE, LIVELY, SERIF, ROUND)
CJK = "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"
OTHERS = (
    ROUND,
    Typeface("fontpkg_noto_sans_display", "NotoSansDisplay[wdth,wght].ttf", (("wght", 800),), 75, 1.06),
    Typeface("fontpkg_noto_sans_devanagari", "NotoSansDevanagari[wdth,wght].ttf", (("wght", 800),), 75, 1.2),
    Typeface("fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf", (("wght", 800),), 75, 1.3),
)
"""For scripts that the first choice has no letters of: Cyrillic, Hebrew, Arabic; Greek; what `audioed[fonts]` adds."""
HAN = {"ja": 0, "ko": 1, "zh": 2, "zh-hant": 3, "zh-tw": 3, "zh-hk": 4}
"""Which of the fonts in the CJK file draws Chinese characters as readers of a language know them."""

MOST_MARKS = 4
"""On a letter of a cover, as many as any script puts there."""


def installed() -> list[str]:
    """The packages of letters that are there; another set of them may draw another cover."""
    packages = sorted({typeface.package for typeface in (*DISPLAY, *OTHERS)} | {CJK[0]})
    return [package for package in packages if find_spec(package)]


@cache
def loaded(typeface: Typeface) -> Any:
    """HarfBuzz's face, None where its package is not installed."""
    import uharfbuzz

    found = find_spec(typeface.package)
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(next(iter(found.submodule_search_locations)))
    path = next((each for each in (folder / "files" / typeface.file, folder / typeface.file) if each.is_file()), None)
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), typeface.index) if path else None


@cache
def letters(typeface: Typeface) -> frozenset[int]:
    """The characters that it can draw."""
    face = loaded(typeface)
    return frozenset(face.unicodes) if face else frozenset()


@cache
def font(typeface: Typeface, width: float) -> Any:
    """HarfBuzz's font at this width, measured in units of `loaded(typeface).upem`."""
    import uharfbuzz

    made = uharfbuzz.Font(loaded(typeface))
    axes = dict(typeface.axes)
    if typeface.narrowest < 100:  # noqa: PLR2004 - per cent
        axes["wdth"] = max(width, typeface.narrowest)
    made.set_variations(axes)
    return made


def chain(first: Typeface, language: str) -> tuple[Typeface, ...]:
    """The typefaces to look for a letter in, in order."""
    tag = language.replace("_", "-").lower()
    index = HAN.get(tag, HAN.get(tag.partition("-")[0], 0))
    han = Typeface(*CJK, (("wght", 800),), 100, 1.12, index)
    return tuple(dict.fromkeys((first, *OTHERS, han)))


def drawable(text: str, faces: tuple[Typeface, ...]) -> str:
    """
    The text as these typefaces can draw it: no boxes in place of letters.

    A letter that none has loses its accent, a word that then still has such
    letters is left out, and a text of which less than half is left is not
    drawn at all. Marks stand on a letter, and not in towers.
    """
    known = frozenset().union(*(letters(each) for each in faces))
    words = unicodedata.normalize("NFC", line(text)).split()
    kept = [drawn for word in words if (drawn := _word(word, known)) and shown(drawn)]
    whole = sum(map(str.isalnum, text))
    left = " ".join(kept)
    if 2 * sum(map(str.isalnum, left)) <= whole:
        return left if not whole and left else ""
    return left


def _word(word: str, known: frozenset[int]) -> str:
    found: list[str] = []
    stacked = 0
    for each in word:
        kind = unicodedata.category(each)
        stacked = stacked + 1 if kind in {"Mn", "Me"} else 0
        if stacked and (stacked > MOST_MARKS or not found):
            continue
        if ord(each) in known or kind in {"Cf", "Mn"}:  # joiners and marks have no shape alone
            found.append(each)
            continue
        plain = unicodedata.normalize("NFKD", each)[0]
        if ord(plain) in known:
            found.append(plain)
        elif each.isalnum():
            return ""
    return "".join(found)
