"""Shortened words in full; dotted initials without the stops that a voice would pause at."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.beginning import begins
from audioed.scripting.normalize.en.grammar import ends_sentence, stopped
from audioed.scripting.normalize.en.words import halves, plain
from audioed.scripting.normalize.rules import choice, family, listed, rule

_TABLE = rows("en", "abbreviations")
_TITLES = {row[0].rstrip("."): row[1] for row in _TABLE if row[2] == "title"}
_ANYWHERE = {row[0].rstrip("."): row[1] for row in _TABLE if row[2] == "any"}
_COUNTS = {row[0].rstrip("."): row[1] for row in _TABLE if row[2] == "number"}
_ORDERED = {row[0].rstrip("."): row[1] for row in _TABLE if row[2] == "ordinal"}
"""Behind an ordinal: "2nd ed.", "12th cent."."""
_FIRST = {
    short.capitalize(): said.capitalize()
    for short, said in {**_ANYWHERE, **_COUNTS}.items()
    if short.islower() and len(short) > 1 and short.capitalize() not in _ANYWHERE
}
"""Those of small letters where they begin a sentence or a cell."""
_BARE = {name: _TITLES[name] for name in listed("Mr Mrs Ms Dr Prof Sgt Capt Cpl Cllr Lt Col Maj Supt Mt Mme Mlle")}
"""Titles that British newspapers write without a stop."""
_LATIN = {row[0]: row[1] for row in _TABLE if row[2] == "latin"}
_CALENDAR = {row[0]: row[1] for row in _TABLE if row[2] == "calendar"}
_DAYS = "Mon|Tues?|Weds?|Thu|Thurs?|Fri|Sat|Sun"
_FULL_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SMALL = {row[0]: row[1] for row in _TABLE if row[2] == "whole"}
_WORDS = frozenset(
    {"PS", "US", "UK", "UN", "EU", "AI", "AM", "PM", "BC", "DC", "LA", "TV", "UAE", "USA", "PR", "NY", "CV", "NJ"}
)
"""Two dotted letters that are no one's initials, though a name may follow."""
_DEGREES = frozenset({"MD", "MA", "DO", "DE"})
_COUNTIES = (
    "Durham|Kerry|Cork|Down|Antrim|Dublin|Mayo|Galway|Donegal|Tyrone|Clare|Wicklow|Kildare|Meath|Armagh|Limerick|"
    "Waterford|Wexford|Kilkenny|Tipperary|Sligo|Louth|Fermanagh"
)
_UNITS = {
    "Bn": "Battalion",
    "Bde": "Brigade",
    "Div": "Division",
    "Regt": "Regiment",
    "Rgt": "Regiment",
    "Sqn": "Squadron",
    "Inf": "Infantry",
    "Cav": "Cavalry",
    "Mtn": "Mountain",
    "Armd": "Armored",
    "Abn": "Airborne",
    "Arty": "Artillery",
}
"""Of an army, behind their number."""
_NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty"
_PEOPLE = "Sir|Lord|Lady|Mr|Mrs|Ms|Dr"


def _month(match: Match[str]) -> str:
    return stopped(_CALENDAR[match["word"]], match)


def _march(match: Match[str]) -> str:
    return match["before"] + stopped("March", match)


def _public_law(match: Match[str]) -> str:
    return f"Public Law {halves(match['congress'])}, {plain(match['law'])}"


def _days(match: Match[str]) -> str:
    """Days in a row: "Mon-Fri" goes from one to the other, "Fri/Sat" is both, "Mon-Wed-Fri" each."""
    *days, last = (_CALENDAR[day] for day in re.findall("[A-Z][a-z]+", match[0]))
    joint = "and" if "/" in match[0] or len(days) > 1 else "to"
    return stopped(f"{', '.join(days)} {joint} {last}", match)


def _title(match: Match[str]) -> str:
    return _TITLES[match["word"]] + " " * match.string[match.end() : match.end() + 1].isalpha()


def _any(match: Match[str]) -> str:
    said = _ANYWHERE[match["word"]]
    if match["word"] == "Inc" and not _FIRM.search(match.string, max(0, match.start() - 24), match.start()):
        return "Inc"  # the magazine, whose list is called "Inc. 5000"
    return said if match["word"] in {"vs", "VS", "approx", "incl", "excl", "esp"} else stopped(said, match)


