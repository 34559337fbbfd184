"""Signs: those that mean a word are said, those that shape the reading are kept, the rest is dropped."""

import re
import unicodedata
from functools import lru_cache
from re import Match

from audioed.english import is_in_dictionary
from audioed.languages import rows
from audioed.scripting.normalize.en.grammar import names_thing
from audioed.scripting.normalize.en.words import plain
from audioed.scripting.normalize.rules import applied, before, rule
from audioed.scripting.tagger import tags
from audioed.scripting.trace import sub

_WORDS = {
    "&": "and",
    "@": "at",
    "+": "plus",
    "=": "equals",
    "%": "percent",
    "°": "degrees",
    "§": "section",
    "¶": "paragraph",
    "±": "plus or minus",
    "×": "times",
    "÷": "divided by",
    "≈": "about",
    "≤": "at most",
    "≥": "at least",
    "≠": "is not",
    "<": "less than",
    ">": "greater than",
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₹": "rupee",
    "¢": "cent",
    "₿": "bitcoin",
    "²": "squared",
    "³": "cubed",
    "π": "pi",
    "µ": "micro",
    "μ": "micro",
    "Ω": "ohm",
    "√": "the square root of",
    "∞": "infinity",
    "#": "hash",
    "♯": "sharp",
    "♭": "flat",
    "♮": "natural",
    "/": "slash",
    "→": "to",
    "⇒": "implies",
    "⇔": "if and only if",
    "∑": "the sum of",
    "∏": "the product of",
    "∫": "the integral of",
    "∂": "partial",
    "∇": "nabla",
    "∈": "in",
    "∉": "not in",
    "∀": "for all",
    "∃": "there is",
    "∝": "is proportional to",
    "≡": "is equivalent to",
    "∼": "about",
    "∪": "union",
    "∩": "intersection",
    "⊂": "is a subset of",
    "∓": "minus or plus",
}


def _blood(match: Match[str]) -> str:
    """A blood group, where the sentence is about blood."""
    if "blood" not in match.string.lower():
        return match[0]
    return f"{match['group']} {'positive' if match['sign'] == '+' else 'negative'}"


_EITHER = (
    "on|off|yes|no|true|false|win|lose|pass|fail|buy|sell|left|right|up|down|in|out|day|night|male|female|men|women"
)


def _either(match: Match[str]) -> str:
    """One or the other; both where they describe a thing, "a male/female ratio", or somebody, "the owner/operator"."""
    both = names_thing(match) or (_DOES.search(match["one"]) and _DOES.search(match["other"]))
    joint = " " if both else " or "
    return f"{match['one']}{joint}{match['other']}"


def _done(match: Match[str]) -> str:
    """What somebody does, or does instead: "she owns/runs it"; other words stay at their slash."""
    said = f"{match['one']} or {match['other']}"
    start, other = match.start(), match.start() + len(match["one"]) + len(" or ")
    told = dict(tags(f"{match.string[:start]}{said}{match.string[match.end() :]}"))
    acts = told.get(start) == told.get(other) == "VBZ" or _SOMEBODY.search(before(match))
    return said if acts else match[0]


_SOMEBODY = re.compile(r"\b(?:[Hh]e|[Ss]he|[Ii]t|who|which) \Z")


_ASKING = "to|can|may|will|should|must|could|would|please|cannot|can't|don't"
"""What a verb follows: "to add/remove users"."""
_ANY = "[Yy]our|[Aa]n?|[Aa]ny|[Ee]ach|[Ee]very|[Nn]o|[Hh]is|[Hh]er|[Tt]heir|[Mm]y"
_DOES = re.compile(r"(?:[eo]r|ist|ian|man|woman)\Z")
_ITEM = r"(?:[A-Za-zÀ-ÿ][\w'-]+|[𘬀-𘳕])"
"""A word at a slash, or what stands for one whose sound is known."""
_FOLDERS = "src|usr|etc|var|lib|bin|home|opt|tmp|docs|app|api|refs|origin|node_modules|dist|tests?"
"""What paths of files begin with."""


def _shortened(match: Match[str]) -> str:
    """A short form that nobody here knows, without its stop: no sentence ends before a small letter."""
    short = match["short"]
    known = short.isupper() or short.lower() in _SHORT_FORMS or is_in_dictionary(short.lower(), "en-US")
    return match[0] if known else short


_SHORT_FORMS = {row[0].rstrip(".").lower() for row in rows("en", "abbreviations")} | {"ff", "bde", "regt", "rgt", "sqn"}
"""Which other rules read, once the words before them are read."""


