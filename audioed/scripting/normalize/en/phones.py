"""Telephone numbers, addresses of machines and codes: digit by digit, in the groups that they are written in."""

import re
from re import Match

from audioed.scripting.normalize.en.words import digits, plain
from audioed.scripting.normalize.rules import DIGITS, before, family, rule

_AREA = r"(?:\(\d{3}\)[-. ]?|\d{3}[-. ])"
_CUES = (
    "area code|zip code|ZIP code|ZIP|postcode|PIN|pin code|passcode|password|access code|code|OTP|otp|extension|ext|"
    "[Tt]ext|[Ss]quawk(?:ed|ing|s)?|[Dd]ial|dialing|dialed|dialled"
)
_FREE = re.compile(r"8(?:00|88|77|66|55|44|33)")


def _group(group: str) -> str:
    return f"{plain(group[0])} hundred" if group[1:] == "00" and _FREE.fullmatch(group) else digits(group)


def _telephone(match: Match[str]) -> str:
    """The groups apart by commas, at which a voice takes the time to write down."""
    plus = "plus " if match[0].startswith("+") else ""
    return plus + ", ".join(map(digits, re.findall(r"\d+", match[0])))


def _toll_free(match: Match[str]) -> str:
    """One of the numbers that are known by their words: "1-800-FLOWERS"."""
    groups = [_group(group) if group.isdecimal() else group for group in re.split(r"[-. ]", match[0])]
    said = ", ".join(groups[:2])
    rest = groups[2:]
    joint = ", " if all(group[0].islower() for group in rest) else " "
    return f"{said}, {joint.join(rest)}"


def _signs(group: str) -> str:
    """A group of a code, sign by sign."""
    return " ".join(digits(sign) if sign.isdecimal() else sign for sign in group)


def _identifier(match: Match[str]) -> str:
    """What a label announces, sign by sign, in the groups that it is written in: "SKU 6505727"."""
    return (
        match["cue"].replace("#", " number").replace("  ", " ").rstrip()
        + " "
        + ", ".join(map(_signs, re.split("[ -]", match["code"])))
    )


def _sixth(match: Match[str]) -> str:
    """An address of version 6 of the Internet Protocol, sign by sign."""
    said = " ".join(
        "colon" if sign == ":" else digits(sign) if sign.isdecimal() else sign.upper()
        for sign in match[0].partition("/")[0]
    )
    return said + (f" slash {plain(match['bits'])}" if match["bits"] else "")


def _book(match: Match[str]) -> str:
    """The number of a book, group by group."""
    kind = f" {plain(match['long'][1:])}" if match["long"] else ""
    return f"{match['cue']}{kind}{match['colon']} {', '.join(map(_signs, match['code'].split('-')))}"


_NAMED = "SKU|IMO|MMSI|UPC|EAN|GTIN|ASIN|IMEI|VIN|MPN|MLS|PMID|OCLC|LCCN|ISSN|S/N|P/N|NDC|DIN|ICCID"
"""Labels of what is told apart by its signs alone."""
_EMERGENCY = r"(?:911|999|988|11[12]|[2-8]11)"
_HELPS = re.compile(
    r"\b(?:[Cc]all|[Dd]ial|[Rr]ing|[Pp]hone|[Tt]ext|[Hh]elplines?|[Ll]ifeline|[Hh]otlines?|[Cc]risis|[Ee]mergency|"
    r"[Ss]amaritans)\b"
)


def _emergency(match: Match[str]) -> str:
    """A number that everybody may have to dial, where the sentence is about calling."""
    return digits(match[0]) if _HELPS.search(match.string) else match[0]


def _apart(match: Match[str]) -> str:
    """The pause before a number that stands behind an address, and not behind the words that lead to it."""
    return match[0] if _LEADS.search(before(match)) else ", "