_FIRM = re.compile(r"(?:\b[\w.'-]*[A-Z0-9𘬀-𘳕][\w.'-]*|\b(?:and|of)|[)!&]),? \Z")
"""A name before "Inc."."""


def _latin(match: Match[str]) -> str:
    said = _LATIN[match["word"].lower().rstrip(".")]
    return f"{said}," if match["comma"] else stopped(said, match)


def _letters(match: Match[str]) -> str:
    """Initials: of a name apart, "J. K."; of anything else as one acronym, "FBI"."""
    letters = match["letters"].replace(".", "")
    text, end = match.string, match.end()
    if letters in _DEGREES and text[: match.start()].endswith(", "):  # it would become a state
        return stopped(" ".join(letters), match) if ends_sentence(text, end) else " ".join(letters)
    upper = letters.upper()
    plural = match["plural"] or ""
    if letters.istitle() and len(letters) > 1 and not letters.isupper():
        return match[0]
    named = not plural and letters.isupper() and upper not in _WORDS and re.match(r" ?[A-Z][a-z]", text[end : end + 3])
    if named and len(letters) <= len("JRR") and not ends_sentence(text, end):
        said = upper if "A" in upper else " ".join(upper)  # an "A" by itself would be the article
        return said + ("" if text[end : end + 1] == " " else " ")
    ends = match["letters"].endswith(".") and not plural and ends_sentence(text, end)
    return f"{upper}{plural}{'.' if ends else ''}"


def _sister(match: Match[str]) -> str:
    """A nun's title, unless it stands behind somebody's name: "Rockefeller Sr."."""
    named = _NAMED.search(match.string, max(0, match.start() - 24), match.start())
    closes = named and (not named["comma"] or begins(match.string, match.end(), named=True))
    return match[0] if closes else "Sister "


_NAMED = re.compile(r"\b[A-Z][\w'-]+(?P<comma>,?) \Z")


def _degree(match: Match[str]) -> str:
    """What somebody has studied: "B.Sc.", "LL.M."."""
    level, field = match["level"], match["field"]
    said = f"{level if level == 'Ed' else ' '.join(level)} {'S C' if field == 'Sc' else field}"
    return stopped(said, match)


def _initial(match: Match[str]) -> str:
    """An initial without its point, unless that is the sentence's: "Vitamin C. Take it"."""
    return match[0] if ends_sentence(match.string, match.end()) else match["letter"]


def _mixed(match: Match[str]) -> str:
    """Initials of which the small word is small: "PiP" is P-I-P."""
    joined = match.string[match.start() - 1 : match.start()] in {"-", "'"}
    return match[0] if joined or match[0] in _NO_INITIALS else "-".join(match[0].upper())


