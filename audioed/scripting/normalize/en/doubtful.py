"""Letters that are units only where the text is about what these measure."""

import re
from re import Match

from audioed.scripting.normalize.en.grammar import describes, ends_sentence
from audioed.scripting.normalize.en.words import NUMBER, cardinal, one
from audioed.scripting.normalize.rules import compiled, listed, rule


def _days(match: Match[str]) -> str:
    """Days of a treatment: "for 14 d."."""
    stop = "." if match["stop"] and ends_sentence(match.string, match.end()) else ""
    return f"{match['cue']}{'day' if match['cue'].endswith(' 1 ') else 'days'}{stop}"


def _letter(match: Match[str]) -> str:
    """A unit of one letter that is much else, where the text is about what it measures."""
    unit, about = _LETTERS[match["unit"]]
    if not compiled(about).search(match.string):
        return match[0]
    alone = unit == "molar" or one(match["number"]) or describes(match)
    return f"{cardinal(match['number'])} {unit}{'' if alone else 's'}"


_LETTERS = {
    "A": (
        "amp",
        r"\d ?[mk]?(?:V(?:AC|DC)?|W|Hz|Ω|Wh|Ah)\b|\b(?:volt|watt|amp|fuse|circuit|current|charger|breaker)s?\b",
    ),
    "J": ("joule", r"\b(?:joules?|kinetic|laser|pulse|[Ee]nergy of)\b|\d ?[kMm]J\b"),
    "K": (
        "kelvin",
        (
            r"\b(?:T:|[Tt]emperatures?|[Tt]emp|kelvins?|superconduct\w*|cryo\w*|absolute zero|liquid|superfluid|"
            r"helium|qubits?|plasma|stellar)|\bT ?=|°[CF]|\d ?mK\b"
        ),
    ),
    "M": ("molar", r"\b(?:pH|molar|buffer|NaCl|HCl|NaOH|N-A-(?:O-H|C-L)|H-C-L)\b|\d ?[mµn]M\b"),
    "N": ("newton", r"\b(?:newtons?|forces?|thrust|torque|load)\b|\d ?[kM]N\b"),
    "T": ("tesla", r"\b(?:[Mm]agnet\w*|MRI|teslas?|field strength)\b"),
}


def _knots(match: Match[str]) -> str:
    """Knots, where the sentence is about wind or ships; bombs are measured in kilotonnes."""
    return "kn" if _SPEED.search(match.string) else match[0]


_SPEED = re.compile(
    r"\b(?:[Ww]inds?|gust\w*|sail\w*|boats?|ships?|yachts?|speeds?|vessels?|ferry|breeze|squalls?|"
    r"airspeed|[Ss]torms?|[Hh]urricanes?|[Cc]yclones?|[Tt]yphoons?|moving|currents?)\b"
)


def _far(match: Match[str]) -> str:
    """Nautical miles, where the sentence is about ships or flights and no chips."""
    sea = _SEA.search(match.string) and not _SMALL.search(match.string)
    return f"{match['gap']}nmi" if sea else match[0]


_SEA = re.compile(
    r"\b(?:\d+ ?kn|kts?|knots?|[Ss]hips?|[Vv]essels?|[Ss]ail\w*|yachts?|[Ff]err(?:y|ies)|boats?|coast|offshore|"
    r"harbou?r|passage|course|fog|seas?|[Mm]arine|aircraft|airport|FL\d{2,3}|flight level|Mach|"
    r"flew|flown|runway|buoy|wreck|island|squadron)\b"
)
_SMALL = re.compile(
    r"\b(?:chips?|transistors?|lasers?|wavelengths?|nodes?|lithograph\w*|nano\w+|EUV|UV|infrared|light|photons?|"
    r"semiconductors?|TSMC|Intel|processors?|silicon|particles?|films?|layers?|cells?)\b"
)


