"""Shortened words in full; dotted initials without the stops that a voice would pause at."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.beginning import begins
from audioed.scripting.normalize.en import days, initials, lives
from audioed.scripting.normalize.en.grammar import stopped
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
    if short.islower() and len(short) > 1 and short.capitalize() not in {**_ANYWHERE, **_TITLES}
}
"""Those of small letters where they begin a sentence or a cell."""
_BARE = {name: _TITLES[name] for name in listed("Mr Mrs Ms Dr Prof Sgt Capt Cpl Cllr Lt Col Maj Supt Mt Mme Mlle")}
"""Titles that British newspapers write without a stop."""
_LATIN = {row[0]: row[1] for row in _TABLE if row[2] == "latin"}
_SMALL = {row[0]: row[1] for row in _TABLE if row[2] == "whole"}
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
_NUMBERS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty"
_MOVES = {"arr": "arriving", "dep": "departing"}
_SUBJECTS = {row[0].rstrip("."): row[1] for row in _TABLE if row[2] == "subject"}
"""Of schools, before the number of a course."""
_ABOUT = "(?:less than|more than|at least|at most|about|plus|minus)"
"""What signs before numbers have become by then."""
_PEOPLE = "Sir|Lord|Lady|Mr|Mrs|Ms|Dr"


def _public_law(match: Match[str]) -> str:
    return f"Public Law {halves(match['congress'])}, {plain(match['law'])}"


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


def _sister(match: Match[str]) -> str:
    """A nun's title, unless it stands behind somebody's name: "Rockefeller Sr."."""
    named = _NAMED.search(match.string, max(0, match.start() - 24), match.start())
    closes = named and (not named["comma"] or begins(match.string, match.end(), named=True))
    return match[0] if closes else "Sister "


_NAMED = re.compile(r"\b[A-Z][\w'-]+(?P<comma>,?) \Z")


_BY = {
    "tr": "translated",
    "trans": "translated",
    "ed": "edited",
    "illus": "illustrated",
    "rev": "revised",
    "comp": "compiled",
}
"""What somebody has done with a book."""
_MAKERS = {"ed": "editor", "eds": "editors", "trans": "translator", "comp": "compiler", "comps": "compilers"}
"""Of a book, in brackets behind their names."""
_SPANS = {"min": "minute", "sec": "second", "qtr": "quarter", "yr": "year", "mo": "month", "wk": "week", "hr": "hour"}
_BOUND = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _span(match: Match[str]) -> str:
    return stopped(_SPANS[match["unit"] or match["hour"]], match)


_RULES = (
    rule("/", r"\b(?P<how>[pf])/t\b", lambda m: "part-time" if m["how"] == "p" else "full-time"),
    rule(("op. ",), r"\bop\. (?=(?:profits?|income|margins?|costs?|loss|cash|expenses)\b)", "operating "),
    rule(("ea.",), r"\bea\.(?!\w)", lambda m: stopped("each", m)),
    rule("y", r"(?<=\d)[- ]?y[-./]o\b(?:\.(?= [a-z]|[,;)]))?", "-year-old"),
    rule(("b/w",), r"\bb/w (?=\d|[A-Z]|[a-z]+(?:th|st|nd|rd)\b)", "between "),
    rule(
        "/",
        r"\b(?P<child>[sd])/o\b(?= (?:[A-Z𘬀-𘳕]|an?\b|the\b))",
        lambda m: "son of" if m["child"] == "s" else "daughter of",
    ),
    rule(
        ".",
        r"(?P<number>\d(?:st|nd|rd|th))-(?P<unit>yr|mo|wk|hr|min|sec|qtr)\.",
        lambda m: f"{m['number']}-{_SPANS[m['unit']]}",
    ),
    rule(("slip op",), r"\bslip op\.(?!\w)", lambda m: stopped("slip opinion", m)),
    rule(("Sup. C",), r"\bSup\. C(?:t|ourt)\.?", "Supreme Court"),
    rule(("arr. ", "dep. "), r"\b(?P<how>arr|dep)\. (?=[A-Z])", lambda m: f"{_MOVES[m['how']]} "),
    rule(
        ("med.",),
        r"(?<=\b[Aa] )med\. (?=[a-z])|\bmed\. (?=(?:eggs?|onions?|potato(?:es)?|carrots?|heat|oven|tomato(?:es)?)\b)",
        "medium ",
    ),
    rule(("tab.",), r"(?P<many>\b(?:one|1|each) |\d )tab\.(?= [a-z])", r"\g<many>tablet"),
    rule(("Eng. ",), r"\bEng\. (?=L(?:it|ang)\b)", "English "),
    rule(
        ".",
        rf"\b(?P<subject>{choice(_SUBJECTS)})\. (?P<course>[1-4]\d\d)\b(?![.,]\d)",
        lambda m: f"{_SUBJECTS[m['subject']]} {halves(m['course'])}",
    ),
    rule(("yr.", "mo.", "wk.", "hr."), r"(?<=\ba )(?P<unit>yr|mo|wk)\.|(?<=\ban )(?P<hour>hr)\.", _span),
    rule(
        ("sat.",), r"\bsat\. (?=fats?\b)|(?<=grams )sat\.(?=[,;)] ?)", lambda m: "saturated" + " " * m[0].endswith(" ")
    ),
    rule(("ed. ",), r"\bed\. (?=[A-Z]\. ?[A-Z])", "edited by "),
    rule(("(ed", "(trans", "(comp"), r"(?<=\()(?P<who>eds?|trans|comps?)\.(?=\))", lambda m: _MAKERS[m["who"]]),
    rule(("trans. ",), r"(?<=[(,;] )trans\. (?=[A-Z])|(?<=\()trans\. (?=[A-Z])", "translated by "),
    rule(("pub. ",), r"\bpub\. (?=date|year)", "publication "),
    rule(("exp. ",), r"\bexp\. (?=[\dA-Z])", "expires "),
    rule(("dist.",), r"\bdist\.(?=:)", "distance"),
    rule(("w/c",), r"\bw/c\b", "week commencing"),
    rule(("h/t",), r"\bh/t\b", "hat tip"),
    rule(("o/u", "O/U"), r"\bo/u\b|\bO/U(?= (?:\d|of|is|was|at|line))", "over under"),
    rule(("Elem",), r"\bElem\.?(?= Sch)", "Elementary"),
    rule("b", r"(?<=\d )blk\b\.?", lambda m: stopped("block", m)),
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
    rule(
        ("div. ",),
        r"(?<=\b[Tt]he )div\. (?=[a-z])|\bdiv\. "
        r"(?=[$€£]|(?:of|yield|[a-z-]+ (?:cents|pence|dollars?|pounds?|euros?))\b)",
        "dividend ",
    ),
    rule(
        ("Ch.",),
        r"(?P<saint>\bS(?:t\.?|aint) [A-Z][a-z]+(?:'s)? )Ch\.(?!\w)",
        lambda m: m["saint"] + stopped("Church", m),
    ),
    rule(("Ct. ",), r"\bCt\. (?=of\b)|(?<=\b[Tt]he )Ct\. (?=[a-z])", "Court "),
    *lives.RULES,
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
        r"\b(?P<word>(?i:e\.g|i\.e|a\.k\.a|cf|et al|et seq|n\.b|op\. cit)|[btq]\.i\.d|"
        r"p\.r\.n|[tq]\.d\.s|b\.d|p\.o|q\.d|q\.h\.s|a\.e\.t|ff)\.(?!\w)(?P<comma>,)?",
        _latin,
    ),
    rule("ae", r"(?<=[ (])(?P<word>eg|ie|aka|et al)(?=[, ])(?P<comma>,)?", _latin),
    *days.RULES,
    rule(
        ".",
        rf"(?<![\w.])(?P<word>{choice(_COUNTS)})\. ?(?=[$€£¥]?\d|(?:{_NUMBERS})\b|{_ABOUT} )",
        lambda m: f"{_COUNTS[m['word']]} ",
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
    rule("!", r"\b(?P<name>Yahoo|Jeopardy|Yum|Mamma Mia|Chips Ahoy)!(?=,? [a-z]|'s)", r"\g<name>"),
    rule((" bt ",), r"(?P<name>\b[A-Z][a-z]+ |[),] )bt(?= [A-Z][a-z])", r"\g<name>beat"),
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
        ("ev. ",),
        r"\b(?P<first>[Rr])ev\. (?=(?:plus|minus|[a-z]+ "
        r"(?:percent|point|dollars|billion|million)|fell|rose|grew|was|is|up|"
        r"down|of|beat|missed|growth|guidance|came|hit|topped)\b)",
        lambda m: f"{m['first']}evenue ",
    ),
    rule(("Pub.", "P.L."), r"\b(?:Pub\. ?L\.|P\.L\.) (?:No\. )?(?P<congress>\d{2,3})-(?P<law>\d{1,3})\b", _public_law),
    rule(("WHO",), r"\bWHO\b", "W H O"),  # not the pronoun; in a shouted headline that one is in small letters by now
    rule(("1st", "2nd"), r"(?<=(?:1st|2nd) )Lt\b\.?", "Lieutenant"),
    rule(
        ".",
        r"(?:(?<=\d )|(?<=cents )|(?<=dollars )|(?<=percent )|(?<=illion ))(?P<how>est|adj|exp)\.(?!\w)",
        lambda m: {"est": "estimated", "adj": "adjusted", "exp": "expected"}[m["how"]],
    ),
    rule("C", rf"\bCo\.?(?= (?:{_COUNTIES})\b)", "County"),
    rule(("Sec.",), r"\bSec\.(?= of [A-Z])", "Secretary"),
    rule(("Dr. ",), r"(?<=\b[Tt]he )Dr\.(?= [a-z])|(?<=\b[Yy]our )Dr\.(?= [a-z])", "Doctor"),
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
    rule(
        (" vs ", " v "),
        r"(?<=[\w.] )vs(?= [\"'A-Za-z\d])|(?<=[A-Z]\w\w )v(?= [A-Z])|(?<=[a-z]{2} )v(?= [A-Z])",
        "versus",
    ),
    rule(".", r"(?<=[\w.] )v\.(?= [\"'A-Z])", "versus"),
    *initials.RULES,
)
"""In this order: words before the letters that they are made of."""
spoken = family(_RULES)
"""The text with abbreviations written out."""
