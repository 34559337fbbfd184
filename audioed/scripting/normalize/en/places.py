"""Addresses: house numbers, streets, saints, states and their codes."""

import re
from functools import lru_cache
from re import Match

from audioed.languages import rows
from audioed.scripting.normalize.en.grammar import ends_sentence, stopped
from audioed.scripting.normalize.en.words import digits, halves, ordinal, plain
from audioed.scripting.normalize.rules import DIGITS, choice, family, listed, rule

_STREETS = {row[0]: row[1] for row in rows("en", "streets")}
_ALWAYS = ("Ave", "Rd", "Blvd", "Hwy", "hwy", "Pkwy", "Expy", "Fwy", "Tpke", "Cres", "Bldg")
"""These stand for nothing else."""
_WINDS = {
    "N": "North",
    "S": "South",
    "E": "East",
    "W": "West",
    "NE": "Northeast",
    "NW": "Northwest",
    "SE": "Southeast",
    "SW": "Southwest",
}
_SAINTS = (
    "Louis|Paul|Petersburg|James|John|Peter|Andrew|Andrews|Patrick|Mary|George|Kitts|Lucia|Vincent|Thomas|"
    "Francis|Helens|"
    "Helena|Laurent|Albans|Augustine|Bernard|Catherine|Catharines|Charles|Clair|Cloud|Croix|Denis|Edmunds|Elizabeth|"
    "Gallen|Germain|Helier|Ives|Johns|Joseph|Jude|Kilda|Lawrence|Lucie|Luke|Mark|Martin|Matthew|Michael|Moritz|Nazaire|"
    "Nicholas|Pancras|Pierre|Simons|Stephen|Tropez|Anne|Ann|Barts|Clare|Barbara|David|Mirren|Johnstone|Bride"
)
_COLLEGES = (
    "Ohio|Penn|Michigan|Boise|Fresno|Wichita|Mississippi|Iowa|Kansas|Oklahoma|Florida|Arizona|Colorado|San Diego|"
    "San Jose|Appalachian|Kent|Ball|Weber|Murray|Utah|Oregon"
)
"""Whose teams newspapers call "Ohio St."."""
_NAME = r"(?:[A-Z][\w'-]+|[𘬀-𘳕]|\d{1,3}(?:st|nd|rd|th))"
_WIND = r"(?:N\.?E|N\.?W|S\.?E|S\.?W|N|S|E|W)"
_STATES = {row[0]: row[2] for row in rows("en", "states")}
_SHORT = {row[1]: row[2] for row in rows("en", "states") if row[1].endswith(".")}
_ALONE = {short for short in _SHORT if "." not in short[:-1]} - {"Miss.", "Ind.", "Del.", "Me.", "Or."}
"""Of the short forms of states those that need no city before them."""
_DOTTED = {".".join(code) + "." for code in _STATES}
"""Their codes with points: "N.Y."."""
_PROVINCES = {
    "Ont.": "Ontario",
    "Que.": "Quebec",
    "Alta.": "Alberta",
    "Sask.": "Saskatchewan",
    "Man.": "Manitoba",
    "Nfld.": "Newfoundland",
}
"""Of Canada."""
_PARTIES = {"D": "Democrat", "R": "Republican", "I": "independent", "DFL": "Democrat"}


def _wind(short: str | None) -> str:
    return _WINDS[short.replace(".", "")] if short else ""


def _house(match: Match[str]) -> str:
    """A house and its street; the number is called by its halves: 1428 is fourteen twenty-eight."""
    number, street = match["number"], match["street"]
    said = " to ".join(
        halves(each) if len(each) <= len("1428") else digits(each) for each in (match["low"], number) if each
    )
    said += f" {match['letter'].upper()}" if match["letter"] else ""
    wind = f"{_wind(match['wind'])} " if match["wind"] else ""
    name = " ".join(ordinal(word[:-2]) if word[0].isdecimal() else word for word in match["name"].split())
    ending = f" {_wind(match['after'])}" if match["after"] else ""
    kind = _STREETS.get(street.rstrip("."), street)
    stop = "." if match["stop"] and not match["after"] and ends_sentence(match.string, match.end()) else ""
    return f"{said} {wind}{name} {kind}{ending}{stop}"


