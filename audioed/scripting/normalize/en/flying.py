"""What pilots say: flights, levels, runways, pressure, wind, Mach numbers."""

import re
from re import Match

from audioed.scripting.normalize.en.words import digits, halves, plain
from audioed.scripting.normalize.rules import family, rule

_AIRLINES = (
    "BA|AA|UA|DL|LH|AF|KL|QF|EK|QR|SQ|CX|NH|JL|FR|EZY|WN|VS|AC|TK|LX|OS|SK|AY|IB|EI|ET|MH|TG|MU|CZ|KE|OZ|MS|SU|TP|EY|NZ"
)
_FLYING = re.compile(
    r"\b(?:[Ff]lights?|[Aa]irports?|[Aa]irlines?|land(?:ed|s|ing)|board(?:ed|ing)|took off|takeoff|depart\w*|runway|"
    r"cabin|[Jj]ets?|planes?|aircraft|pilots?|turned back|diverted|FL\d{2,3}|LHR|LGW|JFK|gate|fl(?:own|ew|ying))\b"
)


def _flight(match: Match[str]) -> str:
    """A flight by its airline and number, where the sentence is about flying."""
    return f"{match['line']} {halves(match['number'])}" if _FLYING.search(match.string) else match[0]


_SIDES = {"L": " left", "R": " right", "C": " center", None: ""}


def _runway(match: Match[str]) -> str:
    """A runway, or what leads down to it, digit by digit."""
    return f"{match['cue']}{digits(match['number'])}{_SIDES[match['side']]}"


def _mach(match: Match[str]) -> str:
    """How many times as fast as sound, where the sentence is about flying."""
    whole, _, part = match["number"].partition(".")
    return f"Mach {plain(whole)} point {digits(part)}" if _FLYING.search(match.string) else match[0]


_RULES = (
    rule("F", r"\bFL(?P<level>\d{2,3})(?!\w)", lambda m: f"flight level {digits(m['level'])}"),
    rule("", rf"\b(?P<line>{_AIRLINES}) (?P<number>\d{{3,4}})(?!\w|[.,]\d)", _flight),
    rule("IV", r"(?P<cue>\b(?:ILS|VOR|RNAV|RNP)(?: RWY| runway)? )(?P<number>[0-3]\d)(?P<side>[LRC])?\b", _runway),
    rule(
        "LRC",
        r"(?P<cue>\b(?:on|from|off) )(?P<number>[0-3]\d)(?P<side>[LRC])\b",
        lambda m: f"{m['cue']}{plain(m['number'])}{_SIDES[m['side']]}" if _FLYING.search(m.string) else m[0],
    ),
    rule("Q", r"\bQN(?P<of>[HE]) (?P<pressure>\d{3,4})\b", lambda m: f"QN{m['of']} {digits(m['pressure'])}"),
    rule(
        "/",
        r"(?P<cue>\b[Ww]ind )(?P<from>[0-3]\d0)/(?P<speed>\d{2,3})(?:kt|KT)?\b",
        lambda m: f"{m['cue']}{digits(m['from'])} at {plain(str(int(m['speed'])))}",
    ),
    rule("M", r"\bM(?P<number>[0-3]\.\d{1,2})\b(?!\.\d)", _mach),
)
spoken = family(_RULES, "[0-9]")
"""The text with what pilots say in words."""
