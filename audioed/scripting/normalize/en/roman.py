"""Roman numerals where the words before them tell that they are none of the letters I, V, X."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.normalize.en.words import ordinal, plain, year
from audioed.scripting.normalize.rules import family, rule

_REIGNING = "|".join(row[0] for row in rows("en", "regnal"))
"""Names that sovereigns and popes have shared."""
_TITLES = (
    "King|Queen|Pope|Emperor|Empress|Tsar|Czar|Sultan|Prince|Princess|Pharaoh|Kaiser|Patriarch|Duke|Count|"
    "Shah|Saint|Ayatollah"
)
_COUNTERS = (
    "World War|Chapter|Part|Volume|Act|Scene|Phase|Title|Article|Section|Book|Type|Class|Level|Appendix|Super Bowl|"
    "Episode|Rocky|Final Fantasy|Mark|Tier|Stage|Saturn|Vatican|Round|Division|Schedule|Annex|Table|Figure|Group|"
    "Category|WrestleMania|Grade|Formula|Pillar|Titan|Gemini|Godfather|Civilization|Factor|Canto|Psalm|Quadrant|"
    "Olympiad|"
    "Sonata|Symphony|Movement|Amendment|Protocol|Exhibit|Elizabeth Line|Basel|Solvency|Camp|Star Wars|Rambo|Trident"
)
_ROMAN = r"(?=[IVXLCM])(?:C?M{0,3})(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?<=[IVXLCDM])"
_SMALL = r"(?=[IVXL])(?:XL|L?X{0,4})(?:IX|IV|V?I{0,3})(?<=[IVXL])"
_LOWER = re.compile(r"(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_VERBS = (
    r"(?! (?:am|was told|think|know|knew|thought|would|will|have|had to|can|could|do|did|hope|guess|want|"
    r"said|[𘬀-𘳕])\b)(?!'(?:m|ll|ve|d)\b)"
)
_GIVEN = (
    "James|John|Robert|Michael|William|David|Richard|Joseph|Thomas|Charles|Christopher|Daniel|Matthew|Anthony|Donald|"
    "Steven|Paul|Andrew|Joshua|Kenneth|Kevin|Brian|George|Edward|Ronald|Timothy|Jason|Jeffrey|Ryan|Jacob|Gary|Nicholas|"
    "Eric|Stephen|Jonathan|Larry|Justin|Scott|Frank|Benjamin|Gregory|Samuel|Raymond|Patrick|Alexander|Jack|"
    "Dennis|Jerry|"
    "Tyler|Aaron|Henry|Douglas|Peter|Adam|Nathan|Walter|Harold|Harry|Arthur|Albert|Roger|Lawrence|Louis|Philip|Bobby|"
    "Howard|Eugene|Russell|Ralph|Roy|Martin|Marvin|Ernest|Fred|Alfred|Theodore|Lewis|Marcus|Robin|Trey|Bill|Bob|"
    "Jim|Tom|"
    "Joe|Mike|Ken|Gale|Griffin|Odell|Gardner|Mekhi|Patrick|Cedric|Melvin|Marion|Horace|Cornelius|Thurston|"
    "Francis|Duncan"
)


def value(numeral: str) -> str:
    """The number of a Roman numeral, in digits."""
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))


def _which(match: Match[str]) -> str:
    return f"{match['name']} the {ordinal(value(match['roman']))}"


def _many(match: Match[str]) -> str:
    return f"{match['name']} {plain(value(match['roman']))}"


def _list(match: Match[str]) -> str:
    """Several of them in a row: "Chapters I, II and IV-VI"."""
    said = re.sub(r"[IVXL]+", lambda numeral: plain(value(numeral[0])), match["list"])
    return f"{match['name']} {re.sub(' ?[-–] ?', ' to ', said)}"


def _sized(match: Match[str]) -> str:
    """A numeral that is long enough to be no word; sizes and adult films are letters."""
    return match[0] if set(match[0]) == {"X"} else plain(value(match[0]))


def _after_a_name(match: Match[str]) -> str:
    """A numeral after a name in capitals: the name of a sequel, a class, a generation."""
    before = match.string[: match.start()].rstrip().rpartition(" ")[2]
    named = before[:1].isupper() and before not in _SMALL_WORDS and match[0] not in {"XX", "XXX"}
    return plain(value(match["roman"])) if named else match[0]


_SMALL_WORDS = frozenset({"The", "A", "An", "In", "On", "At", "And", "Or", "Of", "By", "For", "Mr", "Ms", "Dr"})


_WARS = {"I": "one", "1": "one", "II": "two", "2": "two"}


def _counted(match: Match[str]) -> str:
    """A numeral in small letters behind what is counted: "scene ii"."""
    before = _COUNTED.search(match.string, max(0, match.start() - 24), match.start())
    return plain(value(match[0].upper())) if before and _LOWER.fullmatch(match[0]) else match[0]


def _ruler(match: Match[str]) -> str:
    """The point of an ordinal, "Adrian I." in the middle of a sentence."""
    return "" if _RULER.search(match.string, max(0, match.start() - 40), match.start()) else "."


def _item(match: Match[str]) -> str:
    """The number of one of several points: "(ii)"; a single letter is a numeral where the one behind it is there."""
    small = match["roman"]
    following = {"i": "(ii)", "v": "(iv)", "x": "(ix)"}.get(small)
    known = following in match.string if following else _LOWER.fullmatch(small)
    return f"({plain(value(small.upper()))})" if known else match[0]


def _both(match: Match[str]) -> str:
    return f"{match['name']} the {ordinal(value(match['roman']))} and {ordinal(value(match['other']))}"


def _pages(match: Match[str]) -> str:
    """Pages before the first: "pages xii-xiv"."""
    both = (match["first"], match["last"])
    if not all(map(_LOWER.fullmatch, both)):
        return match[0]
    return f"{match['name']} {' to '.join(plain(value(each.upper())) for each in both)}"


_COUNTED = re.compile(rf"\b(?i:{_COUNTERS}|pages?|note|verse|item|point|paragraph|clause|line) \Z")
_RULER = re.compile(r"\b[A-Z][a-z]+ the [a-z-]*(?:first|second|third|th)\Z")
_RULES = (
    rule(
        "ivxl",
        r"\b(?P<name>(?i:pages|chapters|volumes|parts|books|acts|scenes|sections|numbers)) "
        r"(?P<first>[ivxl]{1,6}) ?[-–] ?(?P<last>[ivxl]{1,6})\b",
        _pages,
    ),
    rule(
        "ivxl",
        r"(?<=[a-z] )[ivxl]{1,5}\b(?![-'.]\w)",
        _counted,
    ),
    rule("(", r"(?<![\w)])\((?P<roman>[ivx]{1,5})\)", _item),
    rule(
        ".)",
        r"\A(?P<roman>[ivx]{2,5})[.)] (?=[A-Z])",
        lambda m: f"{plain(value(m['roman'].upper()))}. " if _LOWER.fullmatch(m["roman"]) else m[0],
    ),
    rule(
        "IVXL",
        rf"\b(?P<name>(?i:{_COUNTERS})) (?P<roman>{_SMALL})\((?P<part>[a-z])\)(?!\w)",
        lambda m: f"{_many(m)} {m['part'].upper()}",
    ),
    rule(
        "IV",
        r"\b(?P<name>(?i:stage|type|class|grade|group|phase|level|category|tier)s?) "
        r"(?P<roman>I{1,3}|I?V)(?P<part>[A-D])\b",
        lambda m: f"{_many(m)} {m['part']}",
    ),
    rule("VI", r"\b(?P<name>James|William|Charles) (?P<roman>VI|VII|III|IV) and (?P<other>II?)\b(?! [A-Z])", _both),
    rule(".", r"(?<=st|nd|rd|th)\.(?= [a-z])", _ruler),
    rule(
        "IVX",
        rf"(?<=\b[Tt]he )(?P<roman>(?=[IVX]{{2}}){_SMALL}) (?=(?:[A-Z][a-z]+ )?(?:Olympiad|Olympics|Olympic|"
        rf"Paralympics|Winter|Summer|Congress|Corps|Army|Legion|Dynasty|Assembly|Festival|Games|Summit|"
        rf"Conference|Council|Biennale|Legislature|Brigade|Division|Plenum)\b)",
        lambda m: f"{ordinal(value(m['roman']))} ",
    ),
    rule(
        "IVX",
        rf"\b(?P<name>[A-Z][a-z]+) (?P<roman>{_SMALL})\.(?P<line>\d{{1,4}})\b",
        lambda m: f"{_many(m)}, {m['line']}",
    ),
    rule("IVX", rf"(?P<name>[𘬀-𘳕]) (?P<roman>(?=[IVX]{{2}}){_SMALL})(?!\w|\.\w)", _which),
    rule(
        ("centur",),
        r"\b(?P<roman>(?:XX|XI|XV|IX|VI|IV)[IVX]{0,3})(?:th)?(?=[ -](?:century|centuries)\b)",
        lambda m: ordinal(value(m["roman"])),
    ),
    rule(
        "IVX",
        rf"(?<![\w.'-])(?P<roman>(?=[IVX]{{2}}|[IVX]th){_SMALL})(?:th|rd|nd|e)(?![\w'-])",
        lambda m: ordinal(value(m["roman"])),
    ),
    rule("W", r"\bWW ?(?P<war>II?|1|2)\b", lambda m: f"World War {_WARS[m['war']]}"),
    rule(
        "IVXL",
        rf"\b(?P<name>(?i:{_COUNTERS})s) (?P<list>{_SMALL}(?:(?:, (?:and |& )?| and | & | or | to |"
        rf" ?[-–] ?){_SMALL}){{1,6}})\b(?![-'.]\w)",
        _list,
    ),
    rule("IVXL", rf"\b(?P<name>(?i:{_COUNTERS})) (?P<roman>{_SMALL})\b(?!(?<= I)(?: [^\W\d_A-Z]|'))(?!\.\w)", _many),
    rule(
        "I",
        rf"\b(?P<name>World War|Super Bowl|Elizabeth Line|Artemis|Part|Chapter|Act|Volume|Book|Phase|Type) "
        rf"(?P<roman>I)\b{_VERBS}(?!\.\w)",
        _many,
    ),
    rule(
        "IVX",
        rf"\b(?P<name>(?:{_TITLES}) (?:[A-Z][\w'-]+ ){{0,2}}?[A-Z][\w'-]+) (?P<roman>{_SMALL})(?!\w|\.\w)"
        rf"(?<! L){_VERBS}",
        _which,
    ),
    rule("IVX", rf"\b(?P<name>{_REIGNING}) (?P<roman>{_SMALL})(?!\w|\.\w)(?<! I)(?<! V)(?<! X)(?<! L)", _which),
    rule(
        "IVX",
        rf"\b(?P<name>{_REIGNING}) (?P<roman>[IVX])(?=[ ,.;:?!)'\"]|$)(?<!Malcolm X)(?!\.? [A-Z]){_VERBS}",
        _which,
    ),
    rule(
        "IVX",
        rf"\b(?P<name>(?:{_GIVEN})(?: [A-Z]\.?)?(?: [A-Z][\w'-]+){{1,2}}),? (?P<roman>II|III|IV|VI|VII)(?![\w-])"
        rf"(?!\.\w)",
        _which,
    ),
    rule(
        "IV",
        r"\b(?P<name>[A-Z][a-z]+-[A-Z][a-z]+|[A-Z]\. [A-Z][a-z]+),? (?P<roman>II|III|IV)(?=,? (?:\d{2},|said|"
        r"says|told|who|was|is|has)|[,.;])",
        _which,
    ),
    rule(
        "VX",
        rf"(?<=\w )(?=[IVX]{{2,}}\b)(?P<roman>{_SMALL})(?![\w-]|\.\w)(?! (?:drip|fluid|bag|line)s?\b)",
        _after_a_name,
    ),
    rule(
        "V",
        r"(?P<model>(?<![\w-])[A-Z]{1,3}\d{1,3}[A-Z]?) V(?=[ ,.;:)]|\Z)(?!\. ?[A-Z])",
        lambda m: f"{m['model']} five",
    ),
    rule("I", r"(?<=[A-Za-z] )(?P<roman>III?)\b(?!\.\w)", lambda m: plain(value(m["roman"]))),
    rule("IVX", rf"(?<![\w.'-])(?=[IVXL]{{3,}}\b){_SMALL}(?<!LIV)(?![\w'-]|\.\w)", _sized),
    rule(("LIV",), r"\bLIV\b", "Liv"),
    rule("M", r"(?<![\w.'-])(?=M[MDCLXVI]{3,}\b)" + _ROMAN + r"(?![\w'-])", lambda m: year(value(m[0]))),
)
spoken = family(_RULES, r"\b[IVXLCDM]+(?:[A-D]|th|rd|nd|e)?\b|\b[ivxl]+\b|WW|(?:st|nd|rd|th)\. [a-z]")
"""The text with every Roman numeral that is one in words."""
