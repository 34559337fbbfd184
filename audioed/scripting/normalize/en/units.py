"""Measures: what stands after a number as a sign or an abbreviation is said in full."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.normalize.en import doubtful, globe, kitchen, sizes
from audioed.scripting.normalize.en.attributive import attributive
from audioed.scripting.normalize.en.grammar import describes, ends_sentence
from audioed.scripting.normalize.en.kitchen import INGREDIENT
from audioed.scripting.normalize.en.sizes import THINGS
from audioed.scripting.normalize.en.words import (
    MAGNITUDE,
    MAGNITUDES,
    NUMBER,
    cardinal,
    halves,
    one,
    ordinal,
    plain,
    plural,
)
from audioed.scripting.normalize.rules import DIGITS, before, choice, family, listed, rule

_MANY = 2
"""The column that holds the plural, where there is one."""
_UNITS = {row[0]: (row[1], row[2] if len(row) > _MANY and row[2] else f"{row[1]}s") for row in rows("en", "units")}
_WHERE = {row[0]: row[3] for row in rows("en", "units") if len(row) > _MANY + 1}
_PER = {row[0]: row[1] for row in rows("en", "per") if row[2] != "money"}
_AREAS = (
    "sq km|km²|km2|sq mi|mi²|hectare|acre|capita|person|second|minute|hour|day|week|month|year|mile|hr|sec|min|night|"
    "yr|mo|wk|s"
)
_EACH = choice(per for per in _PER if per.isalpha() and len(per) > len("day"))
_POWERS = {"2": "square", "²": "square", "3": "cubic", "³": "cubic"}
_LONGEST_FIRST = choice(_UNITS)
_END = r"(?![\w']|/(?! |[A-Z][a-z])|-\d)"
_FRACTION = (
    r"(?!(?:\d{1,3} )?\d{1,2}/\d{1,2} in (?:1[5-9]|20)\d\d\b)"  # a year
    r"(?:(?P<whole>\d{1,3})[ -])?(?P<above>\d{1,2})/(?P<below>2|3|4|8|16)"
)
_MEASURE = (
    rf"(?<![\w.,/])(?<![A-Z]-)(?:(?P<low>{NUMBER})(?P<sign>%|°[CF]?|ft|m|km|kg|lbs?|mm|cm|mg|m[lL]|oz|"
    rf"[GTM]B|[kMG]?W|[kMG]?Hz|mph|V|hp)?(?P<dash>\s?[-–—]\s?|\sto\s)"
    rf"(?P<minus>minus )?)?(?P<number>{NUMBER})(?: (?P<size>(?i:{MAGNITUDE})))?"
    rf"(?P<gap>[ -]?)"
    rf"(?P<unit>{_LONGEST_FIRST})(?P<power>[²³]|\^?[23](?=\W|$))?"
    rf"(?P<over>/(?P<many>\d{{1,4}} ?)?(?P<per>{choice(_PER)})(?P<power2>[²³]|\^?[23](?=\W|$))?)?"
    rf"(?P<dot>(?<=[a-z]{{2}})\.(?=[\s,;:)])|(?<=[\d ][a-zA-Z])\.(?= (?!of\b)[a-z&]|[,;])|(?<=°)\."
    rf"(?= [a-z]|[,;])|(?<=[° ][CF])\.(?= [a-z]|[,;]))?{_END}"
)
_OPEN = re.compile("(?:hour|[aeiou])(?!uro|nit)")
"""What has "an" before it."""
_HALVES = {"2": "half", "4": "quarter"}


def _unit(unit: str, power: str | None, several: bool) -> str:
    singular, many = _UNITS[unit]
    square = f"{_POWERS[power[-1]]} " if power else ""
    return f"{square}{many if several else singular}"


def _per(match: Match[str]) -> str:
    if not match["over"]:
        return ""
    power = match["power2"]
    per = _PER[match["per"]]
    many = f"{plain(match['many'].strip())} " if match["many"] else ""
    if power and per == "second":
        return f" per {per} {'squared' if power[-1] in '2²' else 'cubed'}"
    square = f"{_POWERS[power[-1]]} " if power else ""
    return f" per {many}{square}{plural(per) if many else per}"


def _kept(match: Match[str]) -> bool:
    """Whether this is no measure: the letter is too far away, or means something else after such a number."""
    unit, gap, number = match["unit"], match["gap"], match["number"]
    if match["over"]:
        return False
    size = (unit == "W" and doubtful.CLOTHES.search(match.string) and _FITS.search(before(match))) or (
        unit == "L" and _COAT.match(match.string, match.end())
    )
    if not gap and (size or _WHERE.get(unit) == "apart"):
        return True
    where = _WHERE.get(unit, "")
    if where == "over":
        return True
    if gap == "-" and (unit in {"m", "L"} and _SHAPED.match(match.string, match.end())):
        return False
    if (gap == "-" and where) or (gap and where == "glued"):
        return True
    return unit == "s" and not gap and "." not in number  # "747s" are planes


_COAT = re.compile(r" (?:coats?|jackets?|blazers?|suits?|tuxedos?)\b")
_FITS = re.compile(r"\b[Ss]izes?\b[^.;]{0,24}\Z")
_DEGREES = re.compile(r"\d ?°|\bdegrees\b")
_FORECAST = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|highs?|lows?|rain|snow|sunny|fog|humid|windy?|cloud)")
_SHAPED = re.compile(r"-(?:long|wide|tall|high|deep|thick)\b| [a-z]| [VI]-?\d")
"""What is so long or holds so much: "a 6.5-m mirror", "a 40-m-long hull", "a 3.0-L V6"."""


def _measure(match: Match[str]) -> str:
    if _kept(match):
        return match[0]
    if match["unit"] == "pc" and _STARS.search(match.string):
        return f"{cardinal(match['number'])} parsec{'' if one(match['number']) else 's'}"
    if match["unit"] == "pp" and match["number"].isdecimal() and (match["dot"] or int(match["number"]) >= _BOOK):
        stop = "." if match["dot"] and ends_sentence(match.string, match.end()) else ""
        return f"{cardinal(match['number'])} pages{stop}"
    if match["unit"] == "bps" and match["number"].replace(",", "") in _MODEMS:
        return f"{cardinal(match['number'])} bits per second"
    unit, number, low = match["unit"], match["number"], match["low"]
    size = match["size"] or ""
    single = one(number) and not size and not low
    joined = match["gap"] == "-" or match.string[match.end() : match.end() + 1] == "-"
    alone = joined or single or ("percent" not in _UNITS[unit][0] and attributive(match, _UNITS[unit][0]))
    start = ""
    if low:
        sign = match["sign"]
        same = not sign or _UNITS[sign][0].split()[0] == _UNITS[unit][0].split()[0]
        said = "" if same else f" {_UNITS[sign][1]}"
        start = f"{cardinal(low)}{said} to {match['minus'] or ''}"
    amount = f"{plain(number)} {size}" if size else cardinal(number)
    short = unit.endswith(".") or match["dot"]
    stop = "." if short and ends_sentence(match.string, match.end()) else ""
    return f"{start}{amount} {_unit(unit, match['power'], not alone)}{_per(match)}{stop}"


_STARS = re.compile(r"\b(?:ly|light[- ]years?|stars?|galax(?:y|ies)|parsecs?|[kM]pc|nebula|cluster)\b")
_BOOK = 40
"""Pages; no share of a hundred changes by as many points."""
_MODEMS = listed("1200 2400 4800 9600 14400 19200 28800 33600 38400 56000 57600 115200")
"""How fast these were; more basis points than any rate has moved."""


def _parts(match: Match[str]) -> str:
    """A mixed fraction of a unit: "2 1/2 lb" is two and a half pounds."""
    above, below = match["above"], match["below"]
    if _WHERE.get(match["unit"]) == "over":
        return match[0]
    part = _HALVES.get(below) or f"{'third' if below == '3' else 'eighth' if below == '8' else 'sixteenth'}"
    several = int(above) > 1
    said = f"{plain(above)} {plural(part) if several else part}"
    if match["whole"]:
        said = f"{plain(match['whole'])} and {said if several else f'a {part}'}"
    unit = _unit(match["unit"], match["power"], bool(match["whole"]) and match["gap"] != "-" and not describes(match))
    if match["whole"] or several:
        of = f" of {'an' if _OPEN.match(unit) else 'a'}" if several and _OF.match(match.string, match.end()) else ""
        return f"{said}{'' if match['whole'] else of} {unit}"
    if below in _HALVES and not match["power"] and (describes(match) or THINGS.match(match.string, match.end())):
        return f"{part} {unit}"
    of = " of" if match["gap"] == " " and INGREDIENT.match(match.string, match.end()) else ""
    return f"{said} of {'an' if _OPEN.match(unit) else 'a'} {unit}{of}"


def _bore(match: Match[str]) -> str:
    return halves(match["bore"])


_OF = re.compile(" of ")
_POWERED = ("km", "cm", "mm", "m", "ft", "mi", "in", "yd")


def _every(match: Match[str]) -> str:
    """How often a medicine is given: "q6–8h" is every six to eight hours."""
    low = f"{plain(match['low'].rstrip('-–'))} to " if match["low"] else ""
    unit = {"h": "hour", "d": "day", "w": "week"}[match["unit"]]
    return f"every {low}{plain(match['many'])} {unit}s" if low or not one(match["many"]) else f"every {unit}"


def _rate(match: Match[str]) -> str:
    square = f"{_POWERS[match['power']]} " if match["power"] else ""
    size = match["size"] or ""
    return f"{plain(match['number']) if size else cardinal(match['number'])}{size} per {square}{_PER[match['per']]}"


_VOLUMES = {"mL": "milliliter", "dL": "deciliter", "µL": "microliter", "L": "liter", "kg": "kilogram"}


_RATES = (
    "°[CF]?|[KMGT]bps|[kMGT]b/s|[kMGT]B/s|mpg|mpge|rpm|kph|km/h|mph|kW|W|hp|bhp|PS|Nm|lb-ft|mAh|[kMG]?Hz|nits|"
    "lux|fps|ppm|dpi|psi|bar|dB|V"
)
"""Two of one kind stand at a slash: "22/30 mpg", "940/880 Mbps"."""
_SIDES = {"L": "left", "R": "right", "C": "center"}
_ALPHABETIC = choice(unit for unit in _UNITS if unit.isalpha() and unit not in {"in", "pc"})
_CAMERAS = "camera|sensor|main|selfie|ultrawide|shooter|telephoto"
_RULES = (
    rule("/", r"(?P<one>\b(?:AC|DC|rms|peak))/(?=\d+(?:\.\d+)? ?(?:kW|W|V|A)\b)", r"\g<one>, "),
    rule(
        "/",
        r"(?<![\w.,/])(?P<high>\d{2,3})/(?=\d{2,3}(?:,|;|\.(?!\d)))",
        lambda m: f"{m['high']}, " if _DEGREES.search(m.string) and _FORECAST.search(m.string) else m[0],
    ),
    rule(("-yr", "-year"), r"(?<=\d-)y(?:ea)?r\.?/(?=\d)", "year, "),
    rule(("mag ",), r"\bmag (?=(?:minus )?\d{1,2}\.\d)", "magnitude "),
    rule("/", r"(?P<size>\d)/(?=(?:UK|US|EU|AU|JP|FR|IT|CM) ?\d)", r"\g<size>, "),
    *kitchen.RULES,
    *doubtful.RULES,
    rule(
        "LRC",
        r"(?P<strip>\b(?:RWY|[Rr]unway)) (?P<number>\d{1,2})(?P<side>[LRC])\b",
        lambda m: f"runway {' '.join(map(plain, m['number']))} {_SIDES[m['side']]}",
    ),
    rule(
        ("B", "Wh", "km", "kg"),
        r"(?P<cue>\b(?:(?:tens|dozens|hundreds|thousands|millions|couple|plenty|lots) of|per|few|many|several) )"
        r"(?P<unit>[KMGTP]B|[kMGT]Wh|km|kg)(?![\w/²³-])",
        lambda m: m["cue"] + _unit(m["unit"], None, several=m["cue"] != "per "),
    ),
    rule(("U/L",), r"(?<=\d )U/L\b", "units per liter"),
    rule(("Hrs",), r"(?<=\d )Hrs\b", "hrs"),
    rule(("pc.",), r"(?P<number>(?<![\w.,])1) ?pc\.(?= (?:of )?[a-z])", r"\g<number> piece"),
    rule("p", r"(?<=\d) ?pcs\b\.?(?! [A-Z])|(?<=\d) pc\.(?= of )", " pieces"),
    rule(
        "p",
        r"(?<=\d)[ -]?pc\b\.?(?= (?:[a-z]+ )?(?:set|suite|kit|puzzle|bundle|lot|pack|band|box|cookware)s?\b)",
        "-piece",
    ),
    rule(
        "B",
        r"(?<![\w.,/])(?P<beds>\d{1,2})[- ]?(?:BR|bdrms?\.?)(?![\w/])",
        lambda m: f"{plain(m['beds'])} bedroom",
    ),
    rule(
        ".",
        r"(?<![\w])\.(?P<bore>[2-5]\d{1,2})(?=[ -]calib(?:er|re)\b| (?:Magnum|ACP|pistol|rifle|revolver|handgun)s?\b)",
        _bore,
    ),
    rule(".", r"(?<![\w])\.(?P<bore>[2-5]\d{1,2})[ -]cal\b\.?", lambda m: f"{_bore(m)} caliber"),
    rule(("-sq",), r"(?<=\d)-sq\.?[- ](?P<unit>ft|m|mi|yd|in|km)\b\.?", lambda m: f"-square-{_UNITS[m['unit']][0]}"),
    rule(
        "B",
        r"(?<![\w.,])(?P<beds>\d{1,2}) ?(?:BR|BD|Br|br|bd)(?:/| )(?P<baths>\d{1,2}(?:\.5)?) ?(?i:BA)\b",
        sizes.home,
    ),
    rule(
        "-",
        rf"(?P<size>(?<=[\d-])(?:thousand|million|billion|bn|mn)-)(?P<unit>{choice(filter(str.isalpha, _UNITS))})"
        rf"(?=-[a-z]| [a-z])",
        lambda m: f"{MAGNITUDES.get(m['size'][:-1], m['size'][:-1])}-{_UNITS[m['unit']][0]}",
    ),
    rule("mhsyw", r"(?<=\d )(?P<unit>mins|hrs|secs|yrs|wks)'(?= [a-z])", lambda m: f"{_UNITS[m['unit']][1]}'"),
    rule(
        "/",
        r"(?P<dose>\d ?[a-zµμ]{1,3}L?/[a-z]{1,3})/(?=(?:day|week|month|year|hour|hr|min)\b|\d+(?:\.\d+)? ?m²)",
        r"\g<dose> per ",
    ),
    rule(
        "1",
        r"(?<![\w.,/])1/(?P<parts>[1-9]\d{1,4}) ?(?:s|secs?|seconds?)\b\.?(?!\w)",
        lambda m: f"one {ordinal(m['parts'])} of a second",
    ),
    rule("/", r"/(?=[Gg]as (?:mark )?\d|fan \d)", ", "),
    rule("/", r"\breqs?/(?P<per>s|sec|min|h|hr|day)\b", lambda m: f"requests per {_PER[m['per']]}"),
    rule("#", r"(?<=\d)#(?!\w)", " pounds"),
    rule("K", r"(?<=\d)K ?Hz\b", " kHz"),
    rule("H", r"(?<=\d )in\.? ?Hg\b\.?", "inHg"),
    rule("y", r"(?<=\d)y(?= (?:Bunds?|Treasur(?:y|ies)|gilts?|yields?|notes?|bonds?|JGBs?|BTPs?|OATs?)\b)", "-year"),
    rule(
        "q",
        r"\bq(?P<low>\d{1,2}[-–])?(?P<many>\d{1,2})(?P<unit>[hdw])\b",
        _every,
    ),
    rule(
        "/",
        rf"(?<![\w.,/])(?!\d/[2-8] )(?P<one>{NUMBER})/(?={NUMBER} ?(?:{_RATES})(?!\w))",
        r"\g<one>, ",
    ),
    *globe.RULES,
    rule("m", r"(?<=\d) ?mm ?Hg\b", " millimeters of mercury"),
    rule("s", r"(?<=\d )sq\.? (?=(?:mile|feet|foot|yard|inch|(?:kilo|centi)?met(?:er|re))(?:e?s)?\b)", "square "),
    rule("c", r"(?<=\d )cu\.? (?=(?:mile|feet|foot|yard|inch|(?:centi)?met(?:er|re))(?:e?s)?\b)", "cubic "),
    rule("s", r"(?<![\w.,])(?P<stone>\d{1,2}) ?st\.? ?(?P<pounds>1[0-3]|\d) ?lbs?\b\.?", sizes.stone),
    rule("s", r"(?<![\w.,])(?P<stone>[02-9]|1\d|[2-4][02-9])st(?P<pounds>)\b", sizes.stone),
    rule(
        "/",
        rf"(?P<first>\d ?(?:{_ALPHABETIC}))/(?={NUMBER} ?(?:h|hrs?|hours?|d|days?|wks?|weeks?|"
        r"months?|mins?|minutes?)\b)",
        r"\g<first> per ",
    ),
    rule(
        "/",
        rf"(?P<first>\d ?(?!m?c?g/\d+ ?m[lL]|µg/\d+ ?m[lL])(?:{_ALPHABETIC})\.?)/(?!100?0? ?[a-z]|1,?000)"
        rf"(?={NUMBER}(?: \d/\d)? ?(?:{_ALPHABETIC}|fl\.? oz)(?!\w))",
        r"\g<first>, ",
    ),
    rule(
        "/",
        r"(?P<first>\d ?(?:°[CF]|km|m|cm|mm|kg|lb|lbs|ft|in|mph|kph|km/h|mi|[KMGT]B|[CF]))/"
        r"(?=\d+(?:\.\d+)? ?(?:°|[a-z]|[KMGT]B\b|[CF]\b)|[Gg]as \d)(?!/100)",
        r"\g<first>, ",
    ),
    rule(
        "M",
        rf"(?<![\w.,])(?P<number>\d{{1,3}}\.\d|\d{{1,3}}(?= MP (?:{_CAMERAS})\b)) MP\b",
        r"\g<number>MP",
    ),
    *sizes.RULES,
    rule(
        "²³",
        rf"(?<=\bper )(?P<unit>{choice(_POWERED)})(?P<power>[²³])(?!\w)",
        lambda m: _unit(m["unit"], m["power"], several=False),
    ),
    rule(
        "²³",
        rf"(?<![\w/])(?<!\d )(?P<unit>{choice(_POWERED)})(?P<power>[²³])(?!\w)",
        lambda m: _unit(m["unit"], m["power"], several=not describes(m)),
    ),
    rule(
        ("ten to the ",),
        rf"(?P<number>\bten to the (?:minus )?[a-z-]{{3,20}}) (?P<unit>{_LONGEST_FIRST})(?P<power>[²³])?"
        rf"(?P<over>/(?P<many>)(?P<per>{choice(_PER)})(?P<power2>[²³])?)?{_END}",
        lambda m: f"{m['number']} {_unit(m['unit'], m['power'], several=True)}{_per(m)}",
    ),
    rule(
        "/",
        rf"(?<![\w.,/])(?<!\d[-–]){_FRACTION}(?P<gap>[ -]?)(?P<unit>{_LONGEST_FIRST})(?P<power>[²³])?{_END}"
        r"(?:(?<=[a-z])\.(?= [a-z]|[,;)]))?",
        _parts,
    ),
    rule(DIGITS, _MEASURE, _measure),
    rule(
        "/",
        rf"(?<![\w.,])(?P<number>{NUMBER})(?P<size> (?:{MAGNITUDE}))?/(?P<per>{choice(_PER)})(?P<power>[²³])?{_END}",
        _rate,
    ),
    rule("/", rf"(?:(?<=[a-z]s)|(?<=\bone time))/(?P<per>{_AREAS})\b(?!/)", lambda m: f" per {_area(m['per'])}"),
    rule(
        "/",
        rf"(?<![\w.,])(?P<many>{NUMBER} [a-z]{{3,16}}s)/(?P<per>{_EACH})\b(?![/-])",
        lambda m: f"{m['many']} per {_area(m['per'])}",
    ),
    rule(
        "/",
        rf"(?<![\w/.])(?<!\d )(?P<unit>km|m(?=/s)|ft|kg|mg|ml|mL|kWh|GB|MB|Gb|Mb)/(?P<per>{choice(_PER)})(?![\w/])",
        lambda m: f"{_UNITS[m['unit']][1]} per {_PER[m['per']]}",
    ),
    rule("/", r"(?<=[A-Za-z]{2})/(?P<per>mL|dL|µL|L|kg)(?![\w/])", lambda m: f" per {_VOLUMES[m['per']]}"),
    rule(("people",), rf"(?<=people)/(?P<per>{_AREAS})(?!\w)", lambda m: f" per {_area(m['per'])}"),
)


def _area(per: str) -> str:
    if per[-1] in _POWERS:
        return f"square {_PER[per[:-1]]}"
    return _PER.get(per, per)


spoken = family(_RULES, r"[0-9/]|\b(?:[KMGTPk](?:B|Wh)|k[gm])\b")
"""The text with every measure in words."""
