"""Laws, rules of courts and judgments, as lawyers cite them."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.normalize.en.grammar import ends_sentence
from audioed.scripting.normalize.en.words import digits, halves, ordinal, plain, year
from audioed.scripting.normalize.rules import choice, rule

_REPORTERS = r"F|P|A|N\.?E|N\.?W|S\.?E|S\.?W|So|F\. ?Supp|L\. ?Ed|Cal|Cal\. ?Rptr"
"""Of American courts, in series: "12 F.4th 345"."""

_NUMBER_WORD = re.compile(r"\b[Nn]o\.?(?= )")
_PROCEDURES = {"Civ": "Civil", "Crim": "Criminal", "App": "Appellate", "Bankr": "Bankruptcy"}


def _reporter(short: str) -> str:
    letters = short.replace(".", "")
    return "Lawyers' Edition" if letters.replace(" ", "") == "LEd" else letters


_JOINTLY = {"": "", "C": "Concurrent ", "J": "Joint "}

_STATES = {row[1]: row[2] for row in rows("en", "states") if row[1].endswith(".")}
_STATES |= {"Cal.": "California", "N.Y.": "New York", "N.J.": "New Jersey"}
_CODES = {
    "Gov't": "Government",
    "Civ.": "Civil",
    "Pen.": "Penal",
    "Bus.": "Business",
    "Lab.": "Labor",
    "Veh.": "Vehicle",
}


def _code(match: Match[str]) -> str:
    """A law of a state: "Cal. Civ. Code" is California Civil Code."""
    kind = match["kind"].replace("Stat.", "Statutes")
    return " ".join(filter(None, (_STATES[match["state"]], _CODES.get(match["of"], match["of"]), kind)))


def _parts(number: str) -> str:
    """The number of a section with its point: "1798.100" is seventeen ninety-eight point one hundred."""
    whole, _, part = number.partition(".")
    said = halves(whole) if len(whole) > len("35") else plain(whole)
    return f"{said} point {digits(part) if part[0] == '0' else halves(part)}"


def _identifier(match: Match[str]) -> str:
    """The European identifier of a judgment, without its colons."""
    return f"ECLI {match['land']} {match['court']} {year(match['year'])} {halves(match['number'])}"


_SIDES = {"N": "Northern ", "S": "Southern ", "E": "Eastern ", "W": "Western ", "M": "Middle ", "C": "Central ", "": ""}


def _court(match: Match[str]) -> str:
    """A court of first instance: "S.D.N.Y." is the Southern District of New York; in brackets without its article."""
    place = f"{_SIDES[match['side'] or '']}District of {_STATES[match['state']]}"
    closes = match[0].endswith(".") and ends_sentence(match.string, match.end())
    dated = match["open"] and re.match(r" (?:19|20)\d\d\)", match.string[match.end() : match.end() + len(" 2019)")])
    article = "" if match["open"] or match.string[: match.start()].lower().endswith("the ") else "the "
    return f"{match['open'] or ''}{article}{place}{'.' if closes else ''}{',' if dated else ''}"


_SHORT = {"Dir. ": "Directive ", "Dec. ": "Decision ", "Reg. ": "regulation "}
RULES = (
    rule(
        ("D. ", "D.N."),
        rf"(?<![\w.])(?P<open>\()?(?:(?P<side>[NSEWMC])\. ?|(?(open)|(?!)))D\. ?(?P<state>{choice(_STATES)})(?!\w)",
        _court,
    ),
    rule(
        ("ECLI",),
        r"\bECLI:(?P<land>[A-Z]{2}):(?P<court>[A-Z]{1,6}):(?P<year>(?:19|20)\d\d):(?P<number>\d{1,5})(?!\w)",
        _identifier,
    ),
    rule(
        "§",
        rf"(?<![\w.])(?P<state>{choice(_STATES)}) (?:(?P<of>[A-Z][\w']+\.?) )?"
        r"(?P<kind>Code|Law|Stat\.)(?= (?:Ann\. )?§)",
        _code,
    ),
    rule(
        "§",
        r"(?P<signs>§{1,2}) ?(?P<number>\d{2,5}\.\d{1,4})(?![\d(-]|\.\w)",
        lambda m: f"{m['signs']} {_parts(m['number'])}",
    ),
    rule(
        (" r.", " rr."),
        r"(?P<cue>\b(?:[Uu]nder|[Bb]y|[Ii]n|of|and|[Ss]ee|to|with|per) )(?P<many>r)?r\. ?(?=\d)",
        lambda m: f"{m['cue']}rule{'s' if m['many'] else ''} ",
    ),
    rule(
        ("Res.",),
        r"\b(?P<house>H|S)\. ?(?P<kind>Con\. ?|J\. ?)?Res\.(?= ?\d)",
        lambda m: f"{'House' if m['house'] == 'H' else 'Senate'} {_JOINTLY[(m['kind'] or '')[:1]]}Resolution",
    ),
    rule(
        ".",
        rf"(?<![\w.])(?P<reporter>{_REPORTERS})\. ?(?P<series>[2-5])(?:d|th)(?= \d)",
        lambda m: f"{_reporter(m['reporter'])} {ordinal(m['series'])}",
    ),
    rule(
        "/",
        r"(?P<law>\((?:EU|EC|EEC)\) |\b(?:Directive|Regulation|Decision|S\.?I\.?|Reg\.|Dir\.|Dec\.) )(?P<year>(?:19|"
        r"20)\d\d)/(?P<number>\d{1,4})(?![\w/])",
        lambda m: f"{_SHORT.get(m['law'], m['law'])}{year(m['year'])}, {halves(m['number'])}",
    ),
    rule(
        "/",
        r"(?P<law>\b(?:[Nn]os?\.?|[Nn]umber|Law|Act|Decree|Regulation|Decision|Resolution|Bill|Case) )"
        r"(?P<number>\d{1,4})/(?P<year>(?:19|20)\d\d)(?![\w/]|[.,]\d)",
        lambda m: f"{_NUMBER_WORD.sub('number', m['law'])}{halves(m['number'])} of {year(m['year'])}",
    ),
    rule(
        ("Fed. R. ",),
        r"\bFed\. R\. (?:(?P<of>Civ|Crim|App|Bankr)\. P\.|Evid\.)",
        lambda m: f"Federal Rule of {_PROCEDURES[m['of']] + ' Procedure' if m['of'] else 'Evidence'}",
    ),
    rule(("Dir. ",), r"\bDir\. (?=\((?:EU|EC|EEC)\))", "Directive "),
    rule("S", r"(?<=\d )S\. ?Ct\.(?= \d)", "Supreme Court"),
)
"""In this order: a whole citation before its parts."""
