"""Results as they are called: scores, sets, records, cricket, minutes of a match, odds."""

import re
from functools import lru_cache
from re import Match

from audioed.scripting.normalize.en import racing
from audioed.scripting.normalize.en.grammar import stopped
from audioed.scripting.normalize.en.words import cardinal, ordinal, plain
from audioed.scripting.normalize.rules import family, rule

_WINS = (
    "win|wins|won|victory|victories|lead|leads|loss|losses|lost|defeat|defeats|thrashing|drubbing|triumph|beat|"
    "beats|beating|"
    "draw|draws|drew|tie|tied|score|aggregate|decision|vote|ruling|majority|thriller|rout|comeback|deficit|advantage|"
    "result|trail|trailed|trailing|ahead|down|up|led|leading|game|series|half-time|halftime|shutout|upset|opener"
)
_RECORD = (
    r"(?P<cue>\b(?:record of|record to|records? is|went|goes|go|going|improved? to|improves to|improving to|"
    r"fell to|falls to|dropped to|drops to) (?:a )?)"
)
_PLAYS = (
    "host|hosts|visit|visits|play|plays|face|faces|meet|meets|travel|travels|beat|lost|won|will|lead|leads|take|are"
)
_PAIR = r"(?P<low>\d{1,3})[-–](?P<high>\d{1,3})"
_GAMES = r"\d{1,2}(?:[-–]\d{1,2}){1,2}"
_CRICKET = re.compile(
    r"\b(?:overs|wickets?|innings|stumps|bowl(?:er|ers|ed|ing)|batsm[ae]n|batters?|batting|declared|declaring|not out|"
    r"dec|Stumps|wkts?|ov\.|\d ov(?=[);,])|at (?:tea|lunch|stumps)\b|"
    r"(?:First|Second|Third|Fourth|Fifth) Test|off \d{1,3} (?:balls|deliveries)|"
    r"all out|Test match|T20|ODI|Ashes|centur(?:y|ion)|umpires?|spinner|seamer)\b"
)
_BASEBALL = re.compile(r"\b(?:pitch(?:er|ed|ing)|homers?|inning|home runs?|shortstop|Yankees|Dodgers|MLB|dugout)\b")
_BETTING = re.compile(
    r"\b(?:odds|bookmakers?|bookies?|punters?|jockeys?|furlongs?|favourites?|favorites?|backed|priced|outsiders?|"
    r"handicap|steeplechase|each-way|(?:jt-|co-)?fav|[Cc]hasers?|hurdle|[Ss]takes|joint favourites?|co-favourite)\b"
)
_WICKETS = 10
"""A side has lost all of them then; of the two numbers of a cricket score the other one is runs."""


@lru_cache(maxsize=16)
def _cricket(text: str) -> bool:
    return bool(_CRICKET.search(text)) and not _BASEBALL.search(text)


@lru_cache(maxsize=16)
def _betting(text: str) -> bool:
    return bool(_BETTING.search(text))


def _score(match: Match[str]) -> str:
    low, high = match["low"], match["high"]
    if low == high:
        return f"{plain(low)}-{plain(high)}"
    return f"{plain(low)} to {plain(high)}"


def _sets(match: Match[str]) -> str:
    """The sets of a match, "6-3, 7-5", one after the other."""
    said = re.sub(r"(?<=[67]) ?\((\d{1,2})\),?", lambda points: f", {plain(points[1])},", match[0])
    return re.sub(r"(\d+)[-–/](\d+)", lambda pair: f"{plain(pair[1])}-{plain(pair[2])}", said)


def _innings(match: Match[str]) -> str:
    """Runs for wickets, or a bowler's wickets for runs: "345-6" is three hundred and forty-five for six."""
    low, high = match["low"], match["high"]
    if not _cricket(match.string) or (int(low) > _WICKETS) == (int(high) > _WICKETS):
        return match[0]
    return f"{cardinal(low)} for {'none' if high == '0' else cardinal(high)}"


def _record(match: Match[str]) -> str:
    """Games won, lost and drawn; a side that lost none is "nine and oh"."""
    said = " and ".join("oh" if each == "0" else plain(each) for each in re.split("[-–]", match["record"]))
    return (match.groupdict().get("cue") or "") + said


def _minutes(match: Match[str]) -> str:
    """When a goal was scored: "(45+2')" is forty-five plus two minutes."""
    said = " plus ".join(map(plain, filter(None, (match["minute"], match["added"]))))
    return said if match["named"] is not None else f"{said} minutes"


def _minute(match: Match[str]) -> str:
    """The goal of a minute: "a 67' strike", "his 90+4' equaliser"."""
    if match["added"]:
        return f"{plain(match['minute'])} plus {plain(match['added'])} minute"
    return f"{ordinal(match['minute'])}-minute"


_GOALS = (
    "goals?|strikes?|headers?|penalty|penalties|equali[sz]ers?|winners?|volleys?|free[- ]kicks?|red card|tap-ins?|"
    "efforts?|finish|openers?|substitutions?|own goal"
)


