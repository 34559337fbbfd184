"""Years, decades, eras, seasons, quarters and fiscal years."""

from re import Match

from audioed.scripting.normalize.en.dates import MONTHS
from audioed.scripting.normalize.en.words import START, ordinal, plain, plural, short_year, whole_year, year
from audioed.scripting.normalize.rules import DIGITS, family, rule

_YEAR = r"(?:1\d{3}|20\d{2})"
_SHORT = len("90")
_SEASONS = 3
"""Years around a slash; further apart they are no season but a share."""
_DETERMINED = ("the ", "each ", "every ", "any ", "a ", "its ", "this ", "that ", "their ", "our ")


def _decade(match: Match[str]) -> str:
    digits = match["decade"]
    if len(digits) == _SHORT:
        return plural(plain(digits))
    century = f"{plain(digits[:2])} hundred" if digits[2:] == "00" and digits[1] != "0" else year(digits)
    return plural(century)


def _range(match: Match[str]) -> str:
    """Both years: "1914–18" is nineteen fourteen to eighteen, a season needs no "to"."""
    first, last = match["first"], match["last"]
    if match["sign"] == "/" and len(last) == len(first) and not 0 < int(last) - int(first) <= _SEASONS:
        return match[0]
    if match["sign"] == "-" and len(last) == _SHORT and int(last) < int(first[2:]) and 1 <= int(last) <= len(MONTHS):
        return f"{MONTHS[int(last) - 1]} {year(first)}"
    if match["sign"] == "-" and len(last) == _SHORT and "00" != last < first[2:]:  # it falls
        return f"{year(first)} dash {plain(last)}"
    joint = " " if match["sign"] == "/" else " to "
    if len(last) == _SHORT:
        return f"{year(first)}{joint}{year(first[:2] + last) if last == '00' else short_year(last)}"
    return f"{year(first)}{joint}{year(last)}"


def _fiscal(match: Match[str]) -> str:
    last = f" to {short_year(match['last'][-2:])}" if match["last"] else ""
    kind = "fiscal" if match["kind"] == "FY" else "calendar"
    return f"{kind} year {whole_year(match['year'])}{last}"


def _part(match: Match[str]) -> str:
    """Quarters and halves as bankers write them: "3Q24" is the third quarter of twenty twenty-four."""
    determined = match.string[: match.start()].lower().endswith(_DETERMINED)
    kind = "quarter" if match["kind"] == "Q" else "half"
    of = f" of {'fiscal ' if match['fiscal'] else ''}{whole_year(match['year'])}" if match["year"] else ""
    return f"{'' if determined else 'the '}{ordinal(match['number'])} {kind}{of}"


def _quarter(match: Match[str]) -> str:
    fiscal = "fiscal year " if match["fiscal"] else ""
    return f"{match['kind']} {plain(match['number'])} {fiscal}{whole_year(match['year'])}"


def _era(match: Match[str]) -> str:
    before = f"{match['before'].replace('.', '')} " if match["before"] else ""
    after = f" {match['after'].replace('.', '')}" if match["after"] else ""
    first = f"{year(match['first'])} to " if match["first"] else ""
    return f"{before}{first}{year(match['year'])}{after}{'.' if match['stop'] else ''}"


_RULES = (
    rule(
        "'",
        r"(?<![\w'])'(?P<first>\d\d) ?[-–] ?'?(?P<last>\d\d)(?![\w'])",
        lambda m: f"{short_year(m['first'])} to {short_year(m['last'])}",
    ),
    rule("c", r"(?<=\d) ?[-–] ?(?=ca?\. ?\d{3})", " to "),
    rule("c", r"(?<![\w.])(?P<circa>c|ca|fl|b|d)\.(?=\d{3,4}\b)", r"\g<circa>. "),
    rule("FC", r"\b(?P<kind>FY|CY) ?'?(?P<year>\d{4}|\d\d)(?:[-/–](?P<last>\d{4}|\d\d))?\b", _fiscal),
    rule("QH", r"\b(?P<number>[1-4])(?P<kind>Q|(?<=[12])H) ?(?P<fiscal>FY)?'?(?P<year>20\d\d|\d\d)?\b(?!-)", _part),
    rule(
        "QH",
        r"\b(?P<kind>Q|H)(?P<number>[1-4]),? ?(?P<fiscal>FY ?)?'?(?P<year>20\d\d|(?<=')\d\d|(?<=FY)\d\d)\b",
        _quarter,
    ),
    rule("QH", r"\b(?P<first>[QH][1-4])\s?[-–]\s?(?=[QH][1-4]\b)", r"\g<first> to "),
    rule(DIGITS, r"(?P<first>\d0'?s)\s?[-–]\s?(?='?\d{0,3}0'?s\b)", r"\g<first> to "),
    rule(DIGITS, rf"{START}'?(?P<decade>(?:1\d|20)\d0|2[1-9]00|[2-9]0)'?s(?=[-–\W]|$)", _decade),
    rule(
        "'", r"(?<=\b[Tt]he )'(?P<decade>[01]0)s\b", lambda m: "twenty tens" if m["decade"] == "10" else "two thousands"
    ),
    rule(DIGITS, r"(?<=[-–])'?(?P<decade>(?:1\d|20)\d0|[2-9]0)'?s\b", _decade),
    rule(
        DIGITS,
        rf"{START}(?:(?P<before>A\.?D\.?) )?(?:(?P<first>\d{{1,4}})\s?[-–]\s?)?(?P<year>\d{{1,4}})"
        r"(?: ?(?P<after>BCE?|CE|A\.?D|B\.C(?:\.E)?|C\.E)\b(?!\.\w)(?P<stop>\.(?=\s*$))?\.?)(?![\w'])",
        _era,
    ),
    rule(
        DIGITS,
        r"\b(?P<before>A\.?D\.?) (?:(?P<first>\d{1,4})\s?[-–]\s?)?(?P<year>\d{1,4})(?P<after>)(?P<stop>)\b(?![,.]\d)",
        _era,
    ),
    rule(DIGITS, rf"{START}(?P<first>{_YEAR})(?P<sign>[-–/])(?P<last>{_YEAR}|\d\d)\b(?![-–,./]\d)(?!-[a-z])", _range),
    rule(
        DIGITS, rf"{START}(?P<first>{_YEAR})\s?[-–—]\s?(?=present\b|now\b|today\b)", lambda m: f"{year(m['first'])} to "
    ),
    rule(
        "/",
        rf"{START}(?P<year>1[1-9]\d\d)/(?P<next>\d)(?![\w/]|\.\d)",
        lambda m: (
            f"{year(m['year'])} or {short_year(str(int(m['year']) + 1)[2:])}"
            if (int(m["year"]) + 1) % 10 == int(m["next"])
            else m[0]
        ),
    ),
    rule("'", r"(?<=\b(?:of|in|to|by|or) )'(?P<year>\d\d)\b(?!')", lambda m: short_year(m["year"])),
    rule(
        DIGITS,
        r"(?P<before>\b(?:[Ii]n|[Oo]f|[Ss]ince|[Bb]y|[Ff]rom|[Uu]ntil|[Aa]round|circa|year|to) )(?P<year>10\d\d)\b"
        r"(?![-–,./:]?\d)(?! [a-z]+s\b)",
        lambda m: f"{m['before']}{year(m['year'])}",
    ),
)
"""In this order: a longer construction before the shorter one that it contains."""
spoken = family(_RULES)
"""The text with every year that is more than a number of four digits in words."""