_EQUATION = re.compile(r" (?:=|equals) ")
_SIGNS = (
    rule(".", r"(?<![\w.'-])(?P<short>[A-Za-z]{2,6})\.(?= [a-z]{2})", _shortened),
    rule("$", r"(?<![\w$])\${2,4}(?![\w$])", lambda m: f"{plain(str(len(m[0])))} dollar signs"),
    rule("*", r"(?<![\w*.])A\*s\b", "A stars"),
    rule(
        "*",
        r"(?:(?<=A\*)|(?<![\w*.]))A\*(?P<next>(?=[A-E](?![a-z])))?(?![a-z*\d])",
        lambda m: "A star" if m["next"] is None else "A star ",
    ),
    rule(":", r"(?<=[a-z]):(?=[A-Z]\b)", " "),
    rule("/", r"\b(?P<first>and|AND)/(?=or\b|OR\b)", r"\g<first> "),
    rule("/", r"\b(?P<first>(?i:s?he|his|him|hers?))/(?=(?i:s?he|hers?|his|him|they)\b)", r"\g<first> or "),
    rule(
        "/",
        r"(?<=\b[SML])/(?=X{1,3}[SL]\b)|(?<=\bX[SL])/(?=[SML]\b)|(?<=\b[A-Z])/(?=[A-Z]\b)|(?<=[A-Z]{2})/(?=[A-Z]{2,12}\b)",
        " ",
    ),
    rule("/", r"(?<=[a-z]{2})/(?=[A-Z]{2,5}(?![\w/]))", ", "),
    rule(("/he",), r"\b[Ss]/he\b", "she or he"),
    rule(("km/h",), r"(?<![\w/])km/h(?!\w)", "kilometers per hour"),
    rule("/", r"\b[wW]/o\b", "without"),
    rule("/", r"\bw/ ?(?=\w)", "with "),
    rule(
        "/",
        r"(?<=[\w.,%)])(?: / |/ (?=[A-Za-z]))(?=[\w$€£(])",
        lambda m: " divided by " if _EQUATION.search(m.string) else ", ",
    ),
    rule(
        "/",
        rf"(?<![\w/.~-])(?!(?:{_FOLDERS})/){_ITEM}(?:/{_ITEM}){{2,40}}(?![\w/]|\.\w)",
        lambda m: m[0].replace("/", ", "),
    ),
    rule("/", r"(?<=[a-z]{2})/(?=[,;)]|\.?\s*\Z)", ""),
    rule(("y/ies",), r"(?<=[a-z]{3})y/ies\b", "ies"),
    rule("/", r"(?<=[a-z]{4})/(?=es\b)|(?<=[a-z]{3}[a-rt-z])/(?=s\b)", ""),
    rule("/", rf"(?<![\w/.-])(?P<one>(?i:{_EITHER}))/(?P<other>(?i:{_EITHER}))(?![\w/])", _either),
    rule("/", r"(?<![\w/.~-])(?P<one>[a-z]{2,20}s)/(?P<other>[a-z]{2,20}s)(?![\w/-]|\.\w)", _done),
    rule("/", rf"(?P<one>\b(?:{_ASKING}) [a-z]{{3,20}})/(?=[a-z]{{3,20}}(?![\w/-]|\.\w))", r"\g<one> or "),
    rule("/", rf"(?P<one>\b(?:{_ANY}) [a-z]{{3,20}})/(?P<other>[a-z]{{3,20}})(?![\w/-]|\.\w)", _either),
    rule("/", rf"(?<![\w/.~])(?P<one>{_ITEM})/(?={_ITEM}(?![\w/]|\.\w))", r"\g<one> "),
    rule("❤♥", r"(?P<who>\b(?:I|[Ww]e)) ?[❤♥]\s*(?=\w)", r"\g<who> love "),
    rule("~", r"(?<![\w~])~ ?(?=[a-z])", "about "),
    rule("~", "~", " "),
    rule("<", r"</?(?P<words>[a-zA-Z][\w' -]{0,40})(?:=[^<>]{0,40})?/?>", r" \g<words> "),
    rule("∑", r"∑(?= of\b)", "the sum"),
    rule("➡→", r"(?<=\w)\s*[➡→]\s*(?=\w)", " to "),
    rule(">", r"(?<=[a-z]) > (?=[A-Z])", ", "),
    rule("#", r"\b(?P<key>[A-G])#(?!\w)", r"\g<key> sharp"),
    rule("+", r"\bHIV\+", "HIV positive"),
    rule("+-", r"\b(?P<group>O|A|B|AB|Rh)(?P<sign>[+-])(?=[\s,.;)/]|$)", _blood),
    rule(
        "-",
        r"(?<![\w-])(?P<grade>[A-D]{1,3}|[A-D]a{1,2}\d?)-(?=[\s,.;:)!?\"]|$)(?! (?:and|or|to) \w+-)",
        r"\g<grade> minus",
    ),
    rule("$", r"(?<=[A-Za-z])\$(?=[A-Za-z])", "S"),
    rule("", rf"[{re.escape(''.join(_WORDS))}]", lambda m: f" {_WORDS[m[0]]} "),
    rule("", r"[*^`\\{}_™®©℠†‡]", " "),
)
_BEYOND = re.compile(r"[^\x00-\x7f]")


def signs(text: str) -> str:
    """The text with signs as words, and nothing left but words and punctuation."""
    text = applied(_SIGNS, text)
    return text if text.isascii() else sub(_BEYOND, lambda match: _sayable(match[0]), text)


@lru_cache(maxsize=1024)
def _sayable(sign: str) -> str:
    """A letter or a mark on one; any other sign is silent."""
    if unicodedata.category(sign)[0] in "LM" and not sign.isdigit():
        return sign
    return {"…": ".", "—": ","}.get(sign, " ")
