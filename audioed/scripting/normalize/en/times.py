"""Times of day, zones and durations."""

import re
from re import Match

from audioed.languages import words
from audioed.scripting.beginning import opens
from audioed.scripting.normalize.en.grammar import ends_sentence
from audioed.scripting.normalize.en.words import digits, plain
from audioed.scripting.normalize.rules import DIGITS, choice, family, rule

_CLOCK = r"(?:2[0-4]|[01]?\d)"
_MERIDIEM = r"(?P<half>[aApP])\.? ?[mM]\b\.?"
_ZONES = "EST|EDT|CST|CDT|MST|MDT|PST|PDT|AKST|HST|GMT|UTC|BST|CET|CEST|EET|EEST|MSK|IST|JST|KST|AEST|AEDT|ET|CT|MT|PT"
_DOTTED = r"(?:e\.?[sd]\.?t|c\.?[sd]\.?t|m\.?[sd]\.?t|p\.?[sd]\.?t|g\.?m\.?t)"
_TWELVE = 12


_NEW = re.compile(rf" (?!(?:{choice(words('split', 'timed') | words('split', 'months'))})\b)[A-Z][a-z]")
"""A sentence that begins behind "p.m.", and neither a day nor a zone."""


def _half(match: Match[str]) -> str:
    """Letters of "a.m.", with its full stop kept where it ends the sentence."""
    text, place = match.string, match.end()
    ends = match[0].endswith(".") and (
        ends_sentence(text, place) or (_NEW.match(text, place) and not opens(text, place - 1))
    )
    return f"{match['half'].upper()}M{'.' if ends else ''}"


def _time(hour: str, minute: str, *, military: bool = False) -> str:
    said = f"{'oh ' if hour[0] == '0' and military else ''}{plain(str(int(hour)))}"
    if minute == "00":
        return said
    return f"{said} oh {plain(minute[1])}" if minute[0] == "0" else f"{said} {plain(minute)}"


def _zone(match: Match[str]) -> str:
    letters = match["zone"].replace(".", "").upper()
    ends = match["stop"] and (match["zone"].isalpha() or ends_sentence(match.string, match.end()))
    return f"{match['time']} {letters}{'.' if ends else ''}"


def _clock(match: Match[str]) -> str:
    hour, minute = int(match["hour"]), match["minute"]
    if match["zulu"]:
        return f"{_time(match['hour'], minute)}{' hundred' if minute == '00' else ''} Zulu"
    if minute != "00":
        return _time(match["hour"], minute)
    if not hour:
        return "midnight"
    full = "o'clock" if hour <= _TWELVE else "hundred"
    return f"{_time(match['hour'], minute)} {full}"


_PACES = {"mi": "mile", "km": "kilometer", "k": "kilometer", "100m": "one hundred meters"}
_POINTED = r"(?:2[0-3]|[01]\d)\.[0-5]\d(?!\d)"
"""As British timetables write them."""
_RATIOS = "dilutions?|ratio|scale|mix|odds|gradient|slope|model|replica|leverage"
"""Of what to what, and no time."""
_TRAVEL = re.compile(
    r"\b(?:[Tt]rains?|[Bb]us(?:es)?|[Ff]err(?:y|ies)|[Ff]lights?|"
    r"[Cc]oach(?:es)?|[Kk]ick-?offs?|kicks? off|depart\w*|arriv\w*|doors|"
    r"leaves?|left|services?|sails?|sailings?)\b|\d ?[ap]\.?m\b"
)
_SUMS = re.compile(r"[$€£¥%]|\b(?:shares?|points?|index|percent|seconds?|yields?|rate|rates|average|score)\b")


def _timetable(match: Match[str]) -> str:
    """Times with a point, where the sentence is about trains and the like: "leaves at 17.42, 18.05 and 2235"."""
    if not _TRAVEL.search(match.string) or _SUMS.search(match.string):
        return match[0]
    said = re.sub(r"(\d\d)\.?(\d\d)", lambda clock: _time(clock[1], clock[2], military=True), match["times"])
    return f"{match['cue']}{said}"


