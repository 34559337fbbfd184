"""Short forms with a stop: which ones something follows, and what around one shows that its sentence goes on."""

import re
from functools import cache

from audioed.languages import rows, table, words
from audioed.scripting.beginning import ENGLISH

_MEASURE = re.compile(r"\d+(?:\.\d+)?-(?:ft|in|yd|mi|lb|oz|gal|qt|pt|yr|mo|wk|hr|min|sec|sq|cu|ga|cal)")
"""What describes a thing: "a 10-yr. bond"."""
_QUANTITY = re.compile(r"(?:\d(?:bn|m)?|illion|thousand) ?[a-z]{1,4}\Z")
_PART = re.compile(r" \(\w{1,4}\) ")
"""What belongs to a short form before it: "Reg. (EU) 2016/679"."""
_CODED = re.compile(r"[A-Z]{1,4}[-/]?\d")
"""A number that begins with letters."""
_COURSE = re.compile(r" [1-4]\d\d\b(?![.,]\d)")
_MOVE = re.compile(r"(?:[NBRQK][a-h]?[1-8]?x?[a-h][1-8]|[a-h](?:x[a-h])?[1-8]|O-O)(?![a-z])")
"""Of a game of chess, behind its number."""
_FEDERAL = re.compile(r"\b(?:Fed(?:\. R\. (?:App|Bankr))?|Pub)\Z")
_REPORTS = frozenset({"R.", "P.", "L.", "Reg.", "Supp.", "Cir."})
"""What follows it in the names of American rules and reports."""
_FEATURED = re.compile(r"[(\[,] ?feat\Z")
_LETTERS = frozenset({"App", "Apt", "Fig", "Exh", "Bldg", "Rm", "Tab", "Sec", "Vol", "Prop"}) | {
    *("bât", "bl", "ed", "Geb", "edif", "esc"),
}
"""Short forms behind which a letter counts."""
_AVENUE = re.compile(r"\b[a-z]+ Ave\Z")


def goes_on(text: str, match: re.Match[str], following: str, written: str) -> bool:
    """Whether the words around a short form show that its sentence goes on: "App. B", "a 10-yr. bond"."""
    before = text[max(0, match.start() - 16) : match.start()]
    bracketed = text[match.end() + 1 : match.end() + 2] == "(" and following[0].isdigit() and _QUANTITY.search(before)
    numbered = written.lower() in {"no", "nos"} and _CODED.match(following)
    cited = re.match(
        r" (?:[A-Z][\w'’]+\.? ){0,2}(?:Code|Law|Stat\.)(?: Ann\.)? §", text[match.end() : match.end() + 48]
    )
    street = following in "ABCDEFGH" and _AVENUE.search(before)
    part = _PART.match(text, match.end()) and counts(written, ENGLISH)
    lettered = written in _LETTERS and re.match(r"[A-HS]\d{0,2}[.,;:)]?\Z", following)
    course = written in _subjects() and _COURSE.match(text, match.end())
    federal = following in _REPORTS and _FEDERAL.search(before)
    compared = re.match(r"[A-Z]/[A-Z]\b", following)
    edited = written == "ed" and re.match(r"[A-Z]\.", following)
    fort = written in {"Ft", "Pt"} and following[0].isupper()
    moved = written.isdigit() and _MOVE.match(following)
    featured = written == "feat" and _FEATURED.search(before)
    return bool(
        bracketed
        or compared
        or edited
        or fort
        or moved
        or part
        or course
        or numbered
        or cited
        or federal
        or street
        or lettered
        or featured
        or _MEASURE.fullmatch(written)
    )


@cache
def _subjects() -> frozenset[str]:
    """Of schools, before the number of a course: "Hist. 202"."""
    return frozenset(row[0].rstrip(".") for row in rows(ENGLISH, "abbreviations") if row[2] == "subject")


@cache
def _before_numbers(code: str) -> frozenset[str]:
    """Short forms of what is counted or called by a number."""
    listed = words("split", "before_numbers", of=code)
    if code != ENGLISH:
        return listed.union(short.rstrip(".").lower() for short in table(code, "numbers").get("before_number", ()))
    parts = [row[0].rstrip(".") for row in rows(code, "abbreviations") if row[2] in {"part", "number"}]
    return listed.union(parts, (each.lower() for each in parts if len(each) > 1 and each.lower() not in _WORDS_TOO))


@cache
def seldom_last(code: str) -> frozenset[str]:
    """Abbreviations that end a sentence only where another one clearly starts, those of states among them."""
    listed = words("split", "seldom_last", of=code)
    if code != ENGLISH:
        return listed
    anywhere = (row[0] for row in rows(code, "abbreviations") if row[2] in {"any", "ordinal"})
    states = (row[1] for row in rows(code, "states") if row[1].endswith("."))
    known = {short.rstrip(".").lower() for short in (*anywhere, *states)}
    return listed | (known - words("split", "often_last", of=code) - _WORDS_TOO)


@cache
def shortened(code: str) -> frozenset[str]:
    """What numbers.toml of a language says in full, with its stop."""
    found = table(code, "numbers")
    listed = {short for key in ("words", "before_name") for short in found.get(key, ())}
    listed |= {short[0].upper() + short[1:] for short in listed}
    return frozenset(short for short in listed if short.endswith("."))


_WORDS_TOO = frozenset(
    {
        "me",
        "miss",
        "mass",
        "ind",
        "or",
        "ore",
        "del",
        "min",
        "max",
        "c",
        "fl",
        "gr",
        "tab",
        "app",
        "ann",
        "par",
        "pars",
        "pop",
        "temp",
        "mag",
        "est",
        "med",
    }
)


def counts(word: str, code: str) -> bool:
    """Whether a number that follows belongs to this short form: "Ps. 23", "Hauptstr. 5"."""
    known = _before_numbers(code)
    return word in known or word.lower() in known or any(word.endswith(each[1:]) for each in known if each[0] == "-")
