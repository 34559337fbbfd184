"""Measures: what stands after a number as a sign or an abbreviation is said in full."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.normalize.en.grammar import describes, ends_sentence, priced
from audioed.scripting.normalize.en.words import MAGNITUDE, MAGNITUDES, NUMBER, cardinal, halves, one, plain, plural
from audioed.scripting.normalize.rules import DIGITS, choice, compiled, family, listed, rule
from audioed.scripting.tagger import parts_of_speech

_MANY = 2
"""The column that holds the plural, where there is one."""
_UNITS = {row[0]: (row[1], row[2] if len(row) > _MANY and row[2] else f"{row[1]}s") for row in rows("en", "units")}
_WHERE = {row[0]: row[3] for row in rows("en", "units") if len(row) > _MANY + 1}
_PER = {row[0]: row[1] for row in rows("en", "per") if row[2] != "money"}
_AREAS = (
    "sq km|km²|km2|sq mi|mi²|hectare|acre|capita|person|second|minute|hour|day|week|month|year|mile|hr|sec|min|night|"
    "yr|mo|s"
)
_POWERS = {"2": "square", "²": "square", "3": "cubic", "³": "cubic"}
_RACES = (
    "dash|sprint|final|finals|relay|race|races|hurdles|freestyle|butterfly|backstroke|breaststroke|steeplechase|record|"
    "run|walk|swim|champion|championship|titles?|events?|heat|heats|medley|radius|exclusion zone|drive|hike|"
    "stretch|pool"
)
_LONGEST_FIRST = choice(_UNITS)
_END = r"(?![\w']|/(?! |[A-Z][a-z])|-\d)"
_FRACTION = r"(?:(?P<whole>\d{1,3})[ -])?(?P<above>\d{1,2})/(?P<below>2|3|4|8|16)"
_MEASURE = (
    rf"(?<![\w.,/])(?<![A-Z]-)(?:(?P<low>{NUMBER})(?P<sign>%|°[CF]?|ft|m|km|kg|lbs?|mm|cm|mg|m[lL]|oz|[GTM]B|[kMG]?W|[kMG]?Hz|mph|V|hp)?(?P<dash>\s?[-–—]\s?|\sto\s)"
    rf"(?P<minus>minus )?)?(?P<number>{NUMBER})(?:(?: (?P<size>{MAGNITUDE})))?"
    rf"(?P<gap>[ -]?)"
    rf"(?P<unit>{_LONGEST_FIRST})(?P<power>[²³]|\^?[23](?=\W|$))?"
    rf"(?P<over>/(?P<many>\d{{1,4}} ?)?(?P<per>{choice(_PER)})(?P<power2>[²³]|\^?[23](?=\W|$))?)?"
    rf"(?P<dot>(?<=[a-z]{{2}})\.(?=[\s,;:)])|(?<=°)\.(?= [a-z]|[,;])|(?<=[° ][CF])\.(?= [a-z]|[,;]))?{_END}"
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
    if not gap and _WHERE.get(unit) == "apart":
        return True
    where = _WHERE.get(unit, "")
    if where == "over":
        return True
    if unit == "m" and gap == "-" and _NAMED.match(match.string, match.end()):
        return False
    if (gap == "-" and where) or (gap and where == "glued"):
        return True
    return unit == "s" and not gap and "." not in number  # "747s" are planes


def _measure(match: Match[str]) -> str:
    if _kept(match):
        return match[0]
    if match["unit"] == "pc" and _STARS.search(match.string):
        return f"{cardinal(match['number'])} parsec{'' if one(match['number']) else 's'}"
    if match["unit"] == "pp" and match["number"].isdecimal() and int(match["number"]) >= _BOOK:
        stop = "." if match["dot"] and ends_sentence(match.string, match.end()) else ""
        return f"{cardinal(match['number'])} pages{stop}"
    if match["unit"] == "bps" and match["number"].replace(",", "") in _MODEMS:
        return f"{cardinal(match['number'])} bits per second"
    unit, number, low = match["unit"], match["number"], match["low"]
    size = match["size"] or ""
    single = one(number) and not size and not low
    joined = match["gap"] == "-" or match.string[match.end() : match.end() + 1] == "-"
    alone = joined or single or ("percent" not in _UNITS[unit][0] and _attributive(match))
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


def _attributive(match: Match[str]) -> bool:
    text, end = match.string, match.end()
    if match["over"]:
        return False
    named = not match["gap"] and match["unit"] in _SPANS and _NAME.match(text, end)
    fast = " per " in _UNITS[match["unit"]][0] and priced(match)
    part = not match["gap"] and match["unit"] in _PARTS_OF_THINGS and priced(match)
    gun = match["gap"] != "-" and match["unit"] == "mm" and _GUN.match(text, end)
    many = "per" not in _UNITS[match["unit"]][0] and _THINGS.match(text, end)
    if many and match["gap"]:
        many = match["unit"] in _SIZES and parts_of_speech(text).get(many.start() + 1) == "noun" and many
    return describes(match) or bool(named or fast or many or part or gun or _RACE.match(text, end))


_PARTS_OF_THINGS = frozenset({"W", "kW", "V", "GB", "TB", "MB", "MP", "mAh", "Ah", "kWh"})
"""What a device is sold by: "240W charging"."""
_GUN = re.compile(
    r" (?:rounds?|shells?|guns?|cannons?|mortars?|lens|lenses|film|pistols?|rifles?|ammunition|artillery|howitzers?|"
    r"bullets?|handguns?|cameras?|NATO|calib)"
)
_THINGS = re.compile(
    r" (?!(?:across|versus|always|perhaps|besides|towards|less|this|his|its|was|has|does|plus|unless|thus|"
    r"afterwards|sometimes|outdoors|indoors|overseas|[a-z]+wards)\b)[a-z]{2,20}(?<!s)s\b(?!')"
)
"""Things of that size: "40mm drivers"."""
_SIZES = frozenset({"mm", "cm", "m", "km", "ft", "in", "yd", "W", "kW", "MW", "V", "Hz", "hp"})
"""Of these a thing has so many; of the others it may be a part of what is weighed out: "500 g tomatoes"."""
_PRODUCT = re.compile(rf"(?:{_THINGS.pattern})| [A-Z][a-z]")
"""What is so many inches large: "the 14-inch MacBook"."""
_SPANS = frozenset({"yr", "hr", "min", "mo"})
_WIDE = re.compile(r" (?:wide|long|tall|deep|thick|high|across|of|by|x|and|or|in|to|on|at|from|for|when|is|was)\b")
_NAMED = re.compile(r" [a-z]")
"""A thing of that length: "a 6.5-m mirror"."""
_NAME = re.compile(r" [A-Z]")
"""A bond: "the 10yr Treasury"."""
_RACE = re.compile(rf" (?:(?:men's|women's|mixed|indoor|individual) )?(?:{_RACES})\b(?!s? of\b)")


_INGREDIENT = re.compile(
    r" (?:(?:fresh|ground|dried|chopped|sea|black|white|brown|red|unsalted|salted|vanilla|baking|olive|minced|grated) )"
    r"?(?:butter|pepper|salt|sugar|flour|milk|cream|water|oil|cinnamon|nutmeg|cumin|paprika|yeast|soda|powder|vanilla|"
    r"extract|garlic|honey|beef|chicken|pork|lamb|bacon|cheese|rice|pasta|tomatoes|potatoes|onions?|"
    r"mushrooms|chocolate)\b"
)


def _parts(match: Match[str]) -> str:
    """A mixed fraction of a unit: "2 1/2 lb" is two and a half pounds."""
    above, below = match["above"], match["below"]
    part = _HALVES.get(below) or f"{'third' if below == '3' else 'eighth' if below == '8' else 'sixteenth'}"
    several = int(above) > 1
    said = f"{plain(above)} {plural(part) if several else part}"
    if match["whole"]:
        said = f"{plain(match['whole'])} and {said if several else f'a {part}'}"
    unit = _unit(match["unit"], match["power"], bool(match["whole"]) and match["gap"] != "-" and not describes(match))
    if match["whole"] or several:
        return f"{said} {unit}"
    if below in _HALVES and not match["power"] and (describes(match) or _THINGS.match(match.string, match.end())):
        return f"{part} {unit}"
    of = " of" if match["gap"] == " " and _INGREDIENT.match(match.string, match.end()) else ""
    return f"{said} of {'an' if _OPEN.match(unit) else 'a'} {unit}{of}"


def _bore(match: Match[str]) -> str:
    return halves(match["bore"])


def _height(match: Match[str]) -> str:
    inches = f" {plain(match['inches'])}" if match["inches"] else ""
    if inches and match[0].endswith(".") and ends_sentence(match.string, match.end()):
        inches += "."
    return f"{plain(match['feet'])} foot{inches}" if inches else f"{plain(match['feet'])} feet"


_POWERED = ("km", "cm", "mm", "m", "ft", "mi", "in", "yd")
_WINDS = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _place(match: Match[str]) -> str:
    """A latitude or longitude."""
    degrees, minutes, seconds = ((match[name] or "").lstrip("0") or "0" for name in ("degrees", "minutes", "seconds"))
    said = f"{plain(degrees)} degrees {plain(minutes)} minutes"
    if match["seconds"]:
        said += f" {plain(seconds)} seconds"
    return f"{said} {_WINDS[match['wind']]}" if match["wind"] else said


def _rate(match: Match[str]) -> str:
    square = f"{_POWERS[match['power']]} " if match["power"] else ""
    size = match["size"] or ""
    return f"{plain(match['number']) if size else cardinal(match['number'])}{size} per {square}{_PER[match['per']]}"


def _stone(match: Match[str]) -> str:
    """A weight as the British give it: "15st 4lb" is fifteen stone four."""
    pounds = f" {plain(match['pounds'])}" if match["pounds"] else ""
    return f"{plain(match['stone'])} stone{pounds}"


def _by(match: Match[str]) -> str:
    """One side of an area; screens have so many points that they are called by halves."""
    number = match["number"]
    wide = number.isdecimal() and len(number) == _SCREEN and number[1] != "0"
    return f"{halves(number) if wide else cardinal(number)} by "


_SCREEN = len("1920")


def _low(match: Match[str]) -> str:
    return f"{cardinal(match['low'])} to " if match["low"] else ""


def _rectangle(match: Match[str]) -> str:
    """Both sides of a room in feet, or of a picture in inches."""
    several, single = ("feet", "foot") if match["sign"] == "'" else ("inches", "inch")
    sides = " by ".join(cardinal(match[name]) for name in ("one", "other", "third") if match[name])
    return f"{sides} {single if priced(match) else several}"


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
    "A": ("amp", r"\d ?[mk]?(?:V|W|Hz|Ω|Wh|Ah)\b|\b(?:volt|watt|amp|fuse|circuit|current|charger|breaker)s?\b"),
    "J": ("joule", r"\b(?:joules?|kinetic|laser|pulse|[Ee]nergy of)\b|\d ?[kMm]J\b"),
    "K": ("kelvin", r"\b(?:T:|[Tt]emperatures?|[Tt]emp|kelvins?|superconduct\w*|cryo\w*|absolute zero)|°[CF]|\d ?mK\b"),
    "M": ("molar", r"\b(?:pH|molar|buffer|NaCl|HCl|NaOH)\b|\d ?[mµn]M\b"),
    "N": ("newton", r"\b(?:newtons?|forces?|thrust|torque|load)\b|\d ?[kM]N\b"),
    "T": ("tesla", r"\b(?:[Mm]agnet\w*|MRI|teslas?|field strength)\b"),
}


def _home(match: Match[str]) -> str:
    """The rooms of a home: "3BR/2BA"."""
    beds, baths = match["beds"], match["baths"]
    return f"{plain(beds)} bedroom{'' if one(beds) else 's'}, {cardinal(baths)} bath{'' if one(baths) else 's'}"


def _knots(match: Match[str]) -> str:
    """Knots, where the sentence is about wind or ships; bombs are measured in kilotonnes."""
    return "knots" if _SPEED.search(match.string) else match[0]


_SPEED = re.compile(
    r"\b(?:[Ww]inds?|gust\w*|sail\w*|boats?|ships?|yachts?|speeds?|vessels?|ferry|breeze|squalls?|airspeed)\b"
)


def _inches(match: Match[str]) -> str:
    """Inches, where the sign does not close a quotation."""
    if len(re.findall(r'(?<!\d)"', match.string[: match.start()])) % 2:
        return match[0]
    if "/" in match["number"]:
        whole = " " in match["number"]
        kind = (
            "-in"
            if _NAMED.match(match.string, match.end()) and not _WIDE.match(match.string, match.end())
            else " inches"
            if whole
            else " of an inch"
        )
        return match["number"] + kind
    single = one(match["number"]) or describes(match) or _PRODUCT.match(match.string, match.end())
    return f"{cardinal(match['number'])} inch{'' if single else 'es'}"


def _celsius(match: Match[str]) -> str:
    """A temperature without its sign, unless the word before makes it a model: "iPhone 5C"."""
    before = match.string[: match.start()].rpartition(" ")[0].rpartition(" ")[2] if match["gap"] else ""
    if before[:1].isupper() and before not in _PLACES_OF_HEAT:
        return match[0]
    return f"{match['gap']}{match['number']}°{match['unit']}"


_PLACES_OF_HEAT = frozenset({"In", "At", "To", "Of", "By", "From", "About", "Around", "Over", "Under", "Near", "Above"})
_VOLUMES = {"mL": "milliliter", "dL": "deciliter", "µL": "microliter", "L": "liter", "kg": "kilogram"}


def _larger(match: Match[str]) -> str:
    """A size of clothes, where the sentence is about these: "up to size 3X"."""
    size = re.sub("[-–]", " to ", match["size"])
    return f"{size}{plain(match['number'])} X" if _CLOTHES.search(match.string) else match[0]


_CLOTHES = re.compile(r"\b[Ss]iz(?:es?|ing)\b|\b\d?XL\b")
_SIDES = {"L": "left", "R": "right", "C": "center"}
_ALPHABETIC = choice(unit for unit in _UNITS if unit.isalpha() and unit not in {"in", "pc"})
_FEET = r"\d{1,3}'(?: ?(?:1[01]|\d)(?:\.\d)?(?:\"|''))?"


def _room(match: Match[str]) -> str:
    """The sides of a room in feet and inches, where they have these: twenty feet two inches by thirteen feet."""
    return " by ".join(_side(match[name]) for name in ("one", "other", "third") if match[name])


def _side(written: str) -> str:
    feet, *inches = re.findall(r"[\d.]+", written)
    said = f"{plain(feet)} {'foot' if one(feet) else 'feet'}"
    return f"{said} {plain(inches[0])} {'inch' if one(inches[0]) else 'inches'}" if inches else said


_CAMERAS = "camera|sensor|main|selfie|ultrawide|shooter|telephoto"
_IN = r"(?:(?:cm|mm|m|in|ft|yd)\b\.?)?"
_BEGINS = rf"(?<![\w.,])(?:(?P<low>{NUMBER}) ?[-–] ?)?(?P<number>{NUMBER})"
_RULES = (
    rule('"', r"(?<![\w.,/-])(?P<low>\d{1,3}) ?[-–] ?(?=\d{1,3}\"(?!\w))", r"\g<low> to "),
    rule(
        "LRC",
        r"(?P<strip>\b(?:RWY|[Rr]unway)) (?P<number>\d{1,2})(?P<side>[LRC])\b",
        lambda m: f"runway {' '.join(map(plain, m['number']))} {_SIDES[m['side']]}",
    ),
    rule("x×", r"\b(?P<side>[WDHLB]) ?[x×] ?(?=[WDHLB]\b)", r"\g<side> by "),
    rule("U", r"(?<=\d )U/L\b", "units per liter"),
    rule("H", r"(?<=\d )Hrs\b", "hrs"),
    rule(
        "X",
        r"(?P<size>\b(?:(?i:sizes?|up to|through|to|and|or|fits) |X{0,3}[SML][-–]))(?P<number>[1-6])X\b(?=[ .,;)]|$)"
        r"(?! (?:faster|more|the|as|better))",
        _larger,
    ),
    rule("-", r"(?<=\d)-in\.(?=\)| [a-z]| \d)", "-inch"),
    rule("p", r"(?P<number>(?<![\w.,])1) ?pc\.(?= (?:of )?[a-z])", r"\g<number> piece"),
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
    rule(
        "p",
        r"(?P<number>(?<![\w.,])1 |\d )pts?\b\.?(?= (?:of |whole |double |heavy |single )?"
        r"(?:milk|cream|beer|ale|stout|cider|lager|water|stock|blood|blueberries|strawberries|ice)\b)",
        lambda m: f"{m['number']}{'pint' if m['number'] == '1 ' else 'pints'}",
    ),
    rule("c", r"(?<=\d/\d )c\.?(?= (?:of )?[a-z]{3})(?! (?:and|the|was|in)\b)", "cup"),
    rule(
        "c",
        r"(?<=\b1 )c\.?(?= (?:of )?(?:flour|sugar|milk|water|butter|rice|oil|cream|stock|broth|cheese|oats)\b)",
        "cup",
    ),
    rule(
        "c",
        r"(?<=\d )c\.?(?= (?:of )?(?:flour|sugar|milk|water|butter|rice|oil|cream|stock|broth|cheese|oats)\b)",
        "cups",
    ),
    rule("s", r"(?<=\d)-sq\.?[- ](?P<unit>ft|m|mi|yd|in|km)\b\.?", lambda m: f"-square-{_UNITS[m['unit']][0]}"),
    rule(
        "d",
        r"(?P<cue>\b(?:(?:for|after|within|every|over|in|until)|(?:period|half-life|lifetime)(?::| of| is| was| =)?) "
        r"(?:\d{1,2} ?[-–] ?)?[1-9]\d{0,2}(?:\.\d{1,4})? )d\b"
        r"(?P<stop>\.)?(?![.'/]\w)",
        _days,
    ),
    rule(
        "AJKMNT",
        rf"(?<![\w.,])(?P<number>{NUMBER}) (?P<unit>[AJKMNT])(?![\w'/²³-]|\.\w|\. [A-Z][a-z]+ [A-Z]| [A-Z])",
        _letter,
    ),
    rule(
        "B",
        r"(?<![\w.,])(?P<beds>\d{1,2}) ?(?:BR|BD|Br|br|bd)(?:/| )(?P<baths>\d{1,2}(?:\.5)?) ?(?i:BA)\b",
        _home,
    ),
    rule(
        "tT",
        rf"(?<=\d )(?P<spoon>[tT])\.?(?={_INGREDIENT.pattern})",
        lambda m: "tsp." if m["spoon"] == "t" else "Tbsp.",
    ),
    rule(
        "-",
        rf"(?P<size>(?<=[\d-])(?:thousand|million|billion|bn|mn)-)(?P<unit>{choice(filter(str.isalpha, _UNITS))})"
        rf"(?=-[a-z]| [a-z])",
        lambda m: f"{MAGNITUDES.get(m['size'][:-1], m['size'][:-1])}-{_UNITS[m['unit']][0]}",
    ),
    rule("mhsyw", r"(?<=\d )(?P<unit>mins|hrs|secs|yrs|wks)'(?= [a-z])", lambda m: f"{_UNITS[m['unit']][1]}'"),
    rule("/", r"(?P<dose>\d ?[a-zµμ]{1,3}/[a-z]{1,3})/(?=(?:day|week|month|year|hour|hr|min)\b)", r"\g<dose> per "),
    rule("#", r"(?<=\d)#(?!\w)", " pounds"),
    rule("K", r"(?<=\d)K ?Hz\b", " kHz"),
    rule("m", r"(?<=\d) ?mm ?Hg\b", " millimeters of mercury"),
    rule("k", r"(?<=\d )kt\b(?!\.\w)", _knots),
    rule(
        "\"'",
        rf"(?<![\w.,])(?P<one>{NUMBER})(?P<sign>[\"']) ?(?:[x×]|by) ?(?P<other>{NUMBER})(?P=sign)"
        rf"(?: ?(?:[x×]|by) ?(?P<third>{NUMBER})(?P=sign))?(?!\w)",
        _rectangle,
    ),
    rule("s", r"(?<=\d )sq\.? (?=(?:mile|feet|foot|yard|inch|(?:kilo|centi)?met(?:er|re))(?:e?s)?\b)", "square "),
    rule("c", r"(?<=\d )cu\.? (?=(?:mile|feet|foot|yard|inch|(?:centi)?met(?:er|re))(?:e?s)?\b)", "cubic "),
    rule("s", r"(?<![\w.,])(?P<stone>\d{1,2}) ?st\.? ?(?P<pounds>1[0-3]|\d) ?lbs?\b\.?", _stone),
    rule("s", r"(?<![\w.,])(?P<stone>[02-9]|1\d|[2-4][02-9])st(?P<pounds>)\b", _stone),
    rule(
        "/",
        rf"(?P<first>\d ?(?!m?c?g/\d+ ?m[lL]|µg/\d+ ?m[lL])(?:{_ALPHABETIC})\.?)/(?!100?0? ?[a-z]|1,?000)"
        rf"(?={NUMBER} ?(?:{_ALPHABETIC}|fl\.? oz)(?!\w))",
        r"\g<first>, ",
    ),
    rule(
        "x×",
        rf"(?<![\w.,])(?P<one>{_FEET}) ?[x×] ?(?P<other>{_FEET})(?: ?[x×] ?(?P<third>{_FEET}))?",
        _room,
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
    rule(
        "x×",
        r"(?<![\w.,])(?P<number>\d{1,2}) ?[x×] ?"
        r"(?=\d{1,4}(?:\.\d{1,3})? ?(?:mg|mcg|µg|g|kg|ml|cl|l|oz|W|GB|TB|tablets?)\b)",
        lambda m: f"{plain(m['number'])} times ",
    ),
    rule(
        "xX×",
        rf"(?:(?<![\w.,])|(?<=\d[x×X]))(?P<number>{NUMBER}) ?{_IN} ?(?!X\d+[A-Z])[x×X] ?(?=\d)",
        _by,
    ),
    rule("X", r"(?<=\b[Tt]he )(?P<model>\d{1,3})X(?= [a-z])", lambda m: f"{plain(m['model'])} X"),
    rule("xX×", rf"{_BEGINS}[xX×]\b(?! ?\d)", lambda m: f"{_low(m)}{cardinal(m['number'])} times"),
    rule(
        "'f",
        r"(?<![\w.,'])(?P<feet>[3-9])(?:'| ?ft\.?) ?(?P<inches>1[01]|\d)(?:\.5|½)?(?:\"|″|''| ?ins?\b\.?)?(?![\w'])",
        _height,
    ),
    rule("f", r"(?<![\w.,'])(?P<feet>\d{1,3}) ?ft\.? (?P<inches>1[01]|\d) ?ins?\b\.?", _height),
    rule(
        "°",
        r"(?<![\w.,])(?P<degrees>\d{1,3})° ?(?P<minutes>\d{1,2})'(?: ?(?P<seconds>\d{1,2}(?:\.\d)?)(?:\"|''))? ?"
        r"(?P<wind>[NSEW]\b)?",
        _place,
    ),
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
        "",
        rf"(?P<number>\bten to the (?:minus )?[a-z-]{{3,20}}) (?P<unit>{_LONGEST_FIRST})(?P<power>[²³])?"
        rf"(?P<over>/(?P<many>)(?P<per>{choice(_PER)})(?P<power2>[²³])?)?{_END}",
        lambda m: f"{m['number']} {_unit(m['unit'], m['power'], several=True)}{_per(m)}",
    ),
    rule('"', rf'(?<![\w.,/])(?P<number>(?:\d{{1,3}} )?\d{{1,2}}/(?:2|4|8|16|32)|{NUMBER})"(?=[ ,.;)]|$)', _inches),
    rule("'", r"(?<![\w.,'])(?P<feet>\d{1,2})'(?P<inches>)(?= (?:tall|high|wide|long|deep|by|x|of)\b)", _height),
    rule(
        "CF",
        r"(?<![\w.,])(?P<gap> ?)(?P<number>\d{1,3}(?:\.\d)?)(?P<unit>[CF])(?=[\s,;)/]|[.](?!\w)|-[a-z]|$)",
        _celsius,
    ),
    rule(
        "/",
        rf"(?<![\w.,/])(?<!\d[-–]){_FRACTION}(?P<gap>[ -]?)(?P<unit>{_LONGEST_FIRST})(?P<power>[²³])?{_END}",
        _parts,
    ),
    rule(DIGITS, _MEASURE, _measure),
    rule(
        "/",
        rf"(?<![\w.,])(?P<number>{NUMBER})(?P<size> (?:{MAGNITUDE}))?/(?P<per>{choice(_PER)})(?P<power>[²³])?{_END}",
        _rate,
    ),
    rule("/", rf"(?<=[a-z]s)/(?P<per>{_AREAS})\b(?!/)", lambda m: f" per {_area(m['per'])}"),
    rule(
        "/",
        rf"(?<![\w/.])(?<!\d )(?P<unit>km|m(?=/s)|ft|kg|mg|ml|mL|kWh|GB|MB|Gb|Mb)/(?P<per>{choice(_PER)})(?![\w/])",
        lambda m: f"{_UNITS[m['unit']][1]} per {_PER[m['per']]}",
    ),
    rule("/", r"(?<=[A-Za-z]{2})/(?P<per>mL|dL|µL|L|kg)(?![\w/])", lambda m: f" per {_VOLUMES[m['per']]}"),
    rule("/", rf"(?<=people)/(?P<per>{_AREAS})(?!\w)", lambda m: f" per {_area(m['per'])}"),
)


def _area(per: str) -> str:
    if per[-1] in _POWERS:
        return f"square {_PER[per[:-1]]}"
    return _PER.get(per, per)


spoken = family(_RULES, "[0-9/]")
"""The text with every measure in words."""