def _sub(match: Match[str]) -> str:
    """The mark that a runner wants to beat: "a sub-4:00 mile"."""
    if match["minute"] == "00":
        return f"{plain(match['hour'])} minute"
    return _time(match["hour"], match["minute"])


def _count(number: str, unit: str) -> str:
    whole, _, fraction = number.partition(".")
    said = plain(str(int(whole))) + (f" point {digits(fraction)}" if fraction else "")
    return f"{said} {unit}{'' if int(whole) == 1 and not fraction else 's'}"


def _duration(match: Match[str]) -> str:
    """Hours, minutes and seconds, those that are there."""
    parts = [
        _count(match[unit], unit)
        for unit in ("hour", "minute", "second")
        if match.groupdict().get(unit) and (float(match[unit]) or unit == "second")
    ]
    if parts[-1] == "zero seconds" and len(parts) > 1:
        parts.pop()
    return " and ".join([" ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


_RACE = re.compile(
    r"\b(?:[Rr]an|[Rr]uns?|[Rr]unners?|[Rr]aces?|[Rr]aced|[Mm]arathon|[Mm]ile|PB|personal best|"
    r"[Ff]inish(?:ed|es)?|[Cc]locked|[Ll]aps?)\b|"
    r"\d ?[kK]\b"
)


def _run(match: Match[str]) -> str:
    """Minutes and seconds that somebody needed for a distance: "the 10K in 38:42"."""
    return _time(match["hour"], match["minute"]) if _RACE.search(match.string) else match[0]


def _stamp(match: Match[str]) -> str:
    """The time of a computer's date (ISO 8601); its seconds are not told."""
    if match["utc"] or (match["zone"] and match["zone"] + match["past"] == "0000"):
        return f" {match['time']} UTC"
    past = "" if match["past"] in {None, "00"} else f":{match['past']}"
    return f" {match['time']}" + (f" UTC{match['sign']}{match['zone']}{past}" if match["zone"] else "")


def _minutes(minute: str) -> str:
    return f"oh {plain(minute[1])}" if minute[0] == "0" else plain(minute)


_AIRED = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|[Ww]eek(?:day|night|end)s?|[Dd]aily|airs?|[Oo]pen)\b")


def _hour(hour: str) -> str:
    return digits(hour) if hour[0] == "0" else plain(hour)


def _early(match: Match[str]) -> str:
    """A time of four digits without a point, where the sentence is about trains and the like: "the 0715 to York"."""
    if not _TRAVEL.search(match.string):
        return match[0]
    times = (match["hour"] + match["minute"], match["till"])
    return " to ".join(_military(each[:2], each[2:]) for each in times if each)


def _military(hour: str, minute: str) -> str:
    if hour == "00":
        return f"zero zero {plain(minute)}"
    return _time(hour, minute, military=True) + " hundred" * (minute == "00")


_RULES = (
    rule(":", r"(?<![\d:.,-])(?P<hour>2[5-9]|[3-9]\d):(?P<minute>[0-5]\d)(?![\d:]|[.,]\d)", _run),
    rule(":", r"(?<=\b[Ss]ub-)(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)\b", _sub),
    rule("d", r"(?<![\w.,])(?P<number>\d{1,4}) ?d (?=\d{1,2} ?h)", lambda m: f"{_count(m['number'], 'day')} "),
    rule(
        "T",
        r"(?<=[\dhtd])T(?P<time>\d\d:\d\d)(?::\d\d(?:\.\d{1,9})?)?"
        r"(?:(?P<utc>Z\b)|(?P<sign>[+-])(?P<zone>\d\d):?(?P<past>\d\d)\b)?",
        _stamp,
    ),
    rule(
        DIGITS,
        rf"(?i)(?P<time>\d ?[ap]\.?m\.?) ?(?P<zone>{_DOTTED})\b(?P<stop>\.)?(?![\w-])",
        _zone,
    ),
    rule("/", r"\b(?P<hour>1?\d(?::[0-5]\d)?)/(?P<other>1?\d(?::[0-5]\d)?)c\b", r"\g<hour>, \g<other> Central"),
    rule(
        ":",
        r"(?P<cue>\b(?:at|and|or|past)|,) :(?P<minute>[0-5]\d)\b(?![:\d])",
        lambda m: f"{m['cue']} {_minutes(m['minute'])}",
    ),
    rule(
        "ap",
        r"(?<![\w.,:])(?P<first>1?\d(?::[0-5]\d)?)[-–](?P<last>1?\d(?::[0-5]\d)?)(?P<half>[ap])(?![\w'-])",
        lambda m: f"{m['first']} to {m['last']} {m['half']}m" if _AIRED.search(m.string) else m[0],
    ),
    rule("/", rf"(?P<zone>\b(?:{_ZONES})|\d ?[ap]\.?m\.?)/(?=\d|noon\b|midnight\b)", r"\g<zone>, "),
    rule(DIGITS, r"\b(?P<first>[Nn]oon|[Mm]idnight) ?[-–—] ?(?=\d)", r"\g<first> to "),
    rule(
        DIGITS,
        r"(?P<first>\d ?[apAP](?:[mM]|\.[mM]\.)) ?[-–—] ?"
        r"(?=\d|[Nn]oon\b|[Mm]idnight\b|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b)",
        r"\g<first> to ",
    ),
    rule(DIGITS, r"(?i)(?P<first>:\d\d|\b\d{1,2}) ?[-–—] ?(?=\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b)", r"\g<first> to "),
    rule(DIGITS, r"(?P<first>:\d\d) ?[-–—] ?(?=\d{1,2}:\d\d)", r"\g<first> to "),
    rule(
        DIGITS,
        r"(?<![\d:])(?P<hour>\d{1,3}):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d{1,3})?)(?:Z?\b)(?!:)",
        _duration,
    ),
    rule("'", r"(?<![\w.,'])(?P<minute>\d{1,2})'(?P<second>[0-5]\d\.\d{1,3})\"?(?!\w)", _duration),
    rule(
        "'",
        r"(?<![\w.,'])(?:(?P<hour>\d{1,2})h ?)?(?P<minute>\d{1,2})'(?P<second>0\d|1[2-9]|[2-5]\d)(?:\"|'')(?!\w)",
        _duration,
    ),
    rule("0", r"(?<=\bby )(?P<minute>0):(?P<second>[0-5]\d)(?![\w:]|[.,]\d)", _duration),
    rule(DIGITS, r"(?<![\d:.])(?P<minute>[0-5]?\d):(?P<second>[0-5]\d\.\d{1,3})s?\b", _duration),
    rule(
        "h",
        rf"(?<=(?:at|by|to) )(?P<hour>{_CLOCK})h(?P<minute>[0-5]\d)\b(?! ?m)|"
        rf"(?:(?<=(?:from|till) )|(?<=(?:arrive|depart|leaves) )|(?<=(?:arrives|departs) ))(?P<from>{_CLOCK})h"
        rf"(?P<past>[0-5]\d)\b(?! ?m)",
        lambda m: _time(m["hour"] or m["from"], m["minute"] or m["past"]),
        r"\dh\d",
    ),
    rule(
        DIGITS,
        r"(?<![\w.,])(?P<hour>\d{1,2})(?:h(?=\d\d\b)| ?(?:h|hrs?) ?(?=\d{1,2} ?(?:m|mins?)\b))(?P<minute>\d{1,2})"
        r"(?: ?(?:m|mins?)\b)?(?: ?(?P<second>\d{1,2}) ?(?:s|secs?)\b)?(?!/)",
        _duration,
    ),
    rule(DIGITS, r"\b(?P<minute>\d{1,3}) ?(?:m|min|mins) ?(?P<second>\d{1,2}(?:\.\d{1,3})?) ?(?:s|secs?)\b", _duration),
    rule(
        DIGITS,
        rf"\b(?P<hour>{_CLOCK})(?:[:.](?P<minute>[0-5]\d))? ?{_MERIDIEM}",
        lambda m: f"{_time(m['hour'], m['minute'] or '00')} {_half(m)}",
    ),
    rule(
        DIGITS,
        rf"\b(?P<hour>{_CLOCK})\.(?P<minute>[0-5]\d)(?= (?:{_ZONES})\b)",
        lambda m: _time(m["hour"], m["minute"]),
    ),
    rule(
        DIGITS,
        r"(?<![\w.,])(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d) ?(?P<behind>GMT|UTC|BST|EST|EDT|Z|hrs?|hours)\b",
        lambda m: (
            f"{_time(m['hour'], m['minute'], military=True)}{' hundred' if m['minute'] == '00' else ''} "
            f"{'hours' if m['behind'][0] == 'h' else 'Zulu' if m['behind'] == 'Z' else m['behind']}"
        ),
    ),
    rule("Z", r"(?<![\w.,:])(?P<hour>[01]\d|2[0-3])Z(?![\w-])", lambda m: f"{_hour(m['hour'])} Zulu"),
    rule(
        "0",
        r"(?<![\w.,:$€£/+-])(?P<hour>0[1-9])(?P<minute>[0-5]\d)(?:[-–](?P<till>[012]\d[0-5]\d))?(?![\w%]|[.,:/-]\d)",
        _early,
    ),
    rule(
        "0",
        r"(?P<cue>\b(?:at|by|until|from|before|after|since|around|till) )(?P<hour>0\d)(?P<minute>[0-5]\d)\b"
        r"(?![,.:/-]\d)",
        lambda m: (
            f"{m['cue']}{_time(m['hour'], m['minute'], military=True)}{' hundred' if m['minute'] == '00' else ''}"
        ),
    ),
    rule(
        ":",
        r"(?P<pace>(?<![\d:])\d{1,2}:[0-5]\d) ?/ ?(?P<per>mile|mi|km|kilometer|k|100m)\b",
        lambda m: f"{m['pace']} per {_PACES.get(m['per'], m['per'])}",
    ),
    rule(
        ".",
        r"(?P<cue>\b[Tt]he )(?P<hour>1?\d|2[0-3])\.(?P<minute>[0-5]\d)"
        r"(?= (?:(?:at|from|to) [A-Z]|trains?\b|race\b|bus\b|ferry\b|flight\b|service\b))",
        lambda m: m["cue"] + _time(m["hour"], m["minute"]),
    ),
    rule(
        ".",
        rf"(?P<cue>\b(?:at|from|until|till|by|before|after|the) )"
        rf"(?P<times>{_POINTED}(?:(?:,| and| or|, and| to) (?:{_POINTED}|(?:2[0-3]|1\d)[0-5]\d\b)){{0,12}})"
        r"(?![\w%]|[.,]\d)",
        _timetable,
    ),
    rule(
        ":",
        rf"(?<![\d:])\b(?P<hour>{_CLOCK}):(?P<minute>[0-5]\d)(?: ?hrs\b\.?|(?P<zulu>Z)\b)?"
        rf"(?![\d:]|[.,]\d| (?:{_RATIOS})\b)",
        _clock,
    ),
    rule(
        "+-−",
        r"\b(?P<zone>GMT|UTC) ?(?P<sign>[+-−])(?P<hour>\d{1,2})(?::?(?P<minute>\d\d))?\b",
        lambda m: f"{m['zone']} {'plus' if m['sign'] == '+' else 'minus'} {_time(m['hour'], m['minute'] or '00')}",
    ),
)
"""In this order: a longer construction before the shorter one that it contains."""
spoken = family(_RULES)
"""The text with every time in words."""