def _street(match: Match[str]) -> str:
    return stopped(_STREETS[match["street"]], match)


def _closed(match: Match[str]) -> str:
    """A short street whose stop is the sentence's, too."""
    said = f"{match['name']}{_STREETS[match['street']]}."
    return said if ends_sentence(match.string, match.end()) else match[0]


def _state(match: Match[str]) -> str:
    return stopped(_SHORT[match["state"]], match)


def _alone(match: Match[str]) -> str:
    return match["before"] + _state(match)


def _postal(match: Match[str]) -> str:
    """A state's code behind a city, unless it is the initials of what it follows: "Augmented Reality, AR"."""
    initials = f"{match['before'][:1]}{match['city'][:1]}"
    if _is_degree(match):
        return f"{match['before']}{match['city']}{' '.join(match['state'])}"
    if match["state"] == initials or match["city"][:-2].isupper():
        return match[0]
    return f"{match['before']}{match['city']}{_STATES[match['state']]}"


def _is_degree(match: Match[str]) -> bool:
    """Whether this is what a person has studied: "Jane Smith, MD, spoke", "Ann Roe, MA, PhD"."""
    if match["state"] not in {"MD", "MA", "PA", "DE"}:
        return False
    if _DEGREES.match(match.string, match.end()):
        return True
    first, last = match["before"].strip(), match["city"][:-2]
    named = first[:1].isupper() and first[1:2].islower() and not {first, last} & _TOWNS
    return match["state"] == "MD" and named


def _zip(match: Match[str]) -> str:
    state = match["state"].replace(".", "") if match["state"] in _DOTTED else match["state"]
    return f"{_STATES.get(state, state)}{match['gap']}{digits(match['number'])}"


@lru_cache(maxsize=16)
def _about_politicians(text: str) -> bool:
    return bool(_OFFICES.search(text))


def _party(match: Match[str]) -> str:
    """The party alone, where the sentence is about politicians."""
    return f"({_PARTIES[match['party']]})" if _about_politicians(match.string) else match[0]


_OFFICES = re.compile(r"\b(?:Sens?|Reps?|Gov|Senator|Representative|Governor|Congress|Senate|mayor|Mayor|candidate)\b")


def _member(match: Match[str]) -> str:
    """Whom a politician stands for: "(D-Mass.)" is Democrat of Massachusetts."""
    place = match["place"]
    full = _SHORT.get(place) or _SHORT.get(f"{place}.") or _STATES.get(place.replace(".", "")) or place
    district = f" {plain(match['district'])}" if match.groupdict().get("district") else ""
    return f"{_PARTIES[match['party']]} of {full}{district}"