def _odds(match: Match[str]) -> str:
    level = match["win"] == match["stake"] == "50"
    return f"{plain(match['win'])} to {plain(match['stake'])}" if _betting(match.string) and not level else match[0]


def _declared(match: Match[str]) -> str:
    return f"{match['wickets']}{match['open']}{stopped('declared', match)}"


_TABLE = (("won", "win", "wins"), ("drew", "draw", "draws"), ("lost", "loss", "losses"))
_PIECES = {"N": "knight", "B": "bishop", "R": "rook", "Q": "queen", "K": "king"}
_CHESS = re.compile(
    r"\b\d{1,3}\.(?:\.\.|…)? ?(?:[a-h](?:x[a-h])?[1-8]|[NBRQK][a-h]?[1-8]?x?[a-h][1-8]|O-O)|\b[Cc]hess\b"
)
"""What shows that letters and numbers are moves."""


def _move(match: Match[str]) -> str:
    """A move of a game of chess: "Nxf7+" is knight takes f seven, check."""
    if not _CHESS.search(match.string):
        return match[0]
    if match["castles"]:
        return f"castles {'queenside' if match['castles'].count('O') > len('OO') else 'kingside'}"
    from_ = " ".join(plain(sign) if sign.isdecimal() else sign for sign in match["from"] or "")
    said = (_PIECES[match["piece"]], from_, "takes" if match["takes"] else "", match["file"], plain(match["rank"]))
    last = _CHECKS.get(match["sign"], "")
    return f"{' '.join(filter(None, said))}{last}"


def _pawn(match: Match[str]) -> str:
    """A pawn that takes, or becomes a queen: "exd5", "e8=Q+"."""
    if not _CHESS.search(match.string):
        return match[0]
    takes = f"{match['pawn']} takes " if match["pawn"] else ""
    into = f" {_PIECES[match['into']]}" if match["into"] else ""
    return f"{takes}{match['file']} {plain(match['rank'])}{into}{_CHECKS.get(match['sign'], '')}"