def _celsius(match: Match[str]) -> str:
    """A temperature without its sign, unless the word before makes it a model: "iPhone 5C"."""
    if not match["gap"] and match["unit"] == "C" and CLOTHES.search(match.string):
        return match[0]
    if re.search(r"7\d7-\Z", match.string[: match.start()]):  # a jet
        return match[0]
    before = match.string[: match.start()].rpartition(" ")[0].rpartition(" ")[2]
    if before in _NUMBERED or _MAKES.fullmatch(before):
        return match[0]
    before = before if match["gap"] else ""
    if before[:1].isupper() and before not in _PLACES_OF_HEAT:
        return match[0]
    return f"{match['gap']}{match['number']}°{match['unit']}"


_NUMBERED = listed(
    "Form Schedule Room Seat Row Flat Unit Gate Route Bus Model Type Class Grade Apartment Apt Suite Bay Platform Pod"
)
_MAKES = re.compile(r"[A-Z]{3,}|\w*[a-z][A-Z]\w*|Phone|Redmi|Realme|Moto|Galaxy")
"""What is called by a number and a letter, "iPhone 5C"; a town before a temperature has one capital."""
_PLACES_OF_HEAT = frozenset({"In", "At", "To", "Of", "By", "From", "About", "Around", "Over", "Under", "Near", "Above"})


CLOTHES = re.compile(r"\b[Ss]iz(?:es?|ing)\b|\b\d?XL\b|\b\d\d[ADE]\b")
"""Where a number and a letter are a size."""
_TRACES = re.compile(r"\b(?:PFAS|PFOA|parts per|contaminat\w+|EPA|dioxins?|arsenic|ng/[lLg]|[Ww]ater)\b")
_HEAT = re.compile(
    r"\b(?:[Tt]emp(?:erature)?s?|[Ff]ever|[Oo]ven|[Bb]ake|[Hh]eat(?:ed)?|[Dd]egrees|boils?|freezes?)\b|°"
)
RULES = (
    rule(
        "CF",
        r"(?<![\w.,])(?P<number>\d{1,3}(?:\.\d)?) (?P<unit>[CF])(?=[\s,;)]|\.(?!\w)|\Z)",
        lambda m: f"{m['number']}°{m['unit']}" if _HEAT.search(m.string) else m[0],
    ),
    rule("p", r"(?<=\d)(?P<gap>[ -]?)ppt\b", lambda m: f"{m['gap']}pptr" if _TRACES.search(m.string) else m[0]),
    rule("A", r"(?<![\w.,])(?P<number>\d{1,3}(?:\.\d{1,2})?)(?P<unit>A)(?= (?:@|at|and|or)\b|[,.;)](?!\w))", _letter),
    rule("nN", r"(?<=\d)(?P<gap> |-)(?:nm|NM)\b", _far),
    rule(
        "d",
        r"(?P<cue>\b(?:(?:for|after|within|every|over|in|until)|(?:period|half-life|lifetime)(?::| of| is| was| =)?) "
        r"(?:\d{1,2} ?[-–] ?)?[1-9]\d{0,2}(?:\.\d{1,4})? )d\b"
        r"(?P<stop>\.)?(?![.'/]\w)",
        _days,
    ),
    rule(
        "AJKMNT",
        rf"(?<![\w.,/])(?P<number>{NUMBER}) (?P<unit>[AJKMNT])"
        r"(?![\w'/²³-]|\.\w|\. [A-Z][a-z]+ [A-Z]| [A-Z][a-z]*(?![\w-]))",
        _letter,
    ),
    rule("k", r"(?<=\d[ -])kt\b(?!\.\w)", _knots),
    rule(
        "CF",
        r"(?<![\w.,])(?P<gap> ?)(?P<number>\d{1,3}(?:\.\d)?)(?P<unit>[CF])(?=[\s,;)/]|[.](?!\w)|-[a-z]|$)",
        _celsius,
    ),
)