_DEGREES = re.compile(r",? (?:Ph\.?D|M\.?D|M\.?Sc|M\.?P\.?H|M\.?B\.?A|J\.?D|R\.?N|F[A-Z]{2,4}|F\.[A-Z]\.)\b")
_TOWNS = listed(
    """
    In At From Near Of To And The Spring Springs Chase City Park Burnie Mills Meade Marlboro Air Hill Heights
    Beach Grove View County Village Station Point River Creek Lake Fort North South East West Upper Lower New
    Mount Saint St San Port Silver Glen Bay Cape Grace Run Town Cross
    """
)
"""Parts of the names of places in Maryland."""
_FULL = "St|Ave|Av|Rd|Blvd|Dr|Ln|Ct|Pl|Sq|Ter|Hwy|hwy|Pkwy|Expy|Fwy|Cir|Tpke|Cres"
_LONG = (
    "Street|Avenue|Road|Boulevard|Drive|Lane|Court|Place|Square|Terrace|Way|Parkway|Highway|Broadway|Close|Row|Crescent"
)
_STREETED = re.compile(rf"\b\d{{1,5}} (?:[A-Z][\w.]* ){{1,3}}(?:{_LONG}|{_FULL})\b|\b(?:P\.?O\.? Box|Suite) \d")
_RULES = (
    rule(
        DIGITS,
        r"(?<=\w), (?P<code>\d{5}) (?=[A-Z][a-z]{2,}(?:[,.;]|\s*$))",  # before a town, as in most of Europe
        lambda m: f", {digits(m['code'])} ",
    ),
    rule(
        DIGITS,
        r"(?<=[a-z], )\d{5}(?=[.;)]|\s*\Z)",  # what an address closes with
        lambda m: digits(m[0]) if _STREETED.search(m.string) else m[0],
    ),
    rule(
        DIGITS,
        rf"(?<![\w.,$€£/-])(?:(?P<low>\d{{1,5}})[-–])?(?P<number>\d{{1,5}})(?P<letter>[A-Za-z]?) "
        rf"(?:(?P<wind>{_WIND})\.? )?(?P<name>"
        rf"(?:{_NAME} ){{0,3}}?{_NAME}) "
        rf"(?P<street>(?:{_LONG})\b|(?:{_FULL})\b(?P<stop>\.)?)(?!')(?:,? (?P<after>N\.?E|N\.?W|S\.?E|S\.?W|"
        rf"[NSEW])\b\.?(?!\w))?",
        _house,
    ),
    rule(
        DIGITS,
        rf"\b(?P<state>{choice([*_STATES, *_STATES.values()])}|{choice(_DOTTED)})(?P<gap>,? )"
        rf"(?P<number>\d{{5}})(?:-\d{{4}})?"
        rf"(?![\w,.]\w)",
        _zip,
    ),
    rule(
        (", W",),
        r"(?P<city>\b(?:Perth|Fremantle|Broome|Bunbury|Albany|Kalgoorlie|Geraldton|Mandurah|Karratha)), "
        r"W\.?A(?P<dot>\.)?(?!\w)",
        lambda m: f"{m['city']}, {stopped('Western Australia', m) if m['dot'] else 'Western Australia'}",
    ),
    rule("(", r"(?<=[a-z] )\((?P<party>D|R|I)\)", _party),
    rule(
        "(",
        rf"(?<=[a-z] )\((?P<party>D|R|I)\.?, (?P<place>{choice([*_DOTTED, *_SHORT])}|V\.I\.|P\.R\.)\)",
        lambda m: f"({_member(m)})",
    ),
    rule(
        "NSEW",
        r"(?P<road>\b(?:I|US|SR|Rte\.?|Rt\.?|Hwy\.?|Route|Highway|Interstate|Exit)[- ]?\d{1,3} )"
        r"(?P<wind>N\.?E|N\.?W|S\.?E|S\.?W|[NSEW])\b"
        r"(?:\.(?= [a-z]|[,;])|(?=[,;)]|\s*$| (?:to|toward|near|at|in|and|from|past|onto|exit)\b))",
        lambda m: f"{m['road']}{_wind(m['wind']).lower()}",
    ),
    rule(
        "(-–",
        rf"(?<=[\s(,])(?P<party>D|R|DFL|(?<=\()I|(?<=, )I)[-–](?P<place>{choice(_SHORT)}|"
        rf"(?:{choice(_STATES)})(?!\w)|[A-Z][a-z]+"
        rf"(?: [A-Z][a-z]+)?)(?:-(?P<district>\d{{1,2}}))?(?=[\s),.;]|$)",
        _member,
    ),
    rule(
        "DN",
        r"(?P<state>\b(?:D\.?C|NYC|N\.Y\.C)\b\.?,?) (?P<number>\d{5})\b",
        lambda m: f"{m['state']} {digits(m['number'])}",
    ),
    rule(
        "ACDFGIKLMNOPRSTUVW",
        rf"(?P<before>\b[A-Z]?[\w.'-]{{0,24}} ?)(?P<city>\b[A-Z][\w.'-]{{1,24}}, )(?P<state>{choice(_STATES)})\b"
        rf"(?=[,.;:)]|$| (?:\d{{5}}|and|for|in|on|to|is|was|who|with|the|at|as|where|"
        rf"has|had|when|from|by|after|before)\b)(?!\.\w)",
        _postal,
        r", [A-Z]{2}\b",
    ),
    rule(".", rf"(?<=[a-z], )(?P<state>{choice(_SHORT)})(?!\w)", _state),
    rule(
        ".",
        rf"(?P<before>\b(?:in|of|and|won|from|across|carried|lost|near|flipped|outside|"
        rf"western|eastern|northern|southern|central) |(?<=[a-z]), (?=[A-Z][a-z]+\.,? ))"
        rf"(?P<state>{choice(_ALONE)})(?!\w)",
        _alone,
    ),
    rule("S", rf"\b(?P<state>{choice(_ALONE)}) St\b(?:\.(?!\w))?(?= )", lambda m: f"{_SHORT[m['state']]} State"),
    rule("S", rf"(?<!\d )(?<!\b[Oo]n )(?<!\bff )(?P<name>\b(?:{_COLLEGES})) St\b(?:\.(?!\w))?", r"\g<name> State"),
    rule("S", rf"\bSt\b\.? ?(?=(?:{_SAINTS})\b)(?! (?:Mark|Paul|John|James)(?:'s)? (?:said|told))", "Saint "),
    rule("S", r"\bS(?P<she>te?)\.?-(?=[A-Z][a-z])", lambda m: "Sainte-" if m["she"] == "te" else "Saint-"),
    rule(("Ave. ",), r"\bAve\. (?=[A-H](?:[,;]| [a-z]))(?!A [a-z]{4,})", "Avenue "),
    rule(
        "AS",
        r"(?P<count>\d(?:st|nd|rd|th) )(?P<street>Ave|St)s\.",
        lambda m: m["count"] + stopped(f"{_STREETS[m['street']]}s", m),
    ),
    rule(("Ste",), r"\bSte\.? (?=[A-Z𘬀-𘳕])", "Saint "),
    rule("S", r"(?<![a-z] )(?<![\d] )(?<![a-z]\. )\bSt\b\.? ?(?=[A-Z][a-z])", "Saint "),
    rule(
        "S",
        r"(?<=\b(?:in|at|of|to|by|or) )St\b\.? ?(?=[A-Z][a-z])|(?<=\b(?:and|the|for) )St\b\.? ?(?=[A-Z][a-z])",
        "Saint ",
    ),
    rule(
        "S",
        r"(?P<before>\b(?:[a-z]+|Up|Down|In|On|At|From|To|Near|Off|Along|Past|By|Via|Over|Behind) )St\b\.? ?"
        r"(?=[A-Z][a-z]|[𘬀-𘳕])",
        r"\g<before>Saint ",
    ),
    rule("S", r"(?<=[a-z𘬀-𘳕] )(?P<street>St)\b(?:\.(?!\w))?", _street),
    rule("", rf"(?<=[a-zA-Z𘬀-𘳕] )(?P<street>{choice(_ALWAYS)})\b(?:\.(?!\w))?", _street),
    rule(
        "LCPST",
        r"(?P<name>\b(?:[A-Z][a-z']+|\d{1,3}(?:st|nd|rd|th)) )(?P<street>Ln|Ct|Pl|Sq|Ter|Cir)\b\.?(?=[,;]|\s*$| [a-z])",
        lambda m: m["name"] + _STREETS[m["street"]],
    ),
    rule(("Dr.",), r"(?P<street>\b(?:of|on|at|in|from|to|near|along) [A-Z][a-z]+ )Dr\.(?= [a-z])", r"\g<street>Drive"),
    rule(
        "NSEW",
        r"(?<![\w.])(?P<wind>[NS]\.?[EW]|[NSEW])\.? (?=(?:\d{1,3}(?:st|nd|rd|th)|(?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+) "
        rf"(?:{_LONG}|{_FULL})\b)",
        lambda m: f"{_wind(m['wind'])} ",
    ),
    rule(
        "NSEW",
        r"(?<![\w.])(?P<wind>[NS]\.?[EW]|[NSEW])\. (?=\d{1,3}(?:st|nd|rd|th) (?:and|&|at|to) (?:[A-Z]|\d))",
        lambda m: f"{_wind(m['wind'])} ",
    ),
    rule(
        "NSEW",
        r"(?P<far>\b(?:km|mi|miles?|m|meters?|kilomet(?:er|re)s?|ft|feet|nm) )(?P<wind>[NS][EW]|[NSEW]) (?=of\b)",
        lambda m: f"{m['far']}{_wind(m['wind']).lower()} ",
    ),
    rule(
        "NSEW",
        r"(?<![\w.])(?:(?P<wind>[NS][EW]|[NSEW]) (?=(?:winds?|gales?|breezes?)\b)|(?P<two>[NS][EW]) (?=[𘬀-𘳕]))",
        lambda m: f"{_wind(m['wind'] or m['two']).lower()} ",
    ),
    rule(("St. ",), r"(?<=[a-z]\. )St\. (?=[A-Z][a-z]+ [a-z])", "Saint "),
    rule(("Ct. ",), r"\bCt\. (?=St\b)", "Court "),
    rule(("Sta.",), r"(?P<name>\b[A-Z][a-z]+ )Sta\.(?!\w)", lambda m: m["name"] + stopped("Station", m)),
    rule(("Sta. ",), r"(?<![\w.])Sta\. (?=[A-H]\b)", "Station "),
    rule(".", rf"(?<=[^\W\d_], )(?P<state>{choice(_PROVINCES)})(?!\w)", lambda m: stopped(_PROVINCES[m["state"]], m)),
    rule("G", r"(?<![\w.])Gt\.? (?=[A-Z][a-z]+)", "Great "),
    rule("LCPST", r"(?P<name>\b[A-Z][a-z']+ )(?P<street>Ln|Ct|Pl|Sq|Ter|Cir)\.(?= [A-Z])", _closed),
    rule(
        "D",
        r"(?P<name>\b[A-Z][a-z]+ )(?P<street>Dr)\b\.?(?=[,;]|\s*$| (?:in|at|on|near|and|to|is|was)\b)",
        r"\g<name>Drive",
    ),
    rule(
        "NSEW",
        r"(?<![\w.])(?P<wind>N\.?E|N\.?W|S\.?E|S\.?W|N|S|E|W)\.(?= (?:of|on|along|to|from|towards?|into|bound)\b)",
        lambda m: _wind(m["wind"]).lower(),
    ),
    rule("NSEW", r"\b(?:NNE|ENE|ESE|SSE|SSW|WSW|WNW|NNW)\b", lambda m: f"{_WINDS[m[0][0]]}-{_WINDS[m[0][1:]]}".lower()),
    rule(
        "NSEW",
        r"(?P<cue>\b(?:[Ww]inds?|gales?|gusts?|breezes?|veer(?:ed|ing|s)?|backed|swung|moving|heading|headed) "
        r"(?:from the |from |to the |to |towards? )?)(?P<wind>NE|NW|SE|SW)\b(?! [A-Z])",
        lambda m: m["cue"] + _wind(m["wind"]).lower(),
    ),
    rule(
        "NSEW",
        r"(?<![\w.])(?P<wind>[NSEW])\.(?= (?:Korean?s?|African?s?|Carolina|Dakota|Ireland|Virginia|Yorkshire|Sudan|"
        r"Hollywood|Wing|Tower|Gate|Entrance|Terminal|Stand|Campus|Lot|Building|Shore|Fork|Slope|Rim|"
        r"Circular|Sea|Bank|Ham|Brom|Coast|Pole|Side|London|Wales|Midlands|Sussex|Asia)\b)",
        lambda m: _wind(m["wind"]),
    ),
    rule(
        ("Avenue", "Road", "Street"),
        r"(?P<street>\b(?:Avenue|Street|Road),?) (?P<wind>N\.?E|N\.?W|S\.?E|S\.?W)\b\.?"
        r"(?! [a-z-]{3,12}, [a-z]+ [A-Z]{2}\b)",
        lambda m: f"{m['street']} {_wind(m['wind'])}",
    ),
    rule(
        "NSEW",
        r"(?P<street>\b[A-Z][\w'-]+ (?:Avenue|Street|Road|Boulevard|Drive),?) (?P<wind>[NSEW])\b"
        r"(?:\.(?= [a-z]|[,;)])|(?=[,;)]|\.?\s*$))",
        lambda m: f"{m['street']} {_wind(m['wind'])}",
    ),
)
spoken = family(_RULES)
"""The text with every address in words."""