_BY = {
    "tr": "translated",
    "trans": "translated",
    "ed": "edited",
    "illus": "illustrated",
    "rev": "revised",
    "comp": "compiled",
}
"""What somebody has done with a book."""
_NO_INITIALS = frozenset({"PhD", "TeX", "WoW", "LoL", "CoV", "YoY", "MoM", "QoQ"})
_SPANS = {"yr": "year", "mo": "month", "wk": "week", "hr": "hour"}
_MOMENT = (
    rf"[A-Z][a-z]+ (?:in|on) |A\.?D\b|(?:c\. ?|ca\. ?)?(?:1[0-9]|20)\d\d\b|(?:{_DAYS})\b|(?:{_FULL_DAYS})\b|the "
    rf"[a-z-]+ of [A-Z]|"
    rf"(?:in|on|at) [A-Z]|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
"""When somebody was born or died."""
_BOUND = {"N": "north", "S": "south", "E": "east", "W": "west"}
_ALL_DAYS = f"(?:{_FULL_DAYS})"
_LIVED = {"m": "married", "fl": "flourished", "r": "reigned"}
_RULES = (
    rule("/", r"\b(?P<how>[pf])/t\b", lambda m: "part-time" if m["how"] == "p" else "full-time"),
    rule(("op. ",), r"\bop\. (?=(?:profits?|income|margins?|costs?|loss|cash|expenses)\b)", "operating "),
    rule(("ea.",), r"\bea\.(?!\w)", lambda m: stopped("each", m)),
    rule("y", r"(?<=\d)[- ]?y[-./]o\b(?:\.(?= [a-z]|[,;)]))?", "-year-old"),
    rule("/", r"\b(?P<child>[sd])/o\b", lambda m: "son of" if m["child"] == "s" else "daughter of"),
    rule(".", r"(?P<number>\d(?:st|nd|rd|th))-(?P<unit>yr|mo|wk|hr)\.", lambda m: f"{m['number']}-{_SPANS[m['unit']]}"),
    rule(("Sup. C",), r"\bSup\. C(?:t|ourt)\.?", "Supreme Court"),
    rule(("exp. ",), r"\bexp\. (?=[\dA-Z])", "expires "),
    rule(
        "-–/",
        rf"\b{_ALL_DAYS}(?:[-–/]{_ALL_DAYS}){{2,6}}\b",
        lambda m: re.sub("[-–/]", ", ", m[0]),  # the days of a class, not from one to the other
    ),
    rule(("dist.",), r"\bdist\.(?=:)", "distance"),
    rule(("w/c",), r"\bw/c\b", "week commencing"),
    rule(("h/t",), r"\bh/t\b", "hat tip"),
    rule(("o/u",), r"\bo/u\b", "over under"),
    rule(("Elem",), r"\bElem\.?(?= Sch)", "Elementary"),
    rule("b", r"(?<=\d )blk\b\.?", "block"),
    rule("M", r"\bMM(?= \d{1,3}\b)", "mile marker"),
    rule(
        ("Man",),
        r"\bMan\.? (?P<club>Utd|City)\b\.?(?! [A-Z][a-z]+ [A-Z])",
        lambda m: f"Man {'United' if m['club'] == 'Utd' else 'City'}",
    ),
    rule(
        "B",
        r"(?P<road>\b(?:I|US|SR|Rte\.?|Route|Hwy\.?|Highway|Interstate)[- ]?(?:\d{1,3}|[a-z-]{2,9}(?: "
        r"[a-z-]{2,9}){0,3}) "
        r")(?P<wind>[NSEW])\.?B\b\.?",
        lambda m: f"{m['road']}{_BOUND[m['wind']]}bound",
    ),
    rule(("rev.",), r"(?<=\bof )rev\.(?!\w)", lambda m: stopped("revenue", m)),
    rule(("div. ",), r"(?<=\b[Tt]he )div\. (?=[a-z])", "dividend "),
    rule(
        "S",
        r"(?<!\b[Tt]he )\b(?P<word>Sat|Sun)\.(?=\)| (?:[a-z-]+ ){1,3}[AP]M\b| (?:at|from|before|after|until) "
        r"(?:\d|noon|[a-z]+ (?:[AP]M|"
        r"[a-z]+ [AP]M)))",
        lambda m: _CALENDAR[m["word"]],
    ),
    rule(
        ("Ch.",),
        r"(?P<saint>\bS(?:t\.?|aint) [A-Z][a-z]+(?:'s)? )Ch\.(?!\w)",
        lambda m: m["saint"] + stopped("Church", m),
    ),
    rule(("Ct. ",), r"\bCt\. (?=of\b)|(?<=\b[Tt]he )Ct\. (?=[a-z])", "Court "),
    rule(
        ".",
        r"(?<![\w.])(?P<level>[BMD](?=\.(?:Sc|Eng|Phil|Ed|Litt|Com|Arch|Des)\b)|(?:LL|Ed)(?=\.[BMD]\b))\."
        r"(?P<field>\w+)(?:\.(?!\w))?",
        _degree,
    ),
    rule(".", rf"(?P<open>[(;,] ?)b\. ?(?={_MOMENT}|[A-Z][a-z]+(?:[.,;)]|$))", r"\g<open>born "),
    rule(
        ".",
        rf"(?P<open>[(;,] ?|[a-z)] )d\. ?(?=(?![A-Z][a-z]+ (?:in|on) [A-Z]){_MOMENT}|at \d|aged? \d|peacefully|"
        rf"suddenly|unexpectedly)",
        r"\g<open>died ",
    ),
    rule(
        ".",
        rf"(?P<open>[(;,] ?)(?P<did>m(?=\. ?(?:{_MOMENT}))|(?:fl|r)(?=\. ?(?:c\. ?|ca\. ?)?(?:\d{{3}}|"
        rf"(?:ten|eleven|twelve|twenty|[a-z]+teen) )))\. ?",
        lambda m: f"{m['open']}{_LIVED[m['did']]} ",
    ),
    rule(
        ".",
        r"\b(?P<word>Sat|Sun)\. (?=(?:the )?(?:\d{1,2}(?:st|nd|rd|th)|[a-z-]*(?:first|second|third|th))\b)",
        lambda m: f"{_CALENDAR[m['word']]} ",
    ),
    rule(
        ".",
        rf"(?P<arm>\b(?:[Aa]irborne|[Aa]rtillery|[Ii]nfantry|[Aa]rmored|[Mm]ountain|Cavalry) )"
        rf"(?P<word>{choice(_UNITS)})\.",
        lambda m: m["arm"] + stopped(_UNITS[m["word"]], m),
    ),
    rule("p", r"(?<=percent )p\.?a\b(?P<stop>\.(?=\s*$))?\.?(?!\w)", r"per annum\g<stop>"),
    rule(("pop.",), r"\bpop\.(?= (?:is|was|of|stands|has|fell|rose|grew)\b)", "population"),
    rule(("est. ",), r"\best\. (?=(?:1[5-9]|20)\d\d\b)", "established "),
    rule(
        ".",
        r"\b(?P<word>(?i:e\.g|i\.e|a\.k\.a|cf|et al|et seq|n\.b|op\. cit)|[btq]\.i\.d|ff)\.(?!\w)(?P<comma>,)?",
        _latin,
    ),
    rule("ae", r"(?<=[ (])(?P<word>eg|ie|aka|et al)(?=[, ])(?P<comma>,)?", _latin),
    rule("-–—/", rf"\b(?:{_DAYS})\b\.?(?:\s?[-–—/]\s?(?:{_DAYS})\b(?:\.(?!\w))?){{1,6}}", _days),
    rule("-–—", rf"\b(?P<word>{_FULL_DAYS})\s?[-–—]\s?(?=(?:{_FULL_DAYS})\b)", r"\g<word> to "),
    rule("", rf"(?<=to )(?P<word>{_DAYS})\b\.?(?!\w)(?=[\s,;:)]|$)", _month),
    rule(".", rf"\b(?P<word>{choice(set(_CALENDAR) - {'Sat', 'Sun', 'Mar'})})\.(?=[\s,;:)]|$)", _month),
    rule(
        "",
        r"\b(?P<word>Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun),? (?=[A-Z][a-z]+ (?:\w+th|\w+st|\w+nd|\w+rd)\b)",
        lambda m: f"{_CALENDAR[m['word']]}, ",
    ),
    rule(
        ".",
        rf"(?<![\w.])(?P<word>{choice(_COUNTS)})\. ?(?=[$€£¥]?\d|(?:{_NUMBERS})\b)",
        lambda m: f"{_COUNTS[m['word']]} ",
    ),
    rule(
        ".",
        r"(?:(?<=\b[Nn]oon )|(?<=midnight )|(?<=morning )|(?<=night )|"
        r"(?<=day and )|(?<=day or )|(?<=day, )|"
        r"(?<=\b[Oo]n )|(?<=\b[Ll]ast )|(?<=\b[Nn]ext )|(?<=\b[Tt]his )|(?<=hundred )|"
        r"(?<=[AP]M )|(?<=\())(?P<word>Sat|Sun)\.(?!\w)",
        _month,
    ),
    rule(
        "",
        rf"\b(?P<word>{_DAYS})\.(?=[,:])|(?:(?<=\A)|(?<=; ))(?P<first>{_DAYS})(?=: )|"
        rf"\b(?P<weekend>Sat|Sun)\.(?= (?:and|&|or|to|through) (?:Sat|Sun|Mon|hol|bank|public|weekday)\w*)",
        lambda m: _CALENDAR[m["word"] or m["first"] or m["weekend"]],
    ),
    rule(
        ".",
        rf"(?P<rank>\b(?:Lt|Maj|Brig|Sgt|Rear|Vice|Chief|Asst|Dep|Master|Staff)\b\.?) "
        rf"(?P<word>{choice(_TITLES)})\.(?= [a-z])",
        lambda m: f"{_TITLES.get(m['rank'].rstrip('.'), m['rank'])} {_TITLES[m['word']]}",
    ),
    rule(
        "",
        rf"(?P<number>\d(?:st|nd|rd|th|d)[ -])(?P<word>{choice(_ORDERED)})\.(?!\w)",
        lambda m: m["number"] + stopped(_ORDERED[m["word"]], m),
    ),
    rule(
        ".",
        rf"\b(?P<word>{choice(_BY)})\. (?=by [A-Z])",
        lambda m: f"{_BY[m['word']]} ",
    ),
    rule(("edition, ",), r"(?<=edition, )rev\.(?!\w)", lambda m: stopped("revised", m)),
    rule(("in. ",), r"(?<!\d )(?<!\d-)\b(?P<first>[Mm])in\. (?=[a-z]{3}|[$€£])", r"\g<first>inimum "),
    rule(
        (". of ",),
        r"\b(?P<first>[Nn])o(?P<many>s?)\. of (?=[a-z])",
        lambda m: f"{m['first']}umber{m['many']} of ",
    ),
    rule(("Br. ",), r"(?<![\w.])Br\. (?=[A-Z][a-z]|[𘬀-𘳕])", "Brother "),
    rule(("Gen. ",), r"\bGen\. (?=(?:X|Y|Z|Alpha)\b(?!\.))", "Gen "),
    rule(("Lt. ",), r"\bLt\. [Gg]ov\.", "Lieutenant Governor"),
    rule(
        ".",
        r"\bby (?P<word>vol|wt)\.(?!\w)",
        lambda m: stopped(f"by {'volume' if m['word'] == 'vol' else 'weight'}", m),
    ),
    rule(
        ("Sr. ",),
        r"(?<![\w.])Sr\. (?=[A-Z𘬀-𘳕])"
        r"(?!(?:Vice|Director|Editor|Manager|Engineer|Analyst|Advis[eo]r|Fellow|Counsel)\b)",
        _sister,
    ),
    rule((". Gen.",), r"\bAtty?\. Gen\.", "Attorney General"),
    rule(
        ".",
        rf"\b(?P<word>{choice(_TITLES)})\.(?=-[A-Z]|\s?(?:[A-Z\"'𘬀-𘳕]|\d{{1,2}}(?:st|nd|rd|th)|(?:{_PEOPLE})\b)| "
        rf"(?:and|&) "
        rf"(?:Mrs?|Ms|Dr)\b)",
        _title,
    ),
    rule(
        "",
        rf"(?P<number>\d(?:st|nd|rd|th) )(?P<word>{choice(_UNITS)})\b(?:\.(?!\w))?",
        lambda m: m["number"] + _UNITS[m["word"]],
    ),
    rule("", r"\b[A-Z][a-z][A-Z](?=s?\b(?![-'.]\w))", _mixed),
    rule("!", r"\b(?P<name>Yahoo|Jeopardy|Yum|Mamma Mia|Chips Ahoy)!(?=,? [a-z]|'s)", r"\g<name>"),
    rule("'", rf"\b(?P<word>{_DAYS})\.(?='s\b)", lambda m: _CALENDAR[m["word"]]),
    rule("b", r"(?P<name>\b[A-Z][a-z]+ |[),] )bt(?= [A-Z][a-z])", r"\g<name>beat"),
    rule(
        ("Mar.",),
        r"(?P<before>\b(?:[Ii]n|[Ss]ince|[Oo]f|[Ff]rom|[Bb]y|[Uu]ntil|[Ll]ast|[Ee]arly|[Ll]ate|to) )Mar\.(?!\w)",
        _march,
    ),
    rule(
        ("est. ",),
        r"(?P<whose>\b(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Aa]n|[Tt]he) |[;:(,] ?)est\. (?=[a-z])",
        r"\g<whose>estimated ",
    ),
    rule(("feat. ",), r"(?P<open>[(\[,] ?)feat\. (?=[A-Z])", r"\g<open>featuring "),
    rule(("mi. ",), r"\bmi\. (?=marker|post)", "mile "),
    rule(
        ".",
        r"(?<![\w.])p(?P<many>p|gs|g)?\. (?=[A-Z]-?\d)",
        lambda m: "pages " if m["many"] in {"p", "gs"} else "page ",
    ),
    rule(
        ("rev. ",),
        r"\brev\. (?=(?:plus|minus|[a-z]+ (?:percent|point|dollars|billion|million)|fell|rose|grew|was|is|up|"
        r"down|of|beat|missed|growth|guidance)\b)",
        "revenue ",
    ),
    rule(("Pub.",), r"\bPub\. ?L\. (?:No\. )?(?P<congress>\d{2,3})-(?P<law>\d{1,3})\b", _public_law),
    rule(("WHO",), r"\bWHO\b", "W H O"),  # not the pronoun; in a shouted headline that one is in small letters by now
    rule(("1st", "2nd"), r"(?<=(?:1st|2nd) )Lt\b\.?", "Lieutenant"),
    rule("", rf"\b(?P<word>{_DAYS})(?=,? \d{{1,2}}(?:[-–:]\d|\s?[ap]\.?m\b))", _month),
    rule(
        ".",
        r"(?:(?<=\d )|(?<=cents )|(?<=dollars ))(?P<how>est|adj|exp)\.(?!\w)",
        lambda m: {"est": "estimated", "adj": "adjusted", "exp": "expected"}[m["how"]],
    ),
    rule("C", rf"\bCo\.?(?= (?:{_COUNTIES})\b)", "County"),
    rule("", rf"\b(?P<word>{_DAYS})\b[.,]{{0,2}}(?= the \w+(?:-\w+)? of [A-Z])", lambda m: _CALENDAR[m["word"]]),
    rule(("Sec.",), r"\bSec\.(?= of [A-Z])", "Secretary"),
    rule(".", r"(?<=\b[Tt]he )Dr\.(?= [a-z])|(?<=\b[Yy]our )Dr\.(?= [a-z])", "Doctor"),
    rule("", rf"\b(?P<word>{choice(_BARE)})(?= (?:[A-Z][a-z]|[A-Z]\.))(?!(?<=Lt) Gen Z)", lambda m: _BARE[m["word"]]),
    rule(
        ("Gen",),
        r"(?<!th )(?<!st )(?<!nd )(?<!rd )(?<!ext )(?<!ast )(?<!new )(?<!-)\bGen(?= [A-Z][a-z])(?! (?:Alpha|"
        r"Xers?|Zers?|Z|X)\b)",
        "General",
    ),
    rule(".", rf"(?<![\w-])(?P<word>{choice(_ANYWHERE)})\.(?!\w)", _any),
    rule(".", rf"(?<![\w.-])(?P<word>{choice(_FIRST)})\.(?= ?\d| [a-z])", lambda m: _FIRST[m["word"]]),
    rule("", rf"(?<![\w/])(?P<word>{choice(_SMALL)})(?![\w/])", lambda m: _SMALL[m["word"]]),
    rule("", r"(?<=[\w.] )vs(?= [\"'A-Za-z\d])|(?<=[A-Z]\w\w )v(?= [A-Z])|(?<=[a-z]{2} )v(?= [A-Z])", "versus"),
    rule(".", r"(?<=[\w.] )v\.(?= [\"'A-Z])", "versus"),
    rule(
        ("Ph.",),
        r"\bPh\. ?D(?P<stop>\.?)(?P<many>s?)(?!\w)",
        lambda m: f"{stopped('PhD', m).rstrip('.') if m['many'] else stopped('PhD', m)}{m['many']}",
    ),
    rule(".", r"(?<![\w.])(?P<letters>(?:[A-Za-z]\.){2,6}(?:[A-Z](?![\w.])(?!'))?)(?P<plural>'?s\b)?", _letters),
    rule(
        ".",
        r"(?<![\w.'+])(?<!\bplus )(?<!\bControl )(?<!\bCommand )(?<!\bOption )(?P<letter>[A-Z])\."
        r"(?= ?(?:[A-Z]\.|[A-Z]['a-z]\w)| [a-z])",
        _initial,
    ),
    rule(".", r"(?P<name>(?:\A|[𘬀-𘳕]|\b[A-Z][a-z]+|\b[A-Z]) [A-Z])\.(?= [𘬀-𘳕])", r"\g<name>"),
)
"""In this order: words before the letters that they are made of."""
spoken = family(_RULES)
"""The text with abbreviations written out."""