_LEADS = re.compile(r"\b(?:at|on|to|or|and|is|call|ring|dial|phone|tel|fax|text|number|via|with)\Z", re.IGNORECASE)
_RULES = (
    rule("(", r"(?<=[\w.]) (?=\(\d{3}\)[-. ]?\d{3}[-. ]\d{4}(?![\w-]))", _apart),
    rule(
        DIGITS,
        rf"(?P<cue>(?<!\w)(?:{_NAMED})(?:(?: no\.?| number| code| ID)?:? ?#? ?)|"
        r"\b(?:[Pp]art|[Ss]erial|[Tt]racking|[Cc]onfirmation|[Cc]atalog(?:ue)?)(?: (?:[Nn]o\.|number):? ?#?|:? ?#))"
        r"(?:(?<=no\.)|(?<=No\.)|(?<=[:# \w])) ?(?P<code>(?=[A-Z -]{0,8}\d)(?=[A-Z\d -]{4})[A-Z\d]{1,24}(?:[ -]"
        r"(?=[A-Z]{0,4}\d)[A-Z\d]{1,12}){0,5})(?![\w.-]\w|\w)",
        _identifier,
    ),
    rule("x", r"(?P<end>\d{3,4}[-. ]\d{4}),? ?x\.? ?(?=\d{1,5}(?!\w|[.,]\d))", r"\g<end>, extension "),
    rule(("116",), r"(?<![\w.,])116[ -]?(?:000|006|111|117|123)(?!\w|[.,]\d)", _telephone),
    rule(
        DIGITS,
        r"(?<![\w.-])(?P<host>(?:\d{1,3}\.){3}\d{1,3})(?:/(?P<bits>\d\d?))?(?![\w-])(?!\.\d)",
        lambda m: " dot ".join(map(digits, m["host"].split("."))) + (f" slash {plain(m['bits'])}" if m["bits"] else ""),
    ),
    rule(
        ("::",),
        r"(?<![\w:])(?:(?:[0-9a-f]{1,4}:){1,6}|:)(?::[0-9a-f]{1,4}){1,6}(?:/(?P<bits>\d{1,3}))?(?![\w:])",
        _sixth,
    ),
    rule(DIGITS, r"(?<![\w-])1[-. ]8\d\d(?:[-. ](?:[A-Z]{1,10}|\d{3,4})){1,4}(?![\w-])", _toll_free),
    rule(DIGITS, rf"(?<![\w-])(?:\+?\d{{1,2}}[-. ])?{_AREA}\d{{3}}[-. ]\d{{4}}(?![\w-])", _telephone),
    rule(
        ("IBAN",),
        r"(?P<cue>\bIBAN:? (?:is )?)(?P<code>[A-Z]{2}\d\d(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?)(?!\w)",
        lambda m: m["cue"] + ", ".join(map(_signs, m["code"].split())),
    ),
    rule("+", r"\+(?=(?:[ .()-]{0,3}\d){7})\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,6}(?![\w-])", _telephone),
    rule("(", r"(?<!\w)\(0\d{2,4}\)[ -]?\d{3,4}(?:[ -]\d{3,4}|\d{2})(?![\w-])", _telephone),
    rule(
        DIGITS,
        r"(?<![\w-])0\d{2,4}[ -]\d{3,4}[ -]\d{3,4}(?![\w-])|(?<![\w-])0(?:\d{4} \d{6}|[389]00 \d{4,7})(?![\w-])",
        _telephone,
    ),
    rule(DIGITS, r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])|(?<![\w-])\d{4}([- ])\d{4}\1\d{4}\1\d{4}(?![\w-])", _telephone),
    rule(DIGITS, r"(?<![\w.,-])[2-9]\d\d-\d{4}(?![\w-]|[.,]\d)", _telephone),
    rule("-", r"(?P<cue>\b[Ff]ax:? )-(?P<end>\d{3,4})(?!\d)", lambda m: m["cue"] + digits(m["end"])),
    rule(
        ("ISBN",),
        r"(?P<cue>\bISBN)(?P<long>-1[03])?(?P<colon>:?) (?P<code>(?=(?:[\dX]-?){10,13}(?![\w-]))[\dX-]{10,17})",
        _book,
    ),
    rule(DIGITS, r"(?<![\w-])97[89]-(?:\d{1,7}-){3}\d(?!\w)", _telephone),
    rule(
        DIGITS,
        r"(?P<cue>\b(?:[Cc]all|[Rr]ing|[Dd]ial)(?:s|ed|ing)? )(?P<list>\d{3}(?:, \d{3}){0,3},? (?:or|and) \d{3})\b"
        r"(?![,.:/-]\d| [a-z]+s\b)",
        lambda m: m["cue"] + re.sub(r"\d+", lambda number: digits(number[0]), m["list"]),
    ),
    rule(
        DIGITS,
        rf"(?P<cue>\b(?:{_CUES})\.?(?: is| to)? )(?P<number>\d{{3,10}})\b(?![,.:/-]\d)",
        lambda m: f"{m['cue']}{digits(m['number'])}",
    ),
    rule(
        DIGITS,
        r"(?P<cue>\b[Tt]ext(?:ing)? [\w'\"]{1,20} to )(?P<number>\d{4,6})\b(?![,.:/-]\d)",
        lambda m: f"{m['cue']}{digits(m['number'])}",
    ),
    rule(
        DIGITS,
        r"(?P<cue>\b(?:[Cc]all(?:s|ed|ing)?|[Rr]ing|[Pp]hone[ds]?|[Nn]umber) )(?P<number>0\d\d|9[19][19]|988|[1-8]11)\b"
        r"(?![,.:/-]\d)",
        lambda m: f"{m['cue']}{digits(m['number'])}",
    ),
    rule(
        "19",
        rf"(?<![\w.,:$€£/-])(?<!No\. ){_EMERGENCY}(?![\w%°]|[,.:/-]\d| (?!(?:or|and|for|if|in|from|is|to|on|at|"
        rf"with|when)\b)[a-z])",
        _emergency,
    ),
)
"""In this order: a longer number before the shorter one that it contains."""
spoken = family(_RULES)
"""The text with every number that is dialled or typed digit by digit."""
