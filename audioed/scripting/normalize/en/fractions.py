"""Two numbers at a slash: parts of a whole, marks, shares, beats."""

import re
from re import Match

from audioed.scripting.normalize.en.words import cardinal, one, ordinal, plain, plural
from audioed.scripting.normalize.rules import rule

_WHOLE = {"": "", "2": "half", "4": "quarter"}
_ARTICLE = re.compile(r"\b[Aa]n? \Z")
_MARKS = frozenset({"15", "20", "25", "30", "40", "50"})
"""So many points or people there may be; few things are cut into as many parts."""
_DENOMINATORS = 60
"""From here on a slash between numbers is no fraction: a blood pressure of 120/80."""


def _fraction(match: Match[str]) -> str:
    """Three quarters for "3/4"; tenths, hundredths and large ones are shares: "eight out of ten"."""
    whole, above, below = match["whole"], match["above"], match["below"]
    if below.strip("0") in {"", "1"} and len(below) == 1:
        return f"{cardinal(whole) + ' ' if whole else ''}{plain(above)} {'over zero' if below == '0' else 'to one'}"
    said = "" if whole else _ratio(above, below)
    if below == "5" and not whole and not said and not _SHARE.match(match.string, match.end()):
        before = match.string[: match.start()]
        if above != "1" and (int(above) <= int(below)) and not before.endswith("-"):
            return f"{plain(above)} out of five"
    if said:
        return said
    part = _WHOLE.get(below) or ordinal(below)
    if whole:
        single = below == "4" and _SEVERAL.match(match.string, match.end())
        parts = f"a {part}" if one(above) else f"{plain(above)}{f'-{part}' if single else f' {plural(part)}'}"
        return f"{cardinal(whole)} and {parts}"
    if one(above) and _ARTICLE.search(match.string, max(0, match.start() - 3), match.start()):
        return part
    joined = re.match(r"-[a-z]", match.string[match.end() :])
    return f"{plain(above)} {part if one(above) or joined else plural(part)}"


_SEVERAL = re.compile(r" (?!cents\b)[a-z]{3,}s\b")
"""What there are so many of: "two and three-quarter lengths"."""
_SHARE = re.compile(
    r"-| (?:of|the|majority|full|empty|share|part|way|was|were|is|are|said|say|voted|rule|cups?|inch|inches|miles?|"
    r"teaspoons?|tablespoons?|pints?|tsp|tbsp|time|split)\b|(?:th|rd)"
)
"""What follows a part of a whole: "2/5 of them"; anything else is a mark out of five."""


_HALF_TENS = 10
_INCHES = frozenset({12, 16, 32, 64})
"""Into so many parts these are cut."""


def _ratio(above: str, below: str) -> str:
    """What is no part of a whole: shares, splits, divisions; empty for a fraction."""
    one_, other = int(above), int(below)
    marks = above != "1" if below in {"10", "100"} else below in _MARKS and one_ > 2  # noqa: PLR2004
    if (marks and one_ <= other) or _DENOMINATORS < one_ <= other:
        return f"{cardinal(above)} out of {cardinal(below)}"
    if _HALF_TENS < one_ < other and other not in _INCHES:
        return f"{cardinal(above)} out of {cardinal(below)}"
    if one_ + other == 100 and one_ >= other:  # noqa: PLR2004  a split
        return f"{plain(above)}-{plain(below)}" if above == below else f"{plain(above)} {plain(below)}"
    if one_ > other >= _DENOMINATORS:
        return f"{cardinal(above)} over {cardinal(below)}"
    return f"{plain(above)} divided by {plain(below)}" if one_ > other and not one_ % other else ""


_WHOLES = (
    "pin|cylinder|person|man|way|speed|door|seat|seater|seated|stage|star|axis|piece|player|year|day|week|month|channel|"
    "core|bed|bedroom|button|blade|string|wheel|panel|strand|ply"
)
"""What there are no parts of: "3/5-pin" is made for three or five."""


def _either(match: Match[str]) -> str:
    """One number or the other, of what comes in whole ones."""
    return f"{match['one']} or " if int(match["one"]) < int(match["other"]) else match[0]


RULES = (
    rule(
        "/",
        r"(?P<cue>\b(?:[Ll]ap|[Pp]age|[Dd]ay|[Pp]art|[Ee]pisode|[Rr]ound|[Ss]lide|"
        r"[Ss]tep|[Ss]tage|[Ww]eek|[Tt]weet|[Gg]ame) )"
        r"(?P<one>\d{1,3})/(?P<all>\d{1,3})(?![\w/]|[.,]\d)",
        lambda m: f"{m['cue']}{plain(m['one'])} of {plain(m['all'])}",
    ),
    rule(
        "/",
        r"(?<![\w/.])1/(?P<parts>\d{2,3})(?:th)?(?=[- ]scale\b)",
        lambda m: f"one {ordinal(m['parts']).removeprefix('one ')}",
    ),
    rule("/", r"(?<![\w/.])\d{1,2}(?:/\d{1,2}){2,3}(?![\w/])", lambda m: " ".join(map(plain, m[0].split("/")))),
    rule("/", rf"(?<![\w/.-])(?<!\d )(?P<one>\d{{1,2}})/(?=(?P<other>\d{{1,2}})-(?:{_WHOLES})\b)", _either),
    rule(("1/2-",), r"(?<![\w/.])(?<!\d[ -])1/2-(?=[a-z])", "half-"),
    rule(
        "/",
        r"(?<![\w/])(?:(?P<low>\d{1,3})/(?P<high>\d{1,3})(?= (?:vision|hindsight|time|meter|"
        r"beat|groove|jigs?|waltz(?:es)?|march|reels?|feel|swing|bars?|rhythm)\b)|"
        r"(?<=\bin )(?P<beats>[25679]|12|4(?=/4))/(?P<of>[48])(?=[,.;:)]|\Z| (?:and|with|at)\b))",
        lambda m: f"{plain(m['low'] or m['beats'])} {plain(m['high'] or m['of'])}",
    ),
    rule(
        "/",
        r"(?<![\w.,/])(?P<above>\d{1,2}(?:\.\d{1,2})?)/(?P<below>\d{1,3})(?:\.00?)?(?![\w/]|[.,]\d)"
        r"(?:(?<=\.\d/\d)|(?<=\.\d/\d\d)|(?<=\.\d/\d\d\d)|(?<=\.\d\d/\d)|(?<=\.0)|(?= stars\b))",
        lambda m: f"{cardinal(m['above'])} out of {cardinal(m['below'])}",
    ),
    rule(
        "/",
        r"(?<![\w.,/])(?:(?P<whole>\d{1,6})[ -])?(?P<above>\d{1,4})/(?P<below>\d{1,4})(?i:th|rd|nd)?s?(?![\w/])"
        r"(?![.,]\d)",
        _fraction,
    ),
)
"""In this order: what is called its own way before any part of a whole."""