_CHECKS = {"+": ", check", "#": ", mate"}
_RULES = (
    rule(
        "WDL",
        r"(?<![\w.])(?P<won>\d{1,2})W[ ,-]{1,2}(?:(?P<drew>\d{1,2})D[ ,-]{1,2})?(?P<lost>\d{1,2})L(?![\w.]\w)",
        lambda m: ", ".join(
            f"{plain(m[name])} {several if m[name] != '1' else single}" for name, single, several in _TABLE if m[name]
        ),
    ),
    rule(
        "d",
        r"(?P<winner>(?:\b[A-Z]\w+|[𘬀-𘳕])(?: \((?:[A-Z]{3}|\d{1,2})\))?) (?:d|def)\. "
        r"(?=(?:[A-Z][\w.]+ |[𘬀-𘳕] ){1,3}(?:\(\d{1,2}\) )?\d{1,3}[-–]\d)",
        r"\g<winner> defeated ",
    ),
    rule(
        "-–—",
        r"(?<![\w.,/-])(?P<rounds>[5-8]\d(?:-[5-8]\d){1,3})[-–—](?P<total>[12]\d\d)(?![\w-]|[.,]\d)",
        lambda m: ", ".join(map(cardinal, (*m["rounds"].split("-"), m["total"]))),
    ),
    rule("+", r"(?<![\w.,])(?P<minute>\d{2,3})\+(?P<added>\d{1,2})(?:st|nd|rd|th)\b", r"\g<minute> plus \g<added>"),
    rule(("mins.",), r"\bmins\.(?= [a-z])", "minutes"),
    *racing.RULES,
    rule(",", r"(?<=\d[-–]\d),(?=\d[-–]\d)", ", "),
    rule(
        "12345678O",
        r"(?<![\w-])(?:(?P<piece>[NBRQK])(?P<from>[a-h]?[1-8]??)(?P<takes>x)?(?P<file>[a-h])(?P<rank>[1-8])|"
        r"(?P<castles>O-O(?:-O)?))(?P<sign>[+#])?(?![\w-])",
        _move,
    ),
    rule(
        "x=",
        r"(?<![\w-])(?:(?P<pawn>[a-h])x)?(?P<file>[a-h])(?P<rank>[1-8])(?:=(?P<into>[QRBN]))?(?P<sign>[+#])?"
        r"(?<!\W[a-h][1-8])(?![\w-])",
        _pawn,
    ),
    rule(
        ".…",
        r"(?P<gap>(?<=[a-h]\d) |(?<=eight) |(?<=seven) |(?<=six) |(?<=five) |(?<=four) |(?<=three) |"
        r"(?<=two) |(?<=one) )?"
        r"(?<![\w.])(?P<number>\d{1,3})(?:\.(?:\.\.)?|…) ?"
        r"(?=(?:knight|bishop|rook|queen|king|castles|[a-h] takes) |[a-h](?:x[a-h])?[1-8]\b)",
        lambda m: f"{', ' if m['gap'] else ''}{plain(m['number'])}, ",
    ),
    rule(
        "-–",
        r"(?P<cue>\b(?:[Hh]e|[Ss]he|[Ww]ho)(?:'s| is| was| stands| stood) (?:(?:only|just|about|at) )?)"
        r"(?P<feet>[4-7])[-–]"
        r"(?P<inches>1[01]|\d)(?=[.,;]?(?:\s*\Z| [A-Z])|[,;]| (?:and|but|tall|or|with)\b)",
        lambda m: f"{m['cue']}{plain(m['feet'])} {plain(m['inches'])}",
    ),
    rule("/", r"(?<![\w.,/$€£-])(?<!\d )(?P<win>\d{1,4})/(?P<stake>\d{1,2})(?![\w/]|[.,]\d)", _odds),
    rule(
        "'",
        r"(?<![\w.,'+-])(?<!x )(?<!× )(?<!by )(?P<minute>\d{1,3})(?:\+(?P<added>\d{1,2}))?'"
        r"(?P<named>(?= min))?(?=[),;]|\.?\s*\Z| min)(?! ?\d)",
        _minutes,
    ),
    rule("'", rf"(?<![\w.,'+-])(?P<minute>\d{{1,3}})(?:\+(?P<added>\d{{1,2}}))?'(?= (?:{_GOALS})\b)", _minute),
    rule(
        "-–/", r"(?<![\w.,/$€£-])(?P<low>\d{1,3})[-–/](?P<high>\d{1,3})(?![\w/%-]|[.,]\d| wickets?| overs?)", _innings
    ),
    rule("(", rf"(?<=[a-z] \()(?P<record>{_GAMES})(?=[,)][^()]{{0,20}} (?:{_PLAYS})\b)", _record),
    rule("(", rf"(?P<cue>\b(?:{_PLAYS}) (?:[\w.]+ ){{1,4}}\()(?P<record>{_GAMES})(?=[,)])", _record),
    rule(
        "-–",
        r"(?<![\w.,/$€£-])(?:[0-7][-–][0-7](?: ?\(\d{1,2}(?:[-–/]\d{1,2})?\))?,? (?:and )?){1,4}[0-7][-–][0-7]\b"
        r"(?: ?\(\d{1,2}(?:[-–/]\d{1,2})?\))?(?![\w/-]|[.,]\d)",
        _sets,
    ),
    rule(
        "(",
        r"(?<![\w.,/$€£-])(?P<one>[67])[-–](?P<other>[67]) ?\((?P<points>\d{1,2})\)",
        lambda m: f"{plain(m['one'])}-{plain(m['other'])}, {plain(m['points'])},",
    ),
    rule(
        "-–",
        rf"{_RECORD}{_PAIR}\b(?![-–\w%]|[.,:]\d| ?(?:km|mph|kph))",
        lambda m: f"{m['cue']}{plain(m['low'])} and {plain(m['high'])}",
    ),
    rule(
        "-–", rf"(?<![\w.,/$€£-]){_PAIR}(?= (?:record|start)\b)", lambda m: f"{plain(m['low'])} and {plain(m['high'])}"
    ),
    rule("-–", rf"(?<![\w.,/$€£-]){_PAIR}(?=(?: [a-z-]+)? (?:{_WINS})\b)", _score),
    rule(
        "/",
        r"(?P<cue>\b(?:leads?|led|leading|trails?|ahead|polls?|splits?) (?:by )?)(?P<low>\d\d)/(?P<high>\d\d)"
        r"(?![\w/%-]|[.,]\d)",
        lambda m: f"{m['cue']}{_score(m)}",
    ),
    rule(
        "-–",
        rf"(?<=\b[Tt]he )(?P<record>{_GAMES})(?= [A-Z][a-z]+s\b)",
        _record,
    ),
    rule(("agg ",), r"\bagg (?=\d)", "aggregate "),
    rule(("pens",), r"(?<=\d )pens\b(?:\.(?=\)))?", "penalties"),
    rule("o", r"(?<=\d )ov\b(?:\.(?=[);,]| [a-z]))?", "overs"),
    rule("w", r"(?<=\d )wkts?\b(?:\.(?=[);,]| [a-z]))?", "wickets"),
    rule(("inns",), r"(?<=\d )inns\b(?:\.(?=\)| [a-z]))?(?!\w)", "innings"),
    rule(
        "*",
        r"(?<![\w.,*])(?P<runs>\d{1,3})\*(?=[ ,.;:)]|$)",
        lambda m: f"{cardinal(m['runs'])} not out" if _cricket(m.string) else m[0],
    ),
    rule(
        "d",
        r"(?P<wickets>\d|\bfor (?:one|two|three|four|five|six|seven|eight|nine))(?P<open> \(?)dec\b\.?(?!\w)",
        _declared,
    ),
    rule(("pens",), r"(?P<score>\d on )pens\b", r"\g<score>penalties"),
    rule("a", r"(?<=[\d(,] )aet\b|(?<=\()aet\b", "after extra time"),
)
"""In this order: what a sport calls its own way before what any score is."""
spoken = family(_RULES, "[0-9]|aet")
"""The text with every result in words."""
